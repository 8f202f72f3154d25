"""`/estado`: how the program itself does, in plain words; what waits is told with it. No case is named."""

from __future__ import annotations

from starlette.responses import Response

from desk.people.rights import Right
from desk.web.doors import Door
from desk.web.state.told import State
from desk.web.visit import Visit


def shown(visit: Visit) -> Response:
    """Show every part, the worst of them first in each table."""
    state = State(visit.room, visit.say, visit.at)
    order = {"bad": 0, "look": 1, "well": 2}
    groups = {
        name: sorted(rows(), key=lambda one: order[one.mark])
        for name, rows in (
            ("processes", state.processes),
            ("needs", state.needs),
            ("waits", state.waits),
            ("kept", state.kept),
        )
    }
    wrong = sum(one.mark != "well" for rows in groups.values() for one in rows)
    return visit.page("state.html", groups=groups, wrong=wrong)


DOORS = (Door("/estado", shown, Right.STATUS),)
