"""What a look over the chain found: faults and what is only to be known, each with its sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.audit.heads import Head


class Fault(NamedTuple):
    """One thing that is not as it was written: a code of `SAID`, and the row or head that it is about."""

    code: str
    seq: int | None = None


SAID: Mapping[str, str] = {
    "changed": "La fila {seq} no es la que se escribió, o no está en su sitio",
    "missing": "Falta la fila {seq}",
    "unreadable": "La fila {seq} no se puede leer",
    "cut": "Faltan las últimas filas: la primera que falta es la {seq}",
    "beyond": "Tras la última fila que se escribió hay otra: la {seq}",
    "tip": "Falta la marca de la última fila escrita",
    "head-changed": "El sello {seq} no es el que se escribió",
    "head-missing": "Falta el sello {seq}",
    "head-other": "El sello {seq} es de otra cadena: las filas se han escrito de nuevo",
    "head-gone": "El archivo de sellos tiene el {seq}, que la base de datos no tiene",
    "head-broken": "La firma del sello {seq} no es suya",
    "head-unsigned": "El último sello, el {seq}, no está firmado, y hay clave con que firmarlo",
    "key-unknown": "El sello {seq} lo firmó una clave que aquí no se conoce: si es una de antes, póngala en "
    "receipts.trust",
    "events": "Los sucesos de los expedientes no son los que selló el {seq}",
}
"""The faults, in words."""
NOTICED: Mapping[str, str] = {
    "key-unknown": "El sello {seq} lo firmó una clave que aquí no se conoce (receipts.trust)",
    "head-bare": "El sello {seq}, y quizá otros de antes, no está firmado: de él solo responde una copia del "
    "archivo de sellos",
    "no-key": "No hay clave con que firmar los sellos: guarde copia del archivo de sellos en otro sitio",
    "not-exported": "El archivo de sellos no tiene el {seq}: se añade en la próxima revisión",
    "restored": "La base de datos se trajo de una copia: el sello {seq}, posterior a ella, ya no está",
}
"""What is only to be known, in words."""


@dataclass(slots=True, kw_only=True)
class Verdict:
    """What was found. `rows` that were read, `last` of them; `sealed`, the last head."""

    rows: int = 0
    last: int = 0
    sealed: Head | None = None
    faults: list[Fault] = field(default_factory=list)
    notices: list[Fault] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        """Whether every row is as it was written."""
        return not self.faults

    @property
    def first_bad(self) -> int | None:
        """The first row that is not."""
        rows = ("changed", "missing", "unreadable", "cut", "beyond")
        return min((one.seq for one in self.faults if one.code in rows and one.seq is not None), default=None)

    def sentences(self) -> Iterator[str]:
        """Yield the faults in words, then the notices."""
        yield from (SAID[one.code].format(seq=one.seq) for one in self.faults)
        yield from (NOTICED[one.code].format(seq=one.seq) for one in self.notices)
