"""Which sandbox is in force on this machine: found by trying it once, never by reading a version."""

from __future__ import annotations

import socket
import subprocess
import sys
import tempfile
from functools import cache
from typing import Literal

from extractors.reading.apart import confine
from extractors.reading.apart.confine import Level
from extractors.reading.refusal import Missing

Wanted = Literal["auto", "bwrap", "limits"]
Trial = Literal["works", "absent", "refused"]
"""How bubblewrap did: it confines, it is not installed, or the system (or its age) does not let it."""
_SECONDS = 60.0


def chosen(wanted: Wanted) -> Level:
    """Return the level in force.

    Raises:
        Missing: bubblewrap is demanded and does not work here.
    """
    if wanted == "limits":
        return "limits"
    if tried() == "works":
        return "bwrap"
    if wanted == "bwrap":
        raise Missing("bubblewrap")
    return "limits"


@cache
def tried() -> Trial:
    """Return how bubblewrap did when it was started here; tried once in the life of the program."""
    if confine.program() is None:
        return "absent"
    with tempfile.NamedTemporaryFile() as hidden, socket.create_server(("127.0.0.1", 0)) as door:
        stranger = confine.stranger()
        asked = [hidden.name, str(door.getsockname()[1]), "" if stranger is None else str(stranger)]
        command = [sys.executable, "-P", "-s", "-m", "extractors.reading.apart.probe", *asked]
        return "works" if _said(confine.confined(command)) == "confined" else "refused"


def _said(command: list[str]) -> str:
    """Return what *command* says; nothing if it fails or hangs."""
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env=confine.environment(confine.INSIDE),
            cwd="/",
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode(errors="replace").strip()
