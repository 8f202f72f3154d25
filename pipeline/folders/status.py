"""Today's list of an office: one page that needs no server, never seen in part."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from pipeline.after_filing.shown import ends, given_up, passed_on
from pipeline.files import write_whole
from pipeline.folders.places import STATUS, Place
from pipeline.intake.besides import Waiting
from pipeline.isolation import isolation
from pipeline.journal.events import jumps
from pipeline.journal.rows import unplaced
from pipeline.letters.render import render
from pipeline.life.gap import brought_back
from pipeline.life.pressing import Pressing
from pipeline.life.pressing import sentence as pressed
from pipeline.settings import Settings
from pipeline.store import Store
from pipeline.store.cases import WAITING, Line, lines, repeated
from pipeline.store.waits import unscanned
from pipeline.waiting import sentence

_MOVING = dt.timedelta(minutes=1)
"""How long the moving of a drop may take before the list tells of it."""
WHYS = {
    "writing": "Se está escribiendo todavía",
    "no-room": "No queda sitio en el disco del programa: avise; se recogerá solo cuando lo haya",
    "bad-name": "El nombre tiene caracteres que no se pueden leer: cámbielo",
    "empty-folder": "La carpeta está vacía",
    "old-record": "No se recoge nada: la base de datos es más antigua que las carpetas: avise",
    "no-paper": "Acompaña a un archivo que no está, o lleva mayúsculas donde no debe: déjelos juntos",
    "unfinished-name": "Su nombre es de archivo a medio escribir: si está completo, cámbielo",
    "no-number": "Está en 4_SUBSANAR y no se recoge: déjelo en la carpeta del número de su expediente",
    "no-store": "El almacén de los papeles no responde: avise; se recogerá solo cuando lo haga",
    "deferred": "No se ha podido leer: se intentará de nuevo",
    "not-moved": "Ya está recogido, pero no se deja mover de aquí: avise, para que revisen los permisos",
}
_MOST_PRESSING = 100
"""Lines of what presses on one page, the oldest; the rest are counted."""
_MOST_LOOKED_AT = 25
"""Cases that are looked at anew while a page is written, so that drops need not wait for it."""
_QUEUES = {
    "approve": "Propuesta: conceder",
    "cure": "Falta algo: véase 4_SUBSANAR",
    "review": "Lo revisa una persona",
    "refer": "Propuesta: derivar a otro organismo",
    "refuse": "Propuesta: denegar",
}
SILENCES = {
    "granted_by_silence": "Estimada por silencio: solo cabe confirmarla",
    "rejected_by_silence": "Desestimada por silencio; cabe recurso",
}
DECIDED = {
    "grant": "Concedido",
    "require": "Requerido",
    "hear": "En audiencia",
    "refer": "Derivado",
    "refuse": "Denegado",
    "desist": "Desistimiento declarado",
    "withdraw": "Desistimiento de la persona aceptado",
}
NEXT = {"notice": "; falta notificarlo", "answer": "; se espera la respuesta", "done": " y notificado"}
_STAGES = {
    "returned": "Devuelto: véase 5_DEVUELTO",
    "hold": "Detenido: lo mira una persona",
    "resolved": "Resuelto",
    "closed": "Cerrado sin resolver: unido a otro expediente o retirado; véase 3_ACEPTADO",
}


class Row(NamedTuple):
    """A case as the list shows it."""

    number: str
    received_at: dt.datetime
    name: str
    state: str


def write_status(
    store: Store,
    settings: Settings,
    place: Place,
    waiting: Sequence[Waiting],
    now: dt.datetime,
    pressing: Pressing | None = None,
) -> bool:
    """Write the list if anything on it, the minute included, is new; tell whether anything was.

    *pressing* remembers between looks.
    """
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    today = (pressing or Pressing(store, settings))(now.date(), place.office, _MOST_LOOKED_AT)
    page = render(
        "estado.html",
        office=place.office,
        now=now,
        phone=settings.letters.help_phone,
        waiting=[*waiting, *_stuck(store, place, now)],
        whys=WHYS,
        today=[(one.number, pressed(one)) for one in today[:_MOST_PRESSING]],
        more_today=max(len(today) - _MOST_PRESSING, 0),
        may_lack_events=brought_back(store),
        rows=[*_cases(store, place.office, midnight), *_passed_on(store, place.office, midnight)],
        repeated=repeated(store, place.office, midnight),
        jumps=jumps(store, midnight),
        unscanned=unscanned(store, place.office, midnight),
        isolation=isolation(settings.sandbox.level),
    )
    path = place.path / STATUS
    if path.is_file() and path.read_bytes() == page:
        return False
    write_whole(store.files, path, [page])
    return True


def _cases(store: Store, office: str, midnight: dt.datetime) -> list[Row]:
    """Return the cases of an office that came since *midnight*, and all that wait."""
    shown = {line.id: line for line in lines(store, office=office, since=midnight)}
    for stage in WAITING:
        shown |= {line.id: line for line in lines(store, office=office, stage=stage)}
    ended = ends(store, [one.id for one in shown.values() if one.stage == "closed"])
    return _in_order(shown.values(), ended | given_up(store, shown.values()))


def _passed_on(store: Store, office: str, midnight: dt.datetime) -> list[Row]:
    """Return the cases that were passed on to another office since *midnight*."""
    return [
        Row(one.number, one.received_at, one.name, f"Trasladado a la oficina {one.office}")
        for one in passed_on(store, office, midnight)
    ]


def _stuck(store: Store, place: Place, now: dt.datetime) -> list[Waiting]:
    """Return the drops that were accepted, and that the share has not let be moved for a while."""
    return [
        Waiting(entered.name, entered.received_at.astimezone(now.tzinfo), "not-moved")
        for entered in unplaced(store)
        if entered.office == place.office and now - entered.received_at > _MOVING
    ]


def _in_order(shown: Iterable[Line], ended: Mapping[str, str]) -> list[Row]:
    """Return the cases as the list shows them, as they came; *ended* says how some were closed or left."""
    came = sorted(shown, key=lambda line: (line.received_at, line.id))
    return [
        Row(
            line.number,
            line.received_at,
            line.source_name,
            ended.get(line.id, state(line)) + _before(line),
        )
        for line in came
    ]


def _before(line: Line) -> str:
    """Say that the same package came before, where this is a case of its own all the same."""
    return f". El mismo paquete vino antes: {line.before}" if line.before else ""


def state(line: Line) -> str:
    """Say how a case stands, as a clerk would; what waits says why."""
    if told := sentence(line.waits_for):
        return told
    if line.silence is not None and line.awaits != "done":
        return SILENCES[line.silence]
    if line.decided is not None:
        return DECIDED[line.decided] + NEXT.get(line.awaits or "", "")
    if line.stage in _STAGES:
        return _STAGES[line.stage]
    if line.stage == "accepted" or line.queue is None:
        return "En curso"
    return _QUEUES[line.queue]
