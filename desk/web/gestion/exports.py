"""The board as files: each table as CSV or XLSX, and all of them as one XLSX. That one was taken is kept."""

from __future__ import annotations

from starlette.responses import Response

from desk.people.rights import Right
from desk.web.doors import Door
from desk.web.gestion.chosen import Chosen, chosen
from desk.web.gestion.sheets import NAMES, Sheets
from desk.web.visit import Refused, Visit
from pipeline.exported.as_csv import as_csv
from pipeline.exported.as_xlsx import as_xlsx
from pipeline.figures.board import board
from pipeline.figures.reading import reading

WHOLE = "gestion"
"""The name of the file with every table."""
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def one_as_csv(visit: Visit) -> Response:
    """Give one table as CSV."""
    name = visit.path("what")
    if name not in NAMES:
        raise Refused(404, "not_here")
    choice = chosen(visit)
    return _file(visit, choice, name, "csv", as_csv(_sheets(visit, choice)[name]), "text/csv; charset=utf-8")


def one_as_xlsx(visit: Visit) -> Response:
    """Give one table as XLSX, or every one."""
    name = visit.path("what")
    if name not in {*NAMES, WHOLE}:
        raise Refused(404, "not_here")
    choice = chosen(visit)
    sheets = _sheets(visit, choice)
    made = as_xlsx(sheets if name == WHOLE else [sheets[name]], visit.say("gestion.title"), visit.at)
    return _file(visit, choice, name, "xlsx", made, _XLSX)


def _sheets(visit: Visit, choice: Chosen) -> Sheets:
    """Return the tables of what was chosen."""
    store, asked = visit.room.store, choice.asked()
    with store.read() as connection:
        read = reading(connection, asked)
    found = board(store, asked, visit.room.calendars, visit.at)
    return Sheets(visit, found, read)


def _file(visit: Visit, choice: Chosen, name: str, form: str, made: bytes, kind: str) -> Response:
    """Give a file, and keep that this person took it."""
    visit.audit("figures-exported", table=name, form=form, days=choice.days)
    called = f"{name}_{visit.at:%Y-%m-%d}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{called}"'}
    return Response(made, media_type=kind, headers=headers)


DOORS = (
    Door("/gestion/{what}.csv", one_as_csv, Right.FIGURES),
    Door("/gestion/{what}.xlsx", one_as_xlsx, Right.FIGURES),
)
