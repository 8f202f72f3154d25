"""Decisions that the law has left behind before anybody was told of them.

A refusal, or any other end but a grant, over what silence has granted meanwhile (Ley 39/2015, art. 24.3.a):
only what confirms it may follow. A *desistimiento* of somebody who answered before it was notified, or on
that day: the answer is admitted and has its effects (art. 73.3).
"""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from pipeline.decisions.kept import Decision
from pipeline.decisions.kinds import SORTS
from pipeline.decisions.situation import Situation
from pipeline.decisions.tables import decisions
from pipeline.journal.kept import local, moment
from pipeline.notices.standing import steps_of, told_on
from pipeline.store.schema import handling, life, submissions
from validators.life import SILENT


def perhaps(connection: Connection, most: int) -> list[str]:
    """Return final decisions that wait to be told, or were told, and may have been left behind."""
    silent = sa.exists().where(
        life.c.case_id == handling.c.case_id, life.c.kind.in_([kind.value for kind in SILENT])
    )
    came = sa.exists().where(
        submissions.c.case_id == handling.c.case_id,
        submissions.c.kind == "answer",
        submissions.c.received_at > decisions.c.at,
    )
    given_up = sa.and_(decisions.c.kind == "desist", came)
    untold = (handling.c.awaits == "notice", handling.c.final_at.is_(None))
    joined = handling.join(decisions, decisions.c.id == handling.c.decision)
    query = sa.select(decisions.c.id).select_from(joined)
    query = query.where(*untold, sa.or_(given_up, sa.and_(decisions.c.kind != "grant", silent)))
    return list(connection.execute(query.order_by(decisions.c.id).limit(most)).scalars())


def outdone(connection: Connection, decided: Decision, found: Situation) -> bool:
    """Tell whether a decision that stands can have no effect any more."""
    return _by_silence(decided, found) or (decided.kind == "desist" and _answered(connection, decided, found))


def _by_silence(decided: Decision, found: Situation) -> bool:
    """Whether silence has granted what the decision does not, and nothing of it was told in time."""
    since, outcome = found.silently_granted, SORTS[decided.kind].outcome
    if since is None or outcome in {None, "grant"}:
        return False
    return all(one.happened_on >= since for one in steps_of(found.notices, decided.id))


def _answered(connection: Connection, decided: Decision, found: Situation) -> bool:
    """Whether something was handed in since the decision, until the day on which the person was told."""
    told = told_on(steps_of(found.notices, decided.id), found.today, found.lived.law)
    columns = (submissions.c.received_at, submissions.c.offset_minutes)
    since = (submissions.c.case_id == decided.case, submissions.c.received_at > decided.at)
    rows = connection.execute(sa.select(*columns).where(*since, submissions.c.kind == "answer"))
    days = [local(moment(row.received_at), row.offset_minutes).date() for row in rows]
    return min(days, default=dt.date.max) <= (told or found.today)
