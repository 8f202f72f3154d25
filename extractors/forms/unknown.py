"""Reading a form of no known edition by the labels and headings that it prints."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from rapidfuzz import fuzz

from extractors.forms.options import boxes
from extractors.forms.phrases import Phrase, phrases
from extractors.forms.regions import CELL, Map, Region
from extractors.forms.register import key
from extractors.forms.sections import Heading, above, headings
from extractors.forms.spot import Spot, filled, widget_at
from extractors.forms.vocabulary import Section, Vocabulary, vocabulary
from extractors.page import Page, Word, lines

_TWICE = 0.5
"""Certainty at most of a field that two labels ask for: one may be another person's."""
_UNHEADED = 0.8
"""Certainty at most of a label that stands under no heading though the form has parts."""
_COMBS = frozenset({"postal_code", "mobile", "iban", "date", "birth_date"})
_CHOICES = {"ceuta": "ceuta", "melilla": "melilla", "51": "ceuta", "52": "melilla"}


def likeness(page: Page, kind: str) -> tuple[int, float]:
    """Return which sheet of *kind* the page may be and how sure that is, by its title and labels."""
    words = vocabulary(kind)
    found = phrases(page, words)
    asked = {name for name, _ in _asked(found, headings(page, found, words), words)}
    if _titled(page, words):
        return 1, min(0.95, 0.55 + 0.06 * len(asked)) if len(asked) >= 2 else 0.3
    return 2, min(0.3, 0.03 * len(asked))


def _titled(page: Page, words: Vocabulary) -> bool:
    """Whether a title of the form stands alone on a line, or on two, in the upper half."""
    upper = [key(line.text) for line in lines(page.words, 2.5) if line.box.y0 < page.height / 2]
    pairs = [a + b for a, b in pairwise(upper)]
    return any(
        fuzz.ratio(title, text) >= 90 for text in [*upper, *pairs] if len(text) > 12 for title in words.titles
    )


def spots(page: Page, kind: str) -> list[Spot]:
    """Return the places to fill in that the page's labels tell of, with what is written in each."""
    words = vocabulary(kind)
    found = phrases(page, words)
    if not found:
        return []
    parts = headings(page, found, words)
    own = {word for phrase in found for word in phrase.words}
    own |= {word for part in parts for word in page.words if part.box.grown(0.5).holds(*word.box.middle)}
    free = [word for word in page.words if word not in own and word.text.strip("_.…:/ ")]
    ticks = list(_ticks(page, found, parts, words, free))
    labels = [phrase for phrase in found if not _is_option(phrase, ticks) and not _is_heading(phrase, parts)]
    used = {word for spot in ticks for word in spot.words}
    left = [word for word in free if word not in used and key(word.text)]
    plan = Map(page, [*(phrase.box for phrase in found), *(part.box for part in parts)], left)
    asked = [spot for name, phrase in _asked(labels, parts, words) for spot in _answer(plan, name, phrase)]
    ticked = {spot.name for spot in ticks}
    return [*ticks, *filled(_doubted([spot for spot in asked if spot.name not in ticked]), left)]


def _is_option(phrase: Phrase, ticks: Sequence[Spot]) -> bool:
    """Whether the phrase stands beside a box that it belongs to."""
    return any(phrase.words[0] in spot.beside for spot in ticks)


def _is_heading(phrase: Phrase, parts: Sequence[Heading]) -> bool:
    """Whether the phrase is one of the headings."""
    return any(part.box == phrase.box for part in parts)


def _asked(
    found: Sequence[Phrase], parts: Sequence[Heading], words: Vocabulary
) -> Iterator[tuple[str, Phrase]]:
    """Give the field that each label asks for; the blocks of a list are counted by their first label."""
    blocks: dict[str, int] = defaultdict(int)
    for phrase in found:
        part = above(phrase.box, parts)
        section = part.section if part else next(iter(words.headings.values()))
        if part and part.section is None:
            continue
        name = words.signatures.get(phrase.key)
        if name is None and (label := words.labels.get(phrase.key)):
            name = words.field(section, label)
        if name is None:
            continue
        if section and section.repeats and name in section.asks.values():
            prefix, leaf = name.split(".", 1)
            blocks[name] += 1
            name = f"{prefix}.{blocks[name] - 1}.{leaf}"
        yield name, phrase


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


def _ticks(
    page: Page,
    found: Sequence[Phrase],
    parts: Sequence[Heading],
    words: Vocabulary,
    free: Sequence[Word],
) -> Iterator[Spot]:
    """Give the boxes of the options that stand beside one."""
    groups: dict[str, list[tuple[Phrase, str]]] = defaultdict(list)
    blocks: dict[tuple[str, str], int] = defaultdict(int)
    for phrase in found:
        part = above(phrase.box, parts)
        section = part.section if part else next(iter(words.headings.values()))
        for option in words.options.get(phrase.key, ()):
            name = words.group(section if part is None or part.section else None, option.group)
            if name is not None:
                name = _numbered(name, section, option.slug, blocks)
                groups[name].append((phrase, option.slug))
                break
    for name, options in groups.items():
        marks = boxes(page, [phrase for phrase, _ in options], free)
        if not any(marks):
            continue
        whole = 0.95 if all(marks) else _TWICE
        for (phrase, slug), mark in zip(options, marks, strict=True):
            if mark is not None:
                yield Spot(
                    page=page,
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


def _numbered(name: str, section: Section | None, slug: str, blocks: dict[tuple[str, str], int]) -> str:
    """Return the name with the number of its block, where the section repeats."""
    if section is None or not section.repeats or name not in section.ticks.values():
        return name
    prefix, leaf = name.split(".", 1)
    blocks[name, slug] += 1
    return f"{prefix}.{blocks[name, slug] - 1}.{leaf}"


def _doubted(asked: Sequence[Spot]) -> list[Spot]:
    """Keep the first of two labels that ask for the same field, in doubt; date parts belong together."""
    kept: dict[tuple[str, str | None], Spot] = {}
    for spot in asked:
        place = (spot.name, spot.part)
        kept[place] = replace(kept[place], sure=min(kept[place].sure, _TWICE)) if place in kept else spot
    return list(kept.values())
