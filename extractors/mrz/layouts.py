"""Where the parts of a machine readable zone stand: ICAO Doc 9303, parts 4 (TD3), 5 (TD1) and 6 (TD2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

Form = Literal["TD1", "TD2", "TD3"]
"""Three lines of 30, two of 36, two of 44."""


class Layout(NamedTuple):
    """Places in the joined lines: spans by name, and for each check digit its place and its spans."""

    rows: int
    width: int
    first: str
    spans: Mapping[str, tuple[int, int]]
    checks: Mapping[str, tuple[int, tuple[tuple[int, int], ...]]]


LAYOUTS: Mapping[Form, Layout] = {
    "TD1": Layout(
        3,
        30,
        "AIC",
        {
            "code": (0, 2),
            "issuer": (2, 5),
            "number": (5, 14),
            "optional": (15, 30),
            "birth": (30, 36),
            "sex": (37, 38),
            "expiry": (38, 44),
            "nationality": (45, 48),
            "names": (60, 90),
        },
        {
            "number": (14, ((5, 14),)),
            "birth": (36, ((30, 36),)),
            "expiry": (44, ((38, 44),)),
            "whole": (59, ((5, 37), (38, 45), (48, 59))),
        },
    ),
    "TD2": Layout(
        2,
        36,
        "AIC",
        {
            "code": (0, 2),
            "issuer": (2, 5),
            "names": (5, 36),
            "number": (36, 45),
            "nationality": (46, 49),
            "birth": (49, 55),
            "sex": (56, 57),
            "expiry": (57, 63),
            "optional": (64, 71),
        },
        {
            "number": (45, ((36, 45),)),
            "birth": (55, ((49, 55),)),
            "expiry": (63, ((57, 63),)),
            "whole": (71, ((36, 46), (49, 56), (57, 71))),
        },
    ),
    "TD3": Layout(
        2,
        44,
        "P",
        {
            "code": (0, 2),
            "issuer": (2, 5),
            "names": (5, 44),
            "number": (44, 53),
            "nationality": (54, 57),
            "birth": (57, 63),
            "sex": (64, 65),
            "expiry": (65, 71),
            "optional": (72, 86),
        },
        {
            "number": (53, ((44, 53),)),
            "birth": (63, ((57, 63),)),
            "expiry": (71, ((65, 71),)),
            "optional": (86, ((72, 86),)),
            "whole": (87, ((44, 54), (57, 64), (65, 87))),
        },
    ),
}
WIDTHS: Mapping[Form, int] = {form: layout.width for form, layout in LAYOUTS.items()}
"""Signs of a line."""


def place(form: Form, part: str) -> tuple[int, int]:
    """Return the line of a part of a zone and its first sign there, both from nought."""
    return divmod(LAYOUTS[form].spans[part][0], WIDTHS[form])
