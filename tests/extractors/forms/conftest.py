"""Fill the blank forms, as the tests' papers."""

from __future__ import annotations

import io
import json
from pathlib import Path
from types import SimpleNamespace

import pypdf
import pytest
from pypdf.generic import NameObject
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from extractors.kinds import kinds
from extractors.reading.files.pdf import pages

FORMS = Path(__file__).parents[3] / "fixtures" / "forms"
TEMPLATES = Path(__file__).parents[3] / "extractors" / "forms"


def zones(edition):
    """All zones of an edition, each with its page."""
    made = json.loads((TEMPLATES / f"{edition}.json").read_text("utf-8"))
    return [zone | {"page": at} for at, sheet in enumerate(made["sheets"]) for zone in sheet["zones"]]


def blank(edition):
    """The bytes of a blank."""
    return (FORMS / f"{edition}.pdf").read_bytes()


def typed(edition, values):
    """The blank with AcroForm values by canonical name, `None` parts left out."""
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(blank(edition))))
    for zone in zones(edition):
        wanted = _wanted(zone, values)
        if wanted is None:
            continue
        page = writer.pages[zone["page"]]
        if zone["kind"] in {"check", "radio"}:
            _press(page, zone)
        else:
            writer.update_page_form_field_values(page, {zone["acroform"]: wanted}, auto_regenerate=False)
    return _bytes(writer)


def _press(page, zone):
    """Turn on the one button of a group whose export value the zone names."""
    for reference in page["/Annots"]:
        widget = reference.get_object()
        states = widget.get("/AP", {}).get("/N", {})
        rect = [float(v) for v in widget["/Rect"]]
        here = abs(rect[0] - zone["box"][0]) < 3 and abs(841.89 - rect[3] - zone["box"][1]) < 3
        if here and f"/{zone['export']}" in states:
            widget[NameObject("/AS")] = NameObject(f"/{zone['export']}")
            holder = widget["/Parent"].get_object() if "/Parent" in widget and "/T" not in widget else widget
            holder[NameObject("/V")] = NameObject(f"/{zone['export']}")


def _wanted(zone, values):
    """The text to write in a zone, None for nothing."""
    value = values.get(zone["name"])
    if value in (None, False):
        return None
    if zone["kind"] in {"check", "radio"}:
        chosen = value if isinstance(value, list) else [value]
        return "on" if zone["value"] in {str(one).lower() for one in chosen} else None
    parts = {"d": 0, "m": 1, "y": 2}
    if zone.get("part") in parts:
        return value.split("/")[parts[zone["part"]]]
    if zone.get("part") == "ddmmyyyy":
        return value.replace("/", "")
    return str(value)


def _bytes(writer):
    """The written file."""
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def printed(
    edition,
    values,
    *,
    signed=(),
    scale=1.0,
    shift=(0.0, 0.0),
    size=(595.28, 841.89),
    tick="X",
    font="Helvetica",
):
    """The blank without its form, values drawn on the page, then scaled, shifted and put on another size."""
    pages = pypdf.PdfReader(io.BytesIO(blank(edition))).pages
    out = pypdf.PdfWriter()
    for at, page in enumerate(pages):
        ink = _ink([z for z in zones(edition) if z["page"] == at], values, signed, tick, font)
        base = pypdf.PageObject.create_blank_page(width=size[0], height=size[1])
        move = pypdf.Transformation().scale(scale).translate(*shift)
        base.merge_transformed_page(page, move)
        base.merge_transformed_page(ink, move)
        base.pop("/Annots", None)
        out.add_page(base)
    return _bytes(out)


def _ink(here, values, signed, tick, font):
    """A transparent page with the values drawn where the zones are."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595.28, 841.89))
    for zone in here:
        if zone["name"] in signed:
            sign(canvas, zone["box"])
            continue
        wanted = _wanted(zone, values)
        if wanted is not None:
            _draw(canvas, zone, wanted, tick, font)
    canvas.showPage()
    canvas.save()
    return pypdf.PdfReader(buffer).pages[0]


def _draw(canvas, zone, wanted, tick, font):
    """Write one value in its box."""
    x0, y0, x1, y1 = zone["box"]
    base = 841.89 - y1 + (y1 - y0) * 0.3
    if zone["kind"] in {"check", "radio"}:
        _tick(canvas, zone["box"], tick)
        return
    canvas.setFont(font, 9)
    if zone["kind"] == "comb":
        cells = {"postal_code": 5, "mobile": 9, "iban": 24, "birth_date": 8}[zone["name"].rsplit(".", 1)[-1]]
        for at, letter in enumerate(wanted):
            canvas.drawCentredString(x0 + (at + 0.5) * (x1 - x0) / cells, base, letter)
        return
    size = 9.0
    while size > 5 and pdfmetrics.stringWidth(wanted, font, size) > x1 - x0 - 4:
        size -= 0.5
    canvas.setFont(font, size)
    canvas.drawString(x0 + 2, base, wanted)


def _tick(canvas, box, tick):
    """Tick a box with a sign, or with two strokes."""
    x0, y0, x1, y1 = box
    if tick == "strokes":
        canvas.setLineWidth(1)
        canvas.line(x0 + 1.5, 841.89 - y0 - 1.5, x1 - 1.5, 841.89 - y1 + 1.5)
        canvas.line(x1 - 1.5, 841.89 - y0 - 1.5, x0 + 1.5, 841.89 - y1 + 1.5)
        return
    canvas.setFont("ZapfDingbats" if tick in {"4", "8"} else "Helvetica-Bold", 8)
    canvas.drawCentredString((x0 + x1) / 2, 841.89 - y1 + 2.2, tick)


def sign(canvas, box):
    """A signature: a few strokes of a pen."""
    x0, y0, x1, y1 = box
    left, low, wide, high = (
        x0 + 0.2 * (x1 - x0),
        841.89 - y1 + 0.2 * (y1 - y0),
        0.5 * (x1 - x0),
        0.5 * (y1 - y0),
    )
    canvas.setLineWidth(1.4)
    path = canvas.beginPath()
    path.moveTo(left, low)
    for step in range(1, 9):
        path.lineTo(left + wide * step / 8, low + high * (step % 2) * (1 - step / 12))
    canvas.drawPath(path)


@pytest.fixture(scope="session")
def fill():
    """How to fill the blanks: `fill.typed`, `fill.printed`, `fill.blank`, `fill.drawn`."""
    return SimpleNamespace(typed=typed, printed=printed, blank=blank, zones=zones, drawn=drawn, sign=sign)


@pytest.fixture(scope="session")
def read():
    """Read the bytes of a form of some kind."""

    def reading(kind, data):
        return kinds()[kind].read(list(pages(data)))

    return reading


def drawn(draw, size=(595.28, 841.89)):
    """A page that *draw* draws on a canvas; heights are measured from the top by the drawer itself."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=size)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()
