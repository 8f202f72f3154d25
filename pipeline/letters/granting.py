"""Letters that grant: the convenio with all its conditions, the INSS's recognition with its beneficiaries.

Orden SSI/1475/2014, arts. 3 to 6; Real Decreto 576/2013, arts. 4 to 7; the model of the convenio
(BOE-A-2014-10169); Ley 16/2003, art. 3. docs/law.md, CE-RESOL-03 and what it rests on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.letters.addressee import beneficiaries, called
from pipeline.letters.closing import added
from pipeline.letters.grounds import spoken
from pipeline.letters.page import Block, Cell, Grid, Heading, Items, Line, Paragraph
from pipeline.letters.render import line
from pipeline.letters.writing import ASISTENCIA, Writing

ORDER, DECREE = "ssi-1475-2014", "rd-576-2013"
_AGAINST = frozenset({"not_met", "refer", "review", "cure"})


def grant(writing: Writing) -> Iterator[Block]:
    """Yield the grant that the procedure knows."""
    yield from _recognition(writing) if writing.file.procedure == ASISTENCIA else _convenio(writing)


def granted_what(writing: Writing) -> str:
    """Return in a few words what is granted."""
    return writing.say("grant_as.what" if writing.file.procedure == ASISTENCIA else "grant_ce.what")


def _intro(writing: Writing, letter: str) -> Paragraph:
    """Return what was asked for, and what is proposed or decided."""
    name = f"{letter}.intro" if writing.choices.draft else f"{letter}.intro_decided"
    return Paragraph(line(writing.say(name, filed_on=writing.filed_on, person=writing.person)))


def _why(writing: Writing, letter: str) -> Iterator[Block]:
    """Yield what was found to be met."""
    met = writing.file.with_outcome("met")
    if met:
        yield Heading(writing.say(f"{letter}.why"))
        yield Items(tuple(spoken(writing, ground.reason) for ground in met))


def _convenio(writing: Writing) -> Iterator[Block]:
    """Yield the grant of a convenio, which must fix all its conditions (Real Decreto 576/2013, art. 5)."""
    yield _intro(writing, "grant_ce")
    yield Heading(writing.say("grant_ce.conditions"))
    yield Grid(
        headers=(writing.say("table.condition"), writing.say("table.content")),
        widths=(3.4, 10.6),
        rows=tuple(((Line(name, strong=True),), cell) for name, cell in _conditions(writing)),
    )
    yield from _ends(writing)
    yield from added(writing)
    yield Heading(writing.say("grant_ce.next"))
    yield Items(
        (
            Line(writing.say("grant_ce.next_sign", office=writing.office)),
            Line(writing.say("grant_ce.next_tell")),
        )
    )
    yield from _why(writing, "grant_ce")


def _conditions(writing: Writing) -> Iterator[tuple[str, Cell]]:
    """Yield each condition with its article."""
    model = "BOE-A-2014-10169"
    yield _one(writing, "person", line(writing.say("grant_ce.person_text", person=writing.person)))
    yield _one(
        writing, "cover", writing.say("grant_ce.cover_text"), f"{_orden(3)}; Real Decreto 576/2013, art. 2.2"
    )
    yield _one(writing, "start", writing.say("grant_ce.start_text"), f"{_orden('4.1')}; {model}, 7.ª")
    yield _one(writing, "sign", _signing(writing), writing.article(ORDER, "formalise_months"))
    yield (writing.say("grant_ce.fee"), (*_fee(writing), _basis(writing, _fee_article(writing))))
    days = writing.words.number(writing.whole(ORDER, "payment_working_days"))
    article = writing.article(ORDER, "payment_working_days")
    yield _one(writing, "pay", writing.say("grant_ce.pay_text", n=days), f"{article}; {model}, 4.ª")
    yield _one(writing, "length", writing.say("grant_ce.length_text"), f"{model}, 2.ª")


def _orden(article: object) -> str:
    """Return an article of the Orden."""
    return f"Orden SSI/1475/2014, art. {article}"


def _one(writing: Writing, name: str, text: str, basis: str = "") -> tuple[str, Cell]:
    """Return one condition: its name, what it says, its article."""
    said = (Line(text), _basis(writing, basis)) if basis else (Line(text),)
    return writing.say(f"grant_ce.{name}"), said


def _basis(writing: Writing, article: str) -> Line:
    """Return the line that names an article."""
    return Line(writing.say("table.basis", basis=writing.words.cite(article)))


def _signing(writing: Writing) -> str:
    """Return how long there is to sign, with the last day once it is known."""
    months, last = writing.count("months", ORDER, "formalise_months"), writing.choices.last_day
    months = months[:1].upper() + months[1:]
    if last is None:
        return writing.say("grant_ce.sign_text", months=months)
    return writing.say("grant_ce.sign_until", months=months, last=writing.day(last))


def _fee(writing: Writing) -> Iterator[Line]:
    """Yield the fee by age, this person's, and how the first and last month are paid."""
    low, high = writing.money(ORDER, "fee_below_age"), writing.money(ORDER, "fee_from_age")
    age = writing.count("years", ORDER, "fee_age")
    yield Line(writing.say("grant_ce.fee_text", low=low, high=high, age=age))
    reasons = writing.file.fee_reasons
    yield from (spoken(writing, reason) for reason in reasons)
    if writing.file.monthly is not None and not reasons:
        yield Line(writing.say("grant_ce.fee_now", monthly=writing.cash(writing.file.monthly)))
    yield Line(writing.say("grant_ce.fee_parts"))


def _fee_article(writing: Writing) -> str:
    """Return the articles of the fee."""
    return f"{writing.article(ORDER, 'fee_age')}; {_orden(6)}"


def _ends(writing: Writing) -> Iterator[Block]:
    """Yield the causes that end a convenio, and the bar that some of them leave (Real Decreto, art. 7)."""
    number = writing.words.number
    yield Heading(writing.say("grant_ce.ends"))
    yield Paragraph(writing.say("grant_ce.ends_intro", article="Real Decreto 576/2013, art. 7"))
    yield Items(
        (
            Line(writing.say("grant_ce.ends_death")),
            Line(writing.say("grant_ce.ends_lost", months=writing.count("months", DECREE, "kept_months"))),
            Line(writing.say("grant_ce.ends_own")),
            Line(
                writing.say(
                    "grant_ce.ends_unpaid",
                    consecutive=number(writing.whole(DECREE, "unpaid_consecutive")),
                    alternate=number(writing.whole(DECREE, "unpaid_alternate")),
                )
            ),
            Line(writing.say("grant_ce.ends_breach")),
        )
    )
    yield Paragraph(bar(writing, "grant_ce.bar"))


def bar(writing: Writing, sentence: str) -> str:
    """Return how long no other convenio can be signed."""
    years, article = writing.count("years", DECREE, "bar_years"), writing.article(DECREE, "bar_years")
    return writing.say(sentence, years=years, article=article)


def _recognition(writing: Writing) -> Iterator[Block]:
    """Yield the recognition of the right, with the beneficiaries nothing speaks against."""
    yield _intro(writing, "grant_as")
    yield Heading(writing.say("grant_as.family"))
    people = tuple(_family(writing))
    if people:
        yield Paragraph(writing.say("grant_as.family_intro"))
        headers = tuple(writing.say(f"table.{name}") for name in ("number", "name", "relation"))
        yield Grid(headers=headers, widths=(0.8, 8.2, 5.0), rows=people)
    else:
        yield Paragraph(writing.say("grant_as.family_none"))
    yield from added(writing)
    yield Heading(writing.say("grant_as.next"))
    yield Items((Line(writing.say("grant_as.next_card")), Line(writing.say("grant_as.next_tell"))))
    yield from _why(writing, "grant_as")


def _family(writing: Writing) -> Iterator[tuple[Cell, ...]]:
    """Yield the beneficiaries that no finding is against: number on the form, name, relationship."""
    doubted = {ground.about for ground in writing.file.findings if ground.outcome in _AGAINST}
    for n, person in enumerate(beneficiaries(writing.file), 1):
        if f"beneficiary-{n}" not in doubted:
            name = line(called(person)) or writing.say("blank.person")
            yield (Line(f"{n}"),), (Line(name),), (Line(_relation(writing, person)),)


def _relation(writing: Writing, person: Mapping[str, Any]) -> str:
    """Return how a beneficiary is related to the holder."""
    slug = f"relations.{person.get('relationship')}"
    return writing.say(slug if writing.words.has(slug) else "relations.other")
