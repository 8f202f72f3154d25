"""A page as grey pixels, drawn when it is first asked for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from extractors.page import Box

Grey = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True, kw_only=True)
class Raster:
    """Rows of grey pixels, 0 black to 255 white; `scale` is pixels per point."""

    grey: Grey
    scale: float

    def cut(self, box: Box) -> Grey:
        """Return the pixels inside *box*, which may be none."""
        rows, columns = self.grey.shape
        x0, x1 = (min(max(round(x * self.scale), 0), columns) for x in (box.x0, box.x1))
        y0, y1 = (min(max(round(y * self.scale), 0), rows) for y in (box.y0, box.y1))
        return self.grey[y0:y1, x0:x1]

    def ink(self, box: Box) -> float:
        """Share of dark pixels inside *box*, 0 to 1; 0 where the box is off the page."""
        part = self.cut(box)
        return float(np.mean(part < 128)) if part.size else 0.0


def scale_for(width: float, height: float, dpi: float, pixels: int, side: int) -> float:
    """Return pixels per point for *dpi*, or less where the page would pass the caps on pixels or side."""
    area, longest = max(width * height, 1.0), max(width, height, 1.0)
    return float(min(dpi / 72, (pixels / area) ** 0.5, side / longest))
