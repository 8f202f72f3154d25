"""More time to answer a requirement, as a person decides it before that time ends.

Ley 39/2015, art. 68.2: up to five days, asked for or not; art. 32.3: never once the time is over, and the
person is notified of it.
"""

from __future__ import annotations

import datetime as dt
from itertools import takewhile

from sqlalchemy.engine import Connection

from pipeline.decisions.kinds import SORTS
from pipeline.decisions.possible import Impossible
from pipeline.decisions.situation import Situation, Surroundings, situation
from pipeline.decisions.stand import restand
from pipeline.life.record import add
from pipeline.notices.standing import waiting_until
from pipeline.store.statements import Statements
from validators.deadlines import most_extension
from validators.life.events import Event, Kind


def most_longer(found: Situation) -> int:
    """Return the working days by which the time to answer may be made longer today; 0 where it may not."""
    until, decided = waiting_until(found), found.standing
    if until is None or until < found.today or decided is None or SORTS[decided.kind].act != "requirement":
        return 0
    since = takewhile(
        lambda one: one.kind is not Kind.REQUIREMENT_NOTIFIED, reversed(found.lived.life.events)
    )
    if any(one.kind is Kind.REQUIREMENT_EXTENDED for one in since):
        return 0
    return most_extension(0, found.lived.law)


def make_longer(
    connection: Connection, case: str, days: int | None, who: str, now: dt.datetime, around: Surroundings
) -> None:
    """Record that the time to answer is *days* longer, decided today; its last day moves at once.

    Raises:
        Impossible: no time runs that may be made longer, or not by so many days; `why` are words of
            `desk/web/words/notices.yaml`.
    """
    found = situation(connection, case, now, around)
    most = most_longer(found) if found is not None else 0
    if found is None or not most:
        raise Impossible("no_longer")
    if days is None or not 1 <= days <= most:
        raise Impossible("how_much_longer", days=most)
    add(
        Statements(connection),
        case,
        Event(kind=Kind.REQUIREMENT_EXTENDED, on=found.today, days=days),
        who,
        now,
    )
    restand(connection, case, now, around)
