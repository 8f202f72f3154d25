"""Does the work of one case grow with the record? Statements, steps of the database, rows: few against many.

SQLite tells the instructions of its machine, in hundreds; PostgreSQL the rows that it read, table by table.
"""

from __future__ import annotations

import datetime as dt
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import sqlalchemy as sa

from benchmarks.desk_store import multiply, read_real
from benchmarks.scale_cost import packages
from benchmarks.scale_system import System
from extractors.reading.apart.sandbox import Sandbox
from pipeline.calendars import at_hand
from pipeline.reconcile import Reconciler
from pipeline.store import Store
from pipeline.store.claims import claim
from pipeline.work import work

MEASURED = 12
STEP = 100
"""Instructions of SQLite's machine between two counts."""
GREW = 1.5
"""So much more, or less, is noise; what grows with the record grows a hundredfold."""
ROWS = "SELECT relname, coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0) FROM pg_stat_user_tables"


class Work(NamedTuple):
    """What one case asks of the database: statements, milliseconds in them, and steps or rows by name."""

    statements: float
    milliseconds: float
    read: Counter[str]

    @property
    def total(self) -> float:
        """All steps or rows."""
        return sum(self.read.values())


def grown(fresh: Callable[[Path], str], home: Path, kind: str, sizes: Sequence[int]) -> None:
    """Print the work of one case in a record of each of the *sizes*, and what grew."""
    found = []
    unit = "steps" if kind == "sqlite" else "rows"
    print(f"\nOne case in a record of so many ({kind})")
    print(f"  {'cases':>9}{'statements':>12}{'ms in them':>12}{unit + ' read':>14}")
    for size in sizes:
        place = home / f"record{size}"
        place.mkdir()
        with System(place, fresh(place)) as system:
            read_real(system.settings, system.store, next(iter(packages(1, 7).values())))
            multiply(system.store, size)
            found.append(one := measured(system))
        print(f"  {size:>9}{one.statements:>12.0f}{one.milliseconds:>12.1f}{one.total:>14.0f}", flush=True)
    few, many = found[0], found[-1]
    more = {
        name: (few.read[name], read) for name, read in many.read.items() if read > GREW * few.read[name] + 5
    }
    for name, (before, after) in sorted(more.items(), key=lambda one: one[1][0] - one[1][1])[:8]:
        print(f"  GREW {before:.0f} -> {after:.0f}: {name[:150]}")
    print(f"  {'what grew is named above' if more else 'nothing grew'}", flush=True)


def measured(system: System) -> Work:
    """Accept and work on some cases, and return what one asked of the database."""
    made = packages(MEASURED + 2, 9)
    names = list(made)
    with Sandbox(system.settings.bounds) as sandbox, tempfile.TemporaryDirectory():
        mend = Reconciler(system.settings, system.store)
        system.hand_in({name: made[name] for name in names[:2]})
        worked(system, sandbox, mend)
        with watched(system.store) as seen:
            system.hand_in({name: made[name] for name in names[2:]})
            worked(system, sandbox, mend)
    return Work(
        seen.count / MEASURED,
        seen.seconds * 1000 / MEASURED,
        Counter({name: read / MEASURED for name, read in seen.read.items()}),
    )


def worked(system: System, sandbox: Sandbox, mend: Callable[[], object]) -> None:
    """Work until nothing waits, as a worker does, without the engine."""
    calendars = at_hand(system.settings.calendars)
    while claimed := claim(system.store, "scale", 300, dt.datetime.now(dt.UTC)):
        work(claimed, system.settings, system.store, sandbox, calendars)
        mend()


class Seen:
    """What statements were asked, how long they took, and what was read for them."""

    def __init__(self) -> None:
        self.count, self.seconds = 0, 0.0
        self.read: Counter[str] = Counter()
        self.now = ""


@contextmanager
def watched(store: Store) -> Iterator[Seen]:
    """Count what the block asks of the database."""
    seen, began = Seen(), [0.0]
    lite = store.engine.dialect.name == "sqlite"
    before = _rows(store) if not lite else Counter[str]()

    def step() -> int:
        seen.read[seen.now] += STEP
        return 0

    def start(connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        seen.now = " ".join(statement.split())
        if lite:
            connection.connection.dbapi_connection.set_progress_handler(step, STEP)
        began[0] = time.perf_counter()

    def end(*_: Any) -> None:
        seen.count += 1
        seen.seconds += time.perf_counter() - began[0]

    sa.event.listen(store.engine, "before_cursor_execute", start)
    sa.event.listen(store.engine, "after_cursor_execute", end)
    try:
        yield seen
    finally:
        sa.event.remove(store.engine, "before_cursor_execute", start)
        sa.event.remove(store.engine, "after_cursor_execute", end)
        if not lite:
            seen.read = _rows(store) - before


def _rows(store: Store) -> Counter[str]:
    """Return the rows that PostgreSQL has read of each table; its sessions tell with a delay."""
    with store.read() as connection:
        connection.exec_driver_sql("SELECT pg_stat_force_next_flush()")
    time.sleep(1.5)
    with store.read() as connection:
        return Counter(dict(connection.exec_driver_sql(ROWS).tuples().all()))
