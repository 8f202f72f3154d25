"""A court's or authority's decision on divorce, guardianship, fostering or desamparo: its subject and people.

Whether a compensatory pension was granted is for a person to read; only its mention is too little.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from extractors.document import Field
from extractors.family.explained import known_words
from extractors.family.marginal import ended
from extractors.family.people import people
from extractors.kinds import Kind
from extractors.kinds._labels import spots
from extractors.kinds._pages import numbered_on
from extractors.kinds._values import day, first
from extractors.kinds._words import data, labels, named, titled
from extractors.page import Page
from extractors.prose import Prose, fold

_FILE = "court_decision.yaml"
TITLED = 0.95
"""Certainty of the one subject that the title names."""
OVER = 0.5
"""The same where the decision speaks of an end or a refusal: a person reads what it decides."""


def starts(page: Page) -> float:
    """A decision's title, a court or authority, and one of the subjects."""
    if page.widgets or not titled(page, data(_FILE)["titles"]) or not named(page, data(_FILE)["courts"]):
        return 0.0
    return 0.9 if _subjects(Prose([page])) else 0.2


def read(pages: Sequence[Page]) -> Mapping[str, Field]:
    """Return the subject that the first page names most often, and the labelled day."""
    prose = Prose(pages[:1])
    subjects = _subjects(prose)
    subject = _titled(pages[0]) or (max(subjects, key=lambda one: one[0])[1] if subjects else None)
    if subject is not None and ended(pages):
        subject = replace(subject, confidence=min(OVER, subject.confidence))
    found = {
        "subject": subject,
        "people": people("court_decision", pages),
        "decided_on": first(spots(pages, labels(_FILE)).get("decided_on", ()), day),
    }
    return {field: value for field, value in found.items() if value is not None}


def _titled(page: Page) -> Field | None:
    """Return the one subject that the title of the decision names, surer than the words of its text.

    Its place is the whole title: any other word there might take the subject back.
    """
    lines = [line for line in page.lines if titled(replace(page, words=line.words), data(_FILE)["titles"])]
    if not lines:
        return None
    title = lines[0]
    named = _subjects(Prose([replace(page, words=title.words)]))
    if len(named) != 1:
        return None
    sure = min([TITLED, *(word.confidence for word in title.words if any(map(str.isalnum, word.text)))])
    return replace(named[0][1], text=title.text, box=title.box, confidence=sure)


def _subjects(prose: Prose) -> list[tuple[int, Field]]:
    """Return each subject named, with how often."""
    found = []
    for slug, words in data(_FILE)["subjects"].items():
        pattern = re.compile(r"(?<!\w)(?:" + "|".join(re.escape(fold(word)) for word in words) + r")(?!\w)")
        places = list(pattern.finditer(prose.folded))
        if places:
            field = prose.field(places[0].start(), places[0].end(), slug, 0.8)
            found.append((len(places), field))
    return found


KIND = Kind(
    name="court_decision",
    starts=starts,
    continues=numbered_on,
    read=read,
    known=partial(known_words, "court_decision"),
)
