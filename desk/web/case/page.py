"""The page of one case."""

from __future__ import annotations

from starlette.responses import Response

from desk.people.rights import Right
from desk.web.case import asked, image
from desk.web.case.deciding import TELLING, blind
from desk.web.case.found import found
from desk.web.case.panels import PANELS
from desk.web.doors import Door
from desk.web.visit import Visit


def case(visit: Visit) -> Response:
    """Show a case."""
    one = found(visit)
    hidden = TELLING if blind(visit, one) else frozenset()
    panels = [panel for panel in PANELS if panel.name not in hidden]
    built = {panel.name: panel.build(visit, one) for panel in panels}
    return visit.page("case/page.html", case=one, panels=panels, built=built)


DOORS = (Door("/expedientes/{number}", case, Right.CASES), *image.DOORS, *asked.DOORS)
