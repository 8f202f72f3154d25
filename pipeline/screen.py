"""What is asked of every file before any parser opens it, and of every case before it goes on.

    screen = Screen(settings.antivirus, quarantine)
    infected = screen.originals(case)       # before it is unpacked
    unpacked = screen.members(unpacked)     # before anything is read; infected members get their code
    screen.papers(read)                     # a program inside waits for a person

Each raises MustWait where the case cannot go on now. Nothing that is not plainly clean goes through.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Protocol

from pipeline.antivirus import Antivirus, Clamd, SilentError
from pipeline.case import Member, Original, Read, Received, Unpacked
from pipeline.errors import MustWait
from pipeline.waiting import DOWN, EXECUTABLE, UNSURE, must_wait

MALWARE = "malware"


def check_there(settings: Antivirus) -> None:
    """Raise MustWait if the antivirus is required and does not answer."""
    if settings.mode == "required":
        try:
            Clamd(settings).version()
        except SilentError:
            raise _down(settings) from None


def _down(settings: Antivirus) -> MustWait:
    """Return the wait for a daemon that is away."""
    return must_wait(DOWN, dt.datetime.now(dt.UTC) + dt.timedelta(seconds=settings.retry_seconds))


class Quarantine(Protocol):
    """The bytes that were found harmful, by digest: nothing parses or gives them out."""

    def holds(self, sha256: str) -> bool:
        """Tell whether those bytes are in it."""

    def put(self, sha256: str, name: str) -> None:
        """Put them in; *name* is what the antivirus calls the malware."""

    def free(self, sha256: str) -> None:
        """Take them out: newer signatures find nothing."""


class Unkept:
    """The quarantine of the one-shot command, which keeps nothing."""

    def holds(self, sha256: str) -> bool:
        """Return False."""
        del sha256
        return False

    def put(self, sha256: str, name: str) -> None:
        """Keep nothing."""

    def free(self, sha256: str) -> None:
        """Have nothing to let go."""


class Screen:
    """The screening of one case. `passed` are the waits that a person has ended for it.

    What was found harmful stays so until the daemon says otherwise: with the antivirus off the last word
    counts. What was clean is asked about again each time, for signatures grow. `answered` tells afterwards
    that there was a daemon, `unscanned` that an optional one did not answer.
    """

    def __init__(
        self, settings: Antivirus, quarantine: Quarantine | None = None, passed: Collection[str] = ()
    ) -> None:
        self._settings = settings
        self._quarantine = quarantine or Unkept()
        self._passed = frozenset(passed)
        self._clamd = Clamd(settings)
        self._known: dict[str, bool] = {}
        self.answered = self.unscanned = False

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
        """Tell whether those bytes are known or found to be harmful; a file is asked about once."""
        if sha256 not in self._known:
            self._known[sha256] = self._found(file, sha256)
        return self._known[sha256]

    def _found(self, file: Path, sha256: str) -> bool:
        """Return the daemon's word; without one, the last word there was."""
        before = self._quarantine.holds(sha256)
        if self._settings.mode == "off" or self.unscanned:
            return before
        try:
            scan = self._clamd.scan(file)
        except SilentError:
            self._away()
            return before
        self.answered = True
        if scan.verdict == "unsure" and UNSURE not in self._passed:
            raise must_wait(UNSURE)
        if scan.verdict == "found":
            self._quarantine.put(sha256, scan.name)
        elif before and scan.verdict == "clean":
            self._quarantine.free(sha256)
        return scan.verdict == "found" or (before and scan.verdict == "unsure")

    def _away(self) -> None:
        """Wait for a daemon that is required; go on without one that is not, and have it told."""
        if self._settings.mode == "required":
            raise _down(self._settings)
        self.unscanned = True
