"""Every measure counted in the record: whichever process is asked tells the same."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from importlib.metadata import version
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from pipeline.digest.tables import digests
from pipeline.figures import told
from pipeline.figures.asked import Asked, Span, Sum, sums
from pipeline.figures.due import ahead, buckets, dues
from pipeline.figures.forecast import WEEKS
from pipeline.figures.offices import worked_by_day
from pipeline.figures.open import Laid, laid
from pipeline.figures.stuck import stuck
from pipeline.parts.pulse import Seen
from pipeline.parts.state import backed_up_at, drops_lying, sealed_on
from pipeline.store.schema import events, outbox, submissions
from validators.calendar import Calendars

_FLOWS = (told.RECEIVED, told.RETURNED, told.RESOLVED, told.SILENCE)
_HOUR = dt.timedelta(hours=1)
_MOST = 20_000
"""Cases of the last hour that are looked at: more than one server can be told of."""
MACHINES = 200
"""Machines that are named: a label must not grow without end."""
_DAY_SECONDS = 86400


class Sample(NamedTuple):
    """One value of a measure of `pipeline.measures.names`."""

    name: str
    value: float
    labels: tuple[str, ...] = ()


def figures(connection: Connection, calendars: Calendars, now: dt.datetime) -> Iterator[Sample]:
    """Yield what managers watch; *now* is the hour on the office's wall."""
    today = now.date()
    asked = Asked.lately(today)
    year = sums(connection, asked, _FLOWS, Span(today.replace(month=1, day=1), today), by=("office",))
    yield from _outcomes("cases_total", year)
    this_day = sums(connection, asked, (*_FLOWS, told.PAGES), Span(today, today), by=("office",))
    yield from _outcomes("cases_today", [one for one in this_day if one.what != told.PAGES])
    for one in this_day:
        if one.what == told.PAGES:
            yield Sample("pages_today", one.number, (one.office or "", one.name))
    lies = laid(connection, asked)
    yield from _open(lies, today)
    yield from _deadlines(connection, {one.office for one in lies}, calendars, today)
    halted = stuck(connection, asked, now)
    for some in halted.halted:
        yield Sample("cases_halted", some.cases, (some.stage, some.why or "failed"))
    yield Sample("cases_failed", halted.failed)


def _outcomes(name: str, found: list[Sum]) -> Iterator[Sample]:
    """Yield sums by office and by what became of cases: `received`, `returned`, the kind of decision."""
    counted: Counter[tuple[str, str]] = Counter()
    for one in found:
        parts = one.name.split("|")
        outcome = {told.RESOLVED: parts[1] if len(parts) > 1 else "", told.SILENCE: "silence"}.get(
            one.what, one.what
        )
        counted[one.office or "", outcome] += one.number
    for labels, number in sorted(counted.items()):
        yield Sample(name, number, labels)


def _open(found: list[Laid], today: dt.date) -> Iterator[Sample]:
    """Yield what lies open by office and tray, and since when."""
    for one in sorted(found):
        labels = one.office, one.tray
        yield Sample("cases_open", one.cases, labels)
        yield Sample("queue_oldest_seconds", (today - one.oldest).days * _DAY_SECONDS, labels)


def _deadlines(
    connection: Connection, lying: set[str], calendars: Calendars, today: dt.date
) -> Iterator[Sample]:
    """Yield by office how much time is left, and what will pass its day at the pace of the last weeks.

    *lying* are the offices in which cases are open.
    """
    asked = Asked.lately(today)
    due, weeks = dues(connection, asked), Span(today - dt.timedelta(weeks=WEEKS), today)
    worked = worked_by_day(sums(connection, asked, (told.RESOLVED,), weeks, by=("day", "office")))
    uncounted = Counter[str]()
    for one in sums(connection, asked, (told.NO_DAY,), by=("office",)):
        uncounted[one.office or ""] += one.number
    for office in sorted({one.office for one in due} | lying):
        mine = [one for one in due if one.office == office]
        for left, number in buckets(mine, uncounted[office], calendars, today).items():
            yield Sample("deadlines", number, (office, left))
        if mine:
            yield Sample("deadline_days_left", min((one.day - today).days for one in mine), (office,))
        yield Sample("breaches_expected", ahead(mine, worked[office], calendars, today).breaches, (office,))


def running(connection: Connection, now: dt.datetime) -> Iterator[Sample]:
    """Yield what operators watch."""
    yield Sample("effects_owed", owed_effects(connection))
    for one in drops_lying(connection):
        yield Sample("drops_waiting", one.drops, (one.office, one.state))
        yield Sample(
            "drops_oldest_seconds", max(0.0, (now - one.since).total_seconds()), (one.office, one.state)
        )
    day = sealed_on(connection)
    if day is not None:
        yield Sample("audit_head_age_seconds", (now.date() - day).days * _DAY_SECONDS)
    copied = backed_up_at(connection)
    if copied is not None:
        yield Sample("backup_age_seconds", max(0.0, (now - copied).total_seconds()))
    yield Sample("mails_unsent", unsent_mails(connection, now.date()))
    yield Sample("release_info", 1, (version("ventanilla"),))


def owed_effects(connection: Connection) -> int:
    """Return how many effects are owed to the folders: a list of their own, and few."""
    owed = sa.select(sa.func.count()).select_from(outbox).where(outbox.c.done_at.is_(None))
    return int(connection.execute(owed).scalar_one())


def unsent_mails(connection: Connection, day: dt.date) -> int:
    """Return how many morning mails of a day were tried and have not gone out."""
    unsent = (digests.c.day == day, digests.c.sent_at.is_(None), digests.c.tries > 0)
    return int(
        connection.execute(sa.select(sa.func.count()).select_from(digests).where(*unsent)).scalar_one()
    )


def living(found: tuple[Seen, ...]) -> Iterator[Sample]:
    """Yield which parts give signs of life, and how many cases each machine has in hand."""
    parts = Counter((one.part, "alive" if one.lives else "silent") for one in found)
    for kind in ("watch", "worker", "desk"):
        for state in ("alive", "silent"):
            yield Sample("parts", parts[kind, state], (kind, state))
    hands: Counter[str] = Counter()
    for one in found:
        hands[one.machine] += one.holds if one.part == "worker" else 0
    for machine, cases in sorted(hands.items())[:MACHINES]:
        yield Sample("cases_in_hand", cases, (machine,))


def judged(connection: Connection, now: dt.datetime) -> list[float]:
    """Return the seconds from reception to a queue of the cases that first got there in the last hour."""
    since = now - _HOUR
    came = sa.select(sa.func.min(submissions.c.received_at)).where(submissions.c.case_id == events.c.case_id)
    query = (
        sa.select(events.c.at, sa.type_coerce(came.scalar_subquery(), submissions.c.received_at.type))
        .where(events.c.kind.in_(("routed", "returned")), events.c.at >= since)
        .limit(_MOST)
    )
    return [
        max(0.0, (at - first).total_seconds()) for at, first in connection.execute(query) if first is not None
    ]
