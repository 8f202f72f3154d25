"""The figures made right again, while everybody goes on working.

    mend(store)         # every sum that is not what its cases add; how many were wrong
    count_anew(store)   # have every case counted again, bit by bit, by whoever places cases

Both change nothing where all is well, and may be done at any time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from pipeline.figures.keep import Place, add, read
from pipeline.figures.tables import case_counts, day_counts
from pipeline.figures.told import Count
from pipeline.store import Store
from pipeline.store.schema import cases
from pipeline.trays.tables import moves

_PAGE = 2000
"""Cases looked at in one go."""

Sums = Counter[tuple[Place, Count]]


def mend(store: Store) -> int:
    """Put right each sum that is not what its cases add; return how many were wrong.

    What is added is the difference as one moment of the record shows it, so what is counted meanwhile stays.
    """
    with store.read() as connection:
        _one_moment(connection)
        wanted, found = _of_cases(connection), _kept(connection)
    wrong: Sums = Counter({key: wanted[key] - found[key] for key in wanted.keys() | found.keys()})
    wrong = Counter({key: number for key, number in wrong.items() if number})
    if wrong:
        with store.write() as connection:
            add(connection, wrong)
    return len(wrong)


def count_anew(store: Store) -> int:
    """Mark every case that has a report to be counted again; return how many were marked."""
    marked = sa.select(moves.c.case_id)
    query = sa.select(cases.c.id).where(cases.c.report.is_not(None), cases.c.id.not_in(marked))
    mark = sa.insert(moves).from_select(["case_id"], query).execution_options(preserve_rowcount=True)
    with store.write() as connection:
        return connection.execute(mark).rowcount


def _one_moment(connection: Connection) -> None:
    """Have all that is read now be of one moment, as it is on SQLite."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")


def _of_cases(connection: Connection) -> Sums:
    """Return the sums of what all cases add."""
    found: Sums = Counter()
    for place, counts in _every(connection):
        for count, number in read(counts).items():
            found[place, count] += number
    return found


def _every(connection: Connection) -> Iterator[tuple[Place, str]]:
    """Yield what each case adds."""
    columns = case_counts.c
    query = sa.select(columns.case_id, columns.office, columns.procedure, columns.counts)
    last = ""
    while rows := connection.execute(
        query.where(columns.case_id > last).order_by(columns.case_id).limit(_PAGE)
    ).all():
        yield from ((Place(row.office, row.procedure), row.counts) for row in rows)
        last = rows[-1].case_id


def _kept(connection: Connection) -> Sums:
    """Return the sums that stand."""
    return Counter(
        {
            (Place(row.office, row.procedure), Count(row.day, row.what, row.name)): row.number
            for row in connection.execute(sa.select(day_counts))
        }
    )
