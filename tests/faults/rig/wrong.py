"""The counter with its order of work spoilt in one place: what the proofs must find, or they prove nothing.

    python -m tests.faults.rig.wrong unforced --root ...

It is the real counter; only what is handed to it differs.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

from pipeline.files import Files
from pipeline.intake import __main__ as counter
from pipeline.intake import accept
from pipeline.store.blobs import Blobs, Kept


class Unforced(Files):
    """A disk to which nothing is forced, as if all that is written were there."""

    def force(self, file: IO[bytes]) -> None:
        """Hand it to the system, no more."""
        file.flush()

    def force_folder(self, folder: Path) -> None:
        """Believe that names are there."""


class Stubborn(Files):
    """A disk that is asked again when it could not force a copy, and believed then."""

    def force(self, file: IO[bytes]) -> None:
        """Force it, twice if need be."""
        with suppress(OSError):
            super().force(file)
            return
        os.fsync(file.fileno())


class Moving(Blobs):
    """A store that takes the original away once it has its bytes: before the journal has the row."""

    def keep(self, original: Path, *, twice: bool = False) -> Kept:
        """Keep the bytes and delete the original, the order that a widely used program has."""
        kept = super().keep(original, twice=twice)
        original.unlink()
        return kept


def _moving(where: Path, files: Files) -> Blobs:
    """Return the store that takes originals away too early."""
    return Moving(root=where.absolute(), files=files)


def _spoil(how: str) -> None:
    """Hand the counter the wrong part."""
    if how == "deleted-first":
        counter.papers_in = _moving  # type: ignore[assignment] - the wrong part
        accept._same = lambda *_: True  # type: ignore[assignment] - nothing is there to compare
    else:
        disk = {"unforced": Unforced, "stubborn": Stubborn}[how]
        counter.Files = disk  # type: ignore[misc] - the wrong part


def main(arguments: Sequence[str]) -> int:
    """Be the counter with the wrong part that the first of *arguments* names."""
    _spoil(arguments[0])
    return counter.main(arguments[1:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
