"""What this office's own record knows of convenios that the same person had before (CE-VET-01).

Asked by the number of the identity document alone, and only where it was read surely: a number read wrong
is somebody else's. What is found is kept with the case, so that a replay asks nobody.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from pipeline.case import Read
from pipeline.errors import UsageError
from pipeline.facts import put_together
from pipeline.journal.port import Journal, Row, Transaction
from pipeline.life.lived import Lived, as_lived, judged
from pipeline.life.record import events_of
from validators.calendar import Calendars
from validators.consultation import sure_number
from validators.facts import Application, EarlierConvenio, Fact
from validators.life import State
from validators.numbers import plain
from validators.policy import Policy

_MOST = 20
"""A person has a handful of cases; a number that many cases share is no person's."""
_LONGEST = 64
_DOUBTED = 0.5
"""Of an end on which the readings of the law differ: never enough for a proposal."""
_OTHERS = """SELECT id, number, report FROM cases
WHERE person = :person AND id <> :case AND procedure = 'convenio_especial'
 AND EXISTS (SELECT 1 FROM life WHERE life.case_id = cases.id AND life.kind = 'signed')
ORDER BY id DESC LIMIT :most"""


def person_of(application: Application, policy: Policy) -> str | None:
    """Return the number by which a person's cases are found again, None where it is not sure."""
    number = sure_number(application.applicant, policy)
    return plain(number)[:_LONGEST] if number else None


def with_earlier(case: Read, journal: Journal, today: dt.date, policy: Policy, calendars: Calendars) -> Read:
    """Return *case* with the convenios that the record knows of the same person."""
    person = person_of(put_together(case), policy)
    if person is None:
        return case
    with journal.reading() as transaction:
        rows = transaction.all(_OTHERS, person=person, case=case.id, most=_MOST)
        known = [_known(transaction, row, today, policy, calendars) for row in rows]
    return replace(case, earlier=tuple(known))


def _known(
    transaction: Transaction, row: Row, today: dt.date, policy: Policy, calendars: Calendars
) -> EarlierConvenio:
    """Return one convenio of the record; of a case that cannot be read any more only that there was one."""
    try:
        record = events_of(transaction, row["id"])
        return _earlier(as_lived(judged(row), record, today, policy, calendars))
    except UsageError:
        return EarlierConvenio(case=row["number"])


def _earlier(found: Lived) -> EarlierConvenio:
    """Return one convenio of the record: in force, ended, or not to be told."""
    ended = found.life.ended
    if found.life.state is State.IN_FORCE:
        return EarlierConvenio(in_force=Fact(value=True), case=found.number)
    if ended is None:
        return EarlierConvenio(case=found.number)
    sure = 1.0 if ended.sure and not ended.others else _DOUBTED
    return EarlierConvenio(
        ended_on=Fact(value=ended.on, confidence=sure, others=ended.others),
        reason=Fact(value=ended.reason, confidence=1.0 if ended.sure else _DOUBTED),
        case=found.number,
    )
