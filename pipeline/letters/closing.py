"""How every letter ends: who may appeal, where and by when; who decides; the data-protection notice."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.letters.page import Block, Heading, Items, Line, Paragraph, Signing, Small
from pipeline.letters.render import line
from pipeline.letters.words import FIRST
from pipeline.letters.writing import ASISTENCIA, CONVENIO, PROCEDURE_ACT, Writing

COURTS, SOCIAL = "ljca-29-1998", "lrjs-36-2011"


def appeals(writing: Writing, who: str = "") -> Iterator[Block]:
    """Yield who may appeal against a decision, where and by when, and how a mistake is mended."""
    yield Heading(writing.say("appeals.title"))
    yield Paragraph(writing.say(who or ("appeals.who" if writing.choices.draft else "appeals.who_decided")))
    routes = {CONVENIO: _against_ingesa, ASISTENCIA: _against_inss}
    route = routes.get(writing.file.procedure)
    steps = tuple(route(writing)) if route else ()
    yield Items(tuple(Line(step) for step in (*steps, writing.say("appeals.mend"))))


def _against_ingesa(writing: Writing) -> Iterator[str]:
    """Yield the routes against a decision that ends the administrative one (Orden, art. 5.3)."""
    months = writing.count("months", PROCEDURE_ACT, "reposicion_months")
    yield writing.say("appeals.ce_final")
    yield writing.say(
        "appeals.ce_first", months=months, article=writing.article(PROCEDURE_ACT, "reposicion_months")
    )
    yield writing.say(
        "appeals.ce_court",
        months=writing.count("months", COURTS, "claim_months"),
        article=writing.article(COURTS, "claim_months"),
    )
    yield writing.say("appeals.ce_either")


def _against_inss(writing: Writing) -> Iterator[str]:
    """Yield the routes against a decision of the Social Security."""
    for name, figure in (
        ("appeals.as_first", "previous_claim_working_days"),
        ("appeals.as_silence", "previous_claim_silence_working_days"),
        ("appeals.as_court", "court_working_days"),
    ):
        days = writing.count("working_days", SOCIAL, figure)
        yield writing.say(name, days=days, article=writing.article(SOCIAL, figure))


def decides(writing: Writing) -> Iterator[Block]:
    """Yield that a program proposed and a person decides, and where that person signs."""
    choices = writing.choices
    name, day = line(choices.decided_by), writing.day(choices.decided_on)
    draft = choices.draft
    said = writing.say("closing.draft") if draft else writing.say("closing.decided", name=name, day=day)
    lines = (
        (writing.say("closing.name"), "" if draft else name),
        (writing.say("closing.day"), "" if draft else day),
        (writing.say("closing.signature"), ""),
    )
    yield Signing(writing.say("closing.title"), said, lines)


def notice(writing: Writing) -> Iterator[Block]:
    """Yield the data-protection notice: the office's own words, else those that say the least."""
    own, spanish = writing.head.notices.get(writing.words.language), writing.head.notices.get(FIRST)
    yield Heading(writing.say("data.title"))
    if own is None and spanish is not None:
        yield Small(Line(line(spanish), FIRST))
    else:
        yield Small(Line(line(own or writing.say("data.notice", body=writing.body))))


def added(writing: Writing) -> Iterator[Block]:
    """Yield what a person added in plain words."""
    texts = [line(text) for text in writing.choices.added if line(text)]
    if texts:
        yield Heading(writing.say("added"))
        yield from (Paragraph(text) for text in texts)
