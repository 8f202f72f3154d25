import cv2
import numpy as np
import pytest

from extractors.reading.words.engine import Ask, InProcess, Program


def _negative():
    """A line of print, white on black."""
    line = np.full((70, 420), 255, np.uint8)
    cv2.putText(line, "REGISTRO 2026", (15, 48), cv2.FONT_HERSHEY_SIMPLEX, 1.2, 0, 3)
    return 255 - line


@pytest.mark.parametrize("engine", [InProcess, Program])
def test_a_negative_is_read_only_where_the_ink_is_not_known_to_be_dark(engine):
    """Both ways of calling Tesseract are told."""
    dark, any_ink = (
        engine().words(_negative(), 300, Ask("line", dark=known), 5.0) for known in (True, False)
    )
    assert "2026" in " ".join(word.text for word in any_ink)
    assert "2026" not in " ".join(word.text for word in dark)
