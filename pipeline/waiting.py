"""Why a case may wait, in one sentence for the people who see it wait.

A case that waits keeps its number, its reception date and its receipt; nothing waits without a reason here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import NamedTuple

from pipeline.errors import MustWait

DOWN, UNSURE, EXECUTABLE, QUOTA = "antivirus-down", "antivirus-unsure", "executable-inside", "quota"
ANSWER = "answer-too-much"


class Wait(NamedTuple):
    """What people read: what is awaited, and what they can do. `person`: only a person ends it."""

    what: str
    remedy: str
    person: bool


_LOOK = "Mírelo en un equipo aparte; si es bueno, `ventanilla case requeue <número>` lo deja seguir."
WAITS: Mapping[str, Wait] = {
    DOWN: Wait(
        "Espera al antivirus, que no responde: seguirá solo en cuanto vuelva",
        "Arranque el antivirus (`systemctl start clamav-daemon`) y compruebe con `ventanilla doctor`.",
        person=False,
    ),
    UNSURE: Wait(
        "El antivirus no ha podido examinarlo entero: lo ha de mirar una persona", _LOOK, person=True
    ),
    EXECUTABLE: Wait("Lleva un programa dentro: lo ha de mirar una persona", _LOOK, person=True),
    ANSWER: Wait(
        "Lo que se ha añadido no cabe en el expediente, que sigue recibido: lo ha de mirar una persona",
        "Mire lo último que se entregó; lo que ya se recibió no se devuelve.",
        person=True,
    ),
    QUOTA: Wait(
        "La oficina ha entregado hoy más de lo previsto: se leerá mañana, con su fecha de entrada de hoy",
        "Si no debe esperar, `ventanilla case requeue <número>` lo deja seguir.",
        person=False,
    ),
}


def must_wait(why: str, until: dt.datetime | None = None) -> MustWait:
    """Return the exception that makes a case wait for *why*."""
    return MustWait(why, WAITS[why].what, WAITS[why].remedy, until)


def remedy(why: str) -> str:
    """Return what people can do about a wait."""
    return WAITS[why].remedy if why in WAITS else "Actualice el programa: lo puso a esperar otra versión."


def sentence(why: str | None) -> str | None:
    """Return what people read of a wait, None without one; a word of another version stands for itself."""
    return (WAITS[why].what if why in WAITS else why) if why else None
