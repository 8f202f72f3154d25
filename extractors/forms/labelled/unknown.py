"""Reading a form of no known edition by the labels and headings that it prints."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from extractors.forms.ink.drawn import ruled
from extractors.forms.labelled.options import ticks
from extractors.forms.labelled.outline import Outline
from extractors.forms.labelled.phrases import Phrase
from extractors.forms.labelled.regions import CELL, Map, Region
from extractors.forms.labelled.running import ended
from extractors.forms.labelled.sentences import told
from extractors.forms.labelled.vocabulary import Vocabulary, vocabulary
from extractors.forms.register import key
from extractors.forms.spot import Spot, filled, widget_at
from extractors.lines import Box, Line, lines
from extractors.page import Page
from extractors.prose import fold

_TWICE = 0.5
"""Certainty at most of a field that two labels ask for: one may be another person's."""
_HEADINGS = 3
"""Headings of different sections that make a form without its title."""
_DECLARED = 0.8
_BARE_TITLES = frozenset(("declaracionresponsable", "declaracionjurada", "declaracionxurada"))
"""Titles that do not say what is declared: the sentences must."""
_MENTION = 0.25
"""A title or some headings without the labels of a form."""
_ANSWER = re.compile(
    r"(resolucion|certificado|justificante|recibo|acuse|requerimiento|notificacion de|mandato"
    r"|orden de domiciliacion|contrato|acuerdo|diligencia|informe|instrucciones)\b"
)
"""What speaks of an application and is none."""
_NUMBER = re.compile(r"^\s*(\d{1,2}|[IVX]{1,4})\s*[.)-]+\s*")
_BESIDE = 30.0
"""Points past a label within which the first of its boxes to tick stands."""
_COMBS = frozenset({"postal_code", "mobile", "iban", "date", "birth_date"})
_CHOICES = {"ceuta": "ceuta", "melilla": "melilla", "51": "ceuta", "52": "melilla"}


def likeness(page: Page, kind: str) -> float:
    """Return how sure it is that a form of *kind* begins on the page, by its title and labels."""
    words = vocabulary(kind)
    headed = _headed(page, words)
    if not (titled := _titled(page, words)) and headed < _HEADINGS:
        return _DECLARED if _declares(page, kind) else 0.0
    outline = Outline(page, kind, first=True)
    asked = {name for name, _ in outline.asked(outline.phrases)}
    if not titled:
        return min(0.75, 0.45 + 0.06 * headed) if len(asked) >= 2 * _HEADINGS else _MENTION
    asked |= told(kind, [page]).keys()
    sure = min(0.95, 0.55 + 0.06 * len(asked)) if len(asked) >= 2 else _MENTION
    return min(sure, 0.45) if any(_ANSWER.match(fold(line.text)) for line in _upper(page)) else sure


def _declares(page: Page, kind: str) -> bool:
    """Whether a paper under a bare title says in its sentences what only this kind declares."""
    bare = any(key(line.text) in _BARE_TITLES for line in _upper(page))
    return bare and "declares_no_coverage" in told(kind, [page])


def follows(page: Page, kind: str) -> float:
    """Return how sure it is that the page goes on with a form of *kind*: it asks, but bears no title."""
    outline = Outline(page, kind, first=False)
    asked = {name for name, _ in outline.asked(outline.phrases)} | outline.options().keys()
    return min(0.65, 0.35 + 0.1 * len(asked)) if len(asked) >= 2 and not _titled(page, outline.words) else 0.0


def _upper(page: Page) -> list[Line]:
    """Return the lines of the upper half, columns far apart as lines of their own."""
    return [line for line in lines(page.words, 2.5) if line.box.y0 < page.height / 2]


def _titled(page: Page, words: Vocabulary) -> bool:
    """Whether a title of the form stands alone on a line, or on two or three, in the upper half."""
    upper = [key(line.text) for line in _upper(page)]
    runs = ["".join(upper[at : at + count]) for count in (1, 2, 3) for at in range(len(upper) - count + 1)]
    return any(
        abs(len(title) - len(text)) <= 0.1 * len(title) and fuzz.ratio(title, text) >= 90
        for text in runs
        for title in words.titles
    )


def _headed(page: Page, words: Vocabulary) -> int:
    """Count the form's own headings that stand alone on a line."""
    alone = {key(_NUMBER.sub("", line.text)) for line in lines(page.words, 2.5)}
    return len({id(words.headings[text]) for text in alone & words.headings.keys()})


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
    asked = [
        (name, label)
        for name, label in outline.asked(labels)
        if name not in groups and not _of_boxes(name, label, marked)
    ]
    answers = [spot for name, label in asked for spot in _answer(plan, name, label)]
    written = filled(_doubted(answers), left)
    return [*marked, *(ended(spot, frozenset(left)) for spot in written)]


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
    region = Region(fields[0].box, CELL, framed=True) if fields else plan.region(label)
    yield replace(_spot(plan, name, label, region, kind), widget=fields[0] if fields else None)


def _spot(plan: Map, name: str, label: Phrase, region: Region, kind: str) -> Spot:
    """Return one spot for a label."""
    widget = widget_at(plan.page, region.box, kind)
    return Spot(
        page=plan.page,
        name=name,
        kind=kind,
        room=region.framed or widget is not None or _lined(plan.page, region.box),
        box=region.box,
        sure=min(region.sure, *(word.confidence for word in label.words)),
        label=label.text,
        choices=_CHOICES if name == "territorial_office" else {},
        ink=None,
        widget=widget,
    )


def _of_boxes(name: str, label: Phrase, marked: Sequence[Spot]) -> bool:
    """Whether "Documento:" only says what the boxes to tick right after or under it are about."""
    if name.rsplit(".", 1)[-1] != "id_number" or not label.key.startswith("documento"):
        return False
    box = label.box
    after = Box(box.x1, box.y0 - 2, box.x1 + _BESIDE, box.y1 + 2)
    under = Box(box.x0 - 4, box.y1, box.x0 + _BESIDE, box.y1 + 2 * max(box.height, 8.0))
    return any(after.holds(*spot.box.middle) or under.holds(*spot.box.middle) for spot in marked)


def _lined(page: Page, box: Box) -> bool:
    """Whether a line to write on, drawn or made of dots or strokes, stands in *box*."""
    dotted = (word for word in page.words if len(word.text) >= 4 and not word.text.strip("_.…-"))
    return any(box.holds(*word.box.middle) for word in dotted) or ruled(page.picture(), box)


def _doubted(asked: Sequence[Spot]) -> list[Spot]:
    """Keep the first of two labels that ask for the same field, in doubt; date parts belong together."""
    kept: dict[tuple[str, str | None], Spot] = {}
    for spot in asked:
        place = (spot.name, spot.part)
        kept[place] = replace(kept[place], sure=min(kept[place].sure, _TWICE)) if place in kept else spot
    return list(kept.values())
