"""Where a process kills itself: at a boundary between two steps, or at the n-th thing that it writes.

The program knows nothing of it: its functions are wrapped from outside, in the process that is to die.
"""

from __future__ import annotations

import importlib
import os
import signal
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from typing import Any

BOUNDARIES = {
    "claim": "flows.drain:claim",
    "unpack": "pipeline.steps:unpack",
    "read": "pipeline.steps:read",
    "assess": "pipeline.steps:assess",
    "route": "pipeline.steps:route",
    "finish": "pipeline.work:finish",
    "release": "pipeline.work:release",
    "claim-unread": "pipeline.reconcile:claim_unread",
    "hand-back": "pipeline.reconcile:hand_back",
    "clear": "pipeline.folders.publish:clear",
}
WRITES = ("rename", "unlink", "rmdir", "mkdir", "fsync")


_connect = sqlite3.connect


def note_first() -> None:
    """Make the order of a program that notes an effect before it acts: the wrong one."""
    from pipeline.folders import publish

    whole = publish.once

    def once(store: Any, effect: Any, act: Callable[[], None], at: Any) -> bool:
        noted = whole(store, effect, lambda: None, at)
        if noted:
            act()
        return noted

    publish.once = once


def engine_while_reading(group: int) -> None:
    """Have the engine's processes killed when a paper of the first case is being read."""
    from pipeline import steps

    whole = steps.read

    def read(*args: Any) -> Any:
        with suppress(ProcessLookupError):
            os.killpg(group, signal.SIGKILL)
        return whole(*args)

    steps.read = read


def die() -> None:
    """End as by `kill -9`."""
    os.kill(os.getpid(), signal.SIGKILL)


def arm(kill: dict[str, Any] | None) -> None:
    """Have this process die where *kill* says: `step` and `when`, or `effect` and `when`, or `write`."""
    if kill is None:
        return
    if "step" in kill:
        _at_step(kill["step"], kill["when"])
    elif "effect" in kill:
        _at_effect(kill["effect"], kill["when"])
    else:
        _at_write(kill["write"])


def _at_step(step: str, when: str) -> None:
    """Die before or after the function of that step."""
    place, name = BOUNDARIES[step].split(":")
    module = importlib.import_module(place)
    whole = getattr(module, name)

    def cut(*args: Any, **named: Any) -> Any:
        if when == "before":
            die()
        result = whole(*args, **named)
        die()
        return result

    setattr(module, name, cut)


def _at_effect(effect: str, when: str) -> None:
    """Die before an effect is acted on, between the acting and the noting, or after the noting."""
    from pipeline.folders import publish

    whole = publish.once

    def cut(store: Any, one: Any, act: Callable[[], None], at: Any) -> bool:
        if one.effect != effect:
            return whole(store, one, act, at)

        def acting() -> None:
            if when == "before":
                die()
            act()
            if when == "between":
                die()

        done = whole(store, one, acting, at)
        die()
        return done

    publish.once = cut


def _at_write(number: int) -> None:
    """Die before the n-th call that changes the disk or the record."""
    left = [number]

    def count() -> None:
        left[0] -= 1
        if left[0] < 0:
            die()

    for name in WRITES:
        setattr(os, name, _counted(getattr(os, name), count))
    kind = _recording(count)

    def connect(*args: Any, **named: Any) -> Any:
        return _connect(*args, **(named | {"factory": kind}))

    sqlite3.connect = sqlite3.dbapi2.connect = connect


def _counted(whole: Callable[..., Any], count: Callable[[], None]) -> Callable[..., Any]:
    """Return *whole*, counted before it is done."""

    def one(*args: Any, **named: Any) -> Any:
        count()
        return whole(*args, **named)

    return one


def _recording(count: Callable[[], None]) -> type[sqlite3.Connection]:
    """Return a connection that counts every statement that writes, the commit too, before it is done."""

    class Cursor(sqlite3.Cursor):
        def execute(self, sql: str, *values: Any) -> Any:
            if not sql.lstrip().upper().startswith(("SELECT", "PRAGMA", "BEGIN")):
                count()
            return super().execute(sql, *values)

    class Connection(sqlite3.Connection):
        def cursor(self, *_: Any) -> Any:
            return super().cursor(Cursor)

        def execute(self, sql: str, *values: Any) -> Any:
            return self.cursor().execute(sql, *values)

        def commit(self) -> None:
            count()
            super().commit()

    return Connection
