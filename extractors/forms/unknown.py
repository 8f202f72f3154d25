"""Reading a form of no known edition by the labels and headings that it prints."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from rapidfuzz import fuzz

from extractors.forms.options import ticks
from extractors.forms.outline import Outline
from extractors.forms.phrases import Phrase
from extractors.forms.regions import CELL, Map, Region
from extractors.forms.register import key
from extractors.forms.sentences import told
from extractors.forms.spot import Spot, filled, widget_at
from extractors.forms.vocabulary import Vocabulary
from extractors.page import Page, lines

_TWICE = 0.5
"""Certainty at most of a field that two labels ask for: one may be another person's."""
_COMBS = frozenset({"postal_code", "mobile", "iban", "date", "birth_date"})
_CHOICES = {"ceuta": "ceuta", "melilla": "melilla", "51": "ceuta", "52": "melilla"}


def likeness(page: Page, kind: str) -> float:
    """Return how sure it is that a form of *kind* begins on the page, by its title and labels."""
    outline = Outline(page, kind, first=True)
    asked = {name for name, _ in outline.asked(outline.phrases)}
    if not _titled(page, outline.words):
        return min(0.25, 0.03 * len(asked))
    asked |= told(kind, [page]).keys()
    return min(0.95, 0.55 + 0.06 * len(asked)) if len(asked) >= 2 else 0.3


def follows(page: Page, kind: str) -> float:
    """Return how sure it is that the page goes on with a form of *kind*: it asks, but bears no title."""
    outline = Outline(page, kind, first=False)
    asked = {name for name, _ in outline.asked(outline.phrases)} | outline.options().keys()
    return min(0.65, 0.35 + 0.1 * len(asked)) if len(asked) >= 2 and not _titled(page, outline.words) else 0.0


def _titled(page: Page, words: Vocabulary) -> bool:
    """Whether a title of the form stands alone on a line, or on two, in the upper half."""
    upper = [key(line.text) for line in lines(page.words, 2.5) if line.box.y0 < page.height / 2]
    pairs = [a + b for a, b in pairwise(upper)]
    return any(
        fuzz.ratio(title, text) >= 90 for text in [*upper, *pairs] if len(text) > 12 for title in words.titles
    )


def spots(page: Page, kind: str, *, first: bool) -> list[Spot]:
    """Return the places to fill in that the page's labels tell of, with what is written in each."""
    outline = Outline(page, kind, first=first)
    if not outline.phrases:
        return []
    parts = outline.headings
    own = {word for phrase in outline.phrases for word in phrase.words}
    own |= {word for part in parts for word in page.words if part.box.grown(0.5).holds(*word.box.middle)}
    free = [word for word in page.words if word not in own and word.text.strip("_.…:/ ")]
    marked = list(ticks(outline, free))
    taken = {word for spot in marked for word in (*spot.words, *spot.beside)}
    left = [word for word in free if word not in taken and key(word.text)]
    plan = Map(page, [*(phrase.box for phrase in outline.phrases), *(part.box for part in parts)], left)
    labels = [phrase for phrase in outline.phrases if phrase.words[0] not in taken]
    labels = [phrase for phrase in labels if all(part.box != phrase.box for part in parts)]
    groups = {spot.name for spot in marked}
    asked = [(name, label) for name, label in outline.asked(labels) if name not in groups]
    return [
        *marked,
        *filled(_doubted([s for name, label in asked for s in _answer(plan, name, label)]), left),
    ]


def _answer(plan: Map, name: str, label: Phrase) -> Iterator[Spot]:
    """Give the spot of one label, or the three of a date whose form fields are apart."""
    leaf = name.rsplit(".", 1)[-1]
    if leaf in {"signature", "signed"} or (name.startswith("signature.") and not leaf.endswith("_date")):
        yield _spot(plan, name, label, plan.sheet(label), "sig")
        return
    kind = "comb" if leaf in _COMBS or leaf.endswith(("_date", "signed_on")) else "text"
    fields = plan.fields(label)
    if kind == "comb" and len(fields) == len("dmy") and (leaf.endswith("date") or leaf == "signed_on"):
        for part, widget in zip("dmy", fields, strict=True):
            spot = _spot(plan, name, label, Region(widget.box, CELL), kind)
            yield replace(spot, part=part, widget=widget)
        return
    region = Region(fields[0].box, CELL) if fields else plan.region(label)
    yield replace(_spot(plan, name, label, region, kind), widget=fields[0] if fields else None)


def _spot(plan: Map, name: str, label: Phrase, region: Region, kind: str) -> Spot:
    """Return one spot for a label."""
    return Spot(
        page=plan.page,
        name=name,
        kind=kind,
        box=region.box,
        sure=min(region.sure, *(word.confidence for word in label.words)),
        label=label.text,
        choices=_CHOICES if name == "territorial_office" else {},
        ink=None,
        widget=widget_at(plan.page, region.box, kind),
    )


def _doubted(asked: Sequence[Spot]) -> list[Spot]:
    """Keep the first of two labels that ask for the same field, in doubt; date parts belong together."""
    kept: dict[tuple[str, str | None], Spot] = {}
    for spot in asked:
        place = (spot.name, spot.part)
        kept[place] = replace(kept[place], sure=min(kept[place].sure, _TWICE)) if place in kept else spot
    return list(kept.values())
