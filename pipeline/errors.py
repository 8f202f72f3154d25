"""The one error tree of the program. Bad input is a value, not an exception; these are for the rest.

    VentanillaError
    |- UsageError            the command or a setting is wrong           exit 2
    `- EnvironmentFault      something the program needs is missing      exit 5

Each says what happened, where, and what to do; never whose data.
"""

from __future__ import annotations

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


class EnvironmentFault(VentanillaError):  # noqa: N818 - EnvironmentError is a name of Python itself
    """A program, folder, database or language file is missing or not usable."""

    exit_code = 5
