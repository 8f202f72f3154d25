"""Effects owed to the outside: a row written with what owes it, acted on while it is owed, then noted.

An effect is the same when all five of its columns are. What a row does not owe is not done: a worker that
was given up for dead, and comes back with an older result, finds that its effects are owed no more.
Acting twice must give what acting once gives, since a stop may come between the acting and the noting.

    receive   what every submission gets once and for ever: its receipt
    publish   what the last result asks for; an older result's effects are owed no more
    return    each original given back, once
    after     what came after filing, told in the folders by `pipeline.after_filing.told`
    decide    the letter of a final decision, put into the folders; no worker reads the case again for it
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from pipeline.store.database import Store
from pipeline.store.events import record
from pipeline.store.schema import outbox

RECEIVE, PUBLISH, RETURN, DECIDE = "receive", "publish", "return", "decide"
AFTER = "after"


class Effect(NamedTuple):
    """What makes an effect the same: the case, the step, what is done, from what input, by which rules."""

    case: str
    step: str
    effect: str
    input: str
    rules: str = ""


def owe(connection: Connection, effects: Iterable[Effect], at: dt.datetime) -> None:
    """Note the *effects*, in the transaction of what owes them; those already noted stay as they are."""
    for effect in effects:
        if connection.execute(sa.select(outbox.c.seq).where(*_is(effect))).first() is None:
            connection.execute(sa.insert(outbox).values(**_columns(effect), owed_at=at))


def owe_instead(connection: Connection, case: str, effects: Iterable[Effect], at: dt.datetime) -> None:
    """Note the *effects* of a new result of *case*; what an older one owed and did not do is owed no more.

    Of what is published only the last result's rows stay: a case that goes from one queue to another and
    back owes again what it had done the first time.
    """
    wanted = tuple(effects)
    old = sa.and_(outbox.c.case_id == case, *(sa.not_(sa.and_(*_is(effect))) for effect in wanted))
    given_up = sa.or_(outbox.c.step == PUBLISH, sa.and_(outbox.c.step == RETURN, outbox.c.done_at.is_(None)))
    connection.execute(sa.delete(outbox).where(old, given_up))
    owe(connection, wanted, at)


def _columns(effect: Effect) -> dict[str, str]:
    """Return the effect as columns."""
    return {
        "case_id": effect.case,
        "step": effect.step,
        "effect": effect.effect,
        "input": effect.input,
        "rules": effect.rules,
    }


def _is(effect: Effect) -> tuple[sa.ColumnElement[bool], ...]:
    """Return what tells the row of *effect*."""
    return tuple(outbox.c[name] == value for name, value in _columns(effect).items())


def once(store: Store, effect: Effect, act: Callable[[], None], at: dt.datetime) -> bool:
    """Do *act* if the effect is owed and not done; return whether it was done now."""
    owed = (*_is(effect), outbox.c.done_at.is_(None))
    with store.read() as connection:
        if connection.execute(sa.select(outbox.c.seq).where(*owed)).first() is None:
            return False
    act()
    with store.write() as connection:
        noted = connection.execute(sa.update(outbox).where(*owed).values(done_at=at))
        if noted.rowcount:
            record(connection, effect.case, at, f"done-{effect.effect}", of=effect.input, by=effect.rules)
    return True


def ever_receipted(store: Store, among: Collection[str]) -> frozenset[str]:
    """Return those cases *among* these of which a submission has had its receipt."""
    done = (outbox.c.case_id.in_(among), outbox.c.step == RECEIVE, outbox.c.done_at.is_not(None))
    with store.read() as connection:
        return frozenset(connection.execute(sa.select(outbox.c.case_id).where(*done)).scalars())


def receipted(store: Store, case: str) -> frozenset[str]:
    """Return the submissions of *case* that have had their receipt."""
    done = (outbox.c.case_id == case, outbox.c.step == RECEIVE, outbox.c.done_at.is_not(None))
    with store.read() as connection:
        return frozenset(connection.execute(sa.select(outbox.c.input).where(*done)).scalars())
