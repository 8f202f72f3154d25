"""Words of certificates and zones of cards for calibration: worn, and judged as the program judges them.

A word is right when the words of the paper that lie where it was seen say the same.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from random import Random

import numpy as np

from benchmarks.calibrate_fit import Case
from benchmarks.calibrate_samples import Overheard, overhearing
from benchmarks.samples import certificate
from extractors.bounds import Bounds
from extractors.certainty import Signals, Sort
from extractors.lines import Box, Word, around
from extractors.mrz import lines as mrz_lines
from extractors.mrz.zones import Zone
from extractors.page import Page
from extractors.reading.files import pdf
from extractors.reading.words import opinion
from fixtures import faces, identity
from fixtures.certificates import LAYOUTS, Paper
from fixtures.damage import CLASSES, Family, damaged, laid_out
from fixtures.people import human
from fixtures.wear.geometry import Geometry
from fixtures.wording import LANGUAGES

_TODAY = dt.date(2026, 3, 16)
_WITHIN = 0.4
"""Share of a word's width that must lie over another word's for both to be the same piece of print."""


def words(papers: int, seed: str, family: Family) -> Iterator[tuple[str, Case]]:
    """Yield the layout and words of so many certificates of which the second recogniser was asked."""
    for number in range(papers):
        chance = Random(f"{seed} page {family} {number}")
        how = CLASSES[number % len(CLASSES)]
        with faces.family(family):
            paper = certificate(chance, chance.choice(sorted(LAYOUTS)), chance.choice(sorted(LANGUAGES)))
        key = f"{seed} page {number}"
        taken = laid_out(paper.data, how, key, family=family)
        cases: list[Case] = []
        with overhearing(), pdf.pages(damaged(paper.data, how, key, family=family), Bounds()) as pages:
            for page, one, true in zip(pages, taken, _printed(paper.data), strict=True):
                if page.reader == "ocr" and page.laid is None:
                    read = opinion.heard(page, [Box(0, 0, page.width, page.height)]).page
                    cases += _judged(read, _moved(true, one.geometry, page))
        yield from ((paper.layout, case) for case in cases)


def zones(papers: int, seed: str, family: Family) -> Iterator[tuple[str, Case]]:
    """Yield the kind and the parts of the machine readable zones of so many cards and passports."""
    for number in range(papers):
        chance = Random(f"{seed} card {family} {number}")
        how = CLASSES[number % len(CLASSES)]
        paper = _card(chance, number // len(CLASSES))
        scan = damaged(paper.data, how, f"{seed} card {number}", family=family)
        with pdf.pages(scan, Bounds()) as pages:
            found = [placed for page in pages for placed in mrz_lines.zones(page) if placed.signals]
        for placed in found:
            cases = _parts(placed.zone, placed.signals, paper)
            yield from ((paper.layout, case) for case in cases)


def _card(chance: Random, number: int) -> Paper:
    """Return a card or a passport, each kind in its turn."""
    until = _TODAY + dt.timedelta(days=chance.randint(100, 3000))
    if number % 3 == 1:
        return identity.national_card(chance, human(chance, "Melilla", "ESP"), until)
    make = identity.foreigner_card if number % 3 == 0 else identity.passport
    return make(chance, human(chance, "Ceuta"), until)


def _parts(zone: Zone, signals: Mapping[str, Signals], paper: Paper) -> Iterator[Case]:
    """Yield the parts of a zone that the paper tells; a number of its own stands among the optional signs."""
    true = {name: str(value) for name, value in paper.fields.items()}
    own = true.get("support_number", true["number"])
    told: Sequence[tuple[str, Sort, bool]] = (
        ("number", "code", zone.number == own),
        ("birth", "date", zone.birth == f"{dt.date.fromisoformat(true['birth_date']):%y%m%d}"),
        ("expiry", "date", str(zone.expires_on) == true["expires_on"]),
        ("nationality", "text", zone.nationality == true["nationality"]),
        ("names", "name", _latin(f"{zone.surnames} {zone.given_name}") == _latin(
            f"{true['surnames']} {true['given_name']}"
        )),
    )  # fmt: skip
    yield from (Case("zones_of_card", sort, signals[part], right) for part, sort, right in told)
    if zone.spanish_number is not None:
        yield Case("zones_of_card", "code", signals["optional"], zone.spanish_number == true["number"])


def _latin(text: str) -> str:
    """Return the bare capitals of a name."""
    return "".join(one for one in unicodedata.normalize("NFKD", text.upper()) if one.isalpha() and one < "[")


def _judged(page: Page, true: Sequence[Word]) -> Iterator[Case]:
    """Yield the words that were asked about, each with whether the paper says the same there.

    Of a word seen in pieces only the least sure piece counts, since a value is as sure as that. What was
    pressed or written on the paper afterwards has no truth here.
    """
    for word in page.words:
        there = [one for one in true if _over(one.box, _filed(page, word.box))]
        if not isinstance(word.confidence, Overheard) or not there:
            continue
        mates = [one for one in page.words if any(_over(t.box, _filed(page, one.box)) for t in there)]
        whole = "".join(one.text for one in there)  # in the paper's own order: the page may lie on its side
        right = any(_same(one.text, word.text) for one in there) or _same(whole, _line(mates))
        if right or word == min(mates, key=lambda one: one.confidence, default=word):
            reader, sort, signals = word.confidence.question
            yield Case(reader, sort, signals, right)


def _same(one: str, other: str) -> bool:
    """Whether two texts have the same letters and figures, accents and case apart."""
    return _bare(one) == _bare(other)


def _bare(text: str) -> str:
    """Return the letters and figures of *text* without accents and case."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", text.casefold()) if sign.isalnum())


def _over(one: Box, other: Box) -> bool:
    """Whether two words are the same piece of print."""
    _, y = other.middle
    common = min(one.x1, other.x1) - max(one.x0, other.x0)
    level = one.y0 < y < one.y1 or other.y0 < one.middle[1] < other.y1
    return level and common > _WITHIN * min(one.width, other.width)


def _line(found: Sequence[Word]) -> str:
    """Return the text of words from left to right."""
    return "".join(word.text for word in sorted(found, key=lambda word: word.box.x0))


def _filed(page: Page, box: Box) -> Box:
    """Return where *box* stands on the page as it was filed."""
    return page.as_filed(box) if page.as_filed else box


def _printed(data: bytes) -> Iterator[list[Word]]:
    """Yield the words of each page of the paper as it was made."""
    with pdf.pages(data, Bounds()) as pages:
        yield from (list(page.words) for page in pages)


def _moved(true: Sequence[Word], geometry: Geometry, page: Page) -> list[Word]:
    """Return the words where the picture shows them, in points of the page as it was filed."""
    wide, high = page.filed or (page.width, page.height)
    scale = np.array([wide / geometry.width, high / geometry.height])
    moved = []
    for word in true:
        box = word.box
        corners = geometry.there([(x, y) for x in (box.x0, box.x1) for y in (box.y0, box.y1)]) * scale
        moved.append(word._replace(box=around([Box(*low, *low) for low in corners.tolist()])))
    return moved
