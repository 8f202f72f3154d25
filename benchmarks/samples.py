"""Papers to measure with: the cases of the generator, and every layout in every language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from random import Random
from typing import NamedTuple

from fixtures import identity, letters
from fixtures.certificates import HELD_OUT, LAYOUTS, Paper, draw
from fixtures.entered import asistencia_values, convenio_values, declaration_values, representation_values
from fixtures.filled import MODES, form
from fixtures.people import TOWNS, human
from fixtures.record import Entry, Record
from fixtures.scans import scanned
from fixtures.scenarios import SCENARIOS, submission
from fixtures.wording import LANGUAGES

FORMS = {"ce_application", "as_application", "representation", "no_coverage_declaration"}
_FILED_ON = dt.date(2026, 3, 16)
_TOWN = {"es": "Málaga", "gl": "Vigo", "ca": "Lleida", "eu": "Bilbao"}


class Sample(NamedTuple):
    """One paper: the group of its cost, and the row of the table it counts in."""

    paper: Paper
    group: str
    label: str


def group(paper: Paper) -> str:
    """Return the class of cost of a digital paper."""
    if paper.kind in FORMS:
        return "form"
    return "certificate" if paper.kind.startswith("padron") else "other"


def digital_cases(seed: int, count: int) -> Iterator[Sample]:
    """Yield the papers of *count* cases, the scenarios in turn."""
    names = list(SCENARIOS)
    for number in range(count):
        for paper in submission(seed * 1000 + number, names[number % len(names)]).papers.values():
            yield Sample(paper, group(paper), f"digital {paper.kind}")


def scanned_cases(seed: int, count: int) -> Iterator[Sample]:
    """Yield the papers of *count* cases as a scanner gives them."""
    names = list(SCENARIOS)
    for number in range(count):
        chance = Random(f"{seed} scan {number}")
        for paper in submission(seed * 1000 + 500 + number, names[number % len(names)]).papers.values():
            yield Sample(paper._replace(data=scanned(paper.data, chance)), "scan", f"scan {paper.kind}")


def layout_samples(chance: Random, count: int, *, held_out: bool, only: str) -> Iterator[Sample]:
    """Yield *count* papers of every layout and language, then of every form, card and letter."""
    for layout in HELD_OUT if held_out else LAYOUTS:
        for language in LANGUAGES:
            for _ in range(count if layout.startswith(only) else 0):
                yield Sample(certificate(chance, layout, language), "certificate", f"{layout} {language}")
    if not held_out:
        for _ in range(count):
            papers = [*_forms(chance), *_cards(chance)]
            yield from (Sample(p, group(p), p.layout) for p in papers if p.layout.startswith(only))


def certificate(chance: Random, layout: str, language: str) -> Paper:
    """Return a certificate by lot: one stay, or two with a year elsewhere between them."""
    town = _TOWN[language]
    someone = human(chance, town)
    form_name = {**LAYOUTS, **HELD_OUT}[layout].forms[0]
    first = Entry(since=_FILED_ON - dt.timedelta(days=chance.randint(200, 3000)), origin=someone.nationality)
    entries: tuple[Entry, ...] = (first,)
    if form_name in {"individual", "historical"} and chance.random() < 0.5:
        left = first.since + dt.timedelta(days=chance.randint(20, 90))
        again = left + dt.timedelta(days=chance.randint(0, 90))
        gone = replace(first, until=left, cause_out=chance.choice(("residence_change", "expiry")))
        cause = chance.choice(("residence_change", "omission"))
        back = Entry(since=again, cause_in=cause, origin="Ceuta" if cause == "residence_change" else None)
        entries = (gone, back)
    record = Record(
        human=someone,
        municipality=town,
        province=TOWNS[town][0],
        issued_on=_FILED_ON - dt.timedelta(days=chance.randint(1, 60)),
        entries=() if layout == "last_change" else entries,
        form=form_name,
        others=tuple((human(chance, town), first.since) for _ in range(chance.randint(0, 3))),
        last_change_on=_FILED_ON - dt.timedelta(days=200) if layout == "last_change" else None,
        csv="" if chance.random() < 0.5 else f"{chance.randrange(16**12):012X}",
        signed=chance.random() < 0.8,
    )
    return draw(chance, layout, record, language)


def _forms(chance: Random) -> Iterator[Paper]:
    """Yield every official form in every mode."""
    someone, other = human(chance, "Ceuta"), human(chance, "Ceuta")
    holder = human(chance, "Melilla", "ESP")
    child = human(chance, "Melilla", "ESP", born=(2010, 2022))
    for mode in MODES:
        for language in ("es", "gl"):
            values = convenio_values(chance, someone, "Ceuta", _FILED_ON)
            yield form(chance, f"ce_application_{language}", values, mode)
            sworn = declaration_values(someone, "Ceuta", _FILED_ON)
            yield form(chance, f"no_coverage_declaration_{language}", sworn, mode)
        values = asistencia_values(chance, holder, child, "Melilla", _FILED_ON)
        yield form(chance, "as_application_es", values, mode)
        yield form(chance, "representation_es", representation_values(someone, other, _FILED_ON), mode)


def _cards(chance: Random) -> Iterator[Paper]:
    """Yield cards, passports and letters."""
    someone, holder = human(chance, "Ceuta"), human(chance, "Melilla", "ESP")
    until = _FILED_ON + dt.timedelta(days=chance.randint(100, 3000))
    yield identity.foreigner_card(chance, someone, until)
    yield identity.national_card(chance, holder, until)
    yield identity.passport(chance, someone, until)
    for language in letters.LANGUAGES:
        yield letters.non_export(
            chance, someone, _FILED_ON - dt.timedelta(days=chance.randint(5, 80)), language
        )
