"""The Spanish words of the reports: Prefect's pages are in English, what stands in them is for offices."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from pipeline.figures import sides
from pipeline.reasons import reasons
from pipeline.store.counts import NAMES
from pipeline.trays import kinds

PLACES: Final[Mapping[str, str]] = {
    **NAMES,
    kinds.READING: "En curso: por leer",
    kinds.WAITING: "Esperan y seguirán solos",
    kinds.HELD: NAMES["hold"],
    kinds.ON_HOLD: "Aparcados hasta una fecha",
    kinds.LEVEL: "Segundo nivel",
    kinds.SECOND: "Por confirmar",
    kinds.REGISTER: "A la espera de otro registro",
    kinds.ANSWER: "A la espera de respuesta",
    kinds.LAPSED: "Plazo para contestar vencido",
    kinds.NOTICE: "Decididos sin notificar",
    kinds.SILENCE: "Por confirmar: respondidos por silencio",
}
"""What people read of each place where an open case lies."""
SIDES: Final[Mapping[str, str]] = {
    sides.DESK: "de la mesa: decidir",
    sides.PERSON: "de la persona: contestar",
    sides.SECOND: "de una segunda persona: confirmar",
    sides.REGISTER: "de otro registro: responder",
    sides.NOTICE: "de la oficina: notificar lo decidido",
    sides.PROGRAM: "del programa: leer",
    sides.SILENT: "de la mesa: confirmar lo que respondió el silencio",
}
"""Whose the next step is."""
BAD_SCANS: Final[Mapping[str, str]] = {
    "illegible": "ilegible",
    "blurred": "borroso",
    "too-dark": "demasiado oscuro",
    "too-light": "demasiado claro",
    "too-small": "demasiado pequeño",
    "cut-off": "cortado",
    "no-print": "sin texto",
}


def place_of(tray: str) -> str:
    """Return the place of a tray: its queue, whatever its reason, or itself."""
    return tray.partition("-")[0] if tray in kinds.queue_trays() else tray


def named(place: str) -> str:
    """Return what people read of a place."""
    return PLACES.get(place, place)


def returned(code: str) -> str:
    """Return what happened to a package, by its code."""
    known = reasons().get(code)
    return known.message.es.rstrip(".") if known else code


def day(on: dt.date | None) -> str:
    """Return a day as people write it."""
    return f"{on:%d/%m/%Y}" if on else ""


def share(part: Fraction | None) -> str:
    """Return a share in whole hundredths, never rounded up."""
    return "" if part is None else f"{int(part * 100)} %"


def change(now: int, before: int) -> str:
    """Return by how much a figure rose or fell."""
    return f"{now - before:+d}" if now != before else "igual"
