"""The parts of the page of a case, each with what makes its values; the page shows them in this order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desk.web.case.found import Found
from desk.web.visit import Values, Visit


@dataclass(frozen=True, slots=True)
class Panel:
    """One part: `templates/case/<name>.html`, shown with the values that `build` returns.

    `side` is where it stands on a wide screen: over all, beside the page image, or below.
    """

    name: str
    build: Callable[[Visit, Found], Values]
    side: str = "below"


def _nothing(visit: Visit, case: Found) -> Values:
    """Return no value: the template needs only the case."""
    del visit, case
    return {}


PANELS: tuple[Panel, ...] = (Panel("why", _nothing, "over"),)
