"""Whether what a machine needs is there: each thing asked apart, within a time, and not more often than told.

A share that is away makes whoever asks it wait for ever: each question has a thread of its own that is left
behind, and no second one is asked until the first has come back.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import sqlalchemy as sa

from pipeline.errors import EnvironmentFault
from pipeline.folders.places import DROP, Place
from pipeline.intake.room import free
from pipeline.logs.plainly import kind
from pipeline.settings import Settings
from pipeline.store import Store
from pipeline.store.head import HEAD
from pipeline.store.schema import originals

FRESH_SECONDS = 5.0
"""For how long an answer is told again, however often it is asked for: strangers may ask."""
WELL = ""


class Looked(NamedTuple):
    """One thing looked at; `why` is a word for what is wrong, empty where it is well."""

    name: str
    why: str

    @property
    def well(self) -> bool:
        """Whether it is there."""
        return self.why == WELL


class Wrong(Exception):  # noqa: N818 - an answer, not an error of the program
    """What is asked for is not as it must be: a word that says how."""


def questions(
    store: Store, settings: Settings, names: Iterable[str] = ()
) -> Mapping[str, Callable[[], None]]:
    """Return what a machine is asked, by name: all of it, or only *names*."""
    asked: dict[str, Callable[[], None]] = {
        "record": lambda: _record(store),
        "papers": lambda: _papers(store),
        "room": lambda: _room(settings),
    }
    if settings.health.folders:
        asked["folders"] = lambda: _folders(settings)
    wanted = frozenset(names)
    return {name: ask for name, ask in asked.items() if not wanted or name in wanted}


def _record(store: Store) -> None:
    """Whether the record answers, and stands at this program's migration."""
    with store.read() as connection:
        found = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
    if found != HEAD:
        raise Wrong("older" if (found or "") < HEAD else "newer")


def _papers(store: Store) -> None:
    """Whether a paper of the record is where papers are kept, here or elsewhere; at first there is none."""
    try:
        with store.read() as connection:
            kept = connection.execute(sa.select(originals.c.sha256).limit(1)).scalar()
    except EnvironmentFault:
        raise Wrong(
            "unasked"
        ) from None  # the record, which knows a paper to ask for, is away; they may be well
    if kept is not None and not store.blobs.there(kept):
        raise Wrong("missing")


def _room(settings: Settings) -> None:
    """Whether the reserve of every disk is free: without it nothing is received."""
    if free(settings.storage) < settings.storage.reserve:
        raise Wrong("full")


def _folders(settings: Settings) -> None:
    """Whether the drop folders of the offices can be looked into."""
    for office in settings.folders.offices:
        with os.scandir(Place(settings.folders.root, office).path / DROP) as found:
            next(found, None)


@dataclass(slots=True)
class Readiness:
    """Asks, and remembers for a moment; any number of threads may ask at once."""

    asked: Mapping[str, Callable[[], None]]
    seconds: float
    clock: Callable[[], float] = time.monotonic
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _under_way: dict[str, threading.Thread] = field(default_factory=dict)
    _found: dict[str, str] = field(default_factory=dict)
    _told: tuple[float, tuple[Looked, ...]] = (float("-inf"), ())

    def __call__(self) -> tuple[Looked, ...]:
        """Return how each thing is; `silent` where it did not answer in time."""
        with self._lock:
            if self.clock() - self._told[0] > FRESH_SECONDS:
                self._told = (self.clock(), self._look())
            return self._told[1]

    def _look(self) -> tuple[Looked, ...]:
        """Ask all at once, and wait for as long as one may take."""
        for name, ask in self.asked.items():
            if name not in self._under_way:
                self._found.pop(name, None)
                thread = threading.Thread(
                    target=self._ask, args=(name, ask), name=f"ready-{name}", daemon=True
                )
                self._under_way[name] = thread
                thread.start()
        until = time.monotonic() + self.seconds
        for name, thread in list(self._under_way.items()):
            thread.join(max(0.0, until - time.monotonic()))
            if not thread.is_alive():
                del self._under_way[name]
        return tuple(Looked(name, self._found.get(name, "silent")) for name in self.asked)

    def _ask(self, name: str, ask: Callable[[], None]) -> None:
        """Keep what one question brought."""
        try:
            ask()
            self._found[name] = WELL
        except Wrong as wrong:
            self._found[name] = str(wrong)
        except EnvironmentFault:
            self._found[name] = "away"
        except Exception as error:  # noqa: BLE001 - whatever it is, that thing is not well
            self._found[name] = kind(error).split()[-1]
