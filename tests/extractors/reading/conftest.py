"""Papers made on the spot: nothing here was ever a real person's."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Sequence

import pikepdf
import pytest
from PIL import Image
from reportlab.pdfgen import canvas

from extractors.reading.files import pdf

PROSE = (
    "AYUNTAMIENTO DE CEUTA",
    "CERTIFICADO DE EMPADRONAMIENTO",
    "El secretario general del Ayuntamiento certifica que la persona que se indica",
    "figura inscrita en el padrón municipal de habitantes desde el 3 de abril de 2019",
    "en la calle Real, número 25, piso segundo, puerta B, de esta ciudad autónoma.",
    "Y para que conste expido el presente en Ceuta a dos de marzo de dos mil veintiséis.",
)


def typed(lines: Sequence[str] = PROSE, *, draw: Callable[[canvas.Canvas], None] | None = None) -> bytes:
    """Return an A4 page with *lines* from (60, 760) down, 24 points apart, then whatever *draw* adds."""
    out = io.BytesIO()
    sheet = canvas.Canvas(out, pagesize=(595, 842))
    sheet.setFont("Helvetica", 12)
    for row, line in enumerate(lines):
        sheet.drawString(60, 760 - 24 * row, line)
    if draw is not None:
        draw(sheet)
    sheet.showPage()
    sheet.save()
    return out.getvalue()


def changed(data: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    """Return the PDF after *change*."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as opened:
        change(opened)
        opened.save(out)
    return out.getvalue()


def raw(objects: Sequence[bytes]) -> bytes:
    """Return a PDF of these objects, the first of which is the catalogue."""
    out, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(out))
    return out + head + table + tail


def drawn(content: bytes, resources: bytes = b"<<>>", *more: bytes) -> bytes:
    """Return a one-page PDF with this content stream, packed; objects of *more* count from 5."""
    packed = zlib.compress(content, 1)
    return raw(
        (
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources %b>>" % resources,
            b"<</Filter/FlateDecode/Length %d>>stream\n%b\nendstream" % (len(packed), packed),
            *more,
        )
    )


def self_recursive() -> bytes:
    """Return a few hundred bytes that draw a form that draws itself three times."""
    inner = b"/F Do /F Do /F Do"
    itself = b"<</XObject<</F 5 0 R>>>>"
    form = b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources%b/Length %d>>stream\n%b\nendstream"
    return drawn(b"/F Do", itself, form % (itself, len(inner), inner))


def endless_lines(thousands: int) -> bytes:
    """Return a page with so many thousand strokes across it."""
    return drawn(b"".join(b"%d 0 m 595 %d l S\n" % (n % 595, n % 842) for n in range(1000)) * thousands)


def pictured(data: bytes, dpi: int = 200) -> Image.Image:
    """Return the first page of a PDF as a grey picture."""
    with pdf.pages(data) as pages:
        return Image.fromarray(pages._draw(0, 0, dpi).grey)


def saved(image: Image.Image, form: str = "JPEG", **options: object) -> bytes:
    """Return the picture as a file, 200 pixels an inch unless told."""
    out = io.BytesIO()
    image.save(out, form, **{"dpi": (200, 200), **options})
    return out.getvalue()


@pytest.fixture(scope="session")
def paper():
    """Makers of papers."""

    class Makers:
        prose = PROSE
        typed = staticmethod(typed)
        changed = staticmethod(changed)
        raw = staticmethod(raw)
        drawn = staticmethod(drawn)
        self_recursive = staticmethod(self_recursive)
        endless_lines = staticmethod(endless_lines)
        pictured = staticmethod(pictured)
        saved = staticmethod(saved)

    return Makers
