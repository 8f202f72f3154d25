"""Why a file cannot be read: a code of the contract's closed list, and nothing of its contents."""

from __future__ import annotations

from typing import Literal

Code = Literal[
    "corrupt",
    "empty",
    "encrypted",
    "image-too-large",
    "memory",
    "timeout",
    "too-large",
    "too-many-pages",
    "unsupported-type",
]


class Refused(Exception):  # noqa: N818 - a file refused is an answer, not an error of the program
    """The file cannot be read; `code` says why."""

    def __init__(self, code: Code) -> None:
        super().__init__(code)
        self.code = code


class Missing(OSError):  # noqa: N818 - reads as what it says
    """A program or data file that reading needs is not on this machine: no paper is to blame."""
