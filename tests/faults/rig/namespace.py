"""A file system of one's own for one process: what it mounts nobody else sees, and it goes with it.

Root's right to pass over permissions is given up, so that a folder that is forbidden is forbidden to us.
"""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.faults.rig.office import PATIENCE, ROOT, environment

ENTER = ("unshare", "-Urm", "setpriv", "--bounding-set=-dac_override,-dac_read_search")


class UnconfinedError(Exception):
    """A namespace of one's own is not to be had here: allow user namespaces, or run as root."""


def inside(module: str, *arguments: str) -> Any:
    """Run *module* of the rig in a namespace and return what it printed, as JSON."""
    command = [*ENTER, sys.executable, "-B", "-m", f"tests.faults.rig.{module}", *arguments]
    done = subprocess.run(
        command, cwd=ROOT, env=environment(), capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    if done.stderr.startswith(("unshare", "setpriv")):
        raise UnconfinedError(done.stderr)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def mounted(*arguments: str) -> None:
    """Call mount(8); raise UnconfinedError if it may not."""
    done = subprocess.run(["mount", *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise UnconfinedError(done.stderr)


def filled(folder: Path, spare: int) -> Path:
    """Fill the disk of *folder* until *spare* bytes are left; return the file that does it."""
    filler = folder / ".filler.tmp"
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while file.write(bytes(1 << 16)):
            pass
    with filler.open("r+b") as file:
        file.truncate(max(filler.stat().st_size - spare, 0))
    return filler
