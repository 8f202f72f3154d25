"""A known form printed with taller rows: it is no sheet that we know, and reads as one."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from extractors.kinds import kinds
from extractors.reading.files.pdf import pages
from extractors.reading.raster import Raster
from tests.extractors.forms.typed import PRINTED, SAYS


def _stretched(page, cuts):
    """The page with what is below each height of *cuts* moved down: words, form fields and picture."""

    def down(y):
        return sum(by for height, by in cuts if y >= height)

    def move(thing):
        by = down(thing.box.middle[1])
        return thing._replace(box=thing.box._replace(y0=thing.box.y0 + by, y1=thing.box.y1 + by))

    picture = page.picture()
    grey, scale = np.full_like(picture.grey, 255), picture.scale
    edges = [0.0, *(height for height, _ in cuts), page.height]
    for top, bottom in pairwise(edges):
        first, by = round(top * scale), round(down(top) * scale)
        last = min(round(bottom * scale), grey.shape[0] - by)
        grey[first + by : last + by] = picture.grey[first:last]
    drawn = Raster(grey=grey, scale=scale)
    words, widgets = tuple(map(move, page.words)), tuple(map(move, page.widgets))
    return replace(page, words=words, widgets=widgets, picture=lambda: drawn)


@pytest.mark.parametrize("make", ["typed", "printed"])
def test_an_edition_with_taller_rows_is_read_as_the_known_one(fill, make):
    """Sections moved by some millimetres: what stands in place is read by the blank, the rest by labels."""
    values = PRINTED | {"request_type": "alta", "applicant.id_type": "foreigner_card"}
    values |= {"payment.method": "direct_debit", "applicant.birth_date": "03/04/1980"}
    values |= {"signature.applicant_date": "02/03/2026", "account.iban": "ES9121000418450200051332"}
    sheets = pages(getattr(fill, make)("ce_application_es", values))
    moved = [_stretched(page, [(290, 14), (445, -6), (562, 10)]) for page in sheets]
    said = kinds()["ce_application"].read(moved)
    assert {name: said[name].value for name in SAYS} == SAYS
    assert min(said[name].confidence for name in SAYS) >= 0.9
