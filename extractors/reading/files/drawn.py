"""A drawn page as it crosses from the child that draws: its picture and its size, in bounds."""

from __future__ import annotations

import base64
import binascii
import math
from collections.abc import Mapping
from typing import Any, NamedTuple

MOST_BYTES = 12 << 20
_JPEG = b"\xff\xd8\xff"
_LONGEST_SIDE = 40_000.0
"""Points; a sheet of 14 metres is none."""


class Drawn(NamedTuple):
    """A JPEG and the size of the page in points, as a reader sees it."""

    jpeg: bytes
    width: float
    height: float


def packed(one: Drawn) -> dict[str, Any]:
    """Return a page as JSON values."""
    return {"jpeg": base64.b64encode(one.jpeg).decode(), "size": [one.width, one.height]}


def unpacked(data: Mapping[str, Any]) -> Drawn:
    """Return the page that `packed` made *data* from.

    Raises:
        KeyError, TypeError, ValueError: *data* is no page of ours.
    """
    try:
        jpeg = base64.b64decode(data["jpeg"], validate=True)
    except binascii.Error:
        raise ValueError from None
    width, height = (float(side) for side in data["size"])
    sound = all(math.isfinite(side) and 0 < side <= _LONGEST_SIDE for side in (width, height))
    if not sound or not jpeg.startswith(_JPEG) or len(jpeg) > MOST_BYTES:
        raise ValueError
    return Drawn(jpeg, width, height)
