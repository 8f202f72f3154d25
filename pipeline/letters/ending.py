"""Letters that end a procedure without judging it, certify silence, or confirm what a person told us.

Ley 39/2015, arts. 21.1, 24, 68.1, 73.3 and 94; Real Decreto 576/2013, art. 7.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from pipeline.errors import UsageError
from pipeline.letters.asking import CURE
from pipeline.letters.closing import added, appeals
from pipeline.letters.granting import ORDER, bar
from pipeline.letters.grounds import asked, defects
from pipeline.letters.page import Block, Heading, Items, Line, Paragraph
from pipeline.letters.render import line
from pipeline.letters.writing import CONVENIO, PROCEDURE_ACT, Writing

_ONE_DAY = dt.timedelta(days=1)


def desistimiento(writing: Writing) -> Iterator[Block]:
    """Yield the declaration that a person who did not cure gives the application up (arts. 68.1 and 21.1).

    Raises:
        UsageError: nothing is left to cure, or the time to do it has not passed on the day of the letter.
    """
    choices = writing.choices
    _in_vain(writing)
    yield Paragraph(writing.say("desistimiento.intro", filed_on=writing.filed_on))
    yield Paragraph(
        writing.say(
            "desistimiento.asked",
            notified=writing.day(choices.notified_on),
            last=writing.day(choices.last_day),
            article=writing.article(PROCEDURE_ACT, CURE),
        )
    )
    yield Paragraph(writing.say("desistimiento.none"))
    grounds = asked(writing)
    if grounds:
        yield Heading(writing.say("desistimiento.what_asked"))
        yield defects(writing, grounds)
    yield from added(writing)
    yield Heading(writing.say("desistimiento.decides"))
    said = ("decides_text", "late", "again")
    yield Items(tuple(Line(writing.say(f"desistimiento.{name}")) for name in said))


def _in_vain(writing: Writing) -> None:
    """Refuse to take for given up what was cured, or may still be."""
    choices = writing.choices
    if not writing.file.with_outcome("cure") and not choices.added:
        what = "En ese expediente no queda nada por subsanar"
        raise UsageError(what, "Si se requirió otra cosa, dígala con --add.")
    if choices.last_day and choices.written_on and choices.written_on <= choices.last_day:
        what = f"El plazo para subsanar no ha pasado: acaba el {choices.last_day:%d/%m/%Y}"
        raise UsageError(what, "El desistimiento se declara después de ese día.")


def withdrawal(writing: Writing) -> Iterator[Block]:
    """Yield the acceptance of a person's giving up the application (art. 94)."""
    asked_on = writing.day(writing.choices.asked_on)
    yield Paragraph(writing.say("withdrawal.intro", filed_on=writing.filed_on, asked=asked_on))
    yield from added(writing)
    yield Heading(writing.say("withdrawal.decides"))
    yield Items(tuple(Line(writing.say(f"withdrawal.{name}")) for name in ("decides_text", "right")))


def silence(writing: Writing) -> Iterator[Block]:
    """Yield the certificate of silence (art. 24.4).

    Raises:
        UsageError: the term to decide is not known, or has not passed on the day of the letter.
    """
    last = _passed(writing)
    yield Paragraph(writing.say("silence.intro"))
    yield Heading(writing.say("silence.facts"))
    yield Items(tuple(Line(line(text)) for text in _facts(writing, last)))
    yield from added(writing)
    yield Heading(writing.say("silence.effect"))
    yield Items(tuple(Line(text) for text in _effect(writing, last + _ONE_DAY)))
    if writing.file.silence == "negative":
        yield from appeals(writing, "appeals.who_decided")


def _passed(writing: Writing) -> dt.date:
    """Return the last day to decide, if it lies before the day of the letter."""
    since, today = writing.choices.silent_since, writing.choices.written_on
    last = since - _ONE_DAY if since else writing.file.resolve_by
    if last is None or writing.file.silence is None:
        raise UsageError("No consta el plazo para resolver", "Sin plazo no hay silencio que certificar.")
    if today is None or today <= last:
        what = f"El plazo para resolver no ha pasado: acaba el {last:%d/%m/%Y}"
        raise UsageError(what, "El silencio se certifica desde el día siguiente.")
    return last


def _facts(writing: Writing, last: dt.date) -> Iterator[str]:
    """Yield what was asked, until when it had to be decided, and that it was not."""
    name = writing.say(f"procedures.{writing.procedure}")
    act = ORDER if writing.file.procedure == CONVENIO else "rd-1192-2012"
    article = writing.article(act, "resolve_working_days")
    yield writing.say("silence.asked", person=writing.person, filed_on=writing.filed_on, procedure=name)
    yield writing.say("silence.due", last=writing.day(last), article=article)
    yield writing.say("silence.none")
    if not writing.choices.silence_told:
        yield writing.say("silence.unrecorded")
    if writing.file.provisional:
        yield writing.say("silence.provisional")


def _effect(writing: Writing, day: dt.date) -> Iterator[str]:
    """Yield what the silence means from *day* on, and until when it is certified."""
    if writing.file.silence == "positive":
        months, article = (
            writing.count("months", ORDER, "formalise_months"),
            writing.article(ORDER, "formalise_months"),
        )
        yield writing.say("silence.positive", day=writing.day(day))
        yield writing.say("silence.positive_later")
        yield writing.say("silence.positive_sign", months=months, day=writing.day(day), article=article)
    else:
        yield writing.say("silence.negative", day=writing.day(day))
        yield writing.say("silence.negative_later")
    days = "silence_certificate_working_days"
    term, article = writing.count("working_days", PROCEDURE_ACT, days), writing.article(PROCEDURE_ACT, days)
    yield writing.say("silence.issued", days=term, article=article)


def baja(writing: Writing) -> Iterator[Block]:
    """Yield the confirmation that a convenio ends by the person's own decision (arts. 7.1.c and 7.2.c)."""
    told = writing.file.filed_on
    ends = writing.say(
        "baja.ends", day=writing.day(told + _ONE_DAY), article="Real Decreto 576/2013, art. 7.2.c"
    )
    yield Paragraph(writing.say("baja.intro", filed_on=writing.filed_on))
    yield from added(writing)
    yield Heading(writing.say("baja.effect"))
    said = (ends, writing.say("baja.fee", day=writing.day(told)), bar(writing, "baja.bar"))
    yield Items(tuple(Line(text) for text in (*said, writing.say("baja.other", office=writing.office))))


def variation(writing: Writing) -> Iterator[Block]:
    """Yield the confirmation that the data of a convenio change."""
    yield Paragraph(writing.say("variation.intro", filed_on=writing.filed_on))
    yield from added(writing)
    yield Heading(writing.say("variation.effect"))
    yield Paragraph(writing.say("variation.text"))
