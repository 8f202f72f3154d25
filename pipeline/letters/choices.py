"""What a person may say of a letter before it is written: data, never markup."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """The edits of a letter; without any it is the draft that the case itself calls for.

    `left_out` are rule ids that are not spoken of; `added` paragraphs of plain text. `notified_on` is the day
    on which the requirement or the hearing was notified, `last_day` the day until which the person may act,
    once they are known. `hearing_days` are working days. `asked_on` is the day on which the person gave the
    application up. `written_on` is the day of the letter, needed where something must have passed by then.
    `decided_by` is the person who decided: without name and day the letter is a draft.
    """

    left_out: frozenset[str] = frozenset()
    added: tuple[str, ...] = ()
    notified_on: dt.date | None = None
    last_day: dt.date | None = None
    hearing_days: int | None = None
    asked_on: dt.date | None = None
    written_on: dt.date | None = None
    decided_by: str = ""
    decided_on: dt.date | None = None

    @property
    def draft(self) -> bool:
        """Whether nobody has decided yet."""
        return not self.decided_by.strip() or self.decided_on is None


AS_IT_IS = Choices()
