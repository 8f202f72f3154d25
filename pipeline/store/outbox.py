"""Effects owed to the outside: written with the result that owes them, done once, safe to repeat.

Every effect writes whole files under fixed names, so doing one again after a crash between the doing and
the noting changes nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from pipeline.store.database import Store
from pipeline.store.events import record
from pipeline.store.schema import outbox


class Effect(NamedTuple):
    """What makes an effect the same: the case, the step, what is done, from what input, by which rules."""

    case: str
    step: str
    effect: str
    input: str
    rules: str = ""


def owe(connection: Connection, effects: Iterable[Effect], at: dt.datetime) -> None:
    """Note the *effects*, in the transaction of the result; those already noted stay as they are.

    Effects of an older result of the same case and step that were not done are no longer owed.
    """
    wanted = tuple(effects)
    for effect in wanted:
        if connection.execute(sa.select(outbox.c.seq).where(*_is(effect))).first() is None:
            connection.execute(sa.insert(outbox).values(**_columns(effect), owed_at=at))
    for case, step in {(effect.case, effect.step) for effect in wanted}:
        keep = [_same(effect) for effect in wanted if (effect.case, effect.step) == (case, step)]
        old = (outbox.c.case_id == case, outbox.c.step == step, outbox.c.done_at.is_(None))
        connection.execute(sa.delete(outbox).where(*old, sa.not_(sa.or_(*keep))))


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


def _same(effect: Effect) -> sa.ColumnElement[bool]:
    """Return the same as one condition."""
    return sa.and_(*_is(effect))


def once(store: Store, effect: Effect, act: Callable[[], None], at: dt.datetime) -> bool:
    """Do *act* unless it is noted as done; return whether it was done now. *act* must bear repetition."""
    with store.read() as connection:
        done = connection.execute(sa.select(outbox.c.done_at).where(*_is(effect))).scalar_one_or_none()
    if done is not None:
        return False
    act()
    with store.write() as connection:
        owe_one = sa.select(outbox.c.seq).where(*_is(effect))
        if connection.execute(owe_one).first() is None:
            connection.execute(sa.insert(outbox).values(**_columns(effect), owed_at=at))
        connection.execute(sa.update(outbox).where(*_is(effect)).values(done_at=at))
        record(connection, effect.case, at, f"done-{effect.effect}")
    return True
