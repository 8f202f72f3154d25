"""What somebody typed and sent after their session had ended: kept by their browser, sent again once.

Only for the same account, within a short time, and once: the session that ended is forgotten when it is sent.
Passwords are not kept, nor files: those are asked for again.
"""

from __future__ import annotations

import datetime as dt
import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from desk.people.sessions import Session, end
from desk.web.visit import Visit

WITHIN: Final = dt.timedelta(minutes=30)
LARGEST: Final = 700 * 1024
"""Bytes of a sealed form: with it the form of the entrance is still one that is read."""
_PURPOSE = "typed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """A form that came too late: its address, its texts in their order, the fields that held files."""

    path: str
    query: str
    texts: Sequence[tuple[str, str]]
    files: Sequence[str]
    session: str
    account: str
    at: dt.datetime


def of_form(visit: Visit) -> tuple[list[tuple[str, str]], list[str]]:
    """Return the texts of the form that was sent, and the names of the fields that held files."""
    items = visit.form.multi_items()
    texts = [(name, value) for name, value in items if isinstance(value, str) and name != "csrf"]
    return texts, sorted({name for name, value in items if not isinstance(value, str) and value.filename})


def secret(texts: Sequence[tuple[str, str]]) -> bool:
    """Whether a form holds what is never shown or kept."""
    return any("password" in name or "code" in name for name, _ in texts)


def kept(visit: Visit, ended: Session) -> str | None:
    """Return the form of *visit*, sealed; None if it is too large or holds a password."""
    texts, files = of_form(visit)
    if secret(texts):
        return None
    url = visit.request.url
    told = {
        "path": url.path,
        "query": url.query,
        "texts": texts,
        "files": files,
        "session": ended.id,
        "account": ended.account.id,
        "at": visit.at.isoformat(),
    }
    sealed = visit.room.seals.seal(_PURPOSE, zlib.compress(json.dumps(told).encode()))
    return sealed if len(sealed) <= LARGEST else None


def opened(visit: Visit, sealed: str) -> Typed | None:
    """Return a sealed form, None if it is none or too old."""
    words = visit.room.seals.opened(_PURPOSE, sealed) if sealed else None
    if words is None:
        return None
    told = json.loads(zlib.decompress(words))
    texts = [(name, value) for name, value in told.pop("texts")]
    found = Typed(texts=texts, **{**told, "at": dt.datetime.fromisoformat(told["at"])})
    return found if visit.at - found.at <= WITHIN else None


def taken(visit: Visit, typed: Typed, session: Session) -> bool:
    """Whether it may be sent for who has come in now; afterwards it may not be any more."""
    if typed.account != session.account.id:
        return False
    # the row of the session that ended stands for the form: who takes it away sends it
    return end(visit.room.store, Session(typed.session, session.account, "", typed.at, typed.at))
