"""Why somebody came and left, told behind the days of a stay: "del X al Y, alta por omisión y baja ..."."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from extractors.padron.movements.bonds import EVENTS, Bound
from extractors.padron.movements.ranges import FIRST, LAST
from extractors.padron.vocabulary import Mark
from extractors.prose import Prose

_LEFT_FROM = re.compile(r"\bba(?:ja|ixa)\b(?:(?!(?<!\w)altas?(?!\w))[^;.])*?(?:proced|proven|provin)")
"""Nobody leaves from where he came: whose the place is, nobody can say."""


class Behind(NamedTuple):
    """Words text[start:end] behind a range of days that begin with *mark*, and tell more of *bound*."""

    bound: Bound
    mark: Mark
    start: int
    end: int


def told_behind(
    prose: Prose, marks: Sequence[Mark], events: Sequence[Bound], end: Callable[[Bound], int]
) -> list[Behind]:
    """Return what is told behind the ranges among *events*; *end* gives where the words about one end.

    The name of a movement tells of the range before it, where that has such a movement and it is named once.
    """
    told: list[Behind] = []
    for first, last in _ranges(events):
        begins = (last or first).date.end
        stops = end(last or first)
        named = [m for m in marks if begins <= m.start < stops and m.meaning in {"in", "out"}]
        if len({m.meaning for m in named}) < len(named) or any(_of_state(prose, m) for m in named):
            continue
        if any(_LEFT_FROM.search(prose.folded, m.start, stops) for m in named if m.meaning == "out"):
            continue
        for mark, after in zip(named, [*named[1:], None], strict=False):
            bound = first if EVENTS[mark.meaning] == "in" else last
            if bound is not None:
                told.append(Behind(bound, mark, mark.start, after.start if after else stops))
    return told


def _of_state(prose: Prose, mark: Mark) -> bool:
    """Whether *mark* tells a state, which names no movement: "inscrito"."""
    return prose.folded[mark.start : mark.end].startswith(("inscri", "empadron", "empadroa"))


def _ranges(events: Sequence[Bound]) -> list[tuple[Bound, Bound | None]]:
    """Return the first and the last day of each range among *events*; none of one that goes on."""
    found: list[tuple[Bound, Bound | None]] = []
    for at, bound in enumerate(events):
        if bound.mark is not None and bound.mark.meaning == FIRST:
            after = events[at + 1] if at + 1 < len(events) else None
            closed = after is not None and after.mark is not None and after.mark.meaning == LAST
            found.append((bound, after if closed else None))
    return found
