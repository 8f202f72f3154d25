"""The page of one case."""

from __future__ import annotations

from starlette.responses import Response

from desk.people.rights import Right
from desk.web.case import asked, image
from desk.web.case.found import found
from desk.web.case.panels import PANELS
from desk.web.doors import Door
from desk.web.visit import Visit


def case(visit: Visit) -> Response:
    """Show a case."""
    one = found(visit)
    built = {panel.name: panel.build(visit, one) for panel in PANELS}
    return visit.page("case/page.html", case=one, panels=PANELS, built=built)


DOORS = (Door("/expedientes/{number}", case, Right.CASES), *image.DOORS, *asked.DOORS)
