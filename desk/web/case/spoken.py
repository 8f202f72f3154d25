"""Hours, days and people as the parts of a case that are worked on say them, and the way on from there."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from urllib.parse import quote

from desk.people.accounts import by_login
from desk.web.case.found import Found
from desk.web.visit import Visit

_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_TRAY = re.compile(r"[a-z][a-z_-]{0,63}")


def hour(visit: Visit, at: dt.datetime | None) -> str:
    """Return a moment of today as its hour, any other with its day."""
    if at is None:
        return ""
    local = at.astimezone(visit.room.zone)
    return f"{local:%H:%M}" if local.date() == visit.at.date() else f"{local:%d/%m/%Y %H:%M}"


def moment(visit: Visit, at: dt.datetime | None) -> str:
    """Return a moment with its day, also that of today: what stands in a record is read on other days."""
    return f"{at.astimezone(visit.room.zone):%d/%m/%Y %H:%M}" if at else ""


def naming(visit: Visit) -> Callable[[str | None], str]:
    """Return what tells the name of an account by its login; the login itself where there is no account."""
    known: dict[str, str] = {}

    def name(login: str | None) -> str:
        if login is None:
            return ""
        if login not in known:
            account = by_login(visit.room.store, login)
            known[login] = account.name if account else login
        return known[login]

    return name


def typed_day(text: str) -> dt.date | None:
    """Return a day as people type it, 27/03/2026 or 2026-03-27; None where it is none."""
    told = text.strip()
    found = _DAY.fullmatch(told)
    try:
        if found:
            return dt.date(int(found[3]), int(found[2]), int(found[1]))
        return dt.date.fromisoformat(told)
    except ValueError:
        return None


def tray(visit: Visit) -> str:
    """Return the tray from which the case was opened, empty where it was not."""
    told = visit.field("bandeja") or visit.asked("bandeja")
    return told if _TRAY.fullmatch(told) else ""


def page_of(visit: Visit, case: Found) -> str:
    """Return the address of the page of the case, as it was opened."""
    return f"/expedientes/{quote(case.number)}" + (f"?bandeja={tray(visit)}" if tray(visit) else "")


def next_page(visit: Visit, case: Found) -> str:
    """Return the address of the next case of the tray, else of this one."""
    return f"/bandejas/{tray(visit)}/siguiente" if tray(visit) else page_of(visit, case)
