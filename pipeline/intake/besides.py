"""What is done besides taking drops in: by the whole program, not by a counter that stands alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple, Protocol

from pipeline.folders.places import Place


class Waiting(NamedTuple):
    """A drop that has not been taken: since when it is seen, and why."""

    name: str
    since: dt.datetime
    why: str


class Besides(Protocol):
    """What the watcher lets others do at each look. What fails is told in logs, and asked for again."""

    def settle(self) -> None:
        """End what an earlier stop left half done after acceptance."""
        ...

    def show(self, office: Place, waiting: Sequence[Waiting], now: dt.datetime) -> None:
        """Tell the office what waits, and how its cases stand."""
        ...

    def unreached(self, office: Place, now: dt.datetime) -> None:
        """Tell the office that the record is out of reach; raise OSError if its folder is too."""
        ...


class Nothing:
    """A counter that stands alone: it takes drops in, and the rest of the program works elsewhere."""

    def settle(self) -> None:
        """Leave it to the program that works the cases."""

    def show(self, office: Place, waiting: Sequence[Waiting], now: dt.datetime) -> None:
        """Leave it to the program that works the cases."""

    def unreached(self, office: Place, now: dt.datetime) -> None:
        """Leave it to the program that works the cases."""
