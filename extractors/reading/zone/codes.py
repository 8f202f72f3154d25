"""Codes drawn for machines on a page: QR, DataMatrix, Aztec, PDF417 and Code 128, read by ZXing.

ZXing takes a quarter of a second to see that a page has none, so that it is shown only what is about half
black over some millimetres, as codes are and print is not. What a code says is text and nothing else: it is
cut to a length, freed of signs that no one can see, and never followed.
"""

from __future__ import annotations

import unicodedata
import warnings
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

import cv2
import numpy as np

from extractors.document import Sign
from extractors.lines import Box
from extractors.page import Page
from extractors.reading.raster import Grey
from extractors.reading.shrinking import smaller

FORMATS: Mapping[str, Sign] = {
    "QRCode": "qr",
    "DataMatrix": "data-matrix",
    "Aztec": "aztec",
    "PDF417": "pdf417",
    "Code128": "code128",
}
"""ZXing's names of what is looked for, and ours."""
LONGEST = 2000
"""Signs of a code's text that are kept; a QR code holds at most 4 296."""
_MM = 72 / 25.4
"""Points of a millimetre, the size of a cell of the page that is light or dark."""
_DARK = 0.24
"""Share of black from which a few millimetres are no print; codes have a half, on pale copies a third."""
_FINE = 8
"""Pixels of a millimetre from which the page is halved first: what is left takes a quarter of the time."""
_LEAST = 4
"""Millimetres of the shorter side of a code."""
_GAP = 7
"""Millimetres of a code, where its bars are few, that may be as light as print."""
_QUIET = 6
"""Millimetres of white around a code that its reader wants to see."""
_PLACES = 8
"""Dark places of a page that ZXing is shown, the largest ones."""


class Drawn(NamedTuple):
    """A code as drawn: its sort by our name, its text, and where it stands."""

    format: Sign
    text: str
    page: int
    box: Box


def drawn(page: Page) -> tuple[Drawn, ...]:
    """Return the codes on *page* from top to bottom; a scan that lies on a known form is not looked at."""
    if page.laid is not None:
        return ()
    picture = page.picture()
    grey, scale = np.ascontiguousarray(picture.grey), float(picture.scale)
    found = {
        (one.format, one.text): one
        for place in _places(grey, scale)
        for one in _read(grey, scale, place, page.number)
    }
    return tuple(sorted(found.values(), key=lambda one: one.box.y0))


def _places(grey: Grey, scale: float) -> Iterator[Box]:
    """Yield the places that are dark enough for a code, the largest first, in millimetres."""
    wide, high = (max(round(side / scale / _MM), 1) for side in (grey.shape[1], grey.shape[0]))
    near = smaller(grey, 2) if min(grey.shape) >= _FINE * min(wide, high) else grey
    cells = cv2.blur(cv2.resize(near, (wide, high), interpolation=cv2.INTER_AREA), (3, 3))
    dark = (cells < 255 * (1 - _DARK)).astype(np.uint8)
    whole = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones((_GAP, _GAP), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(whole, connectivity=4)
    sizes = sorted(range(1, count), key=lambda at: -int(stats[at, cv2.CC_STAT_AREA]))
    for at in sizes[:_PLACES]:
        left, top, across, down = (int(side) for side in stats[at, :4])
        if min(across, down) >= _LEAST:
            yield Box(left, top, left + across, top + down).grown(_QUIET)


def _read(grey: Grey, scale: float, place: Box, page: int) -> Iterator[Drawn]:
    """Yield the codes at a place."""
    library, formats = _library()
    per = scale * _MM
    x0, y0 = max(round(place.x0 * per), 0), max(round(place.y0 * per), 0)
    part = np.ascontiguousarray(grey[y0 : round(place.y1 * per), x0 : round(place.x1 * per)])
    if min(part.shape) < 16:
        return
    for one in library.read_barcodes(part, formats=formats, try_invert=False):
        name = FORMATS.get(one.format.name)
        text = plain(one.text)
        if name is not None and text:
            yield Drawn(name, text, page, _box(one.position, x0, y0, scale))


def _box(corners: Any, left: int, top: int, scale: float) -> Box:
    """Return the box around the corners of a code on a part of the picture that begins at *left*, *top*."""
    points = (corners.top_left, corners.top_right, corners.bottom_right, corners.bottom_left)
    xs, ys = [(left + point.x) / scale for point in points], [(top + point.y) / scale for point in points]
    return Box(min(xs), min(ys), max(xs), max(ys))


@cache
def _library() -> tuple[Any, Any]:
    """Return ZXing and the formats that it looks for."""
    import zxingcpp  # noqa: PLC0415 - not before a page shows something like a code

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        formats = zxingcpp.barcode_formats_from_str("|".join(FORMATS))
    return zxingcpp, formats


def plain(text: str) -> str:
    """Return what a person could see of *text*, on one line and not too long."""
    kept = "".join(map(_seen, text[: 2 * LONGEST]))
    return " ".join(kept.split())[:LONGEST]


def _seen(sign: str) -> str:
    """Return a sign that a person sees, a blank for what parts words, nothing for what only steers."""
    category = unicodedata.category(sign)
    if category in {"Cf", "Cs", "Co", "Cn"}:
        return ""
    return " " if category[0] in "CZ" else sign
