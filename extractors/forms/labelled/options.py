"""Which box belongs to which printed option, on forms of no known edition."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractors.forms.ink.drawn import square
from extractors.forms.labelled.outline import Outline
from extractors.forms.labelled.phrases import SENTENCE, SIGN, Phrase
from extractors.forms.spot import Spot
from extractors.lines import Box, Word, around
from extractors.page import Page, Widget

_REACH = 24.0
"""Points between an option and its box."""


_WHOLE, _PART = 0.95, 0.5
"""Certainty at most where every option has its box; where one has none, or comes twice."""


class Tick(NamedTuple):
    """A box found beside an option: its place, its sign if it is a letter, its form field if it has one."""

    box: Box
    sign: Word | None = None
    widget: Widget | None = None


def ticks(outline: Outline, free: Sequence[Word]) -> Iterator[Spot]:
    """Give the boxes of the page's options; a group beside which no box stands is no group."""
    for name, options in outline.options().items():
        marks = boxes(outline.page, [phrase for phrase, _ in options], free)
        found = [(option, mark) for option, mark in zip(options, marks, strict=True) if mark is not None]
        slugs = [slug for (_, slug), _ in found]
        whole = _WHOLE if len(found) == len(options) == len(set(slugs)) else _PART
        for (phrase, slug), mark in found:
            yield Spot(
                page=outline.page,
                name=name,
                kind="check",
                box=mark.box,
                sure=min(whole, *(word.confidence for word in phrase.words)),
                label=phrase.text,
                value=slug,
                ink=None,
                beside=phrase.words,
                words=(mark.sign,) if mark.sign else (),
                widget=mark.widget,
            )


def boxes(page: Page, group: Sequence[Phrase], free: Sequence[Word]) -> list[Tick | None]:
    """Return the box of each option of one group: all on the same side, as the outermost one shows."""
    left = [_beside(page, _line(option), free, before=True) for option in group]
    right = [_beside(page, _line(option), free, before=False) for option in group]
    first = min(range(len(group)), key=lambda at: (group[at].row, group[at].box.x0))
    missing_left, missing_right = left.count(None), right.count(None)
    if missing_left != missing_right:
        return left if missing_left < missing_right else right
    return left if left[first] else right


def _line(option: Phrase) -> Box:
    """Return the height at which the option's box may stand: a sentence may go on below its first line."""
    deeper = 12.0 if len(option.words) >= SENTENCE else 0.0
    return option.box._replace(y1=option.box.y1 + deeper)


def _beside(page: Page, option: Box, free: Sequence[Word], *, before: bool) -> Tick | None:
    """Return the nearest box before or after an option: form field, sign, or drawn square."""
    if before:
        strip = Box(option.x0 - _REACH, option.y0 - 4, option.x0 - 0.5, option.y1 + 4)
    else:
        strip = Box(option.x1 + 0.5, option.y0 - 4, option.x1 + _REACH, option.y1 + 4)
    pressed = [w for w in page.widgets if w.kind == "button" and strip.holds(*w.box.middle)]
    if pressed:
        nearest = min(pressed, key=lambda w: abs(w.box.middle[0] - (option.x0 if before else option.x1)))
        return Tick(nearest.box, widget=nearest)
    signs = [word for word in free if SIGN.fullmatch(word.text) and strip.holds(*word.box.middle)]
    drawn = square(page.picture(), strip)
    if drawn is not None:
        inside = next((word for word in signs if drawn.grown(1).holds(*word.box.middle)), None)
        return Tick(drawn, sign=inside)
    return _lettered(signs) if signs else None


def _lettered(signs: Sequence[Word]) -> Tick:
    """Return a box made of letters, "[ ]" or "(x)" or "☒", as one sign."""
    text = "".join(word.text for word in signs).strip("[]()_ ")
    box = around(word.box for word in signs)
    return Tick(box, sign=Word(text or "☐", box, min(word.confidence for word in signs)))
