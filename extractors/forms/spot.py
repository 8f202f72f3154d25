"""A place to fill in, found on a page: what stands in it, by whom it was found and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from extractors.forms.laid import Entry
from extractors.lines import Box, Word, lines
from extractors.page import Page, Widget

SPILL = 0.6
"""Certainty of text that runs on from one box into the next: where it was cut is a guess."""
_MISSED = 7.0
"""Points above or below a box at which writing is still meant for it."""
_STICKS_OUT = 16.0
"""Points from a box to another whose frame, or whose tick, stands in what is looked at around it."""
_RUN = 0.6
"""White space, in text heights, that ends a run of writing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """One box on one page. `sure` caps the certainty of whatever is read in it.

    `kind` is text, comb, check, radio, choice, sig or stamp; `ink` the dark share that it has when
    empty, None where no blank tells; `clash` that the widget's name belongs to another box.
    """

    page: Page
    name: str
    kind: str
    box: Box
    sure: float
    label: str = ""
    value: str | None = None
    part: str | None = None
    choices: Mapping[str, str] = field(default_factory=dict)
    ink: float | None = 0.0
    cells: int = 1
    words: tuple[Word, ...] = ()
    widget: Widget | None = None
    clash: bool = False
    room: bool = True
    """Whether a place to write was seen: a drawn frame, a rule or a form field, not only a label."""
    beside: tuple[Word, ...] = ()
    """The words of the option that a box to tick was found beside."""
    near: tuple[Box, ...] = ()
    """The other boxes to tick within a few points of one, on a known blank."""
    entry: Entry | None = None
    """What was read here on a scan that lies on its blank; it stands for the words."""

    @property
    def tick(self) -> bool:
        """Whether it is a box to tick."""
        return self.kind in {"check", "radio"}


def filled(spots: Sequence[Spot], free: Sequence[Word]) -> list[Spot]:
    """Give every spot the words of *free* whose middle lies in it; a run over two spots proves neither."""
    home = {word: at for word in free if (at := _home(spots, word)) is not None}
    beside = {word: at for word in free if word not in home and (at := _near(spots, word)) is not None}
    home |= beside
    given: list[list[Word]] = [[] for _ in spots]
    for run in lines(free, _RUN):
        homes = {home.get(word) for word in run.words}
        for word in run.words:
            if word in home:
                certain = len(homes) == 1 and word not in beside
                sure = word.confidence if certain else min(word.confidence, SPILL)
                given[home[word]].append(word._replace(confidence=sure))
    return [replace(spot, words=tuple(words)) for spot, words in zip(spots, given, strict=True)]


def neighbours(spots: Sequence[Spot]) -> list[Spot]:
    """Give every box to tick the places of the other ones near it."""
    ticks = [spot.box for spot in spots if spot.tick]
    return [
        replace(spot, near=tuple(box for box in ticks if box is not spot.box and _close(spot.box, box)))
        if spot.tick
        else spot
        for spot in spots
    ]


def _close(one: Box, other: Box) -> bool:
    """Whether a tick in one box can stick out as far as the other."""
    return one.grown(_STICKS_OUT).common(other) > 0


def _home(spots: Sequence[Spot], word: Word) -> int | None:
    """Return the smallest spot around the middle of *word*."""
    around = [at for at, spot in enumerate(spots) if spot.box.grown(1.0).holds(*word.box.middle)]
    return min(around, key=lambda at: spots[at].box.width * spots[at].box.height, default=None)


def _near(spots: Sequence[Spot], word: Word) -> int | None:
    """Return the box of a known edition that *word* missed by a few points."""
    x, y = word.box.middle
    missed = {
        at: max(spot.box.y0 - y, y - spot.box.y1)
        for at, spot in enumerate(spots)
        if spot.kind in {"text", "comb", "choice"} and spot.ink is not None and spot.box.x0 < x < spot.box.x1
    }
    nearest = min(missed, key=lambda at: missed[at], default=None)
    return nearest if nearest is not None and missed[nearest] <= _MISSED else None


def widget_at(page: Page, box: Box, kind: str) -> Widget | None:
    """Return the widget that lies on *box* and can hold what *kind* says, whatever its name."""
    fitting = {"sig": {"signature"}, "check": {"button"}, "radio": {"button"}}.get(kind, {"text", "choice"})
    best, most = None, 0.5
    for widget in page.widgets:
        smaller = min(widget.box.width * widget.box.height, box.width * box.height)
        if widget.kind in fitting and smaller > 0 and widget.box.common(box) / smaller > most:
            best, most = widget, widget.box.common(box) / smaller
    return best
