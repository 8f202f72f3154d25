"""Movements that a register's program writes as codes: A/CR, BCR, M-CD (alta, baja, change, and why)."""

from __future__ import annotations

import re

from extractors.prose import fold

_MOVES = {"a": "alta", "b": "baja", "m": "modificacion"}
_WHY = {
    "cr": "cambio de residencia",
    "om": "omision",
    "cad": "caducidad",
    "def": "defuncion",
    "dup": "duplicidad",
    "ind": "inscripcion indebida",
    "nac": "nacimiento",
}
"""Causes whose letters mean nothing else: CA may be a caducity or a change."""
_HOME = frozenset({"cd", "cv"})
"""Changes of home (domicilio, vivienda), which are modifications."""
_CODE = re.compile(r"(?P<move>[abm])(?P<sign>\s?[/.·-]\s?|\s)?(?P<why>[a-z]{2,3})")


def spelled_out(text: str) -> str:
    """Return *text* in words where it is nothing but a movement's code, else as it is.

    Letters of a cause that is not known stay as they are, so that the cause is not clear.
    """
    found = _CODE.fullmatch(fold(text).strip(" .:()"))
    if found is None or (found["sign"] is None and found["why"] not in {*_WHY, *_HOME}):
        return text
    if found["move"] == "m" and found["why"] in _HOME:
        return "cambio de domicilio"
    return f"{_MOVES[found['move']]} {_WHY.get(found['why'], found['why'])}"
