"""The sources that are set up, each opened once; every question ends in time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import Generic, TypeVar, cast

from pipeline.register.chosen import Registers, Source
from pipeline.register.extract import Extract
from pipeline.register.source import Look, Question, RegisterSource, Reply, SilentSource, Why

T = TypeVar("T")

QUIET_SECONDS = 30.0
"""For how long a source that failed is not asked again: the next cases need not wait for it too."""
LOOK_SECONDS = 60.0


def open_source(source: Source) -> RegisterSource:
    """Return the source that the settings name, not yet asked. A web service would be one more kind here."""
    if source.kind == "csv":
        return Extract(source)
    from pipeline.register.table import Table  # noqa: PLC0415 - SQLAlchemy, which few offices need here

    return Table(source)


class _Asking(threading.Thread, Generic[T]):
    """One question on its way."""

    def __init__(self, ask: Callable[[], T]) -> None:
        super().__init__(daemon=True, name="register")
        self.box: SimpleQueue[tuple[T | None, Exception | None]] = SimpleQueue()
        self._ask = ask

    def run(self) -> None:
        """Ask, and leave the answer or the error to whoever still waits."""
        try:
            self.box.put((self._ask(), None))
        except Exception as error:  # noqa: BLE001 - handed on to the thread that asked
            self.box.put((None, error))


class Sources:
    """All sources, for one process; safe to share between threads."""

    def __init__(self, registers: Registers) -> None:
        self.all = registers.sources
        self._opened = {source.name: open_source(source) for source in self.all}
        self._failed: dict[str, tuple[float, Why, threading.Thread]] = {}
        self._lock = threading.Lock()

    def ask(self, source: Source, question: Question) -> Reply:
        """Return what *source* says of a person.

        Raises:
            SilentSource: it did not answer, not in time, or failed a moment ago.
        """
        asking = _Asking(lambda: self._opened[source.name].ask(question))
        with self._lock:
            until, why, stuck = self._failed.get(source.name, (0.0, None, None))
        if why is not None and (time.monotonic() < until or (stuck and stuck.is_alive())):
            raise SilentSource(why, "falló hace un momento")
        try:
            return _within(source.seconds, asking)
        except SilentSource as silent:
            if not silent.alone:
                with self._lock:
                    self._failed[source.name] = (time.monotonic() + QUIET_SECONDS, silent.why, asking)
            raise

    def look(self, source: Source) -> Look:
        """Return the state of *source* for `doctor`, with time enough to read it all once."""
        return _within(max(source.seconds, LOOK_SECONDS), _Asking(self._opened[source.name].look))


def _within(seconds: float, asking: _Asking[T]) -> T:
    """Return what *asking* gives, on a thread of its own: a share that hangs holds nobody up."""
    asking.start()
    try:
        value, error = asking.box.get(timeout=seconds)
    except Empty:
        raise SilentSource("slow", "no contestó a tiempo") from None
    if error is not None:
        raise error
    return cast(T, value)
