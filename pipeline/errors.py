"""The one error tree of the program. Bad input is a value, not an exception; these are for the rest.

    VentanillaError
    |- UsageError            the command or a setting is wrong           exit 2
    `- EnvironmentFault      something the program needs is missing      exit 5
       `- MustWait           this case waits, by itself or for a person

Each says what happened, where, and what to do; never whose data.
"""

from __future__ import annotations

import datetime as dt
from typing import ClassVar


class VentanillaError(Exception):
    """Base of all errors that a command reports in one line."""

    exit_code: ClassVar[int] = 1

    def __init__(self, what: str, remedy: str) -> None:
        """Say *what* happened and where, and the *remedy*."""
        super().__init__(f"{what}\n  {remedy}")
        self.what = what
        self.remedy = remedy


class UsageError(VentanillaError):
    """The command line or a setting cannot be taken as it is."""

    exit_code = 2


class EmptyLetter(UsageError):  # noqa: N818 - it is the letter that is wrong, as its name says
    """A letter that rests on what a case lacks would say nothing, and nobody wrote what it is to say."""


class EnvironmentFault(VentanillaError):  # noqa: N818 - EnvironmentError is a name of Python itself
    """A program, folder, database or language file is missing or not usable."""

    exit_code = 5


class MustWait(EnvironmentFault):
    """One case cannot go on now and nobody is to blame: it waits, visibly, and no attempt is counted.

    `why` is a word of `pipeline.waiting.WAITS`; `until` the moment to try again, None for a person's word.
    """

    def __init__(self, why: str, what: str, remedy: str, until: dt.datetime | None = None) -> None:
        """Say *why* in one word, *what* that means, the *remedy*, and *until* when."""
        super().__init__(what, remedy)
        self.why = why
        self.until = until
