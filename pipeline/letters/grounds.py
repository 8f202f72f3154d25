"""Findings as the rows of a letter's table: in words, with their article, and where they were seen."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.letters.addressee import beneficiaries, called
from pipeline.letters.casefile import Ground, Paper
from pipeline.letters.page import Block, Cell, Grid, Heading, Items, Line, Paragraph, Picture
from pipeline.letters.picture import picture
from pipeline.letters.render import line
from pipeline.letters.timeline import said
from pipeline.letters.words import FIRST
from pipeline.letters.writing import Writing
from validators.rules.notice_of_acts import CURE as TIME
from validators.tables import Table, read

_BENEFICIARY = re.compile(r"beneficiary-(\d{1,3})")
_RESIDENCE = ("CE-RES-", "CE-EMP-", "CE-DOC-02")
"""Rules that speak of where and since when somebody is registered."""


def asked(writing: Writing) -> tuple[Ground, ...]:
    """Return what is to be cured, without what a person left out; the time to do it is no defect."""
    return tuple(ground for ground in _kept(writing, "cure") if ground.rule != TIME.id)


def against(writing: Writing) -> tuple[Ground, ...]:
    """Return what speaks against granting, without what a person left out."""
    return _kept(writing, "not_met")


def elsewhere(writing: Writing) -> tuple[Ground, ...]:
    """Return what sends the case to another body, without what a person left out."""
    return _kept(writing, "refer")


def _kept(writing: Writing, outcome: str) -> tuple[Ground, ...]:
    """Return the findings of an outcome that the letter speaks of."""
    left = writing.choices.left_out
    return tuple(ground for ground in writing.file.with_outcome(outcome) if ground.rule not in left)


def defects(writing: Writing, grounds: Sequence[Ground]) -> Grid:
    """Return the table of what is missing: what, with which article; what to bring; where it was seen."""
    return Grid(
        headers=tuple(writing.say(f"table.{name}") for name in ("number", "defect", "bring", "seen")),
        widths=(0.6, 5.2, 4.6, 3.6),
        rows=tuple(
            (
                (Line(f"{n}"),),
                reason(writing, ground),
                (Line(bring(writing, ground.rule)),),
                seen(writing, ground),
            )
            for n, ground in enumerate(grounds, 1)
        ),
    )


def reasons(writing: Writing, grounds: Sequence[Ground]) -> Grid:
    """Return the table of what a proposal rests on: what, with which article; where it was seen."""
    return Grid(
        headers=tuple(writing.say(f"table.{name}") for name in ("number", "ground", "seen")),
        widths=(0.6, 8.6, 4.8),
        rows=tuple(
            ((Line(f"{n}"),), reason(writing, ground), seen(writing, ground))
            for n, ground in enumerate(grounds, 1)
        ),
    )


def reason(writing: Writing, ground: Ground) -> Cell:
    """Return a finding in words: whom it concerns, what it says, its article."""
    return (
        *_whom(writing, ground.about),
        spoken(writing, ground.reason),
        Line(line(writing.say("table.basis", basis=writing.words.cite(ground.basis)))),
    )


def spoken(writing: Writing, texts: Any) -> Line:
    """Return a sentence of the rules in the letter's language; without it in Spanish, and marked so."""
    own = writing.words.language
    return Line(line(texts[own])) if texts.get(own) else Line(line(texts[FIRST]), FIRST)


def _whom(writing: Writing, about: str | None) -> Iterator[Line]:
    """Yield the person a finding is about, where it is not the applicant."""
    if whom := _beneficiary(writing, about):
        yield Line(whom, strong=True)


def _beneficiary(writing: Writing, about: str | None) -> str:
    """Return the beneficiary that a finding is about, by number and name; empty for anybody else."""
    found = _BENEFICIARY.fullmatch(about or "")
    if found is None:
        return ""
    n, listed = int(found[1]), beneficiaries(writing.file)
    name = line(called(listed[n - 1])) if 0 < n <= len(listed) else ""
    return writing.say("table.person_named", n=n, name=name) if name else writing.say("table.person", n=n)


def only_about(writing: Writing, grounds: Sequence[Ground]) -> str:
    """Return the beneficiaries whom alone the *grounds* are about; empty if one is about the applicant."""
    people = list(dict.fromkeys(_beneficiary(writing, ground.about) for ground in grounds))
    return "; ".join(people) if all(people) else ""


def partly(writing: Writing, grounds: Sequence[Ground]) -> Iterator[Block]:
    """Yield whom a refusal concerns, where it does not concern the applicant."""
    people = only_about(writing, grounds)
    if people:
        yield Paragraph(writing.say("refusal.partly", people=people))


def seen(writing: Writing, ground: Ground) -> Cell:
    """Return the papers and pages that a finding stands on, each paper once."""
    pages: dict[str, list[int]] = {}
    for paper, field in ground.evidence:
        found = next((one for one in writing.file.papers if one.id == paper), None)
        if found is not None:
            pages.setdefault(found.file, []).extend(_pages(found, field))
    lines = tuple(_place(writing, file, sorted(set(numbers))) for file, numbers in pages.items())
    return lines or (Line(writing.say("table.nowhere")),)


def _pages(paper: Paper, field: str) -> Iterator[int]:
    """Yield the page on which a field stands, as far as the report says."""
    page = paper.fields.get(field, {}).get("page")
    if isinstance(page, int) and not isinstance(page, bool):
        yield page
    elif len(paper.pages) == 1:
        yield paper.pages[0]


def _place(writing: Writing, file: str, pages: list[int]) -> Line:
    """Return a paper, with its pages where they are known."""
    if not pages:
        return Line(writing.say("table.file", file=line(file)))
    joined = writing.words.join([str(page) for page in pages])
    return Line(writing.say("table.page", file=line(file), pages=joined))


@cache
def _brought() -> Table:
    """Return what answers a defect, by rule."""
    return read(files(__package__).joinpath("bring.yaml")).expect("description", "rules").table("rules")


def bring(writing: Writing, rule: str) -> str:
    """Return what a person can bring against a defect of *rule*."""
    return writing.say(f"bring.{_brought().get(rule, 'default')}")


def on_residence(grounds: Sequence[Ground]) -> bool:
    """Tell whether one of the *grounds* speaks of where and since when the person is registered."""
    return any(ground.rule.startswith(_RESIDENCE) for ground in grounds)


def residence(writing: Writing, grounds: Sequence[Ground]) -> Iterator[Block]:
    """Yield the residence timeline, as picture and as list, where it is the ground."""
    block = writing.file.residence
    if block is None or not on_residence(grounds):
        return
    yield Heading(writing.say("residence.title"))
    yield Paragraph(writing.say("residence.intro"))
    own, on = writing.words.language, writing.file.filed_on
    try:
        told, drawn, marked = said(block, on, own), picture(block, on, own), ""
    except KeyError:  # the timeline has no words in that language yet
        told, drawn, marked = said(block, on, FIRST), picture(block, on, FIRST), FIRST
    yield Picture(drawn, " ".join(told))
    yield Items(tuple(Line(line(one), marked) for one in told))
