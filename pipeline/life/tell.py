"""What a person tells of a case: checked, and then recorded for ever.

What cannot have happened is refused with the reason; what should not have happened is recorded, and the law
finds what to say of it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import NamedTuple

from pipeline.errors import UsageError
from pipeline.life.clock import refresh
from pipeline.life.lived import Lived, as_lived, judged
from pipeline.life.record import add, case_row, events_of
from pipeline.store import Store
from validators.calendar import Calendars
from validators.life import SILENT, Event, Kind, State, event
from validators.policy import Policy

_ACCOUNT = re.compile(r"[\w.@-]{1,64}")
_SENSE = {Kind.GRANTED_BY_SILENCE: "positive", Kind.REJECTED_BY_SILENCE: "negative"}
_UNANSWERED = frozenset(
    {
        State.AWAITING,
        State.SUSPENDED,
        State.DOUBTFUL,
        State.GRANTED_BY_SILENCE,
        State.REJECTED_BY_SILENCE,
        State.LAPSE_DOUBTFUL,
    }
)
_SEE = "Vea los sucesos y sus detalles con `ventanilla case record --help`."


class Told(NamedTuple):
    """What a person says: the event and its details in words, its day, and the account that tells it."""

    kind: str
    on: dt.date
    said: Mapping[str, str]
    by: str


def tell(
    store: Store, name: str, told: Told, now: dt.datetime, policy: Policy, calendars: Calendars
) -> tuple[Lived, bool]:
    """Record what was *told* of a case; return the case as it stands, and whether this was new.

    Checked and written in one transaction: nothing else may come between.

    Raises:
        UsageError: no such case, event or detail, a day still to come, or a silence that cannot be yet.
    """
    happened = written(told.kind, told.on, told.said)
    if not _ACCOUNT.fullmatch(told.by):
        raise UsageError("El nombre de la cuenta no se puede usar", "Dé letras y cifras, sin espacios: --by")
    with store.writing() as transaction:
        row = judged(case_row(transaction, name))
        before = as_lived(row, events_of(transaction, row["id"]), now.date(), policy, calendars)
        _possible(happened, before, now.date())
        new = add(transaction, row["id"], happened, told.by, now)
        after = refresh(transaction, row["id"], now, policy, calendars)
        assert after is not None
    return after, new


def written(kind: str, on: dt.date, said: Mapping[str, str]) -> Event:
    """Return the event that a person writes; raise UsageError, which repeats nothing of what was said."""
    try:
        return event(kind, on, said)
    except ValueError as error:
        raise UsageError(f"El suceso no se puede anotar: {error}", _SEE) from None


def _possible(happened: Event, before: Lived, today: dt.date) -> None:
    """Refuse what cannot have happened, or cannot be told of this case."""
    wrong = out_of_time(happened, before.law.on, today)
    if wrong is not None:
        raise UsageError(*wrong)
    if happened.kind in SILENT:
        _silent(happened, before)
    if happened.kind is Kind.ANNULLED:
        _annuls(happened, before)


def out_of_time(happened: Event, filed_on: dt.date, today: dt.date) -> tuple[str, str] | None:
    """Return what is wrong with the days of an event, and what to do; None where nothing is."""
    if happened.on > today:
        return "Ese día no ha llegado todavía", "Anótelo cuando ocurra."
    if happened.on < filed_on:
        what = f"Ese día es anterior a la presentación ({filed_on:%d/%m/%Y})"
        return what, "Compruebe la fecha y el número del expediente."
    if happened.month is not None and not filed_on.replace(day=1) <= happened.month <= today:
        what = f"Ese mes no puede deber cuota: es anterior a la presentación ({filed_on:%d/%m/%Y}) o futuro"
        return what, "Compruebe el mes y el número del expediente."
    return None


def _silent(happened: Event, before: Lived) -> None:
    """Refuse a silence of the wrong sense, or one before the last day by any reading has passed."""
    found = before.life
    if found.state not in _UNANSWERED:
        what = "Ese expediente ya tiene respuesta, o consta un intento de notificación en plazo"
        raise UsageError(what, "Véalo con `ventanilla case life`.")
    if _SENSE[happened.kind] != found.clock.silence:
        raise UsageError("En ese procedimiento el silencio tiene otro sentido", _SEE)
    if found.last_days and happened.on <= found.last_days[0]:
        what = f"El plazo para resolver no había vencido ese día (vence el {found.last_days[0]:%d/%m/%Y})"
        raise UsageError(what, "El silencio no se puede deshacer: anótelo solo cuando sea seguro.")


def _annuls(happened: Event, before: Lived) -> None:
    """Refuse to annul what is not there, or what silence answered."""
    struck = next((kept.event for kept in before.record if kept.event.id == happened.event), None)
    if struck is None or struck.kind is Kind.ANNULLED:
        raise UsageError(
            "No hay en ese expediente un suceso con ese nombre", "Véalos con `ventanilla case life`."
        )
    if struck.kind in SILENT:
        what = "Lo que respondió el silencio no se anula: solo cabe confirmarlo"
        raise UsageError(what, "Si hay un error, tiene que resolverlo una persona con una resolución.")
