"""A page as pixels, drawn when it is first asked for: grey to read, and where ink of a colour lies."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from extractors.lines import Box

Grey = npt.NDArray[np.uint8]


_FEW = 61
"""Rows and columns of which one tells two pages apart, nearly always."""


class Pixels:
    """Pixels as an argument of what is remembered: those made anew are the same where each of them is."""

    def __init__(self, plane: Grey) -> None:
        """Take the rows, which nobody changes from now on."""
        self.plane = plane

    def __hash__(self) -> int:
        """Return what those that are the same have in common: pages of one size differ in some pixel."""
        return hash((self.plane.shape, self.plane[::_FEW, ::_FEW].tobytes()))

    def __eq__(self, other: object) -> bool:
        """Whether every pixel is the same."""
        if not isinstance(other, Pixels):
            return False
        return self.plane is other.plane or np.array_equal(self.plane, other.plane)


@dataclass(frozen=True, slots=True, kw_only=True)
class Raster:
    """Rows of grey pixels, 0 black to 255 white; `scale` is pixels per point.

    `dye` has the shape of `grey` and says how much lighter a pixel is without its coloured ink (stamps,
    seals, blue pens): 0 where ink is black or there is none, None where the whole page has no colour.
    Black print under a stamp keeps its darkness.
    """

    grey: Grey
    scale: float
    dye: Grey | None = None
    enlarged: float = 1.0
    """How many times larger the page was made than it came; soft edges of such a page say nothing."""
    bilevel: bool = False
    """Whether it came in black and white alone, as a fax: a stroke that was lost left no grey behind."""
    look: npt.NDArray[np.uint8] | None = None
    """The page small and in colour (rows of blue, green, red), of a picture as it came that has colours."""

    @property
    def dpi(self) -> float:
        """Pixels an inch, the sheet being of the size that it says, or an A4 where that is no paper's."""
        longest = float(max(self.grey.shape))
        return longest / inches(longest / self.scale)

    def cut(self, box: Box) -> Grey:
        """Return the pixels inside *box*, which may be none."""
        return self.grey[self.inside(box)]

    def colour(self, box: Box) -> float:
        """Share of pixels inside *box* with coloured ink, 0 to 1."""
        part = self.dye[self.inside(box)] if self.dye is not None else None
        return float(np.mean(part >= DYED)) if part is not None and part.size else 0.0

    def without_dye(self, box: Box) -> Grey:
        """Return the pixels inside *box* with all coloured ink taken out: only black ink stays.

        A value written in blue vanishes from it: ask for both, `cut` and this, and take what was found
        here only where black ink was found at all.
        """
        part = self.cut(box)
        if self.dye is None:
            return part
        lighter: Grey = np.minimum(part.astype(np.uint16) + self.dye[self.inside(box)], 255).astype(np.uint8)
        return lighter

    def ink(self, box: Box) -> float:
        """Share of dark pixels inside *box*, 0 to 1; 0 where the box is off the page."""
        part = self.cut(box)
        return float(np.mean(part < 128)) if part.size else 0.0

    def inside(self, box: Box) -> tuple[slice, slice]:
        """Return the rows and columns of *box*."""
        rows, columns = self.grey.shape
        x0, x1 = (min(max(round(x * self.scale), 0), columns) for x in (box.x0, box.x1))
        y0, y1 = (min(max(round(y * self.scale), 0), rows) for y in (box.y0, box.y1))
        return slice(y0, y1), slice(x0, x1)


DYED = 48
"""Lightening by its dye from which a pixel counts as coloured ink; JPEG's own fringes stay below 40."""
TINGED = DYED // 2
"""The same where what is coloured is looked for by its shape, not pixel by pixel: dry ink and its edges are
paler."""


_A4_LONG = 297 / 25.4
"""Inches of the longer side of an A4."""
_LIKELY_LONG = (4.0, 24.0)
"""Inches of the longer side of papers that people hand in; what is stated beyond is not believed."""


def inches(points: float) -> float:
    """Return the inches of a sheet whose longer side is said to have so many *points*.

    A scan that states a wrong resolution, or none, would be a poster or a stamp; it is taken for an A4.
    """
    stated = points / 72
    return stated if _LIKELY_LONG[0] <= stated <= _LIKELY_LONG[1] else _A4_LONG


def scale_for(width: float, height: float, dpi: float, pixels: int, side: int) -> float:
    """Return pixels per point for *dpi*, or less where the page would pass the caps on pixels or side."""
    area, longest = max(width * height, 1.0), max(width, height, 1.0)
    return float(min(dpi / 72, (pixels / area) ** 0.5, side / longest))
