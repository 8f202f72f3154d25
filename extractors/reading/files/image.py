"""A JPEG, PNG or TIFF as pages, with Pillow: sizes are checked before a pixel is decoded."""

from __future__ import annotations

import io
import math
import struct
import warnings
from collections.abc import Callable, Iterator
from functools import lru_cache, partial

import numpy as np
from PIL import Image, UnidentifiedImageError

from extractors.bounds import Bounds
from extractors.page import Page
from extractors.reading.files import scanned
from extractors.reading.paper import sized
from extractors.reading.raster import Raster, inches
from extractors.reading.refusal import Refused

FORMATS = ("JPEG", "PNG", "TIFF")
_LONGEST = 6000
"""Pixels a side to which a JPEG is decoded; a larger one is halved as it is read."""
_KEPT = 2
"""Pictures of frames that are kept: several readers ask for the same one."""
_OBLONG = 2.5
"""Times as high as wide that a pixel may be; a fax of 204 by 98 lines an inch has 2.1."""
_ORIENTATION = 0x0112
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""How a picture is to be held by its EXIF orientation (CIPA DC-008, 4.6.4)."""
_ON_ITS_SIDE = frozenset({TURNS[5], TURNS[6], TURNS[7], TURNS[8]})
BROKEN = (
    OSError, SyntaxError, ValueError, EOFError, TypeError, KeyError, IndexError, OverflowError, struct.error,
)  # fmt: skip
LOST = "corrupt"
"""Why a page of a TIFF cannot be read whose bytes are cut or damaged, while others of the file are whole."""
_NOTHING = Raster(grey=np.full((842, 595), 255, np.uint8), scale=1.0)
"""What a page shows that is lost: an empty A4."""


def pages(data: bytes, bounds: Bounds | None = None) -> Iterator[Page]:
    """Give the pages of an image file: one, or one for each frame of a TIFF. Points are pixels * 72 / dpi.

    A frame that is cut or damaged, as the last one of a TIFF that was not sent to its end, is a page that
    says so (`LOST`), where at least one other is whole.

    Raises:
        Refused: `corrupt`, `image-too-large` or `too-many-pages`.
    """
    limits = bounds or Bounds()
    draw = lru_cache(_KEPT)(partial(_drawn, data, limits))
    whole = False
    for at in range(_frames(data, limits)):
        found = _page(at + 1, partial(draw, at), limits)
        whole |= found.poor != LOST
        yield found
    if not whole:
        raise Refused("corrupt")


def _page(number: int, draw: Callable[[], Raster], bounds: Bounds) -> Page:
    """Return page *number*, or what stands for it where its bytes are broken."""
    try:
        found = scanned.page(number, draw, bounds.wall_seconds)
    except Refused as refused:
        if refused.code != LOST:
            raise
        return _lost(number)
    assert found is not None, "only words of a text layer can make a scan superfluous"
    return found


def _lost(number: int) -> Page:
    """Return what stands for a page that the file no longer holds: no words, and why."""
    high, wide = _NOTHING.grey.shape
    return Page(
        number=number, width=wide, height=high, words=(), reader="ocr", picture=lambda: _NOTHING, poor=LOST
    )


def _frames(data: bytes, bounds: Bounds) -> int:
    """Return the number of frames; where the directory breaks off, the one that is missing counts."""
    with opened(data, 0, bounds) as image, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if image.format != "TIFF":
            return 1
        count = 1
        while _goes_on(image, count):
            count += 1
            if count > bounds.pages:
                raise Refused("too-many-pages")
        return count


def _goes_on(image: Image.Image, at: int) -> bool:
    """Whether a TIFF has, or should have, a frame *at*, counted from 0, after the one that is open."""
    if image.tell() < at - 1:
        return False  # the frame before is broken: nothing says whether another follows
    try:
        image.seek(at)
    except EOFError:
        return False
    except BROKEN:
        return True
    return True


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


def _drawn(data: bytes, bounds: Bounds, at: int) -> Raster:
    """Return frame *at* as its EXIF says it is to be held, at a size to be read."""
    with opened(data, at, bounds) as image:
        wide, high = size(image)
        image.draft("RGB", (min(image.width, _LONGEST), min(image.height, _LONGEST)))
        turn = TURNS.get(image.getexif().get(_ORIENTATION, 1))
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                held = on_paper(_bounded(image))
                held = held if turn is None else held.transpose(turn)
        except (Image.DecompressionBombError, *BROKEN):
            raise Refused("corrupt") from None
    pixels = np.asarray(held)
    if pixels.ndim == 3:
        pixels = np.ascontiguousarray(pixels[:, :, ::-1])
    return sized.raster(pixels, (high, wide) if turn in _ON_ITS_SIDE else (wide, high))


def _bounded(image: Image.Image) -> Image.Image:
    """Return an image of very many pixels made smaller by whole steps, before it is turned into colours."""
    times = math.ceil((image.width * image.height / sized.MOST) ** 0.5)
    if times <= 1:
        return image
    if image.mode == "P":
        image = image.convert("RGBA" if "transparency" in image.info else "RGB")
    if image.mode == "1":
        image = image.convert("L")
    if image.mode.startswith("I;16"):
        return Image.fromarray(np.asarray(image)[::times, ::times])  # this library reduces no such pixels
    return image.reduce(times)


def size(image: Image.Image) -> tuple[float, float]:
    """Return breadth and height of the sheet in points, as it lies in the file (before its EXIF turns it).

    The stated resolution counts where it makes a likely sheet, else it is an A4. A fax states two: its
    pixels are not square.
    """
    across, down = _stated(image)
    longest = max(image.width / across, image.height / down) * 72 if across and down else 0.0
    if inches(longest) * 72 != longest:
        across = down = max(image.size) / inches(0.0)
    return image.width * 72 / across, image.height * 72 / down


def _stated(image: Image.Image) -> tuple[float, float]:
    """Return the stated pixels an inch, across and down; 0 where there are none."""
    try:
        across, down = (float(one) for one in image.info.get("dpi", (0, 0)))
    except (TypeError, ValueError, ZeroDivisionError):
        return 0.0, 0.0
    if not (math.isfinite(across) and math.isfinite(down) and across > 0 and down > 0):
        return 0.0, 0.0
    likely = 1 / _OBLONG <= across / down <= _OBLONG
    return across, down if likely else across


def on_paper(picture: Image.Image) -> Image.Image:
    """Return the picture in colour or grey of 8 bits; what is transparent is paper."""
    if picture.mode in {"1", "L"} or picture.mode.startswith("I") or picture.mode == "F":
        return in_grey(picture)
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        layer = picture.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", layer.size, "white"), layer).convert("RGB")
    return picture.convert("RGB")


def in_grey(image: Image.Image) -> Image.Image:
    """Return an image of one channel in grey of 8 bits."""
    if image.mode.startswith("I") or image.mode == "F":
        values = np.asarray(image).astype(np.float32)
        top = max(float(values.max()), 1.0)
        return Image.fromarray((np.clip(values, 0, None) * (255 / top)).astype(np.uint8))
    return image.convert("L")
