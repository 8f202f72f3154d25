"""How a case stands at the desk after something was decided, told, undone or judged anew.

The columns are worked out from the rows that are only added to, never moved step by step: whoever calls this
twice, or after a crash, finds the same.

    awaits null      somebody decides
    second           another person confirms what was decided
    notice           what was decided is to be told to the person
    answer           the person may cure, or be heard, until a day
    done             decided, final, and told: the case is `resolved`
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from pipeline.calendars import at_hand
from pipeline.decisions.handling import put
from pipeline.decisions.kept import Decision
from pipeline.decisions.proposal import sealed
from pipeline.decisions.situation import Situation, Surroundings, situation
from pipeline.decisions.tables import decisions
from pipeline.life.clock import refresh
from pipeline.life.record import PROGRAM, add
from pipeline.notices.complied import complied
from pipeline.notices.standing import answered, hearing_ends, waiting_until, waived
from pipeline.settings import Settings
from pipeline.store.schema import cases, life
from pipeline.store.statements import Statements
from validators.life import State

_TOLD_IN = (life, decisions)
_TOLD = frozenset(
    {
        State.GRANTED,
        State.REFUSED,
        State.REFERRED,
        State.DESISTED,
        State.WITHDRAWN,
        State.AWAITING_SIGNATURE,
        State.LAPSE_DOUBTFUL,
        State.LAPSED,
        State.IN_FORCE,
        State.ENDED,
        State.GRANTED_BY_SILENCE,
    }
)


class Awaits(NamedTuple):
    """What comes next, and until when."""

    what: str | None
    until: dt.date | None = None


def restand(connection: Connection, case: str, now: dt.datetime, around: Surroundings) -> Situation | None:
    """Bring dates, handling and stage of a case up to its rows; return it, None where nobody judged it."""
    refresh(Statements(connection), case, now, around.settings.policy, around.calendars)
    found = situation(connection, case, now, around)
    if found is None:
        return None
    if (brought := complied(connection, found)) is not None:
        add(Statements(connection), case, brought, PROGRAM, now)
        return restand(connection, case, now, around)
    decided = found.standing
    awaits = awaited(found)
    counts = decided if awaits.what is not None else None
    due = counts.final_from(around.settings.desk.undo_seconds) if counts else None
    put(
        connection,
        case,
        awaits=awaits.what,
        awaits_until=awaits.until,
        decision=counts.id if counts else None,
        kind=counts.kind if counts else None,
        final_at=due if counts and counts.final is None else None,
    )
    _stage(connection, found, awaits)
    return found


def awaited(found: Situation) -> Awaits:
    """Return what comes next in a case."""
    decided = found.standing
    if decided is None:
        return Awaits(None)
    if not decided.taken:
        return Awaits("second")
    if decided.resolves:
        return Awaits("done" if decided.final and _told(found, decided) else "notice")
    if decided.final and decided.proposal["seal"] != sealed(found.report):
        return Awaits(None)  # judged anew since it was asked: somebody decides again
    hears = decided.kind == "hear"
    until = hearing_ends(found) if hears else waiting_until(found)
    if until is None or (hears and waived(found)):
        return Awaits("notice" if not answered(found) else None)
    return Awaits("answer", until)


def _told(found: Situation, decided: Decision) -> bool:
    """Whether the resolution that stands was told to the person by the day of the situation."""
    acts = [one for one in found.notices if one.decision == decided.id]
    if found.lived.life.state is State.GRANTED_BY_SILENCE and not acts:
        return False
    return found.lived.life.state in _TOLD and bool(acts)


def _stage(connection: Connection, found: Situation, awaits: Awaits) -> None:
    """Let a case that is decided and told be `resolved`, and one that is not any more `routed` again."""
    decided = found.standing
    final = decided if decided is not None and decided.resolves and decided.final else None
    stage = "resolved" if awaits.what == "done" else "routed"
    values = {"decided_at": final.at if final else None, "stage": stage}
    mine = (cases.c.id == found.case, cases.c.stage.in_(("routed", "resolved")))
    connection.execute(sa.update(cases).where(*mine).values(**values))


def stand_again(connection: Connection, case: str, now: dt.datetime, settings: Settings) -> None:
    """Bring a case into line that was judged anew: what was told and decided of it before still counts.

    One of which nothing was told or decided, as most, costs one look.
    """
    rows = sa.union_all(*(sa.select(table.c.case_id).where(table.c.case_id == case) for table in _TOLD_IN))
    if connection.execute(rows.limit(1)).first() is not None:
        around = Surroundings(settings=settings, calendars=at_hand(settings.calendars))
        restand(connection, case, now.astimezone(ZoneInfo(settings.letters.zone)), around)
