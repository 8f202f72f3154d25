"""Where the frame of a box to tick stands on a picture: by its four lines, a little off its place or not."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from extractors.forms.ink.strokes import Dark, Piece
from extractors.lines import Box

ASTRAY = 2.6
"""Points that a frame may stand off its place: the worst measured of a registered photo is 2."""
_WIDER = 0.9
"""Points by which a frame may be wider or narrower than its blank's: the thickness of its line."""
_STEP = 1.4
"""Points off a line where its paper is measured: a thick line of a bleeding copy is 1.2."""
_GAPS = 0.5
"""Share of a line that must be dark on three sides at least: a fax drops whole lines, one side with them."""

Profile = npt.NDArray[np.float64]


class Frame(NamedTuple):
    """The lines of a box in pixels of a piece, and the share of its sides that is seen."""

    left: int
    top: int
    right: int
    bottom: int
    share: float


def framed(cut: Piece, ink: Dark, box: Box) -> Frame:
    """Return where the frame of *box* stands on *cut*: the pairs of lines that stand out best."""
    rows, columns = cut.inside(box)
    y, x = (rows.start, rows.stop), (columns.start, columns.stop)
    for _ in range(2):
        x = _lines(ink[_middle(*y), :].mean(axis=0), columns.start, columns.stop, cut.scale)
        y = _lines(ink[:, _middle(*x)].mean(axis=1), rows.start, rows.stop, cut.scale)
    sides = (_side(ink.T, x[0], y), _side(ink.T, x[1], y), _side(ink, y[0], x), _side(ink, y[1], x))
    return Frame(x[0], y[0], x[1], y[1], float(np.mean(sides)) if sorted(sides)[1] > _GAPS else 0.0)


def _middle(first: int, last: int) -> slice:
    """Return the middle half of a stretch, where a frame that is a little off its place still stands."""
    quarter = (last - first) // 4
    return slice(max(first + quarter, 0), max(last - quarter, first + quarter + 1))


def _lines(profile: Profile, first: int, last: int, scale: float) -> tuple[int, int]:
    """Return the two lines, about as far apart as *first* and *last*, that stand out best against outside."""
    astray, wider, step = round(ASTRAY * scale), max(round(_WIDER * scale), 1), max(round(_STEP * scale), 2)
    padded = np.pad(profile, step + 1)
    thick = np.maximum(padded[1:-1], np.minimum(padded[:-2], padded[2:]))
    before = thick[step : step + len(profile)] - thick[: len(profile)]
    after = thick[step : step + len(profile)] - thick[2 * step : 2 * step + len(profile)]
    starts = np.arange(max(first - astray, 0), min(first + astray + 1, len(profile)))
    if not starts.size:
        return first, last
    ends = starts[:, None] + np.arange(last - first - wider, last - first + wider + 1)
    score = before[starts][:, None] + after[ends.clip(0, len(profile) - 1)]
    score -= (0.03 * abs(starts - first) / scale)[:, None]
    score[(ends <= starts[:, None]) | (ends >= len(profile))] = -1.0
    at, end = np.unravel_index(int(score.argmax()), score.shape)
    return (int(starts[at]), int(ends[at, end])) if score[at, end] > -1.0 else (first, last)


def _side(ink: Dark, at: int, along: tuple[int, int]) -> float:
    """Return the share of a line's length that is dark, a pixel to either side allowed."""
    near = ink[max(at - 1, 0) : at + 2, along[0] : along[1] + 1]
    return float(near.any(axis=0).mean()) if near.size else 0.0


def inside_of(frame: Frame, ink: Dark) -> tuple[slice, slice]:
    """Return the rows and columns inside the frame's lines, however thick these were printed."""
    across, down = slice(frame.left, frame.right + 1), slice(frame.top, frame.bottom + 1)
    wide, high = frame.right - frame.left, frame.bottom - frame.top
    columns = ink[_middle(frame.top, frame.bottom), across].mean(axis=0)
    rows = ink[down, _middle(frame.left, frame.right)].mean(axis=1)
    left, right = _thick(columns, wide), _thick(columns[::-1], wide)
    top, bottom = _thick(rows, high), _thick(rows[::-1], high)
    return slice(frame.top + top, frame.bottom + 1 - bottom), slice(
        frame.left + left, frame.right + 1 - right
    )


def _thick(profile: Profile, side: int) -> int:
    """Return the pixels from the edge of a box to the inside of its line, with a little paper."""
    most, at = max(round(0.2 * side), 1), 0
    while at < most and profile[at] > 0.5:
        at += 1
    return min(max(at, 1) + max(round(0.06 * side), 1), most + 1)
