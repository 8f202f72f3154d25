"""Answers that their own shape tells, wherever they stand in their section: accounts, addresses, dates.

They fill only what the labels left open, and never with full certainty.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from extractors.document import Field
from extractors.forms.labelled.outline import Outline
from extractors.forms.labelled.sections import above
from extractors.forms.shapes import email, iban
from extractors.forms.values import DOUBT, meaning
from extractors.languages.dates import dates_in
from extractors.lines import Line, around, lines
from extractors.page import Page
from extractors.prose import fold

_SHAPES = {
    "iban": re.compile(r"\b[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{4}){3,6}(?:[ -]?[A-Z0-9]{1,3})?\b"),
    "email": re.compile(r"[^\s@,;:()<>]+@[\w-]+(?:\.[\w-]+)+"),
    "mobile": re.compile(r"(?<![\d+])(?:(?:\+|00)34 ?)?[67]\d{2}[ .-]?\d{3}[ .-]?\d{3}(?!\d)"),
}
_CUES = {
    "iban": r"\biban\b|cuenta",
    "email": r"corr[eo]+\b|mail|electronic",
    "mobile": r"\bmovil|\bmobil|\bsms\b",
}
_CUED, _LOOSE, _CLOSED = 0.85, 0.5, 0.9
"""Certainty at most after a word that asks for it; without one; of the day in the closing line."""
_CLOSE = re.compile(
    r"(?:En\s+)?(?P<place>[A-ZÁÉÍÓÚÑ][^\W\d_]+(?:\s[^\W\d_]+){0,3})\s*,\s*(?:(?:a|con data)\s+)?(?P<day>\w.+)"
)
_COLUMNS = 2.5
"""White space, in text heights, that parts what stands side by side."""


def completed(kind: str, pages: Sequence[Page], fields: Mapping[str, Field]) -> dict[str, Field]:
    """Return *fields* with what stands elsewhere on the paper by its shape; two different are none."""
    told: dict[str, list[Field]] = defaultdict(list)
    for at, page in enumerate(pages):
        for name, field in _told(Outline(page, kind, first=at == 0)):
            told[name].append(field)
    single = {
        name: found[0]
        for name, found in told.items()
        if len({str(field.value) for field in found}) == 1 and _open(fields.get(name), found[0])
    }
    return {**fields, **single}


def _open(known: Field | None, found: Field) -> bool:
    """Whether the labels left the field open, and read nothing there that is not what was found."""
    return known is None or (
        known.value is None and known.confidence <= DOUBT and (not known.text or found.text in known.text)
    )


def _told(outline: Outline) -> Iterator[tuple[str, Field]]:
    """Give the answers of one page, each with the field that its section has for it."""
    before = ""
    for line in lines(outline.page.words, _COLUMNS):
        part = above(line.box, outline.headings)
        if part is None or part.section is not None:
            section = part.section if part else None
            for label, field in (*_shaped(outline.page, line, before), *_closing(outline.page, line)):
                if name := outline.words.field(section, label):
                    yield name, field
        before = line.text


def _shaped(page: Page, line: Line, before: str) -> Iterator[tuple[str, Field]]:
    """Give accounts, addresses of mail and mobile numbers of one line."""
    for label, shape in _SHAPES.items():
        for match in shape.finditer(line.text):
            value = meaning(label, match[0], {}).value
            if (label == "iban" and not iban(str(value))) or (label == "email" and not email(str(value))):
                continue
            cue = fold(f"{before} {line.text[: match.start()]}")[-40:]
            sure = _CUED if re.search(_CUES[label], cue) else _LOOSE
            yield label, _field(page, line, match.span(), value, sure)


def _closing(page: Page, line: Line) -> Iterator[tuple[str, Field]]:
    """Give place and day of "Ceuta, a 3 de marzo de 2026", where it is the whole line."""
    whole = _CLOSE.fullmatch(line.text.rstrip(" ."))
    days = dates_in(whole["day"]) if whole else []
    if whole is None or len(days) != 1 or days[0].value is None:
        return
    day = days[0]
    if day.text.strip(" .") != whole["day"].strip(" .") or day.value is None:
        return
    yield "date", _field(page, line, whole.span("day"), day.value.isoformat(), min(_CLOSED, day.certainty))
    yield "place", _field(page, line, whole.span("place"), whole["place"], _CLOSED)


def _field(page: Page, line: Line, span: tuple[int, int], value: str | None, sure: float) -> Field:
    """Return the field that the letters *span* of the line hold."""
    words, at = [], 0
    for word in line.words:
        if at < span[1] and at + len(word.text) > span[0]:
            words.append(word)
        at += len(word.text) + 1
    text = line.text[slice(*span)]
    sure = min(sure, *(word.confidence for word in words))
    return Field(
        value=value, text=text, confidence=sure, page=page.number, box=around(word.box for word in words)
    )
