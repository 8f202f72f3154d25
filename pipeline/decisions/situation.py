"""All that a decision is weighed against: the report, the life of the case, what was decided and notified."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from pipeline.after_filing.later import later
from pipeline.decisions.handling import Handling, handled
from pipeline.decisions.kept import Decision, decisions_of
from pipeline.letters.casefile import CaseFile, case_file
from pipeline.life.lived import Lived, as_lived
from pipeline.life.record import events_of
from pipeline.notices.kept import Notice, notices_of
from pipeline.settings import Settings
from pipeline.store.schema import cases
from pipeline.store.statements import Statements
from validators.calendar import Calendars


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What decisions stand on besides the case: the settings and the calendars of the office."""

    settings: Settings
    calendars: Calendars


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """A judged case as somebody finds it who is to decide."""

    case: str
    number: str
    office: str
    stage: str
    revision: int
    today: dt.date
    report: Mapping[str, Any]
    file: CaseFile
    lived: Lived
    handling: Handling
    decisions: tuple[Decision, ...]
    notices: tuple[Notice, ...]

    @property
    def standing(self) -> Decision | None:
        """The last decision that nothing took back."""
        return next((one for one in reversed(self.decisions) if one.stands), None)

    @property
    def silently_granted(self) -> dt.date | None:
        """The day from which silence has granted what was asked for, as far as anybody can tell."""
        life = self.lived.life
        return life.silent_since if life.clock.silence == "positive" else None


def situation(connection: Connection, case: str, now: dt.datetime, around: Surroundings) -> Situation | None:
    """Return the situation of a case, None where nobody has judged it; *now* in the zone of the office."""
    names = ("id", "number", "office", "stage", "revision", "report")
    columns = [cases.c[name] for name in names]
    row = connection.execute(sa.select(*columns).where(cases.c.id == case)).one()
    if (row.report or {}).get("status") != "routed":
        return None
    record = events_of(Statements(connection), case)
    policy, today = around.settings.policy, now.date()
    return Situation(
        case=row.id,
        number=row.number,
        office=row.office,
        stage=row.stage,
        revision=row.revision,
        today=today,
        report=row.report,
        file=replace(case_file(row.report), later=later(connection, case)),
        lived=as_lived(row._asdict(), record, today, policy, around.calendars),
        handling=handled(connection, case),
        decisions=decisions_of(connection, case),
        notices=notices_of(connection, case),
    )
