"""The codes of the official catalogues that a file bears; what nobody set is refused, never invented."""

from __future__ import annotations

from pipeline.errors import UsageError
from pipeline.exchange.chosen import Exchange

_ELSE = "o pida el expediente sin códigos (--without-codes): se dirá."


def body_of(chosen: Exchange, office: str, *, without: bool) -> str | None:
    """Return the code of the body of an office; *without* any it is None, else UsageError."""
    found = next((one.dir3 for one in chosen.bodies if one.office == office), None)
    if found is None and not without:
        what = f"No hay código DIR3 para la oficina {office}"
        remedy = f"Póngalo en ventanilla.toml ([[exchange.bodies]], office y dir3), {_ELSE}"
        raise UsageError(what, remedy)
    return found


def class_of(chosen: Exchange, procedure: str | None, *, without: bool) -> str | None:
    """Return the code of a procedure in SIA; *without* any it is None, else UsageError."""
    found = next((one.sia for one in chosen.procedures if one.procedure == procedure), None)
    if found is None and not without:
        named = procedure if procedure not in {None, "unknown"} else "que todavía no se conoce"
        what = f"No hay código SIA para el procedimiento {named}"
        remedy = f"Póngalo en ventanilla.toml ([[exchange.procedures]], procedure y sia), {_ELSE}"
        raise UsageError(what, remedy)
    return found
