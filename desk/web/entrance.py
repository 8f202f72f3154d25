"""The page that asks who comes, and what it keeps for afterwards: the page wanted, the text typed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import quote, urlsplit

from starlette.responses import Response

from desk.web.visit import Visit

PATH = "/entrar"


class Carried(NamedTuple):
    """What goes with somebody from step to step: a sealed form, and the page that was wanted."""

    kept: str = ""
    wanted: str = ""


NOTHING = Carried()


def carried(visit: Visit) -> Carried:
    """Return what the form of a step carries."""
    return Carried(visit.field("kept"), visit.field("wanted"))


def shown(visit: Visit, status: int = 200, *, why: str = "", **told: Any) -> Response:
    """Return the page; *why* names the sentence that says why it is shown.

    *told* may hold `login`, `seconds` to wait, `wanted` (a page of the desk), `kept` (a sealed form), whether
    `files` were in it, and whether it was `lost`.
    """
    chosen = visit.room.settings.desk
    values = {"login": "", "seconds": 0, "wanted": "", "kept": "", "files": False, "lost": False, **told}
    values |= {"why": why, "passwords": chosen.passwords, "provider": bool(chosen.oidc_issuer)}
    return visit.page("entry.html", status, **values)


def way_in(visit: Visit) -> str:
    """Return the address of the entrance that leads to the page of this visit afterwards."""
    url = visit.request.url
    wanted = f"{url.path}?{url.query}" if url.query else url.path
    return PATH if wanted == "/" or not own(wanted) else f"{PATH}?a={quote(wanted, safe='/')}"


def page_of_part(visit: Visit) -> str:
    """Return the page of the desk in which only a part was asked for, empty where that is not said."""
    url = urlsplit(visit.request.headers.get("HX-Current-URL", ""))
    address = f"{url.path}?{url.query}" if url.query else url.path
    return address if own(address) else ""


def own(address: str) -> bool:
    """Whether an address is a page of this desk: a browser takes `//` and a backslash for another site."""
    return re.fullmatch(r"/(?![/\\])[^\\\s]{0,500}", address) is not None


def again(visit: Visit, texts: Sequence[tuple[str, str]], files: Sequence[str]) -> Mapping[str, Any]:
    """Return what the page needs that shows a form once more, for its person to send it."""
    url = visit.request.url
    address = f"{url.path}?{url.query}" if url.query else url.path
    return {"address": address, "texts": texts, "files": files}
