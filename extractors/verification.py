"""Codes by which a paper can be checked at its issuer: drawn for machines, or written behind their label.

Nothing is asked of anybody here: an address is text that a person may type. A code drawn on a paper and the
one printed on it are two readings of one thing, so that they make each other sure, or doubtful.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

from extractors.document import Code, Field, Reading
from extractors.padron.stamp import CODE, CODE_LABEL
from extractors.page import Page
from extractors.prose import Prose, fold
from extractors.reading.zone import codes as pictures

AGREED = 0.98
"""A code that is drawn with its own error correction and printed the same."""
DIFFERENT = 0.5
_NAMES = re.compile(
    r"(?:id|hash|c|p)?csv(?:id)?|cve|eks|codi(?:go)?(?:csv|verificacion|seguro|validacion)?|cod|code|kodea"
    r"|verificacion|verificationcode|localizador"
)
"""What sites call a verification code in an address, without marks."""
_LONGEST_ADDRESS = 300
_LEAST = 8
_MOST = 64
"""Signs of a verification code."""
_SITE = re.compile(
    r"(?:https?://|www\.|sede\.)[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d+)?(?:/[^\s<>\"]*)?", re.IGNORECASE
)
_ANNOUNCED = re.compile(r"\bqr\b|https?://|codigo de barras|codi de barres|barra kode")
"""Words of a page with a text layer that make it worth while to look for a drawn code."""


def codes(pages: Sequence[Page]) -> tuple[Code, ...]:
    """Return the codes on *pages*, those of a page together, the written ones last."""
    return tuple(code for page in pages for code in (*_drawn(page), *_written(page)))


def compared(fields: Mapping[str, Field], found: Sequence[Code]) -> Mapping[str, Field]:
    """Return *fields* with `csv` surer where a drawn code says the same, in doubt where it says another."""
    printed = fields.get("csv")
    drawn = [code for code in found if code.code and code.format != "written"]
    if printed is None or not drawn or printed.value is None:
        return fields
    if any(_signs(code.code) == _signs(str(printed.value)) for code in drawn):
        return {**fields, "csv": replace(printed, confidence=max(printed.confidence, AGREED))}
    other = drawn[0]
    readings = (
        Reading(reader="printed", text=printed.text, value=printed.value, confidence=printed.confidence),
        Reading(reader=other.format, text=other.code, value=other.code, confidence=DIFFERENT),
    )
    doubted = replace(printed, confidence=min(printed.confidence, DIFFERENT), readings=readings)
    return {**fields, "csv": doubted}


def _drawn(page: Page) -> Iterator[Code]:
    """Yield the codes drawn on *page*; a page with a text layer is looked at where it speaks of one."""
    folded = fold(page.text)
    if page.reader == "text" and not (CODE_LABEL.search(folded) or _ANNOUNCED.search(folded)):
        return
    for one in pictures.drawn(page):
        address = _address(one.text)
        code = _asked(address) if address else _alone(one.text)
        yield Code(format=one.format, text=one.text, page=one.page, box=one.box, code=code, address=address)


def _written(page: Page) -> Iterator[Code]:
    """Yield the codes that stand behind their label on *page*, with the address printed on it."""
    if page.laid is not None or page.widgets:
        return
    prose = Prose([page])
    site = _SITE.search(prose.text)
    told: set[str] = set()
    for label in CODE_LABEL.finditer(prose.folded):
        found = CODE.match(prose.text, label.end())
        if found is None or not _LEAST <= len(found[0].rstrip(".-")) <= _MOST or found[0] in told:
            continue
        told.add(found[0])
        place = prose.field(found.start(), found.end(), found[0].rstrip(".-"), 1.0)
        yield Code(
            format="written",
            text=pictures.plain(place.text),
            page=page.number,
            box=place.box,
            code=pictures.plain(place.value),
            address=pictures.plain(site[0].rstrip(".,;)"))[:_LONGEST_ADDRESS] if site else "",
        )


def _address(text: str) -> str:
    """Return the address that a drawn code holds, empty where it is no address of a site."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    sound = parts.scheme.lower() in {"http", "https"} and "." in parts.netloc and " " not in text
    return text[:_LONGEST_ADDRESS] if sound else ""


def _asked(address: str) -> str:
    """Return the verification code that an address carries under a name for it, empty where it has none."""
    parts = urlsplit(address)
    told = parse_qsl(parts.query, max_num_fields=50) if parts.query.count("&") < 50 else []
    for name, value in told:
        if _NAMES.fullmatch(re.sub(r"[^a-z]", "", name.lower())) and _LEAST <= len(value) <= _MOST:
            return value
    return ""


def _alone(text: str) -> str:
    """Return a text that is nothing but a verification code, with its label or without."""
    label = CODE_LABEL.match(fold(text))
    rest = text[label.end() :] if label else text
    found = CODE.fullmatch(rest.strip())
    return found[0] if found and _LEAST <= len(found[0]) <= _MOST else ""


def _signs(code: str) -> str:
    """Return the letters and figures of a code: blanks, strokes and small letters make no difference."""
    return re.sub(r"[^A-Z0-9]", "", code.upper())
