"""A file as it is handed to a reader: its bytes, and no way to the file that they came from."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_SEALS = fcntl.F_SEAL_SEAL | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_WRITE


@contextmanager
def sealed(path: Path) -> Iterator[int]:
    """Give a descriptor of a copy of the file at *path* in memory, for reading only; see memfd_create(2).

    A descriptor of the file itself could be opened again, for writing, by whoever may write the file.
    """
    with path.open("rb") as original:
        copy = os.memfd_create("paper", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
        try:
            size = os.fstat(original.fileno()).st_size
            while os.sendfile(copy, original.fileno(), None, max(size, 1)):
                pass
            os.lseek(copy, 0, os.SEEK_SET)
            fcntl.fcntl(copy, fcntl.F_ADD_SEALS, _SEALS)
            yield copy
        finally:
            os.close(copy)
