"""A worker of the run of deaths: all as in `ventanilla worker`, but that a paper is not read anew.

    python -m benchmarks.scale_worker READINGS

READINGS is a JSON file: the readings of one application's papers, by what their names begin with. Each case
gives them under a person of its own, so that no case is another's.
"""

from __future__ import annotations

import hashlib
import json
import signal
import sys
import threading
from pathlib import Path
from typing import Any, Self

import flows.drain
from extractors import wire
from flows.beside import beside
from pipeline.settings import load

LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE"


class Told:
    """Stands where the sandbox stands, and tells the reading that was kept."""

    readings: dict[str, Any]

    def __init__(self, *_: object) -> None:
        pass

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def read(self, path: Path, name: str) -> Any:
        """Return the reading of the paper of that *name*, of the person that the case is about."""
        kept = self.readings["papers"][name]
        whose = path.read_bytes().rpartition(b"% ")[2].strip().decode()
        return wire.unpacked(json.loads(json.dumps(kept).replace(self.readings["person"], whose)))


def person(number: int) -> str:
    """Return a valid number of a foreigner, another for each *number*."""
    digits = int(hashlib.sha256(str(number).encode()).hexdigest(), 16) % 10_000_000
    return f"Y{digits:07d}{LETTERS[(10_000_000 + digits) % 23]}"


def main(readings: str) -> None:
    """Work until nothing waits or until told to stop."""
    Told.readings = json.loads(Path(readings).read_text())
    flows.drain.Sandbox = Told  # type: ignore[attr-defined,assignment] # the one thing that is not as it is
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    # beside: while a run is on, Prefect takes the polite signal in the main thread for a crash
    beside(lambda: flows.drain.drain(load(), stop, until_idle=True))


if __name__ == "__main__":
    main(*sys.argv[1:])
