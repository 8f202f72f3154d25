"""What somebody wrote on a scan that lies on its blank: its ink without the blank's own, place by place."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from extractors.forms.zones.ground import BROKEN, OWN, SPECK, SPREAD, Ground, Mask
from extractors.forms.zones.inks import of_two, wavers
from extractors.forms.zones.parting import hair, strangers
from extractors.forms.zones.stacking import inserted, stacked
from extractors.forms.zones.striking import struck as struck_out
from extractors.lines import Box
from extractors.reading.patches import patches
from extractors.reading.raster import Grey

_ADRIFT = 2.0
"""Points by which one place may lie off where the whole sheet says, as on curled paper."""
_AROUND = 8.0
"""Points around a place in which writing that began in it is followed."""
_SMALL, _STROKE = 1.3, 1.2
"""Square points: a dot or an accent, which needs letters beside it; a stroke that stands alone."""
_STREWN, _FRAGMENTS, _ROW = 2.5, 4, 6.0
"""Points between specks of one word, how many there are at least, and points from the first to the last."""
_LONG = 2.2
"""Points: a stroke is at least so long, a mark that is not is a dot."""
_THIN = 1.3
"""Points: so thick are printed lines and streaks at most."""
_TALL = 14.0
"""Points from which an upright line is no letter."""
_ALONG = 0.8
"""Share of a thin piece beside which the blank prints, from which it is what is left of a line there."""
_HALO = 0.3
"""Text heights around dark strokes within which pale pixels are theirs."""
_GAP = 0.6
"""Text heights to the next ink within which writing goes on."""


class Written(NamedTuple):
    """What is written in one place: its grey pixels on white, where they stand, and what is odd about it.

    `goes_on` says that ink beside it belongs to it and to somebody else, or lies beyond reach; `crossed`
    that a long stroke goes through it; `faint` that only specks in a row are left of it; `parted` that ink
    far from it, more than dust or a hair, was taken for somebody else's: it may correct it; `stacked` that it
    stands on two lines, or something was put in; `mixed` that it is of two inks, `wavers` that these do not
    stand apart; `altered` that a figure is not as the page's machine writes it; `high` is the height of its
    letters in points.
    """

    pixels: Grey
    ink: Mask
    box: Box
    high: float
    goes_on: bool = False
    crossed: bool = False
    faint: bool = False
    streaked: bool = False
    parted: bool = False
    stacked: bool = False
    mixed: bool = False
    wavers: bool = False
    altered: bool = False

    @property
    def odd(self) -> bool:
        """Whether what is read of it may be only a part, or struck out."""
        return self.goes_on or self.crossed or self.faint


class Window(NamedTuple):
    """Rows and columns around one place: their ink without the blank's, where that was, the pieces of ink."""

    rows: slice
    columns: slice
    own: npt.NDArray[np.uint8]
    gone: Mask
    marks: _Marks


def window(page: Ground, box: Box) -> Window | None:
    """Return what is around the place *box*, None where next to nothing of it is on the page."""
    rows, columns = page.rows(box.grown(_AROUND))
    if rows.stop - rows.start < 3 or columns.stop - columns.start < 3:
        return None
    own, gone = _without_print(page, rows, columns)
    return Window(rows, columns, own, gone, _marks(own, page.scale))


def written(page: Ground, box: Box, seen: Window) -> Written | None:
    """Return what is written in the place *box*, None where it is empty."""
    rows, columns, own, gone, marks = seen
    near = page.within(box.grown(OWN), rows, columns)
    x, y = marks.middles[:, 0], marks.middles[:, 1]
    inside = (x >= near[0]) & (x < near[2]) & (y >= near[1]) & (y < near[3])
    inside[0] = False
    through = _through(marks, box.height, page.scale)
    inside &= ~_left_over(marks.stats, inside, page, (rows, columns)) & ~through
    strokes = inside & (marks.area >= _STROKE) & (marks.long >= _LONG)
    faint = not strokes.any()
    if faint:
        strokes = inside & _scattered(own, marks, page.scale)
        if not strokes.any():
            return None
    kept = strokes | (inside & (marks.area >= SPECK) & _beside(marks.stats, strokes, page.scale))
    foreign = ~kept & ~through & (marks.area >= _SMALL)
    foreign[0] = False
    apart = strangers(marks.stats, kept, foreign, _height(own, kept[marks.labels], page.scale))
    kept, foreign = kept & ~apart, foreign | apart
    pixels = (kept[marks.labels] & (own > 0), foreign[marks.labels], gone)
    found = _cut(page, (rows, columns), pixels, _height(own, kept[marks.labels], page.scale))
    streaked = _met(marks, through, kept) or page.streaked(found.box)
    fallen = hair(marks.stats / page.scale, apart, marks.area, found.high)
    parted = bool((apart & strokes).any()) and not fallen
    return found._replace(faint=faint, streaked=streaked, parted=parted)


def lined(page: Ground, box: Box, seen: Window) -> bool:
    """Whether a line goes down through the place *box*, taken for a streak with what may hang on it."""
    rows, columns, _, _, marks = seen
    x0, _, x1, _ = page.within(box, rows, columns)
    left, wide = marks.stats[:, cv2.CC_STAT_LEFT], marks.stats[:, cv2.CC_STAT_WIDTH]
    through = _through(marks, box.height, page.scale)
    return bool((through & (left + wide > x0) & (left < x1)).any())


def _met(marks: _Marks, through: Mask, kept: Mask) -> bool:
    """Whether one of the lines *through* a place comes close to the writing *kept* there."""
    left, wide = marks.stats[:, cv2.CC_STAT_LEFT], marks.stats[:, cv2.CC_STAT_WIDTH]
    near = float(np.median(marks.stats[kept, cv2.CC_STAT_HEIGHT]))
    first, last = left[kept].min() - near, (left + wide)[kept].max() + near
    return bool((through & (left + wide > first) & (left < last)).any())


class _Marks(NamedTuple):
    """Pieces of ink, those joined that a bad copy broke: labels, stats, middles, square points, length."""

    labels: npt.NDArray[np.int32]
    stats: npt.NDArray[np.int32]
    middles: npt.NDArray[np.float64]
    area: npt.NDArray[np.float64]
    long: npt.NDArray[np.float64]


def _marks(own: npt.NDArray[np.uint8], scale: float) -> _Marks:
    """Return the pieces of ink of a window."""
    side = max(round(BROKEN * scale), 1)
    joined = cv2.morphologyEx(own, cv2.MORPH_CLOSE, np.ones((side, side), np.uint8))
    _, labels, stats, middles = patches(joined)
    area = np.bincount(labels[own > 0], minlength=len(stats)) / scale**2
    long = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]) / scale
    return _Marks(labels, stats, middles, area, long)


def _scattered(own: npt.NDArray[np.uint8], marks: _Marks, scale: float) -> Mask:
    """Return which specks stand so close together, in such a row, that they are what is left of a word."""
    side = round(_STREWN * scale)
    _, groups, stats, _ = patches(cv2.dilate(own, np.ones((side, side), np.uint8)))
    home = groups[tuple(np.clip(marks.middles[:, ::-1].astype(np.int32), 0, np.array(groups.shape) - 1).T)]
    count = np.bincount(home, minlength=len(stats))
    row = (count >= _FRAGMENTS) & (stats[:, cv2.CC_STAT_WIDTH] >= (_ROW + _STREWN) * scale)
    row[0] = False
    return np.asarray(row[home], dtype=np.bool_)


def _height(own: npt.NDArray[np.uint8], mine: Mask, scale: float) -> float:
    """Return the height of the letters in pixels: the middle one of those that are no dots."""
    _, _, stats, _ = patches(own & mine)
    tall = stats[1:, cv2.CC_STAT_HEIGHT]
    letters = tall[tall >= _LONG * scale]
    return float(np.median(letters)) if letters.size else float(mine.any(axis=1).sum())


def _through(marks: _Marks, high: float, scale: float) -> Mask:
    """Return which marks are thin lines that go down through the whole place: streaks, or a pen's stroke."""
    tall = marks.stats[:, cv2.CC_STAT_HEIGHT] / scale
    wide = marks.stats[:, cv2.CC_STAT_WIDTH] / scale
    thick = marks.area / np.maximum(tall, 0.1)
    found = (tall >= max(_TALL, 0.9 * high)) & (wide <= 0.25 * tall) & (thick <= _THIN)
    found[0] = False
    return np.asarray(found, dtype=np.bool_)


def _left_over(stats: npt.NDArray[np.int32], inside: Mask, page: Ground, window: tuple[slice, slice]) -> Mask:
    """Return which marks are thin straight pieces of a line that the blank prints close by."""
    wide, high = stats[:, cv2.CC_STAT_WIDTH] / page.scale, stats[:, cv2.CC_STAT_HEIGHT] / page.scale
    level, upright = (high <= _THIN) & (wide >= 2 * _THIN), (wide <= _THIN) & (high >= _LONG)
    found = np.zeros(len(stats), dtype=np.bool_)
    reach = round(_ADRIFT * page.scale)
    near = page.spread[window]
    for at in np.flatnonzero((level | upright) & inside):
        x, y, across, down = stats[at, :4]
        dy, dx = reach * int(level[at]), reach * int(upright[at])
        part = near[max(y - dy, 0) : y + down + dy, max(x - dx, 0) : x + across + dx]
        met = part.any(axis=0) if level[at] else part.any(axis=1)
        found[at] = met.mean() > _ALONG
    return found


def _without_print(page: Ground, rows: slice, columns: slice) -> tuple[npt.NDArray[np.uint8], Mask]:
    """Return the ink of a window without the blank's, and where that was taken away.

    Where writing crosses a printed line, the line stays between the strokes on both its sides.
    """
    ink = page.ink[rows, columns]
    dx, dy = _drift(ink, page.printed, rows, columns, page.scale)
    moved = np.array([[1, 0, dx], [0, 1, dy]], dtype=np.float32)
    spread = cv2.warpAffine(page.spread[rows, columns], moved, ink.shape[::-1], flags=cv2.INTER_NEAREST)
    own = cv2.bitwise_and(ink, 1 - np.asarray(spread, dtype=np.uint8))
    reach = 2 * round(SPREAD * page.scale) + 5
    down = cv2.morphologyEx(own, cv2.MORPH_CLOSE, np.ones((reach, 1), np.uint8))
    across = cv2.morphologyEx(own, cv2.MORPH_CLOSE, np.ones((1, reach), np.uint8))
    bridges = cv2.bitwise_and(cv2.bitwise_or(down, across), cv2.bitwise_and(ink, spread))
    return np.asarray(cv2.bitwise_or(own, bridges), dtype=np.uint8), np.asarray((spread > 0) & (bridges == 0))


def _drift(
    ink: npt.NDArray[np.uint8], printed: npt.NDArray[np.uint8], rows: slice, columns: slice, scale: float
) -> tuple[int, int]:
    """Return by how many pixels to the right and down the blank's print lies off in this window."""
    most = 2 * round(_ADRIFT * scale / 2)
    blank = printed[rows, columns]
    if min(ink.shape) <= 4 * most or not blank.any():
        return 0, 0
    inner = _half(blank[most:-most, most:-most])
    met = cv2.matchTemplate(_half(ink), inner, cv2.TM_CCORR)
    best, middle = float(met.max()), most / 2
    if best < 0.3 * float((inner**2).sum()):
        return 0, 0
    ys, xs = np.nonzero(met >= 0.985 * best)
    at = int(np.argmin((ys - middle) ** 2 + (xs - middle) ** 2))
    return 2 * int(xs[at]) - most, 2 * int(ys[at]) - most


def _half(pixels: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
    """Return *pixels* at half the size, which tells a shift as well and costs a sixteenth."""
    size = (pixels.shape[1] // 2, pixels.shape[0] // 2)
    small = cv2.resize(pixels * np.uint8(255), size, interpolation=cv2.INTER_AREA)
    return np.asarray(small, dtype=np.float32) / np.float32(255)


def _beside(stats: npt.NDArray[np.int32], strokes: Mask, scale: float) -> Mask:
    """Return which marks stand within a letter's height of a stroke: dots, accents, commas, hyphens."""
    big = stats[strokes]
    high = float(np.median(big[:, cv2.CC_STAT_HEIGHT]))
    reach = max(0.9 * high, 3 * scale)
    left, top = stats[:, cv2.CC_STAT_LEFT, None], stats[:, cv2.CC_STAT_TOP, None]
    right, low = left + stats[:, cv2.CC_STAT_WIDTH, None], top + stats[:, cv2.CC_STAT_HEIGHT, None]
    across = np.maximum(big[:, 0] - right, left - (big[:, 0] + big[:, 2]))
    down = np.maximum(big[:, 1] - low, top - (big[:, 1] + big[:, 3]))
    return np.asarray(((across < reach) & (down < 0.6 * reach)).any(axis=1), dtype=np.bool_)


def _cut(page: Ground, window: tuple[slice, slice], marks: tuple[Mask, Mask, Mask], high: float) -> Written:
    """Return a window's own writing on white, trimmed.

    *marks* are the pixels of the writing, of other ink and of the blank's own that was taken away. What
    is pale close to the writing belongs to it: thin strokes fall apart where only dark pixels count.
    """
    mine, foreign, gone = marks
    ys, xs = np.flatnonzero(mine.any(axis=1)), np.flatnonzero(mine.any(axis=0))
    top, low = max(int(ys[0]) - 1, 0), min(int(ys[-1]) + 2, mine.shape[0])
    left, right = max(int(xs[0]) - 1, 0), min(int(xs[-1]) + 2, mine.shape[1])
    near = max(round(_GAP * high), 2)
    beside = bool(foreign[top:low, max(left - near, 0) : right + near].any())
    edge = top == 0 or left == 0 or low == mine.shape[0] or right == mine.shape[1]
    halo = 2 * max(round(_HALO * high), 1) + 1
    close = cv2.dilate(mine.astype(np.uint8), np.ones((halo, halo), np.uint8)) > 0
    alien = cv2.dilate(foreign.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    clean = np.where(close & ~alien & ~gone, page.grey[window], 255).astype(np.uint8)
    scale, x, y = page.scale, window[1].start + left, window[0].start + top
    box = Box(x / scale, y / scale, (x + right - left) / scale, (y + low - top) / scale)
    cut = slice(top, low), slice(left, right)
    own, struck = mine[cut], struck_out(mine[cut], high)
    two = stacked(own, high) or inserted(own, high)
    dye = page.dyed(slice(y, y + low - top), slice(x, x + right - left))
    mixed = dye is not None and of_two(own, dye, scale)
    both = dye is not None and mixed and wavers(own, dye, scale)
    odd = {"stacked": two, "mixed": mixed, "wavers": both}
    return Written(clean[cut], own, box, high / scale, beside or edge, struck, **odd)
