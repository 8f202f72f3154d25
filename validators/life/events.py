"""What may happen to a case after it came: a closed list, each with the few words that belong to it.

An event says a day and, where the law asks for it, a word of a closed list, a month, an amount, an hour or
a number of days. There is no free text: nothing of a person can enter a record that is never rewritten.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from types import MappingProxyType
from typing import Any


class Kind(StrEnum):
    """The events, in the order in which a case may meet them."""

    REQUIREMENT_NOTIFIED = "requirement_notified"
    REQUIREMENT_EXTENDED = "requirement_extended"
    REQUIREMENT_COMPLIED = "requirement_complied"
    REPORT_REQUESTED = "report_requested"
    REPORT_RECEIVED = "report_received"
    TERM_EXTENDED = "term_extended"
    RESOLUTION_TAKEN = "resolution_taken"
    NOTICE_ATTEMPTED = "notice_attempted"
    NOTICE_AVAILABLE = "notice_available"
    NOTICE_OPENED = "notice_opened"
    NOTICE_REJECTED = "notice_rejected"
    NOTICE_PUBLISHED = "notice_published"
    RESOLUTION_NOTIFIED = "resolution_notified"
    WITHDRAWAL_DECLARED = "withdrawal_declared"
    GRANTED_BY_SILENCE = "granted_by_silence"
    REJECTED_BY_SILENCE = "rejected_by_silence"
    SILENCE_CERTIFIED = "silence_certified"
    SIGNED = "signed"
    LAPSE_DECLARED = "lapse_declared"
    QUOTA_PAID = "quota_paid"
    QUOTA_RETURNED = "quota_returned"
    QUOTA_UNPAID = "quota_unpaid"
    DATA_CHANGED = "data_changed"
    CITY_CHANGED = "city_changed"
    PADRON_LEFT = "padron_left"
    NEW_CONVENIO = "new_convenio"
    ENTITLED = "entitled"
    REQUIREMENT_LOST = "requirement_lost"
    DIED = "died"
    END_NOTIFIED = "end_notified"
    BREACH_RESOLVED = "breach_resolved"
    ANNULLED = "annulled"


SILENT = frozenset({Kind.GRANTED_BY_SILENCE, Kind.REJECTED_BY_SILENCE})
"""What the program records itself; a person may where it cannot know the day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened *on* a day; `id` (`e1`...) is its place in the record, as `d1` of a paper.

    `outcome`: grant, refusal, referral, desistimiento, withdrawal. `suspends`: whether the notice said that
    the time stops (Ley 39/2015, art. 22.1.a), None where nobody said. `month` is the first day of the month
    that is paid. `what`: address, account, person. `to`: ceuta, melilla. `keep`: the person asked to keep
    the convenio until another begins. `chosen`: whether the person chose, or is bound to, the electronic
    office (Ley 39/2015, art. 43.2), as it counts where nobody says otherwise. `effect` is the day that a
    resolution of breach fixes. `event` is the id of one that was recorded wrongly. `again` is the number
    of the telling where the same was told before and annulled.
    """

    kind: Kind
    on: dt.date
    id: str = ""
    outcome: str | None = None
    suspends: bool | None = None
    days: int | None = None
    hour: dt.time | None = None
    month: dt.date | None = None
    amount: Decimal | None = None
    what: str | None = None
    to: str | None = None
    keep: bool | None = None
    chosen: bool | None = None
    effect: dt.date | None = None
    event: str | None = None
    again: int | None = None


_ORDER = {kind: place for place, kind in enumerate(Kind)}
Reader = Callable[[str], Any]


def _among(*words: str) -> Reader:
    """Return a reader of one word of a closed list."""

    def read(text: str) -> str:
        if text not in words:
            raise ValueError(f"una de: {', '.join(words)}")
        return text

    return read


def _truth(text: str) -> bool:
    """Return whether a text says yes."""
    answers = {"yes": True, "sí": True, "si": True, "true": True, "no": False, "false": False}
    if text.casefold() not in answers:
        raise ValueError("sí o no (yes, no)")
    return answers[text.casefold()]


def _days(text: str) -> int:
    """Return a small whole number of days."""
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:4]) <= MOST_DAYS:
        raise ValueError(f"un número de días, de 1 a {MOST_DAYS}")
    return int(text)


def _hour(text: str) -> dt.time:
    """Return an hour of the day."""
    try:
        return dt.datetime.strptime(text, "%H:%M").time()  # noqa: DTZ007 - an hour on the wall, of no zone
    except ValueError:
        raise ValueError("una hora, HH:MM") from None


def _day(text: str) -> dt.date:
    """Return a day."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise ValueError("una fecha, AAAA-MM-DD") from None


def _month(text: str) -> dt.date:
    """Return the first day of a month."""
    try:
        return dt.date.fromisoformat(f"{text[:7]}-01" if len(text) in {7, 10} else "")
    except ValueError:
        raise ValueError("un mes, AAAA-MM") from None


def _name(text: str) -> str:
    """Return the id of an event."""
    if not (text[:1] == "e" and text[1:].isascii() and text[1:].isdigit()):
        raise ValueError("el nombre de un suceso, como e3")
    return text


def _amount(text: str) -> Decimal:
    """Return euros with at most two decimals, more than none."""
    try:
        euros = Decimal(text.replace(",", ".") if text.count(",") == 1 and "." not in text else text)
    except InvalidOperation:
        raise ValueError("un importe en euros, como 60,00") from None
    whole = euros.is_finite() and Decimal(0) < euros <= MOST_EUROS
    if not whole or euros != euros.quantize(Decimal("0.01")):
        raise ValueError(f"un importe en euros con dos decimales, hasta {MOST_EUROS}")
    return euros.quantize(Decimal("0.01"))


AGAIN = "again"
"""The detail that any event may have; the program writes it."""
MOST_DAYS = 90
MOST_EUROS = Decimal(10000)
"""No quota comes near it: a number above it is a slip of the pen."""
_READERS: Mapping[str, Reader] = MappingProxyType(
    {
        "outcome": _among("grant", "refusal", "referral", "desistimiento", "withdrawal"),
        "suspends": _truth,
        "days": _days,
        "hour": _hour,
        "month": _month,
        "amount": _amount,
        "what": _among("address", "account", "person"),
        "to": _among("ceuta", "melilla"),
        "keep": _truth,
        "chosen": _truth,
        "effect": _day,
        "event": _name,
        AGAIN: _days,
    }
)
_NEEDED: Mapping[Kind, tuple[str, ...]] = MappingProxyType(
    {
        Kind.TERM_EXTENDED: ("days",),
        Kind.RESOLUTION_TAKEN: ("outcome",),
        Kind.QUOTA_PAID: ("month", "amount"),
        Kind.QUOTA_RETURNED: ("month",),
        Kind.QUOTA_UNPAID: ("month",),
        Kind.DATA_CHANGED: ("what",),
        Kind.CITY_CHANGED: ("to",),
        Kind.ANNULLED: ("event",),
    }
)
_ALLOWED: Mapping[Kind, tuple[str, ...]] = MappingProxyType(
    {
        Kind.REQUIREMENT_NOTIFIED: ("suspends",),
        Kind.REQUIREMENT_EXTENDED: ("days",),
        Kind.NOTICE_ATTEMPTED: ("hour",),
        Kind.NOTICE_AVAILABLE: ("chosen",),
        Kind.PADRON_LEFT: ("keep",),
        Kind.BREACH_RESOLVED: ("effect",),
    }
)


def standing(events: Iterable[Event], today: dt.date) -> tuple[Event, ...]:
    """Return the events that count by *today*, in the order in which they happened or must have.

    One that was annulled does not; what silence answered stays, whatever was recorded against it.
    """
    told = [one for one in events if one.on <= today or one.kind is Kind.ANNULLED]
    struck = {one.event for one in told if one.kind is Kind.ANNULLED}
    left = [
        one for one in told if one.kind is not Kind.ANNULLED and (one.id not in struck or one.kind in SILENT)
    ]
    return tuple(sorted(left, key=lambda one: (one.on, _ORDER[one.kind])))


def words(kind: Kind) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the details that an event needs, and those that it may have besides."""
    return _NEEDED.get(kind, ()), _ALLOWED.get(kind, ())


def event(kind: str, on: dt.date, said: Mapping[str, str], name: str = "") -> Event:
    """Return the event that the words *said* make; *name* becomes its id.

    Raises:
        ValueError: there is no such event or detail, one is missing or cannot be read; the message, in
            Spanish, tells what is wanted and repeats nothing that was written.
    """
    if kind not in set(Kind):
        raise ValueError("no hay un suceso de ese nombre")
    needed, allowed = words(Kind(kind))
    if missing := [detail for detail in needed if detail not in said]:
        raise ValueError(f"falta el detalle {missing[0]}")
    if any(detail not in {*needed, *allowed, AGAIN} for detail in said):
        raise ValueError(f"solo admite estos detalles: {', '.join((*needed, *allowed)) or 'ninguno'}")
    return Event(kind=Kind(kind), on=on, id=name, **{key: _read(key, text) for key, text in said.items()})


def _read(detail: str, text: str) -> Any:
    """Return one detail as its type, or raise ValueError with what it must be."""
    try:
        return _READERS[detail](text.strip())
    except ValueError as error:
        raise ValueError(f"{detail} ha de ser {error}") from None


def plain(one: Event) -> dict[str, str]:
    """Return the details of an event as the words that make it again."""
    needed, allowed = words(one.kind)
    told = {detail: getattr(one, detail) for detail in (*needed, *allowed, AGAIN)}
    return {detail: _written(detail, value) for detail, value in told.items() if value is not None}


def _written(detail: str, value: Any) -> str:
    """Return a detail as text that `event` reads back."""
    if detail == "month":
        return str(value)[:7]
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.strftime("%H:%M") if isinstance(value, dt.time) else str(value)
