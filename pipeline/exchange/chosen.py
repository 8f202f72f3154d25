"""What an administrator may choose of what is handed over: codes of the official catalogues, none of ours."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

_DIR3 = re.compile(r"[A-Z][A-Z0-9]\d{7}")
_SIA = re.compile(r"\d{5,8}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """The code of the body of an office in DIR3 (docs/law.md, ENI-10)."""

    office: str
    dir3: str

    def __post_init__(self) -> None:
        if _DIR3.fullmatch(self.dir3) is None:
            raise ValueError


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """The code of a procedure in SIA (docs/law.md, ENI-04)."""

    procedure: Literal["convenio_especial", "asistencia_sanitaria"]
    sia: str

    def __post_init__(self) -> None:
        if self.procedure not in {"convenio_especial", "asistencia_sanitaria"}:
            raise ValueError
        if _SIA.fullmatch(self.sia) is None:
            raise ValueError


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """Codes without which no file is exported as one of the ENI."""

    bodies: tuple[Body, ...] = ()
    """`[[exchange.bodies]]` with `office` and `dir3`."""
    procedures: tuple[Listed, ...] = ()
    """`[[exchange.procedures]]` with `procedure` and `sia`."""
    declaration: Literal["TD05", "TD06", "TD99"] = "TD05"
    """As which kind of document a sworn declaration is told (ENI-02 leaves it to each body)."""
