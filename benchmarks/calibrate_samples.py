"""Values for calibration: known forms filled by lot, worn, and read as the program reads them.

The question that the reader puts to the map of certainties is overheard: each probability that it is given
carries the signals that it stands on, and comes back with the value, so what is fitted is what is asked.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from random import Random
from typing import NamedTuple, Self

from benchmarks.calibrate_fit import Case
from benchmarks.calibrate_forms import Sheetful, filled
from desk.demo.editions import Widget
from extractors import certainty as asked
from extractors.bounds import Bounds
from extractors.certainty import Reader, Signals, Sort
from extractors.forms.laid import Entry, Laid
from extractors.forms.values import meaning
from extractors.lines import Box
from extractors.reading.files import pdf
from fixtures.damage import CLASSES, Family, How, damaged

_CERTAINTY = asked.certainty
_BETWEEN = re.compile(r"(?<=[^\W\d_])\s+(?=[^\W\d_])")


class Overheard(float):
    """A probability that knows the question it answers."""

    question: tuple[Reader, Sort, Signals]

    @classmethod
    def to(cls, reader: Reader, sort: Sort, signals: Signals) -> Self:
        """Return what the map says, with the question."""
        told = cls(_CERTAINTY(reader, sort, signals))
        told.question = (reader, sort, signals)
        return told


class Read(NamedTuple):
    """One value: where it stood, what was written and read, how surely, and its case, None where none is."""

    edition: str
    face: str
    how: How
    field: str
    truth: str
    text: str
    sure: float
    case: Case | None


@contextmanager
def overhearing() -> Iterator[None]:
    """Let every module that asks for a certainty be given one that knows its question."""
    there = [module for name, module in list(sys.modules.items()) if name.startswith("extractors.")]
    asking = [module for module in there if getattr(module, "certainty", None) is _CERTAINTY]
    for module in asking:
        module.__dict__["certainty"] = Overheard.to
    try:
        yield
    finally:
        for module in asking:
            module.__dict__["certainty"] = _CERTAINTY


def forms(
    papers: int, seed: str, family: Family, *, hard: bool = False, hows: Sequence[How] = CLASSES
) -> Iterator[Read]:
    """Yield the values of so many filled forms, each of *hows* in its turn; see `filled` for *hard*."""
    for number in range(papers):
        chance = Random(f"{seed} {family} {number}")
        how = hows[number % len(hows)]
        form = filled(chance, family, "typewriter" if chance.random() < 0.3 else "print", hard=hard)
        scan = damaged(form.data, how, f"{seed} {number}", family=family)
        with overhearing(), pdf.pages(scan, Bounds()) as pages:
            laid = {at: page.laid for at, page in enumerate(pages, 1) if page.laid is not None}
        yield from _values(form, laid, how)


def _values(form: Sheetful, laid: Mapping[int, Laid], how: How) -> Iterator[Read]:
    """Yield each value that was written on a page that was known, with what was read in its place."""
    for widget, truth in form.written:
        entry = _entry(laid.get(widget.page), widget)
        if entry is not None:
            right = same(widget.field, truth, entry.text)
            case = _case(entry.certainty, right) if entry.text else None
            yield Read(
                form.edition, form.face, how, widget.field, truth, entry.text, float(entry.certainty), case
            )


def _case(sure: float, right: bool) -> Case | None:
    """Return the case of a probability that knows its question."""
    return Case(*sure.question, right) if isinstance(sure, Overheard) else None


def _entry(laid: Laid | None, widget: Widget) -> Entry | None:
    """Return what was read in the place of *widget*."""
    if laid is None:
        return None
    box = Box(*widget.box)
    zones = laid.sheet.zones
    at = next((at for at, zone in enumerate(zones) if zone.box.grown(2).holds(*box.middle)), None)
    return None if at is None else laid.entries.get(at)


def same(field: str, one: str, other: str) -> bool:
    """Whether two texts in *field* are the same value, accents and case apart."""
    values = [meaning(field, text, {}).value for text in (one, other)]
    return _folded(one) == _folded(other) or (values[0] is not None and values[0] == values[1])


def _folded(text: str) -> str:
    """Return *text* without accents and case, and without blanks but those that part words."""
    told = unicodedata.normalize("NFKD", _BETWEEN.sub("_", text.casefold()))
    return "".join(sign for sign in told if not unicodedata.combining(sign) and not sign.isspace())
