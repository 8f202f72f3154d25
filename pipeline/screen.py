"""What is asked of every file before any parser opens it, and of every case before it goes on.

    screen = Screen(settings.antivirus, memory)
    infected = screen.originals(case)       # before it is unpacked
    unpacked = screen.members(unpacked)     # before anything is read; infected members get their code
    screen.papers(read)                     # a program inside waits for a person

Each raises MustWait where the case cannot go on now. Nothing that is not plainly clean goes through.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import NamedTuple, Protocol

from pipeline.antivirus import Antivirus, Clamd, Scan, SilentError, Version
from pipeline.case import Member, Original, Read, Received, Unpacked
from pipeline.waiting import DOWN, EXECUTABLE, UNSURE, must_wait

MALWARE = "malware"


class Remembered(NamedTuple):
    """A verdict as it was told by the daemon of that version."""

    scan: Scan
    engine: str


class Memory(Protocol):
    """What was found before, by digest."""

    def recall(self, sha256: str) -> Remembered | None:
        """Return the last verdict on those bytes."""

    def remember(self, sha256: str, found: Remembered) -> None:
        """Keep a verdict."""


class Forgetful:
    """The memory of the one-shot command: none."""

    def recall(self, sha256: str) -> Remembered | None:
        """Return nothing."""
        del sha256
        return None

    def remember(self, sha256: str, found: Remembered) -> None:
        """Keep nothing."""


class Screen:
    """The screening of one case. `passed` are the waits that a person has ended for it.

    What was found infected stays so until a daemon says otherwise: with the antivirus off the last word
    counts. `unscanned` tells afterwards that an optional antivirus did not answer.
    """

    def __init__(
        self, settings: Antivirus, memory: Memory | None = None, passed: Collection[str] = ()
    ) -> None:
        self._settings = settings
        self._memory = memory or Forgetful()
        self._passed = frozenset(passed)
        self._clamd = Clamd(settings)
        self._version: Version | None = None
        self.unscanned = False

    def originals(self, case: Received) -> tuple[Original, ...]:
        """Return the originals of *case* that are infected."""
        return tuple(one for one in case.originals if self._infected(one.path, one.sha256))

    def members(self, case: Unpacked) -> Iterable[Member]:
        """Yield the members of *case*, an infected one with its code."""
        for member in case.members:
            if member.code != MALWARE and self._infected(member.path, member.sha256):
                flags = (*member.flags, *((member.code,) if member.code else ()))
                yield member._replace(code=MALWARE, flags=flags)
            else:
                yield member

    def papers(self, case: Read) -> None:
        """Let a case with a program inside wait for a person (docs/contract: executable inside)."""
        flags = {flag for member in case.members for flag in member.flags}
        flags.update(flag for document in case.documents for flag in document.flags)
        if EXECUTABLE in flags and EXECUTABLE not in self._passed:
            raise must_wait(EXECUTABLE)

    def _infected(self, file: Path, sha256: str) -> bool:
        """Tell whether those bytes are known or found to be harmful."""
        last = self._memory.recall(sha256)
        if self._settings.mode != "off" and not self.unscanned:
            try:
                last = self._asked(file, sha256, last)
            except SilentError:
                self._away()
        return last is not None and last.scan.verdict == "found"

    def _asked(self, file: Path, sha256: str, last: Remembered | None) -> Remembered:
        """Return the daemon's word on the file: what it said before if its signatures are the same."""
        if self._version is None:
            self._version = self._clamd.version()
        if last is not None and last.engine == self._version.text:
            return last
        found = Remembered(self._clamd.scan(file), self._version.text)
        if found.scan.verdict != "unsure":
            self._memory.remember(sha256, found)
        elif UNSURE not in self._passed:
            raise must_wait(UNSURE)
        return found

    def _away(self) -> None:
        """Wait for a daemon that is required; go on without one that is not, and have it told."""
        if self._settings.mode == "required":
            pause = dt.timedelta(seconds=self._settings.retry_seconds)
            raise must_wait(DOWN, dt.datetime.now(dt.UTC) + pause)
        self.unscanned = True
