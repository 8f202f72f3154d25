"""A page is drawn as a reader sees it, so that a field's box lies on the field's own ink."""

from __future__ import annotations

import io

import numpy as np
import pikepdf
import pytest
from PIL import Image
from reportlab.pdfgen import canvas

from extractors.bounds import Bounds
from extractors.reading.files import image, pdf
from extractors.reading.files.drawing import drawn
from extractors.reading.refusal import Refused

WORD = "EMPADRONAMIENTO"
SLACK = 2.0
"""Points: letters are a little smaller than their boxes."""


def paper(rotate=0, crop=None):
    """Return a page with one word on it, shown turned and cut as told."""
    out = io.BytesIO()
    sheet = canvas.Canvas(out, pagesize=(595, 842))
    sheet.setFont("Helvetica-Bold", 14)
    sheet.drawString(130, 610, WORD)
    sheet.save()
    changed = io.BytesIO()
    with pikepdf.open(io.BytesIO(out.getvalue())) as opened:
        opened.pages[0].Rotate = rotate
        if crop:
            opened.pages[0].CropBox = pikepdf.Array(crop)
        opened.save(changed)
    return changed.getvalue()


def inked(picture, dpi):
    """Return the rectangle of all that is dark in the picture, in points."""
    grey = np.asarray(Image.open(io.BytesIO(picture.jpeg)).convert("L"))
    rows, columns = np.flatnonzero((grey < 128).any(axis=1)), np.flatnonzero((grey < 128).any(axis=0))
    return tuple(side * 72 / dpi for side in (columns[0], rows[0], columns[-1] + 1, rows[-1] + 1))


def box_of(page):
    """Return the box of all words of a page as the report would give it."""
    boxes = [page.as_filed(word.box) if page.as_filed else word.box for word in page.words]
    return (
        min(b.x0 for b in boxes),
        min(b.y0 for b in boxes),
        max(b.x1 for b in boxes),
        max(b.y1 for b in boxes),
    )


def covers(box, ink):
    """Whether the ink lies in the box, and fills most of it along the line."""
    inside = all(
        (
            box[0] - SLACK <= ink[0],
            box[1] - SLACK <= ink[1],
            ink[2] <= box[2] + SLACK,
            ink[3] <= box[3] + SLACK,
        )
    )
    sides = max(box[2] - box[0], box[3] - box[1]), max(ink[2] - ink[0], ink[3] - ink[1])
    return inside and sides[1] > 0.9 * sides[0]


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", [None, [100, 500, 500, 800]], ids=["whole", "cut"])
@pytest.mark.parametrize("dpi", [150, 220])
def test_the_box_of_a_word_lies_on_its_ink(rotate, crop, dpi):
    """However the page is turned or cut, and at both sizes."""
    data = paper(rotate, crop)

    picture = drawn(data, 1, dpi, Bounds())

    with pdf.pages(data) as pages:
        assert covers(box_of(pages[0]), inked(picture, dpi))


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photograph_is_drawn_as_the_camera_held_it(orientation):
    """The box of what was read lies on it whatever way the EXIF says that the picture is to be held."""
    sheet = Image.new("RGB", (1240, 1754), "white")
    upright = Image.open(io.BytesIO(drawn(paper(), 1, 150, Bounds()).jpeg))
    sheet.paste(upright.crop((0, 0, 1239, 1753)))
    turns = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # the inverse of each, as Pillow numbers them
    stored = sheet if orientation == 1 else sheet.transpose(Image.Transpose(turns[orientation]))
    exif = Image.Exif()
    exif[0x0112] = orientation
    out = io.BytesIO()
    stored.save(out, "JPEG", dpi=(150, 150), exif=exif, quality=95)

    picture = drawn(out.getvalue(), 1, 150, Bounds())

    (page,) = image.pages(out.getvalue())
    assert (picture.width, picture.height) == pytest.approx((595, 842), abs=1)
    assert covers(box_of(page), inked(picture, 150))


def test_each_frame_of_a_tiff_is_drawn():
    """The second page of a fax is its own picture."""
    out = io.BytesIO()
    black = Image.new("1", (850, 1100), 0)
    Image.new("1", (850, 1100), 1).save(out, "TIFF", dpi=(100, 100), save_all=True, append_images=[black])

    first, second = (drawn(out.getvalue(), page, 150, Bounds()) for page in (1, 2))

    assert np.asarray(Image.open(io.BytesIO(first.jpeg))).mean() > 250
    assert np.asarray(Image.open(io.BytesIO(second.jpeg))).mean() < 5


def filled():
    """Return an empty page with a filled field whose look the file does not bring."""
    out = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page(page_size=(595, 842))
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        field = made.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot,
                Subtype=pikepdf.Name.Widget,
                FT=pikepdf.Name.Tx,
                T="a",
                V="CEUTA",
                DA="/Helv 12 Tf 0 g",
                Rect=[100, 600, 300, 620],
                F=4,
            )
        )
        fonts = pikepdf.Dictionary(Font=pikepdf.Dictionary(Helv=font))
        made.pages[0].Annots = pikepdf.Array([field])
        made.Root.AcroForm = pikepdf.Dictionary(Fields=[field], DR=fonts, NeedAppearances=True)
        made.save(out)
    return out.getvalue()


def test_what_was_filled_into_a_form_is_drawn():
    """The value is seen where the field is."""
    left, top, right, bottom = inked(drawn(filled(), 1, 150, Bounds()), 150)

    assert 99 < left < right < 301
    assert 221 < top < bottom < 243


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16", "F"])
def test_every_sort_of_picture_is_drawn_on_white_paper(mode):
    """Whatever pixels a scanner writes: dark on light stays dark on light, what is clear is paper."""
    grey = Image.new("L", (400, 400), 255)
    grey.paste(0, (100, 100, 200, 200))
    made = grey.point(lambda v: v * 257, "I").convert("I;16") if mode == "I;16" else grey.convert(mode)
    out = io.BytesIO()
    made.save(out, "TIFF", dpi=(100, 100))

    shown = Image.open(io.BytesIO(drawn(out.getvalue(), 1, 100, Bounds()).jpeg)).convert("L")

    size = shown.size[0]
    assert shown.getpixel((size * 3 // 8, size * 3 // 8)) < 40
    assert shown.getpixel((size * 7 // 8, size * 7 // 8)) > 215


@pytest.mark.parametrize(
    ("data", "page", "code"),
    [
        (b"", 1, "corrupt"),
        (b"%PDF-1.7\nnothing", 1, "corrupt"),
        (b"\x89PNG\r\n\x1a\nnothing", 1, "corrupt"),
        (paper(), 0, "corrupt"),
        (paper(), 2, "corrupt"),
    ],
)
def test_what_cannot_be_drawn_is_refused(data, page, code):
    """No page of that number, or no paper at all."""
    with pytest.raises(Refused) as refused:
        drawn(data, page, 150, Bounds())

    assert refused.value.code == code


def test_a_locked_paper_is_refused():
    """No password is tried but the empty one."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(paper())) as opened:
        opened.save(out, encryption=pikepdf.Encryption(owner="o", user="u"))

    with pytest.raises(Refused, match="encrypted"):
        drawn(out.getvalue(), 1, 150, Bounds())


def test_a_damaged_paper_is_drawn_from_the_repaired_copy():
    """What was read from a mended copy is seen from it too."""
    whole = paper()
    broken = whole[: whole.rindex(b"startxref")] + b"startxref\n9\n%%EOF\n"

    picture = drawn(broken, 1, 150, Bounds(), mended=True)

    assert covers((130, 215, 275, 240), inked(picture, 150))


def test_a_huge_sheet_is_drawn_smaller():
    """A plan of twenty metres is no reason to fill the memory; its size in points stays true."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(paper())) as opened:
        opened.pages[0].MediaBox = pikepdf.Array([0, 0, 14400, 14400])
        opened.save(out)

    picture = drawn(out.getvalue(), 1, 220, Bounds())

    assert (picture.width, picture.height) == (14400, 14400)
    assert max(Image.open(io.BytesIO(picture.jpeg)).size) <= 8000
