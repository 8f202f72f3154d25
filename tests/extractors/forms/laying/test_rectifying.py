"""Pictures drawn on a sheet."""

import numpy as np
import pytest

from extractors.forms.laying.bending import Lie, flat
from extractors.forms.laying.rectifying import drawn
from extractors.forms.template import forms, sheets

_SCALE = 2.0


@pytest.mark.parametrize("row", [5, 255, 256, 511, 1500])
def test_dye_is_drawn_wherever_a_speck_of_it_lies(row: int) -> None:
    """Stretches of a sheet without any are not drawn; at their ends none of it is lost."""
    sheet = sheets(min(forms()))[0]
    lie = Lie(matrix=np.array([[2.0, 0.02, 3.4], [-0.02, 2.0, 7.6], [0.0, 0.0, 1.0]]), bend=flat(sheet))
    dye = np.zeros((1720, 1240), np.uint8)
    dye[row, 600] = 200
    whole = 255 - drawn(255 - dye, lie, sheet, _SCALE)
    found = drawn(dye, lie, sheet, _SCALE, paper=0)
    assert whole.any()
    assert np.abs(found.astype(int) - whole).max() <= 1
