"""What a person may say of a letter before it is written: data, never markup."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """The edits of a letter; without any it is the draft that the case itself calls for.

    left_out      ids of rules that are not spoken of
    added         paragraphs of plain text
    notified_on   the day on which the requirement, the hearing or the grant was notified
    last_day      the day until which the person may act, once it is known
    counted       how that day was counted, in words by language
    hearing_days  working days of the hearing
    longer_by     working days by which the time to cure was extended
    asked_on      the day on which the person gave the application up
    silent_since  the day from which silence holds, as far as the record of the case tells
    silence_told  whether the record has that silence itself, and does not only lack an answer
    written_on    the day of the letter, needed where something must have passed by then
    decided_by    the person who decided, and `decided_on` when: without both the letter is a draft
    """

    left_out: frozenset[str] = frozenset()
    added: tuple[str, ...] = ()
    notified_on: dt.date | None = None
    last_day: dt.date | None = None
    counted: Mapping[str, str] = field(default_factory=dict)
    hearing_days: int | None = None
    longer_by: int = 0
    silent_since: dt.date | None = None
    silence_told: bool = False
    asked_on: dt.date | None = None
    written_on: dt.date | None = None
    decided_by: str = ""
    decided_on: dt.date | None = None

    @property
    def draft(self) -> bool:
        """Whether nobody has decided yet."""
        return not self.decided_by.strip() or self.decided_on is None


AS_IT_IS = Choices()
