"""A case judged again at once after a person set something right: no paper is read, nobody waits.

    before = taken_up(store, case_id)
    after = judged(before, [*before.rows, said], settings, calendars, store, today)   # and if it were so?
    kept(store, settings, before, (said,), after, act)                               # so it is

The result is written, sealed and owed as that of a worker; what the folders show of it is put right at once,
or by a worker where a share does not answer.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import sqlalchemy as sa

from extractors.document import Document
from pipeline.acts import Act, acting
from pipeline.case import Routed
from pipeline.corrections.kept import Kept, Paper, paper_of, standing
from pipeline.corrections.mend import mend
from pipeline.corrections.record import add, of_case
from pipeline.decisions.stand import stand_again
from pipeline.errors import EnvironmentFault
from pipeline.folders.publish import publish_told
from pipeline.kept import as_read, kept_case
from pipeline.life.earlier import with_earlier
from pipeline.settings import Settings
from pipeline.steps import assess, route
from pipeline.store import Store
from pipeline.store.outbox import owe_instead
from pipeline.store.results import write_result
from pipeline.store.schema import cases, submissions
from pipeline.work import result
from validators.calendar import Calendars

_LEFT_ALONE = dt.timedelta(minutes=1)
"""How long workers leave the case to whoever sets it right: they read all papers again for what it owes."""
Why = Literal["unread", "reading", "decided", "returned"]


class Closed(Exception):  # noqa: N818 - that a case is settled is no error of the program
    """Nothing can be set right in the case now.

    `unread`, `reading`: the program has not judged it, or is to judge it anew; `decided`: what was decided
    has to be undone first; `returned`: it is with whoever handed it in.
    """

    def __init__(self, why: Why) -> None:
        """Say *why*."""
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenUp:
    """A judged case: its report, what people set right in it, the submissions that it is made of."""

    id: str
    revision: int
    report: dict[str, Any]
    rows: tuple[Kept, ...]
    came: tuple[str, ...]


def taken_up(store: Store, case: str) -> TakenUp:
    """Return the case of that id as it stands; raise Closed where nothing can be set right in it."""
    of = submissions.c
    came = sa.select(of.id).where(of.case_id == case, of.kind != "duplicate").order_by(of.seq)
    with store.read() as connection:
        row = connection.execute(sa.select(cases).where(cases.c.id == case)).one()
        refuse(row.stage, row.decided_at, judged=bool(row.report))
        return TakenUp(
            id=case,
            revision=row.revision,
            report=row.report,
            rows=of_case(connection, case),
            came=tuple(connection.execute(came).scalars()),
        )


def refuse(stage: str, decided_at: dt.datetime | None, *, judged: bool) -> None:
    """Raise Closed for a case in which nothing can be set right."""
    if decided_at is not None or stage == "resolved":
        raise Closed("decided")
    if stage == "returned":
        raise Closed("returned")
    if stage != "routed":
        raise Closed("reading" if judged else "unread")


def judged(
    case: TakenUp,
    rows: Sequence[Kept],
    settings: Settings,
    calendars: Calendars,
    store: Store,
    today: dt.date,
) -> Routed:
    """Return the case as the law finds it with *rows* of corrections in the place of its own."""
    mended = mend(as_read(case.report), rows)
    known = with_earlier(mended, store, today, settings.policy, calendars)
    return route(assess(known, settings.policy, calendars))


def kept(
    store: Store, settings: Settings, case: TakenUp, said: Sequence[Kept], after: Routed, act: Act
) -> None:
    """Keep what was *said* with the result *after*, in one transaction, and show it in the folders.

    Raises:
        Stale: somebody changed the case since it was looked at, or has it in hand.
    """
    found = result(after, case.came, settings.policy)
    with acting(store, case.id, act) as connection:
        for one in said:
            add(connection, case.id, one)
        owe_instead(connection, case.id, found.effects, act.at)
        write_result(connection, case.id, found, act.at)
        stand_again(connection, case.id, act.at, settings)
        later = sa.update(cases).where(cases.c.id == case.id).values(not_before=act.at + _LEFT_ALONE)
        connection.execute(later)
    _shown(store, settings, case, after, act.at)


def _shown(store: Store, settings: Settings, case: TakenUp, after: Routed, at: dt.datetime) -> None:
    """Put right what the folders say of the case; a share that does not answer is left to the workers."""
    try:
        publish_told(store, settings, after, case.came, at)
    except EnvironmentFault:
        return


def as_found(case: TakenUp, paper: Paper) -> Document | None:
    """Return a paper as the program read it, of those that there are since papers were split or joined."""
    papers = mend(as_read(case.report), [row for row in standing(case.rows) if row.what == "papers"])
    return next((one for one in papers.documents if paper_of(one) == paper), None)


def as_it_stands(case: TakenUp, paper: Paper) -> Document | None:
    """Return a paper with what people set right in it, None where the case has none such."""
    return next((one for one in kept_case(case.report).documents if paper_of(one) == paper), None)


def undone(row: Kept, who: str, at: dt.datetime, why: str) -> Kept:
    """Return the word by which an earlier one falls."""
    return replace(row, seq=0, what="undone", who=who, at=at, why=why, undoes=row.seq)
