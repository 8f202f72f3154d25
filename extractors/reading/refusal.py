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


_NO_MEMORY = -4
"""cv::Error::StsNoMem."""
_STARVED = ("bad_alloc", "bad allocation", "failed to allocate", "insufficient memory")


class Refused(Exception):  # noqa: N818 - a file refused is an answer, not an error of the program
    """The file cannot be read; `code` says why."""

    def __init__(self, code: Code) -> None:
        super().__init__(code)
        self.code = code


class Missing(OSError):  # noqa: N818 - reads as what it says
    """A program or data file that reading needs is not on this machine: no paper is to blame."""


def blamed(error: Exception) -> Code:
    """Return the code for whatever a library raised: want of memory has as many names as there are libraries.

    OpenCV's own error carries the number -4, ONNX Runtime and the C++ library say it in words; none of them
    is a MemoryError.
    """
    starved = isinstance(error, MemoryError) or getattr(error, "code", None) == _NO_MEMORY
    told = str(error).lower()
    return "memory" if starved or any(words in told for words in _STARVED) else "corrupt"
