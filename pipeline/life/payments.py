"""A list of payments from a bank or a spreadsheet: checked whole, then recorded whole, or not at all.

    read_in(store, Path("mayo.csv"), by, now, calendars)

One line a fee: the number of the case, the month, the amount, and the day on which it was paid, or nothing
where it was not. The same list read again adds nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from pipeline.errors import UsageError
from pipeline.journal.port import Row, Transaction, one
from pipeline.life.listed import rows
from pipeline.life.record import add, events_of
from pipeline.life.tell import out_of_time
from pipeline.store import Store
from validators.calendar import Calendars
from validators.dates import first_of_next_month
from validators.deadlines import Where, payment_limit
from validators.law import version
from validators.life import Event, Kind, event
from validators.policy import Policy
from validators.rules import Law

MOST_TOLD = 20
"""Bad lines that are named; the rest are counted."""
_CASE = "SELECT id, queue, filed_on FROM cases WHERE number = :number AND stage <> 'blocked'"


class ReadIn(NamedTuple):
    """How many lines were read, and how many of them told something new."""

    lines: int
    recorded: int


class _Line(NamedTuple):
    """One line as it is read: its number in the file, the id of its case, and the event."""

    place: int
    case: str
    event: Event


class _BadLineError(ValueError):
    """A line that cannot be taken; its text repeats nothing that the line holds."""


def read_in(store: Store, file: Path, by: str, now: dt.datetime, calendars: Calendars) -> ReadIn:
    """Record the payments of *file*, told by the account *by*; all of them or none.

    Raises:
        UsageError: the file cannot be read, or some lines cannot be taken: they are named by their number.
    """
    listed = rows(file)
    with store.writing() as transaction:
        lines, bad = _checked(transaction, listed, now.date(), calendars)
        if bad:
            raise _refused(bad)
        return ReadIn(len(lines), sum(_added(transaction, line, by, now) for line in lines))


def _checked(
    transaction: Transaction,
    listed: Sequence[tuple[int, Mapping[str, str]]],
    today: dt.date,
    calendars: Calendars,
) -> tuple[list[_Line], list[tuple[int, str]]]:
    """Return the lines that can be taken, and of the others the number and what is wrong."""
    lines, bad = [], []
    for place, row in listed:
        try:
            lines.append(_line(transaction, place, row, today, calendars))
        except _BadLineError as error:
            bad.append((place, str(error)))
    return lines, bad


def _line(
    transaction: Transaction, place: int, row: Mapping[str, str], today: dt.date, calendars: Calendars
) -> _Line:
    """Return one line as an event of its case."""
    found = one(transaction.all(_CASE, number=row["number"]))
    if found is None:
        raise _BadLineError("no hay un expediente con ese número")
    if found["queue"] is None:
        raise _BadLineError("ese expediente no está valorado")
    paid_on = _day(row["paid_on"]) if row["paid_on"] else None
    kind = Kind.QUOTA_PAID if paid_on else Kind.QUOTA_UNPAID
    said = {"month": row["month"]} | ({"amount": row["amount"]} if paid_on else {})
    try:
        told = event(kind, paid_on or today, said)
    except ValueError as error:
        raise _BadLineError(str(error)) from None
    wrong = out_of_time(told, _filed_on(found), today)
    if wrong is not None:
        raise _BadLineError(wrong[0][:1].lower() + wrong[0][1:])
    if told.kind is Kind.QUOTA_UNPAID and told.month is not None and _payable(told.month, today, calendars):
        raise _BadLineError("el plazo para pagar ese mes no ha pasado todavía")
    return _Line(place, str(found["id"]), told)


def _payable(month: dt.date, today: dt.date, calendars: Calendars) -> bool:
    """Whether the fee of a month may still be paid in time, in the city that has longest."""
    opens = first_of_next_month(month)
    law = Law(on=opens, version=version(opens), policy=Policy(), calendars=calendars)
    last = payment_limit(opens, Where(places=("ceuta", "melilla")), law).date
    return today < opens or (last is not None and today <= last)


def _filed_on(row: Row) -> dt.date:
    """Return the filing day of a case."""
    return dt.date.fromisoformat(str(row["filed_on"]))


def _day(text: str) -> dt.date:
    """Return a day written as 2026-06-03 or 03/06/2026."""
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return dt.datetime.strptime(text, form).date()  # noqa: DTZ007 - a day on paper, of no zone
        except ValueError:
            continue
    raise _BadLineError("paid_on tiene que ser una fecha, AAAA-MM-DD o DD/MM/AAAA")


def _added(transaction: Transaction, line: _Line, by: str, now: dt.datetime) -> bool:
    """Record one line; that a fee was not paid is told once, however often the list is read."""
    if line.event.kind is Kind.QUOTA_UNPAID:
        known = (kept.event for kept in events_of(transaction, line.case))
        if any(told.kind is Kind.QUOTA_UNPAID and told.month == line.event.month for told in known):
            return False
    return add(transaction, line.case, line.event, by, now)


def _refused(bad: Sequence[tuple[int, str]]) -> UsageError:
    """Return what is told of a list with lines that cannot be taken."""
    return UsageError(
        f"{len(bad)} líneas no se pueden anotar; no se ha anotado ninguna\n{chr(10).join(_listed(bad))}",
        "Corrija esas líneas y repita la orden.",
    )


def _listed(bad: Sequence[tuple[int, str]]) -> Iterator[str]:
    """Yield the bad lines by number, the first of them."""
    yield from (f"  línea {place}: {what}" for place, what in bad[:MOST_TOLD])
    if len(bad) > MOST_TOLD:
        yield f"  y {len(bad) - MOST_TOLD} más"
