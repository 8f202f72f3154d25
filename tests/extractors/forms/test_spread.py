"""Two papers on one sheet, as two pages of a booklet or two prints on one side: none of them is lost."""

from __future__ import annotations

import io

import numpy as np
import pypdfium2 as pdfium
import pytest
from PIL import Image

from extractors.bounds import Bounds
from extractors.lines import Box, Word
from extractors.page import BESIDE, Page
from extractors.reader import read_file
from extractors.reading.files import spread
from extractors.reading.raster import Raster

PRINT = np.full((842, 600), 250, np.uint8)
for row in range(60, 780, 20):
    for column in range(60, 520, 12):
        PRINT[row : row + 9, column : column + 6] = 20
BARE = np.full((842, 600), 250, np.uint8)
TABLE = (PRINT * 0.4).astype(np.uint8)


def beside(number, draw):
    """Read a part of a picture as a page of thirty words."""
    words = tuple(Word(f"palabra{n}", Box(20, 20 * n, 90, 20 * n + 9), 0.8) for n in range(30))
    high, wide = draw().grey.shape
    return Page(number=number, width=wide, height=high, words=words, reader="ocr", picture=draw)


def found_on(left, right, at=0.0):
    """Return the papers on a picture of two halves, of which the one that begins at point *at* was found."""
    whole = Raster(grey=np.hstack([left, right]), scale=1.0)

    def back(box):
        return Box(box.x0 + at, box.y0, box.x1 + at, box.y1)

    one = Page(
        number=3, width=600, height=842, words=(), reader="ocr", picture=lambda: whole, as_filed=back,
        filed=(1200, 842),
    )  # fmt: skip
    return spread.together(one, lambda: whole, beside)


@pytest.mark.parametrize(("at", "numbers"), [(0.0, [3, 3 + BESIDE]), (600.0, [3 + BESIDE, 3])])
def test_print_beside_a_page_is_a_paper_of_its_own_in_the_order_of_reading(at, numbers):
    """Both say that they lie on page 3 of the file, and each knows where."""
    both = found_on(PRINT, PRINT, at)
    assert [(page.number, page.in_file) for page in both] == [(number, 3) for number in numbers]
    assert [page.as_filed(Box(0, 0, 10, 10)).x0 for page in both] == [0.0, 600.0]


@pytest.mark.parametrize("rest", [BARE, TABLE, PRINT[:, :300]])
def test_a_table_bare_paper_and_the_half_of_a_page_are_no_paper(rest):
    """Nothing is read of what is dark, or empty, or too narrow for a page."""
    assert len(found_on(PRINT, rest)) == 1


@pytest.fixture(scope="module")
def side_by_side(fill):
    """Both pages of a form on one side of an A3, scanned at 150 dpi."""
    values = {
        "applicant.first_surname": "Serrano",
        "applicant.given_name": "Marta",
        "account.given_name": "Lucas",
    }
    file = pdfium.PdfDocument(fill.printed("ce_application_es", values))
    pages = [file[at].render(scale=150 / 72, grayscale=True).to_pil() for at in (0, 1)]
    sheet = Image.new("L", (sum(page.width for page in pages), pages[0].height), 255)
    sheet.paste(pages[0], (0, 0))
    sheet.paste(pages[1], (pages[0].width, 0))
    out = io.BytesIO()
    sheet.save(out, "PNG", dpi=(150, 150))
    return read_file(out.getvalue(), "a.png", Bounds())


def test_both_pages_of_a_form_on_one_sheet_are_one_paper(side_by_side):
    """It lies on page 1, no page of it is missing, and a value of its second page is read where it stands."""
    (paper,) = side_by_side.documents
    assert (paper.kind, paper.pages, paper.flags) == ("ce_application", (1,), ())
    assert paper.fields["applicant.first_surname"].value == "Serrano"
    assert paper.fields["account.given_name"].value == "Lucas"
    assert (paper.fields["account.given_name"].page, paper.fields["account.given_name"].box.x0 > 595) == (
        1,
        True,
    )
