"""An office on a disk of its own: what was dropped in it, and the program to start on it.

The share, the database and the store lie in three folders, so that a fault can strike one of them. Names
and contents of what is dropped hold words that may be found nowhere but in the case store.
"""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[3]
CODE = "CEU01"
CANARY = "FATIMA-CANARIA"
FIRST = f"{CODE}-2026-"
PATIENCE = 900
"""Seconds until a start of the program counts as stuck; never reached on a machine that works."""


class Dropped(NamedTuple):
    """One thing that a clerk dropped: where (below the office), and the digests of its files by name."""

    place: str
    parts: tuple[tuple[str, str], ...]
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """The folders of one office, and where the program keeps its own."""

    home: Path
    url: str = ""
    """Where the journal is, if not in a file below `home`."""

    @property
    def address(self) -> str:
        """The address of the journal."""
        return self.url or f"sqlite:///{self.database}"

    @property
    def share(self) -> Path:
        """The watched folders."""
        return self.home / "share"

    @property
    def path(self) -> Path:
        """The office's own folder."""
        return self.share / CODE

    @property
    def database(self) -> Path:
        """The journal."""
        return self.home / "db" / "v.db"

    @property
    def store(self) -> Path:
        """The papers by digest."""
        return self.home / "store"

    def copied(self, home: Path, url: str = "") -> Office:
        """Return the same office on another disk; *url* is the copy of its journal, if it is on a server."""
        shutil.copytree(self.home, home, symlinks=True)
        return Office(home=home, url=url)

    def drop(self, place: str, files: dict[str, bytes], kind: str = "new") -> Dropped:
        """Drop a file, or with more than one name a folder, below the office."""
        path = self.path / place
        path.parent.mkdir(parents=True, exist_ok=True)
        alone = list(files) == [path.name]
        for name, data in files.items():
            file = path if alone else path / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        return Dropped(place, digests(files), kind)


def digests(files: dict[str, bytes]) -> tuple[tuple[str, str], ...]:
    """Return names and digests of *files*, as `Dropped.parts`."""
    return tuple(sorted((name, hashlib.sha256(data).hexdigest()) for name, data in files.items()))


def command(office: Office, wrong: str = "") -> list[str]:
    """Return the command that takes all that is ready in *office*, then ends; *wrong* names a wrong order."""
    program = ["tests.faults.rig.wrong", wrong] if wrong else ["pipeline.intake"]
    at_once = [f"--{pause}=0" for pause in ("scan", "stability", "folder", "patience", "defer", "reserve")]
    return [
        sys.executable,
        "-B",
        "-m",
        *program,
        "--until-idle",
        *at_once,
        f"--root={office.share}",
        f"--office={CODE}",
        f"--database={office.address}",
        f"--blobs={office.store}",
    ]


def start(command: list[str], timeout: float = PATIENCE) -> subprocess.CompletedProcess[str]:
    """Start the program and wait for its end."""
    return subprocess.run(
        command, cwd=ROOT, env=environment(), capture_output=True, text=True, timeout=timeout, check=False
    )


def environment() -> dict[str, str]:
    """Return an environment in which nothing but the program itself decides what it does."""
    return {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0"}


def paper(word: str, size: int = 0) -> bytes:
    """Return the bytes of a PDF as far as intake looks at it: a head, something of its own, an end."""
    filling = hashlib.shake_256(word.encode()).digest(size)
    return b"%PDF-1.4\n% " + f"{CANARY} {word}".encode() + filling + b"\n%%EOF\n"


def zipped(members: dict[str, bytes]) -> bytes:
    """Return a ZIP of *members*, the same bytes every time."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return out.getvalue()
