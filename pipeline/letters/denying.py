"""Letters that do not grant: the refusal, and the referral to the body that is competent.

Ley 39/2015, arts. 35 and 88; Ley 40/2015, art. 14.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from pipeline.letters.casefile import Ground
from pipeline.letters.closing import added
from pipeline.letters.grounds import (
    against,
    elsewhere,
    only_about,
    partly,
    reason,
    reasons,
    residence,
    spoken,
)
from pipeline.letters.page import Block, Grid, Heading, Line, Paragraph
from pipeline.letters.words import FIRST
from pipeline.letters.writing import Writing
from validators.authorities import authorities
from validators.tables import Table, read


def refusal(writing: Writing) -> Iterator[Block]:
    """Yield the refusal: each ground with its article, the timeline where it is one, what can be done."""
    grounds = against(writing)
    intro = "refusal.intro" if writing.choices.draft else "refusal.intro_decided"
    yield Paragraph(writing.say(intro, filed_on=writing.filed_on))
    yield from partly(writing, grounds)
    if grounds:
        yield Heading(writing.say("refusal.grounds"))
        yield reasons(writing, grounds)
    yield from added(writing)
    yield from residence(writing, grounds)
    yield Heading(writing.say("refusal.again"))
    yield Paragraph(writing.say("refusal.again_text"))


def refused_what(writing: Writing) -> str:
    """Return in a few words what is refused, and to whom where that is not the applicant."""
    partial = only_about(writing, against(writing))
    return writing.say("refusal.what_partly" if partial else f"refusal.what_{writing.procedure}")


def referral(writing: Writing) -> Iterator[Block]:
    """Yield to which body the case goes and why, and that the papers go along."""
    grounds = elsewhere(writing)
    yield Paragraph(writing.say("referral.intro", filed_on=writing.filed_on))
    if grounds:
        yield Heading(writing.say("referral.grounds"))
        yield Grid(
            headers=(writing.say("referral.body"), writing.say("table.ground")),
            widths=(5.0, 9.0),
            rows=tuple(((destination(writing, ground),), reason(writing, ground)) for ground in grounds),
        )
    yield from added(writing)
    yield Heading(writing.say("referral.papers"))
    yield Paragraph(writing.say("referral.papers_text"))
    yield Paragraph(writing.say("referral.own", number=writing.file.number))


@cache
def _bodies() -> Table:
    """Return the competent body, by rule."""
    return read(files(__package__).joinpath("bodies.yaml")).expect("description", "rules").table("rules")


def destination(writing: Writing, ground: Ground) -> Line:
    """Return the body to which a finding sends a case: the one that its reason names, else the rule's."""
    known, reason_es = authorities(), ground.reason[FIRST]
    slug = next((slug for slug, one in known.items() if one.name.es in reason_es), _bodies().get(ground.rule))
    if slug is None:
        return Line(writing.say("referral.destination"), strong=True)
    found = spoken(writing, known[slug].name._asdict())
    return Line(found.text[:1].upper() + found.text[1:], found.language, strong=True)
