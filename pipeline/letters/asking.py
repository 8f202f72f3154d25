"""Letters that ask before anything is decided: the requirement to cure, and the hearing.

Ley 39/2015, arts. 68, 73.3, 28.2 and 22.1.a; art. 82.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.errors import UsageError
from pipeline.letters.addressee import opposes
from pipeline.letters.closing import added
from pipeline.letters.grounds import against, asked, defects, on_residence, partly, reasons, residence, spoken
from pipeline.letters.page import Block, Heading, Items, Line, Paragraph
from pipeline.letters.writing import PROCEDURE_ACT, Writing

CURE, LONGER = "cure_working_days", "cure_extension_working_days"
LEAST, MOST = "hearing_least_working_days", "hearing_most_working_days"


def requirement(writing: Writing) -> Iterator[Block]:
    """Yield the requirement to cure: each defect, until when, what happens else, what need not be brought."""
    grounds = asked(writing)
    yield Paragraph(writing.say("requirement.intro", filed_on=writing.filed_on))
    yield from old_law(writing)
    if grounds:
        yield Heading(writing.say("requirement.defects"))
        yield defects(writing, grounds)
    yield from added(writing)
    yield from residence(writing, grounds)
    yield Heading(writing.say("requirement.time"))
    yield Items(tuple(_time(writing)))
    yield Heading(writing.say("requirement.silence"))
    yield Items((Line(writing.say("requirement.lapse")), Line(writing.say("requirement.pause"))))
    yield Heading(writing.say("requirement.held"))
    opposed = opposes(writing.file)
    yield Paragraph(writing.say("requirement.held_opposed" if opposed else "requirement.held_law"))
    if on_residence(grounds):
        yield Paragraph(writing.say("requirement.held_past"))
    yield from _answer(writing)


def _time(writing: Writing) -> Iterator[Line]:
    """Yield how long the person has, how it is counted, and how to ask for more."""
    days = writing.count("working_days", PROCEDURE_ACT, CURE)
    yield Line(_term(writing, "requirement", days, writing.article(PROCEDURE_ACT, CURE)))
    yield counting(writing)
    longer = writing.count("working_days", PROCEDURE_ACT, LONGER)
    yield Line(writing.say("requirement.longer", days=longer, article=writing.article(PROCEDURE_ACT, LONGER)))


def _term(writing: Writing, letter: str, days: str, article: str) -> str:
    """Return the term: in words before the notification, with its last day once that is known."""
    choices = writing.choices
    if choices.notified_on is None:
        return writing.say(f"{letter}.term", days=days, article=article)
    words = {"days": days, "article": article, "notified": writing.day(choices.notified_on)}
    if choices.last_day is None:
        return writing.say(f"{letter}.until_unknown", **words)
    return writing.say(f"{letter}.until", **words, last=writing.day(choices.last_day))


def counting(writing: Writing) -> Line:
    """Return the count in words once the last day is known, before that which days do not count."""
    if writing.choices.counted:
        return spoken(writing, writing.choices.counted)
    return Line(writing.say("requirement.counting_before" if writing.before_2016 else "requirement.counting"))


def old_law(writing: Writing) -> Iterator[Block]:
    """Yield, for an application made under Ley 30/1992, that it still applies."""
    if writing.before_2016:
        yield Paragraph(
            writing.say("old_law", day=writing.day(writing.since(PROCEDURE_ACT, "saturday_works")))
        )


def _answer(writing: Writing) -> Iterator[Block]:
    """Yield where to answer, and that the letter cannot be appealed by itself."""
    yield Heading(writing.say("requirement.answer"))
    lines = [writing.say("requirement.answer_where", office=writing.office, number=writing.file.number)]
    if writing.head.phone:
        lines.append(writing.say("fields.phone", phone=writing.head.phone))
    yield Items(tuple(Line(text) for text in (*lines, writing.say("requirement.no_appeal"))))


def hearing(writing: Writing) -> Iterator[Block]:
    """Yield the hearing before a refusal: its grounds, and until when the person can answer them.

    Raises:
        UsageError: the days chosen are fewer or more than the law gives.
    """
    grounds = against(writing)
    yield Paragraph(writing.say("hearing.intro", filed_on=writing.filed_on))
    yield from old_law(writing)
    yield from partly(writing, grounds)
    if grounds:
        yield Heading(writing.say("hearing.grounds"))
        yield reasons(writing, grounds)
    yield from added(writing)
    yield from residence(writing, grounds)
    yield Heading(writing.say("hearing.time"))
    days = writing.words.count("working_days", _hearing_days(writing))
    term = _term(writing, "hearing", days, writing.article(PROCEDURE_ACT, LEAST))
    more = (Line(writing.say("hearing.early")), Line(writing.say("hearing.nothing")))
    yield Items((Line(term), counting(writing), *more))
    yield from _answer(writing)


def _hearing_days(writing: Writing) -> int:
    """Return the days of the hearing, the fewest unless a person chose more (Ley 39/2015, art. 82.2)."""
    least, most = writing.whole(PROCEDURE_ACT, LEAST), writing.whole(PROCEDURE_ACT, MOST)
    days = writing.choices.hearing_days or least
    if not least <= days <= most:
        article = writing.article(PROCEDURE_ACT, LEAST)
        raise UsageError(f"La audiencia es de {least} a {most} días hábiles ({article})", f"No {days}.")
    return days
