"""A JPEG, PNG or TIFF as pages, with Pillow: sizes are checked before a pixel is decoded."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from functools import partial

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from extractors.bounds import Bounds
from extractors.page import Page
from extractors.reading import ocr, scanned
from extractors.reading.raster import Grey, Raster
from extractors.reading.refusal import Refused

FORMATS = ("JPEG", "PNG", "TIFF")
_A4_LONG = 297 / 25.4
_LIKELY_LONG = (4.0, 24.0)
"""Inches of the longer side of papers that people hand in; a stated resolution beyond is not believed."""
_DRAWN = 24_000_000
BROKEN = (OSError, SyntaxError, ValueError, EOFError, TypeError, KeyError, IndexError, OverflowError)


def pages(data: bytes, bounds: Bounds | None = None) -> Iterator[Page]:
    """Give the pages of an image file: one, or one for each frame of a TIFF. Points are pixels * 72 / dpi.

    Raises:
        Refused: `corrupt`, `image-too-large` or `too-many-pages`.
    """
    limits = bounds or Bounds()
    for at in range(_frames(data, limits)):
        page = scanned.page(at + 1, partial(_drawn, data, at, limits), limits.wall_seconds)
        assert page is not None, "only words of a text layer can make a scan superfluous"
        yield page


def _frames(data: bytes, bounds: Bounds) -> int:
    """Return the number of frames."""
    with opened(data, 0, bounds) as image:
        count = int(getattr(image, "n_frames", 1)) if image.format == "TIFF" else 1
    if count > bounds.pages:
        raise Refused("too-many-pages")
    return count


def opened(data: bytes, at: int, bounds: Bounds) -> Image.Image:
    """Open frame *at*, header only, and refuse what would be too large."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(io.BytesIO(data), formats=FORMATS)
            image.seek(at)
    except Image.DecompressionBombError:
        raise Refused("image-too-large") from None
    except (UnidentifiedImageError, *BROKEN):
        raise Refused("corrupt") from None
    if image.width * image.height > bounds.pixels or max(image.size) > bounds.side:
        raise Refused("image-too-large")
    return image


def _drawn(data: bytes, at: int, bounds: Bounds) -> Raster:
    """Return frame *at* in grey, as its EXIF says it is to be held, at a size that OCR likes."""
    with opened(data, at, bounds) as image:
        stated = stated_dpi(image)
        long = max(image.size)
        image.draft("L", (min(image.width, 6000), min(image.height, 6000)))
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                held = in_grey(ImageOps.exif_transpose(image))
        except (Image.DecompressionBombError, *BROKEN):
            raise Refused("corrupt") from None
    dpi = stated * max(held.size) / long
    wanted = min(ocr.DPI / dpi, 3.0, (_DRAWN / (held.width * held.height)) ** 0.5)
    if not 0.8 <= wanted <= 1.25:
        size = (max(round(held.width * wanted), 1), max(round(held.height * wanted), 1))
        held, dpi = held.resize(size, Image.Resampling.LANCZOS), dpi * wanted
    pixels: Grey = np.asarray(held)
    return Raster(grey=pixels, scale=dpi / 72)


def stated_dpi(image: Image.Image) -> float:
    """Return the stated resolution where it makes a likely sheet, else that of an A4."""
    long = max(image.size)
    try:
        stated = float(image.info.get("dpi", (0, 0))[0])
    except (TypeError, ValueError, IndexError, ZeroDivisionError):
        stated = 0.0
    likely = stated > 0 and _LIKELY_LONG[0] <= long / stated <= _LIKELY_LONG[1]
    return stated if likely else long / _A4_LONG


def in_grey(image: Image.Image) -> Image.Image:
    """Return the image in grey of 8 bits; what is transparent is paper."""
    if image.mode.startswith("I") or image.mode == "F":
        values = np.asarray(image).astype(np.float32)
        top = max(float(values.max()), 1.0)
        return Image.fromarray((np.clip(values, 0, None) * (255 / top)).astype(np.uint8))
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        layer = image.convert("RGBA")
        paper = Image.new("RGBA", layer.size, "white")
        return Image.alpha_composite(paper, layer).convert("L")
    return image.convert("L")
