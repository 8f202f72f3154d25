"""A page as people look at it: a JPEG in colour, upright as a viewer shows it, with its size in points.

Boxes of fields are in points from the top left of this very picture (docs/contract: `box`): times
`dpi / 72` they are places on it.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import closing

import pypdfium2 as pdfium
from PIL import Image

from extractors.bounds import Bounds
from extractors.reading.files import copies, image, pdf
from extractors.reading.files.drawn import Drawn
from extractors.reading.layer.content import content
from extractors.reading.layer.frame import frame
from extractors.reading.layer.pdfium import c
from extractors.reading.raster import scale_for
from extractors.reading.refusal import Refused

_LARGEST = 16_000_000
"""Pixels of a picture for a screen: A3 at 220 dpi has 9 million."""
_LONGEST = 8_000
_QUALITY = 75
_HEAD = 1024
_ORIENTATION = 0x0112
_IMAGES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+")


def drawn(data: bytes, page: int, dpi: int, bounds: Bounds, *, mended: bool = False) -> Drawn:
    """Return page *page* (from 1) of a file at *dpi*, less where it would be too large for a screen.

    *mended*: the file was read from a copy that was repaired, and is drawn from that too.

    Raises:
        Refused: It cannot be opened, has no such page, or would fill the memory.
    """
    try:
        if data.startswith(_IMAGES):
            return _of_image(data, page, dpi, bounds)
        return _of_pdf(data, page, dpi, bounds, mended=mended)
    except (Refused, MemoryError):
        raise
    except Exception:  # noqa: BLE001 - any library may raise anything on a hostile file
        raise Refused("corrupt") from None


def _of_pdf(data: bytes, page: int, dpi: int, bounds: Bounds, *, mended: bool) -> Drawn:
    """Return a page of the first copy of the PDF that can be drawn."""
    refusals: list[Refused] = []
    for copy in _copies(data, mended=mended):
        try:
            with closing(pdf.opened(copy)) as file:
                return _of_page(file, page, dpi, bounds)
        except Refused as refused:
            refusals.append(refused)
        except pdfium.PdfiumError:
            refusals.append(Refused("corrupt"))
    raise refusals[0] if refusals else Refused("corrupt")


def _copies(data: bytes, *, mended: bool) -> Iterator[bytes]:
    """Yield the PDF from its first line on, then what can be made of it; only that if it was *mended*."""
    start = max(data[:_HEAD].find(b"%PDF-"), 0)
    if not mended:
        yield data[start:]
    yield from (copy.data for copy in copies.copies(data[start:]))


def _of_page(file: pdfium.PdfDocument, number: int, dpi: int, bounds: Bounds) -> Drawn:
    """Return a page of an open PDF, what is filled into its form on it."""
    if not 1 <= number <= min(len(file), bounds.pages):
        raise Refused("corrupt")
    if c.FPDF_GetFormType(file.raw) != c.FORMTYPE_NONE:
        file.init_forms()
    page = file[number - 1]
    try:
        for one in content(page, frame(page)).images:
            if one.columns * one.rows > bounds.pixels or max(one[1:]) > bounds.side:
                raise Refused("image-too-large")
        width, height = page.get_size()
        scale = scale_for(width, height, dpi, _LARGEST, _LONGEST)
        return Drawn(_jpeg(page.render(scale=scale, rev_byteorder=True).to_pil()), width, height)
    finally:
        page.close()


def _of_image(data: bytes, page: int, dpi: int, bounds: Bounds) -> Drawn:
    """Return a frame of an image file, as its EXIF says it is to be held."""
    if not 1 <= page <= bounds.pages:
        raise Refused("corrupt")
    with image.opened(data, page - 1, bounds) as frame_:
        width, height = image.size(frame_)
        scale = scale_for(width, height, dpi, _LARGEST, _LONGEST)
        wanted = (max(round(width * scale), 1), max(round(height * scale), 1))
        turn = image.TURNS.get(frame_.getexif().get(_ORIENTATION, 1))
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                frame_.draft("RGB", wanted)
                small = image.on_paper(frame_).resize(wanted, Image.Resampling.BICUBIC, reducing_gap=2.0)
        except (Image.DecompressionBombError, *image.BROKEN):
            raise Refused("corrupt") from None
    held = small if turn is None else small.transpose(turn)
    return Drawn(_jpeg(held), *((width, height) if held.size == small.size else (height, width)))


def _jpeg(picture: Image.Image) -> bytes:
    """Return the picture as a JPEG, with nothing of what the paper's own file said about itself."""
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()
