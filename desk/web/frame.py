"""The frame of every page: the parts of the desk one may go to, its name and colour, its language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from urllib.parse import quote

from starlette.responses import Response

from desk.people.accounts import speak
from desk.people.rights import Right
from desk.web.doors import OPEN, Door
from desk.web.visit import Refused, Visit
from desk.web.words import LANGUAGES, sentences
from pipeline.errors import UsageError
from pipeline.settings import Desk

LEAST_CONTRAST = 4.5
"""Of text on its ground: WCAG 2.2, 1.4.3 (level AA), which EN 301 549 asks for."""
NAMES = {"es": "Español", "gl": "Galego", "en": "English"}
_YEAR = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Place:
    """A part of the desk that the head of every page leads to: address, right, words, shortcut."""

    path: str
    right: Right
    words: str
    key: str


PLACES = (
    Place("/bandejas", Right.TRAYS, "frame.trays", "g b"),
    Place("/oficina", Right.HAND_IN, "frame.office", "g o"),
    Place("/gestion", Right.FIGURES, "frame.figures", "g f"),
    Place("/estado", Right.STATUS, "frame.status", "g e"),
    Place("/cuentas", Right.ACCOUNTS, "frame.accounts", "g c"),
    Place("/claves", Right.KEYS, "frame.keys", "g l"),
    Place("/auditoria", Right.AUDIT, "frame.audit", "g r"),
)


@dataclass(frozen=True, slots=True)
class Frame:
    """What base.html asks for."""

    title: str
    """The name of the desk, as the body calls it."""
    contact: str
    """Whom to ask about access and data; empty where the body named nobody."""
    release: str
    paths: frozenset[str]
    """The addresses that this desk has."""

    def places(self, visit: Visit) -> Sequence[Place]:
        """Return where somebody may go."""
        if visit.session is None:
            return ()
        return [one for one in PLACES if one.path in self.paths and visit.account.may(one.right)]

    def within(self, visit: Visit, place: Place) -> bool:
        """Whether the page is a part of *place*."""
        path = visit.request.url.path
        return path == place.path or path.startswith(f"{place.path}/")

    def languages(self) -> Sequence[tuple[str, str]]:
        """Return the languages, each under its own name."""
        return [(one, NAMES[one]) for one in LANGUAGES]

    def back(self, visit: Visit) -> str:
        """Return the address to come back to, the first page where the page answers a form."""
        url = visit.request.url
        if visit.request.method != "GET":
            return "/"
        return quote(url.path, safe="/") + (f"?{url.query}" if url.query else "")


def frame(chosen: Desk, doors: Sequence[Door]) -> Frame:
    """Return the frame of a desk; raise UsageError where its colour would be hard to read."""
    told = sentences()
    assert all(one.words in told for one in PLACES)
    _colour(chosen.accent)
    paths = frozenset(door.path for door in doors)
    return Frame(chosen.title, chosen.contact, version("ventanilla"), paths)


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours `#rrggbb`, from 1 to 21 (WCAG 2.2, definition of contrast ratio)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    """Return the relative luminance of a colour, from 0 to 1."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _colour(accent: str) -> None:
    """Refuse a colour on which white cannot be read."""
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", accent):
        raise UsageError(f"desk.accent: {accent!r} no es un color", "Escríbalo como #1d4f78.")
    if (found := contrast(accent, "#ffffff")) < LEAST_CONTRAST:
        what = f"desk.accent: sobre {accent} no se lee bien el blanco (contraste {found:.1f})"
        raise UsageError(what, f"Elija un color más oscuro: hace falta un contraste de {LEAST_CONTRAST}.")


def theme(visit: Visit) -> Response:
    """Give the body's colour as a sheet of its own: pages carry no style inside."""
    sheet = f":root {{ --accent: {visit.room.settings.desk.accent}; }}\n"
    return Response(sheet, media_type="text/css", headers={"Cache-Control": "max-age=3600"})


def choose(visit: Visit) -> Response:
    """Speak another language: for ever to whoever has come in, in this browser to others."""
    language, back = visit.field("language"), visit.field("back", "/")
    if language not in LANGUAGES:
        raise Refused(400, "not_here")
    answer = visit.to(back if _own(back) else "/")
    if visit.session is not None:
        speak(visit.room.store, visit.account, language)
    # also for the entrance, after this person has gone
    secure = visit.request.url.scheme == "https"
    answer.set_cookie("lengua", language, max_age=_YEAR, httponly=True, samesite="lax", secure=secure)
    return answer


def _own(address: str) -> bool:
    """Whether an address is a page of this desk: a browser takes `//` and a backslash for another site."""
    return re.fullmatch(r"/(?![/\\])[^\\\s]*", address) is not None


DOORS = (
    Door("/recursos/tema.css", theme, OPEN),
    Door("/lengua", choose, OPEN, methods=("POST",)),
)
