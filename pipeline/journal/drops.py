"""What lies in the drop folders and is not accepted: a restart still knows since when and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from pipeline.journal.kept import local, moment, offset_minutes
from pipeline.journal.port import Journal, Transaction, Value
from pipeline.journal.records import Lying

_KEEP = """INSERT INTO drops (office, found_in, name, state, why, looks, first_seen, offset_minutes,
 still_seconds, tries, updated_at)
VALUES (:office, :found_in, :name, :state, :why, :looks, :first_seen, :offset_minutes, :still_seconds,
 :tries, :updated_at)
ON CONFLICT (office, found_in, name) DO UPDATE SET state = excluded.state, why = excluded.why,
 looks = excluded.looks, still_seconds = excluded.still_seconds, tries = excluded.tries,
 updated_at = excluded.updated_at"""
_FORGET = "DELETE FROM drops WHERE office = :office AND found_in = :found_in AND name = :name"
_LISTED = "SELECT * FROM drops WHERE office = :office ORDER BY first_seen, found_in, name"


def lying(journal: Journal, office: str) -> tuple[Lying, ...]:
    """Return what is known to lie in the folders of *office*, in the order it was first seen."""
    with journal.reading() as transaction:
        found = transaction.all(_LISTED, office=office)
    return tuple(
        Lying(
            office=row["office"],
            found_in=row["found_in"],
            name=row["name"],
            state=row["state"],
            why=row["why"],
            looks=row["looks"],
            first_seen=local(row["first_seen"], row["offset_minutes"]),
            still_seconds=row["still_seconds"],
            tries=row["tries"],
        )
        for row in found
    )


def keep(journal: Journal, there: Sequence[Lying], gone: Iterable[Lying], at: dt.datetime) -> None:
    """Note what lies there, and forget what went away without having been accepted, all at once."""
    with journal.writing() as transaction:
        for one in gone:
            forget(transaction, one.office, one.found_in, one.name)
        if there:
            transaction.many(_KEEP, [_columns(one, at) for one in there])


def forget(transaction: Transaction, office: str, found_in: str, name: str) -> None:
    """Forget a drop, in the transaction that accepts it or when it has gone."""
    transaction.run(_FORGET, office=office, found_in=found_in, name=name)


def _columns(one: Lying, at: dt.datetime) -> dict[str, Value]:
    """Return the columns of a drop."""
    return {
        "office": one.office,
        "found_in": one.found_in,
        "name": one.name,
        "state": one.state,
        "why": one.why,
        "looks": one.looks,
        "first_seen": moment(one.first_seen),
        "offset_minutes": offset_minutes(one.first_seen),
        "still_seconds": one.still_seconds,
        "tries": one.tries,
        "updated_at": moment(at),
    }
