"""One case that becomes part of another: two deliveries that are one application.

The first one filed stays, so that the clock of the earlier one is kept; the other ends without a decision,
its number leads to the whole, and its papers count there under the hour at which they came.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from pipeline.acts import Act, acting
from pipeline.after_filing.apart import apart
from pipeline.after_filing.carry import bring, bundled
from pipeline.after_filing.open import NotDone, close, judged, owe_telling, settled, undecided, untold
from pipeline.after_filing.parting import carry_corrections, papers
from pipeline.after_filing.record import After, Kind, add
from pipeline.audit.chain import note
from pipeline.journal.cases import known
from pipeline.journal.kept import local, moment
from pipeline.settings import Settings
from pipeline.store import Store
from pipeline.store.schema import cases
from pipeline.store.statements import Statements


def join(store: Store, settings: Settings, case: str, into: str, why: str, act: Act) -> str:
    """Make *case* part of the one with the number *into*, which came first; return that number.

    Raises:
        NotDone: one of them was decided, the other came later, or something was told of *case* already.
        Stale: the case is another than was looked at, or another's to change.
    """
    with store.read() as connection:
        report = connection.execute(sa.select(cases.c.report).where(cases.c.id == case)).scalar_one()
        counted = papers(report or {}).keys() - apart(connection, case)
    with bundled(store, settings, case, counted) as bundle, acting(store, case, act) as connection:
        row = judged(connection, case)
        settled(connection, case)
        untold(connection, case)
        whole = _whole(connection, row, into)
        came = local(moment(row.received_at), row.offset_minutes)
        entry = bring(
            connection,
            bundle,
            whole._asdict(),
            "answer",
            came_from=row.number,
            office=row.office,
            came=came,
            at=act.at,
        )
        carry_corrections(connection, case, whole.id)
        close(connection, case, act.at)
        _tell(connection, row, whole, entry, why, act)
    return str(whole.number)


def _whole(connection: Connection, row: Row[Any], into: str) -> Row[Any]:
    """Return the case that *row* becomes part of."""
    found = known(Statements(connection), row.office, into)
    if found is None:
        raise NotDone("no_case")
    if found["id"] == row.id:
        raise NotDone("same_case")
    whole = undecided(connection, found["id"])
    if whole.office != row.office:
        raise NotDone("other_office")
    if _order(whole) > _order(row):
        raise NotDone("not_first")
    return whole


def _order(row: Row[Any]) -> tuple[dt.date, dt.datetime]:
    """Return the place of a case in the order of entry: the clock runs from the filing, wherever that was."""
    came = local(moment(row.received_at), row.offset_minutes).date()
    return row.filed_on or came, row.received_at


def _tell(connection: Connection, row: Row[Any], whole: Row[Any], entry: str, why: str, act: Act) -> None:
    """Keep in both cases that they are one, and say so in the folders and in the audit."""
    day, said = act.at.date(), {"why": why}
    gone = After(
        kind=Kind.JOINED_INTO, entered_on=day, who=act.who, at=act.at, said=said, other_case=whole.id
    )
    came = After(
        kind=Kind.JOINED,
        entered_on=day,
        who=act.who,
        at=act.at,
        said=said,
        other_case=row.id,
        submission=entry,
    )
    owe_telling(connection, row.id, add(connection, row.id, gone), act.at)
    owe_telling(connection, whole.id, add(connection, whole.id, came), act.at)
    note(Statements(connection), act.who, "joined", act.at, case=whole.id)
