"""The cases as acceptance needs them: their numbers, and how a drop finds the case that it belongs to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from pipeline.handed import Presentation, Source
from pipeline.journal.events import note
from pipeline.journal.kept import local, moment, offset_minutes, unpacked
from pipeline.journal.port import Row, Transaction, one
from pipeline.ulid import ulid

CLOSED = ("returned", "resolved", "closed", "blocked")
_COUNT = """INSERT INTO numbers (office, year, last) VALUES (:office, :year, 1)
ON CONFLICT (office, year) DO UPDATE SET last = numbers.last + 1"""
_LAST = "SELECT last FROM numbers WHERE office = :office AND year = :year"
_CASE = """INSERT INTO cases (id, number, office, source_name, source_sha256, received_at, offset_minutes,
 stage, linked_to, attempts, updated_at)
VALUES (:id, :number, :office, :name, :sha256, :at, :minutes, 'accepted', :linked_to, 0, :at)"""
_BY_ID = "SELECT id, number, stage, decided_at, filed_on FROM cases WHERE id = :id"
_BY_NUMBER = """SELECT id, number, stage, decided_at, filed_on FROM cases
WHERE number = :number AND stage <> 'blocked' AND (office = :office OR EXISTS (
 SELECT 1 FROM after_filing WHERE case_id = cases.id AND left_office = :office))"""
_INTO = "SELECT other_case FROM after_filing WHERE case_id = :case AND kind = 'joined_into'"
# each half by an index of its own: the cases of an office, and the few that were moved out of it
_SAME_BYTES = """SELECT id, number, stage, decided_at, filed_on FROM cases
WHERE id IN (SELECT id FROM cases WHERE office = :office AND source_sha256 = :sha256
 UNION SELECT m.case_id FROM after_filing AS m JOIN cases AS c ON c.id = m.case_id
 WHERE m.left_office = :office AND c.source_sha256 = :sha256)
ORDER BY (SELECT MIN(seq) FROM submissions WHERE case_id = cases.id)"""
_FIRST = """SELECT said, received_at, offset_minutes FROM submissions
WHERE case_id = :case AND kind = 'new'"""


def allocate(
    transaction: Transaction, office: str, source: Source, at: dt.datetime, linked_to: str | None
) -> Row:
    """Make a new case with the office's next number of the year, in the transaction that accepts it."""
    transaction.run(_COUNT, office=office, year=at.year)
    count = transaction.all(_LAST, office=office, year=at.year)[0]["last"]
    identifier = ulid(at)
    transaction.run(
        _CASE,
        id=identifier,
        number=f"{office}-{at.year}-{count:06}",
        office=office,
        name=source.name,
        sha256=source.sha256,
        at=moment(at),
        minutes=offset_minutes(at),
        linked_to=linked_to,
    )
    if linked_to:
        note(transaction, identifier, at, "same-package-as-before", before=linked_to)
    return transaction.all(_BY_ID, id=identifier)[0]


def known(transaction: Transaction, office: str, number: str) -> Row | None:
    """Return the case with that number which is, or was, of *office*; of one that was joined, the whole.

    One that is blocked is none: what comes under its number is a new case.
    """
    found = one(transaction.all(_BY_NUMBER, office=office, number=number))
    return None if found is None else whole(transaction, found)


def whole(transaction: Transaction, case: Row) -> Row:
    """Return the case of which *case* became a part, itself where it did not."""
    while into := one(transaction.all(_INTO, case=case["id"])):
        case = transaction.all(_BY_ID, id=into["other_case"])[0]
    return case


def duplicated(
    transaction: Transaction, office: str, sha256: str, said: Sequence[Presentation]
) -> tuple[Row | None, Row | None]:
    """Return the open case that is this same filing, else the last other case of the same bytes.

    People are told to file again once the year is complete, often with the same PDF: another filing date
    or registry number, or a first case that is closed, makes a new case, linked to the old one.
    """
    rows = transaction.all(_SAME_BYTES, office=office, sha256=sha256)
    for row in rows:
        now = whole(transaction, row)
        is_open = now["decided_at"] is None and now["stage"] not in CLOSED
        if is_open and _same_filing(transaction, row, said):
            return now, None
    return None, (rows[-1] if rows else None)


def _same_filing(transaction: Transaction, case: Row, said: Sequence[Presentation]) -> bool:
    """Tell whether what the office says of a drop agrees with the filing that *case* is of."""
    date = next((s.filed_on for s in said if s.filed_on), None)
    entry = next((s.registry_number for s in said if s.registry_number), None)
    first = transaction.all(_FIRST, case=case["id"])[0]
    told = {key: word for words in reversed(unpacked(first["said"])) for key, word in words.items()}
    came = local(first["received_at"], first["offset_minutes"]).date()
    filed = case["filed_on"] or told.get("filed_on") or came
    return (date is None or date.isoformat() == str(filed)) and (
        entry is None or entry == told.get("registry_number")
    )
