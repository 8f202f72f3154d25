"""What a manager chose to look at: an office, a procedure, how many days; and the addresses that keep it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from desk.people.rights import Right
from desk.web.trays.lists import PROCEDURES
from desk.web.trays.shown import may_see, offices, reach
from desk.web.visit import Visit, number
from pipeline.figures.asked import WEEK, Asked
from pipeline.trays import kinds

PERIODS = (7, 28, 91, 364)
"""Days that may be looked at: whole weeks, so that each has as many Mondays as the one before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The choice; empty is all that the account sees."""

    visit: Visit
    office: str
    procedure: str
    days: int

    @property
    def query(self) -> str:
        """Return the choice as the end of an address, empty where nothing was chosen."""
        told = {"oficina": self.office, "tramite": self.procedure}
        told |= {"dias": str(self.days)} if self.days != WEEK else {}
        said = urlencode({name: value for name, value in told.items() if value})
        return f"?{said}" if said else ""

    def asked(self) -> Asked:
        """Return whose figures are shown, and of which days."""
        seen = reach(self.visit)
        found = Asked.lately(
            self.visit.at.date(),
            self.days,
            offices=_narrowed(seen.offices, self.office),
            procedures=_narrowed(seen.procedures, self.procedure),
        )
        return replace(found, queues=seen.queues)

    def tray(self, name: str) -> str | None:
        """Return the address of a tray as it was chosen, None for who may not see it."""
        if name not in kinds.every_tray() or not self.visit.account.may(Right.TRAYS):
            return None
        told = {"oficina": self.office, "tramite": self.procedure}
        said = urlencode({one: value for one, value in told.items() if value})
        return f"/bandejas/{name}{'?' + said if said else ''}" if may_see(self.visit, name) else None

    def case(self, number_: str) -> str | None:
        """Return the address of a case, None for who may not see one."""
        return f"/expedientes/{number_}" if self.visit.account.may(Right.CASES) else None

    @property
    def may_offices(self) -> list[str]:
        """Return the offices to choose from."""
        return offices(self.visit)

    @property
    def may_procedures(self) -> Iterable[str]:
        """Return the procedures to choose from."""
        return [one for one in PROCEDURES if (seen := reach(self.visit).procedures) is None or one in seen]


def chosen(visit: Visit) -> Chosen:
    """Return what the address says; a period that is not offered is a week."""
    days = number(visit.asked("dias")) or WEEK
    return Chosen(
        visit=visit,
        office=visit.asked("oficina"),
        procedure=visit.asked("tramite"),
        days=days if days in PERIODS else WEEK,
    )


def _narrowed(seen: frozenset[str] | None, wanted: str) -> frozenset[str] | None:
    """Return what is seen narrowed to what is wanted: never more than may be seen."""
    if not wanted:
        return seen
    return frozenset({wanted}) if seen is None or wanted in seen else frozenset()
