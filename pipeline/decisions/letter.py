"""The letter of a decision: a draft until it is final, then dated and named; one mechanism for both."""

from __future__ import annotations

import datetime as dt

from pipeline.decisions.kinds import SORTS, Kind
from pipeline.decisions.possible import Choice
from pipeline.decisions.situation import Situation, Surroundings
from pipeline.letters.choices import Choices
from pipeline.letters.compose import letter
from pipeline.letters.days import notified
from pipeline.letters.heads import head
from pipeline.letters.kinds import Kind as LetterKind
from pipeline.letters.kinds import given
from pipeline.letters.page import Letter
from pipeline.letters.recorded import RECORDED, recorded


def letter_kind(found: Situation, kind: Kind) -> LetterKind:
    """Return the letter of a decision: to grant is to give what the application asks for."""
    return given(found.file) if kind == "grant" else SORTS[kind].letter


def draft(
    found: Situation, choice: Choice, around: Surroundings, decided_on: dt.date | None = None
) -> Letter:
    """Return the letter of a choice; with *decided_on* it is no draft any more but signed by name.

    Raises:
        UsageError: the case does not carry such a letter, or something said of it breaks the law.
    """
    kind, edits = letter_kind(found, choice.kind), choice.edits
    said = Choices(
        left_out=edits.left_out,
        added=edits.added,
        hearing_days=edits.hearing_days,
        written_on=decided_on or found.today,
        decided_by=choice.signer if decided_on else "",
        decided_on=decided_on,
    )
    # a new requirement or hearing was not notified yet, whatever was notified before it
    asks = choice.kind in {"require", "hear"}
    choices = recorded(said, kind, found.lived.life) if kind in RECORDED and not asks else said
    chosen = around.settings.letters
    if choices.notified_on is not None:
        law = found.lived.law
        choices = notified(choices, kind, found.lived.application, law.policy, law.calendars)
    # who edits a letter adds a language; that of the office's procedures stays (Ley 39/2015, art. 15)
    languages = tuple(dict.fromkeys((*chosen.languages[:1], *(edits.languages or chosen.languages))))
    return letter(found.file, kind, languages, choices, head(chosen.offices, found.office, chosen.help_phone))
