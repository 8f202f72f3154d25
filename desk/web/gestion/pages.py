"""The pages of the board: all at once, then deadlines, reading and offices each for itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from starlette.responses import Response

from desk.people.rights import Right
from desk.web.doors import Door
from desk.web.gestion.cards import Cards
from desk.web.gestion.charts import Columns, columns
from desk.web.gestion.chosen import PERIODS, Chosen, chosen
from desk.web.gestion.numbers import Numbers
from desk.web.gestion.sheets import NAMES as SHEETS
from desk.web.gestion.told import Names
from desk.web.trays.shown import reach, tidied
from desk.web.visit import Values, Visit
from pipeline.decisions.kept import sample_rate
from pipeline.figures.board import Board, Day, board
from pipeline.figures.forecast import Step
from pipeline.figures.reading import reading
from pipeline.figures.stuck import late

_SAMPLED = dt.timedelta(days=90)
"""As far back as the sample is told: a few cases say nothing."""
_SHOWN = 30
"""Days of the chart of the forecast, so that each column can be seen."""


def whole(visit: Visit) -> Response:
    """Answer the ten questions, then what they rest on."""
    found = _found(visit)
    figures: Board = found["board"]
    since = visit.at - _SAMPLED
    with visit.room.store.read() as connection:
        read = reading(connection, figures.asked)
        rate = sample_rate(connection, since, reach(visit).offices)
    return visit.page(
        "gestion/board.html",
        **found,
        cards=Cards(visit.say, found["names"], found["chosen"], figures, read),
        days=_by_day(figures.days),
        due=_due(figures, found["names"]),
        sampled=rate,
        since=since.date(),
    )


def deadlines(visit: Visit) -> Response:
    """Tell what is due, what will come of it, and which cases are late."""
    found = _found(visit)
    figures: Board = found["board"]
    with visit.room.store.read() as connection:
        passed = late(connection, figures.asked)
    steps = figures.forecast.steps
    return visit.page(
        "gestion/plazos.html",
        **found,
        due=_due(figures, found["names"]),
        ahead=_ahead(steps),
        shown=steps[:_SHOWN],
        passed=passed,
    )


def read_badly(visit: Visit) -> Response:
    """Tell what is read badly, why cures are asked for, and what is returned."""
    found = _found(visit)
    with visit.room.store.read() as connection:
        read = reading(connection, found["board"].asked)
    return visit.page("gestion/lectura.html", **found, read=read)


def compared(visit: Visit) -> Response:
    """Compare the offices."""
    return visit.page("gestion/oficinas.html", **_found(visit))


def moved(visit: Visit) -> Response:
    """Lead from the address that figures had before."""
    return visit.to("/gestion")


def _found(visit: Visit) -> dict[str, Any]:
    """Return what every page of the board stands on."""
    behind = tidied(visit)
    choice = chosen(visit)
    return {
        "board": board(visit.room.store, choice.asked(), visit.room.calendars, visit.at),
        "chosen": choice,
        "late": behind,
        "names": Names(visit),
        "numbers": Numbers(visit.say.language),
        "choices": _choices(visit, choice),
        "pages": _pages(visit, choice),
        "sheets": SHEETS,
    }


def _choices(visit: Visit, choice: Chosen) -> Values:
    """Return what may be chosen."""
    return {
        "offices": [(one, one) for one in choice.may_offices],
        "procedures": [(one, visit.say(f"trays.{one}")) for one in choice.may_procedures],
        "periods": [(str(one), visit.say(f"gestion.days_{one}")) for one in PERIODS],
    }


def _pages(visit: Visit, choice: Chosen) -> list[tuple[str, str, bool]]:
    """Return the pages of the board, which keep the choice, and which is shown."""
    parts = ("", "/plazos", "/lectura", "/oficinas")
    here = visit.request.url.path
    return [
        (
            f"/gestion{part}{choice.query}",
            visit.say(f"gestion.page{part.replace('/', '_')}"),
            here == f"/gestion{part}",
        )
        for part in parts
    ]


def _by_day(days: tuple[Day, ...]) -> Columns:
    """Return the chart of what came and was resolved; weeks where days would be too thin."""
    groups = [(f"{one.day:%d/%m}", (one.received, one.resolved)) for one in days]
    if len(groups) > 2 * _SHOWN:
        weeks = [days[n : n + 7] for n in range(0, len(days), 7)]
        sums = [(week[0].day, sum(d.received for d in week), sum(d.resolved for d in week)) for week in weeks]
        groups = [(f"{day:%d/%m}", (received, resolved)) for day, received, resolved in sums]
    return columns(_few(groups))


def _few(groups: Sequence[tuple[str, Sequence[int]]]) -> list[tuple[str, Sequence[int]]]:
    """Leave three labels, so that they do not lie on one another: the first, the middle and the last."""
    kept = {0, len(groups) // 2, len(groups) - 1}
    return [(label if n in kept else "", values) for n, (label, values) in enumerate(groups)]


def _due(figures: Board, names: Names) -> Columns:
    """Return the chart of the working days left."""
    return columns([(names.bucket(name, "_short"), (cases,)) for name, cases in figures.due.items()])


def _ahead(steps: tuple[Step, ...]) -> Columns:
    """Return the chart of the days that are some case's last: how many are answered in time, how many not."""
    shown = steps[:_SHOWN]
    groups = [(f"{one.day:%d/%m}", (one.due - one.unanswered, one.unanswered)) for one in shown]
    return columns(_few(groups), stacked=True)


DOORS = (
    Door("/gestion", whole, Right.FIGURES),
    Door("/gestion/plazos", deadlines, Right.FIGURES),
    Door("/gestion/lectura", read_badly, Right.FIGURES),
    Door("/gestion/oficinas", compared, Right.FIGURES),
    Door("/cifras", moved, Right.FIGURES),
)
