"""The keys of the offices' programs and the addresses that are called back, for administrators.

A key and a secret are shown once, in the answer that makes them; nothing of a case is shown here.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from desk.api.keys import NotMadeError
from desk.api.keys import Right as May
from desk.api.keys import keys as every_key
from desk.api.keys import make as make_key
from desk.api.keys import revoke as revoke_key
from desk.people.rights import Right
from desk.web.doors import Door
from desk.web.visit import Visit
from pipeline.errors import UsageError
from pipeline.webhooks.book import add, again, book, end

PATH = "/claves"
_LONGEST = 500
_NOTHING: Mapping[str, str] = {"name": "", "offices": "", "pace": "", "url": "", "url_offices": ""}


def listed(visit: Visit) -> Response:
    """Show the keys and the addresses."""
    return _page(visit)


def _page(
    visit: Visit, status: int = 200, *, told: Mapping[str, str] = _NOTHING, wrong: str = "", **values: Any
) -> Response:
    """Show the page, with what was typed and what is wrong in it."""
    values.setdefault("rights", {May.SUBMIT, May.STATUS})
    return visit.page(
        "keys/list.html",
        status,
        keys=every_key(visit.room.store),
        hooks=book(visit.room.store),
        every_right=tuple(May),
        told={**_NOTHING, **told},
        wrong=wrong,
        once=secrets.token_urlsafe(16),
        done=visit.asked("hecho"),
        **values,
    )


def made(visit: Visit) -> Response:
    """Make a key and show it; the same form sent twice makes it once."""
    told = {name: visit.field(name).strip()[:_LONGEST] for name in ("name", "offices", "pace")}
    rights = {May(one) for one in visit.form.getlist("rights") if one in set(May)}
    try:
        secret = make_key(
            visit.room.store,
            told["name"],
            offices=_codes(told["offices"]),
            rights=rights,
            by=visit.account.login,
            at=visit.at,
            per_minute=_pace(told["pace"]),
            once=visit.field("once")[:64],
        )
    except NotMadeError as error:
        return _page(visit, 422, told=told, wrong=error.why, rights=rights)
    return visit.page("keys/shown.html", name=told["name"], secret=secret, what="key")


def _codes(text: str) -> list[str]:
    """Return the codes of offices in a text."""
    return [code.upper() for code in re.split(r"[\s,;]+", text) if code]


def _pace(text: str) -> int | None:
    """Return a number of calls a minute, None where nothing is typed, 0 for what is none."""
    if not text:
        return None
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def revoked(visit: Visit) -> Response:
    """Let a key open nothing any more."""
    return _done(visit, lambda: revoke_key(visit.room.store, visit.field("name"), **_by(visit)), "revoked")


def added(visit: Visit) -> Response:
    """Add an address to be called and show the secret that signs its calls."""
    told = {name: visit.field(name).strip()[: _LONGEST + 1] for name in ("url", "url_offices")}
    try:
        _, secret = add(visit.room.store, told["url"], offices=_codes(told["url_offices"]), **_by(visit))
    except UsageError:
        return _page(visit, 422, told=told, wrong="url")
    return visit.page("keys/shown.html", name=told["url"], secret=secret, what="webhook")


def ended(visit: Visit) -> Response:
    """Call an address no more."""
    return _done(visit, lambda: end(visit.room.store, visit.field("id"), **_by(visit)), "ended")


def retried(visit: Visit) -> Response:
    """Call again what was given up."""
    return _done(visit, lambda: again(visit.room.store, visit.field("id"), **_by(visit)), "again")


def _by(visit: Visit) -> dict[str, Any]:
    """Return who does it, and when."""
    return {"by": visit.account.login, "at": visit.at}


def _done(visit: Visit, act: Any, word: str) -> Response:
    """Do it and say so; done before by another, it is done all the same."""
    try:
        act()
    except UsageError:
        return visit.to(PATH)
    return visit.to(f"{PATH}?hecho={word}")


DOORS = (
    Door(PATH, listed, Right.KEYS),
    Door(f"{PATH}/nueva", made, Right.KEYS, methods=("POST",)),
    Door(f"{PATH}/revocar", revoked, Right.KEYS, methods=("POST",)),
    Door(f"{PATH}/avisos", added, Right.KEYS, methods=("POST",)),
    Door(f"{PATH}/avisos/retirar", ended, Right.KEYS, methods=("POST",)),
    Door(f"{PATH}/avisos/repetir", retried, Right.KEYS, methods=("POST",)),
)
