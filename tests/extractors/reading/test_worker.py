"""What a reader answers when a library gives up, so that the file gets the code that fits."""

import cv2
import pytest

from extractors.reading.apart import worker
from extractors.reading.apart.worker import Asked


def failing(code):
    """Return work that ends with OpenCV's error of a number."""

    def done(_asked):
        error = cv2.error("no")
        error.code = code
        raise error

    return done


def test_memory_that_opencv_does_not_get_is_the_code_of_memory():
    """It raises an error of its own, far below the share of memory from which a crash is put down to it."""
    asked = Asked(0, {"task": "read"})
    assert worker._answer(asked, failing(cv2.Error.StsNoMem))["reading"]["code"] == "memory"
    assert worker._answer(Asked(0, {"task": "draw"}), failing(cv2.Error.StsNoMem)) == {"refused": "memory"}


def test_another_error_of_opencv_is_not_put_down_to_memory():
    """The reader ends by it, and its parent gives the code."""
    with pytest.raises(cv2.error):
        worker._answer(Asked(0, {"task": "read"}), failing(cv2.Error.StsBadArg))
