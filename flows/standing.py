"""How the engine does, for people and for watching programs: there or not, and what it is still to be told.

Asked without importing Prefect: the desk and `doctor` answer in milliseconds.
"""

from __future__ import annotations

import base64
import datetime as dt
import json
import os
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from typing import Literal

from flows.environment import found
from pipeline.settings import Settings
from pipeline.store import Store
from pipeline.store.runs import owed

State = Literal["well", "behind", "away", "refuses", "fails", "other-version", "none"]
"""`behind`: it answers, and is being told what it missed. `refuses`: our password is not its own. `fails`: it
answers with errors. `other-version`: it speaks, but as another Prefect. `none`: no server is told of here."""
PATIENCE_SECONDS = 2.0
_MOST = 1024
_DENIED = frozenset({401, 403})


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How the engine stands. Cases go on whatever it says."""

    state: State
    address: str
    """Where its interface answers; no password is in it."""
    owed: int
    """Runs that it is still to be told of; at most `pipeline.store.runs.MOST_COUNTED` are counted."""
    since: dt.datetime | None
    """When the oldest of them ended: so long, at least, it has not been told of everything."""
    version: str = ""
    """The version that it says it has."""

    @property
    def well(self) -> bool:
        """Whether nobody has to look at it."""
        return self.state in {"well", "behind", "none"}


def standing(settings: Settings, store: Store, environ: Mapping[str, str] | None = None) -> Standing:
    """Return how the engine of the settings does, asked now: 2 s at most, and one question to the record."""
    server = found(settings, os.environ if environ is None else environ)
    owing = owed(store)
    if not server.address:
        return Standing(state="none", address="", owed=owing.runs, since=owing.since)
    state, told = _asked(server.address, server.secret)
    if state == "well" and owing.runs:
        state = "behind"
    return Standing(state=state, address=server.address, owed=owing.runs, since=owing.since, version=told)


def _asked(address: str, secret: str) -> tuple[State, str]:
    """Ask a server that wants our password for its version; return how it did, and the version."""
    request = urllib.request.Request(f"{address}/admin/version")  # noqa: S310 - an administrator's setting
    if secret:
        coded = base64.b64encode(secret.encode()).decode("ascii")
        request.add_header("Authorization", f"Basic {coded}")
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS) as answer:  # noqa: S310 - as above
            told = json.loads(answer.read(_MOST))
    except urllib.error.HTTPError as refused:
        refused.close()
        return ("refuses" if refused.code in _DENIED else "fails"), ""
    except json.JSONDecodeError:
        return "fails", ""
    except (OSError, ValueError):
        return "away", ""
    if not isinstance(told, str):
        return "fails", ""
    same = told.split(".")[:2] == version("prefect").split(".")[:2]
    return ("well" if same else "other-version"), told[:20]
