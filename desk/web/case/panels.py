"""The parts of the page of a case, each with what makes its values; the page shows them in this order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desk.web.case import decide, fields, grid, hand, head, history, image, papers, rules, tell, timeline, why
from desk.web.case.found import Found
from desk.web.office import after
from desk.web.visit import Values, Visit


@dataclass(frozen=True, slots=True)
class Panel:
    """One part: `templates/case/<name>.html`, shown with the values that `build` returns.

    `side` is where it stands on a wide screen: `over` all, the `image` itself, `beside` it, or `below`.
    """

    name: str
    build: Callable[[Visit, Found], Values]
    side: str = "below"


PANELS: tuple[Panel, ...] = (
    Panel("head", head.build, "over"),
    Panel("hand", hand.build, "over"),
    Panel("why", why.build, "over"),
    Panel("requests", after.asked, "over"),
    Panel("image", image.build, "image"),
    Panel("timeline", timeline.build, "beside"),
    Panel("fields", fields.build, "beside"),
    Panel("rules", rules.build, "beside"),
    Panel("papers", papers.build, "beside"),
    Panel("decide", decide.build),
    Panel("notices", tell.build),
    Panel("after", after.build),
    Panel("grid", grid.build),
    Panel("history", history.build),
)
