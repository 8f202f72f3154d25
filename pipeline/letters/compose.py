"""A letter of any kind, put together and set as a page.

letter(file, "requirement", ("es", "gl"), choices, head) -> Letter
pdf(letter)                                              -> bytes, the same for the same case and choices
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from types import MappingProxyType
from typing import Any, NamedTuple

from pipeline.errors import EmptyLetter, UsageError
from pipeline.letters import asking, closing, denying, ending, granting, grounds
from pipeline.letters.addressee import addressee
from pipeline.letters.casefile import CaseFile, Ground
from pipeline.letters.choices import AS_IT_IS, Choices
from pipeline.letters.days import possible
from pipeline.letters.heads import PLAIN, Head
from pipeline.letters.kinds import Kind, gives_another_thing
from pipeline.letters.page import Block, Letter, Part
from pipeline.letters.render import line
from pipeline.letters.typeset import typeset
from pipeline.letters.words import FIRST, words
from pipeline.letters.writing import CONVENIO, Writing

Body = Callable[[Writing], Iterator[Block]]
TEMPLATE = "carta.typ"


class Form(NamedTuple):
    """How one kind of letter is made. `decides`: it is a decision: proposed first, and open to appeal."""

    body: Body
    title: Callable[[Writing], str]
    decides: bool
    rests_on: Callable[[Writing], tuple[Ground, ...]] | None = None
    only: str | None = None


def _titled(name: str) -> Callable[[Writing], str]:
    """Return what reads a title as it stands in the words."""
    return lambda writing: writing.say(name)


_FORMS: Mapping[Kind, Form] = MappingProxyType(
    {
        "requirement": Form(
            asking.requirement, _titled("requirement.title"), decides=False, rests_on=grounds.asked
        ),
        "hearing": Form(asking.hearing, _titled("hearing.title"), decides=False, rests_on=grounds.against),
        "grant": Form(granting.grant, granting.granted_what, decides=True),
        "refusal": Form(denying.refusal, denying.refused_what, decides=True, rests_on=grounds.against),
        "referral": Form(
            denying.referral, _titled("referral.what"), decides=True, rests_on=grounds.elsewhere
        ),
        "desistimiento": Form(ending.desistimiento, _titled("desistimiento.what"), decides=True),
        "withdrawal": Form(ending.withdrawal, _titled("withdrawal.what"), decides=True),
        "silence": Form(ending.silence, _titled("silence.title"), decides=False),
        "baja": Form(ending.baja, _titled("baja.what"), decides=True, only=CONVENIO),
        "variation": Form(ending.variation, _titled("variation.what"), decides=True, only=CONVENIO),
    }
)


def letter(
    file: CaseFile,
    kind: Kind,
    languages: Sequence[str] = (FIRST,),
    choices: Choices = AS_IT_IS,
    head: Head = PLAIN,
) -> Letter:
    """Return the letter of *kind* on a case, one part for each language.

    Raises:
        UsageError: the case does not carry such a letter, a language has no words, a choice breaks the law.
    """
    to, form = addressee(file), _FORMS[kind]
    every = [
        Writing(file=file, words=words(one), choices=choices, head=head, to=to)
        for one in dict.fromkeys(languages or (FIRST,))
    ]
    _check(every[0], kind, form)
    title = line(_title(every[0], form))
    return Letter(
        kind=kind,
        number=line(file.number),
        title=f"{title}. {line(file.number)}",
        author=line(every[0].body),
        draft=choices.draft,
        at=_at(choices.decided_on or file.filed_on),
        parts=tuple(_part(writing, form) for writing in every),
    )


def _at(day: dt.date) -> tuple[int, ...]:
    """Return the moment that the page bears: never that of writing, so that a retry makes the same bytes."""
    return (day.year, day.month, day.day, 0, 0, 0)


def _check(writing: Writing, kind: Kind, form: Form) -> None:
    """Refuse a letter that would say nothing, or that what the application is does not bear."""
    if form.only is not None and writing.file.procedure != form.only:
        raise UsageError(f"La carta «{kind}» no es de este procedimiento", "Es del convenio especial.")
    if gives_another_thing(writing.file, kind):
        what = f"La solicitud pide otra cosa que lo que da la carta «{kind}»"
        raise UsageError(what, "Sin KIND se escribe la que pide su cola.")
    possible(writing.choices, writing.file.filed_on)
    if form.rests_on is not None and not form.rests_on(writing) and not any(writing.choices.added):
        what = f"El expediente no tiene nada que decir en una carta «{kind}»"
        raise EmptyLetter(what, "Vea sus motivos con `ventanilla case show`.")


def _title(writing: Writing, form: Form) -> str:
    """Return the title; a decision says whether it is proposed or taken."""
    what = form.title(writing)
    if not form.decides:
        return what
    return writing.say("act.draft" if writing.choices.draft else "act.decided", what=what)


def _part(writing: Writing, form: Form) -> Part:
    """Return a letter in one language."""
    blocks = [*form.body(writing)]
    if form.decides:
        blocks += closing.appeals(writing)
    blocks += [*closing.decides(writing), *closing.notice(writing)]
    return Part(
        language=writing.words.language,
        mark=writing.say("mark") if writing.choices.draft else "",
        head=tuple(line(text) for text in _head(writing) if line(text)),
        facts=tuple(_facts(writing)),
        to=tuple(line(text) for text in (writing.person, *_through(writing), *writing.to.address)),
        title=line(_title(writing, form)),
        blocks=tuple(blocks),
        page=writing.say("page", page="{page}", pages="{pages}"),
    )


def _through(writing: Writing) -> Iterator[str]:
    """Yield the representative to whom the letter goes."""
    if writing.to.represented:
        name = writing.to.representative or writing.say("blank.representative")
        yield writing.say("fields.representative", name=name)


def _head(writing: Writing) -> Iterator[str]:
    """Yield who writes."""
    yield writing.body
    yield from writing.head.lines
    yield writing.say("fields.office", office=writing.office)
    if writing.head.phone:
        yield writing.say("fields.phone", phone=writing.head.phone)


def _facts(writing: Writing) -> Iterator[tuple[str, str]]:
    """Yield what the letter is about."""
    yield writing.say("fields.number"), line(writing.file.number)
    yield writing.say("fields.procedure"), writing.say(f"procedures.{writing.procedure}")
    yield writing.say("fields.filed_on"), writing.filed_on
    if writing.to.number:
        yield writing.say("fields.id_number"), line(writing.to.number)


def as_json(letter: Letter) -> dict[str, Any]:
    """Return the letter as the JSON that is laid out."""
    return asdict(letter)


def pdf(letter: Letter) -> bytes:
    """Return the letter as a tagged PDF; raise EnvironmentFault if it cannot be made on this machine."""
    year, month, day, *_ = letter.at
    at = dt.datetime(year, month, day, tzinfo=dt.UTC)
    return typeset(TEMPLATE, as_json(letter), at)
