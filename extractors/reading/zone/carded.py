"""A scan that shows a card: turned as the lines for machines on it lie, whatever else can be read of it."""

from __future__ import annotations

from extractors.mrz.seen import seen
from extractors.reading.paper.straighten import Turn
from extractors.reading.raster import Raster
from extractors.reading.words import ocr
from extractors.reading.zone import machine_zone

_LEVEL = 4.0
"""Degrees between two slants that make no difference to the engine."""


def upright(picture: Raster, scan: ocr.Scan, seconds: float) -> ocr.Scan | None:
    """Return a page, read once as *scan*, as the zone on it lies; None where it has none, or too many words.

    The engine makes words of few letters of a card that lies on its side, and none of one that lies aslant.
    """
    if len(scan.words) > machine_zone.WORDY:
        return None
    found = machine_zone.blocks(
        picture.grey, picture.scale, dye=picture.dye,
        slanting=not ocr.legible(scan.words),
        print_in=lambda box: machine_zone.worded(scan.turn.there(box), scan.words),
    )  # fmt: skip
    slants = (
        rows.slant for rows in found if seen(rows.texts, rows.seconds, rows.sure, rows.again) is not None
    )
    slant = next(slants, None)
    if slant is None:
        return None
    quarters = round(slant / 90)
    turn = ocr.quartered(picture, quarters % 4)._replace(skew=slant - 90 * quarters)
    return scan if _alike(scan.turn, turn) else ocr.lying(picture, turn, seconds)


def _alike(one: Turn, other: Turn) -> bool:
    """Whether two turns make the same lines level."""
    return one.quarters == other.quarters and abs(one.skew - other.skew) <= _LEVEL
