"""The record looked over: the database's own check, every paper hashed again, rows that must agree.

Nothing is changed. What is found is told in plain sentences, without a name of a file or person.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from pipeline.after_filing.record import moved_to, unsealed
from pipeline.corrections.record import NOTED as CORRECTED
from pipeline.corrections.record import unsealed as unsealed_corrections
from pipeline.decisions.sealing import unsealed as unsealed_rows
from pipeline.errors import EnvironmentFault
from pipeline.folders.continuity import LOST
from pipeline.journal.kept import unpacked
from pipeline.life.clock import DATED
from pipeline.life.record import NOTED, resealed, seal
from pipeline.retention.sealing import unsealed as unsealed_tombstones
from pipeline.retention.tables import retained
from pipeline.store.attached import attached
from pipeline.store.bucket import AwayError
from pipeline.store.database import Store
from pipeline.store.events import of_live_cases
from pipeline.store.schema import (
    BLOCKED,
    cases,
    events,
    life,
    metadata,
    numbers,
    originals,
    outbox,
    submissions,
)
from pipeline.store.seals import entry_seal, result_seal
from pipeline.store.trouble import UNREADABLE, kind

STAGES = ("accepted", "waiting", "hold", "routed", "returned", "resolved", "closed")
QUEUES = (None, "approve", "cure", "review", "refer", "refuse")
_MOST_LINES = 20
_RESULTS = ("routed", "returned", DATED)
_LONG = dt.timedelta(days=1)
_NUMBER = re.compile(r"([A-Z][A-Z0-9]{1,15})-(\d{4})-(\d{6,})")


class Found(NamedTuple):
    """One thing that was found: in words, and whether something is damaged or only to be known."""

    what: str
    damage: bool = True


def damaged(database: Path) -> Iterator[Found]:
    """Yield what SQLite's own check finds in the file at *database*; nothing when it is whole."""
    try:
        with contextlib.closing(sqlite3.connect(f"file:{quote(str(database))}?mode=rw", uri=True)) as raw:
            told = [str(row[0]) for row in raw.execute(f"PRAGMA integrity_check({_MOST_LINES})")]
            broken = raw.execute("PRAGMA foreign_key_check").fetchmany(_MOST_LINES)
    except (sqlite3.Error, UNREADABLE) as error:
        yield Found(f"El archivo de la base de datos no se puede leer ({kind(error)})")
        return
    yield from (Found(f"SQLite encuentra la base de datos dañada: {line}") for line in told if line != "ok")
    yield from (Found(f"Una fila de {row[0]} remite a otra que no está") for row in broken)


def look_over(store: Store, now: dt.datetime) -> Iterator[Found]:
    """Yield what does not agree, in the papers first; raise EnvironmentFault if a table cannot be read."""
    try:
        yield from _papers(store)
    except AwayError:
        what = f"Los papeles de {store.blobs} no están a mano: no se pueden comprobar"
        raise EnvironmentFault(what, "Compruebe la red y `storage.blobs`, y repita.") from None
    with store.read() as connection:
        for table in metadata.sorted_tables:
            connection.execute(sa.select(table).limit(1))
        yield from _entries(connection)
        yield from _cases(connection)
        yield from _numbers(connection)
        yield from _lives(connection)
        yield from _corrections(connection)
        yield from map(Found, unsealed_rows(connection))
        yield from map(Found, unsealed(connection))
        yield from map(Found, unsealed_tombstones(connection))
        yield from _overdue(connection, now)


def _papers(store: Store) -> Iterator[Found]:
    """Yield the papers that are missing or changed, and how many belong to no row."""
    with store.read() as connection:
        wanted = {
            row.sha256: row.bytes
            for table in (originals, attached)
            for row in connection.execute(sa.select(table.c.sha256, table.c.bytes))
        }
        # a packet whose key is being destroyed may be gone before the record says so
        ending = sa.select(retained.c.packet).where(retained.c.erasing_at.is_not(None))
        going = frozenset(connection.execute(ending).scalars())
    for sha256, size in sorted(wanted.items()):
        if sha256 not in going and not _whole(store, sha256, size):
            yield Found(f"El papel {sha256[:12]} falta o está cambiado: {store.blobs.where(sha256)}")
    spare = sum(1 for sha256 in store.blobs.all() if sha256 not in wanted)
    if spare:
        what = f"{spare} papeles guardados no son de ningún expediente: copias que se cortaron, o entradas"
        yield Found(f"{what} posteriores a la copia restaurada. No se borran.", damage=False)


def _whole(store: Store, sha256: str, size: int) -> bool:
    """Tell whether the bytes are there, as many as the row says, with the digest that names them."""
    return store.blobs.size(sha256) == size and store.blobs.verify(sha256)


def _entries(connection: Connection) -> Iterator[Found]:
    """Yield the rows of the journal that are not what was written when they were accepted."""
    received = sa.select(events.c.detail).where(events.c.kind.like("received-%"), of_live_cases())
    seals = {one.get("submission"): one["seal"] for one in _read(connection, received) if "seal" in one}
    handed: dict[str, list[tuple[str, str, int]]] = {}
    for part in connection.execute(
        sa.select(originals).order_by(originals.c.submission, originals.c.position)
    ):
        handed.setdefault(part.submission, []).append((part.name, part.sha256, part.bytes))
    texts = ("received_at", "said")
    plain = [sa.type_coerce(submissions.c[name], sa.String).label(name) for name in texts]
    others = [column for column in submissions.c if column.name not in texts]
    for row in connection.execute(sa.select(*others, *plain)):
        if row.id in seals and not _as_entered(row, handed.get(row.id, []), seals[row.id]):
            yield Found(f"La entrada {row.id} no es la que se escribió al recibirla")


def _read(connection: Connection, details: sa.Select[Any]) -> list[dict[str, Any]]:
    """Return the details of events; one that is no JSON any more tells nothing."""
    found = []
    text = details.with_only_columns(sa.type_coerce(events.c.detail, sa.String).label("detail"))
    for row in connection.execute(text):
        with contextlib.suppress(ValueError):
            found.append(unpacked(row.detail))
    return found


def _as_entered(row: Row[*tuple[Any, ...]], parts: list[tuple[str, str, int]], sealed: str) -> bool:
    """Tell whether a row of the journal has the seal that its event holds."""
    try:
        return entry_seal({**row._mapping, "said": unpacked(row.said)}, parts) == sealed  # noqa: SLF001 - public
    except ValueError:
        return False


def _cases(connection: Connection) -> Iterator[Found]:
    """Yield the cases whose row does not agree with what was handed in for them, or with its own seal."""
    first = (
        sa.select(submissions.c.case_id, sa.func.min(submissions.c.seq).label("seq"))
        .group_by(submissions.c.case_id)
        .subquery()
    )
    told = sa.type_coerce(cases.c.report, sa.String).label("told")
    mine = [column for column in cases.c if column.name != "report"]
    query = (
        sa.select(
            *mine,
            told,
            submissions.c.sha256,
            submissions.c.received_at.label("came"),
            submissions.c.kind,
            submissions.c.name,
            submissions.c.offset_minutes.label("minutes"),
        )
        .outerjoin(first, first.c.case_id == cases.c.id)
        .outerjoin(submissions, submissions.c.seq == first.c.seq)
        .where(cases.c.stage != BLOCKED)
    )
    offices = moved_to(connection)
    for row in connection.execute(query):
        if not _agrees(row, offices.get(row.id)):
            yield Found(f"El expediente {row.id} no concuerda con lo que se entregó para él")
        elif not _as_sealed(connection, row):
            yield Found(f"El resultado del expediente {row.id} no es el que se escribió")


def _agrees(row: Row[*tuple[Any, ...]], office: str | None) -> bool:
    """Tell whether the columns of a case agree with each other and with its first submission.

    *office* is the one that it was moved to; else its number tells its office.
    """
    number = _NUMBER.fullmatch(row.number)
    return all(
        (
            number is not None and row.office == (office or number[1]),
            row.stage in STAGES,
            row.queue in QUEUES,
            row.kind == "new",
            row.sha256 == row.source_sha256,
            row.came == row.received_at,
            row.name == row.source_name,
            row.minutes == row.offset_minutes,
        )
    )


def _as_sealed(connection: Connection, row: Row[*tuple[Any, ...]]) -> bool:
    """Tell whether the result is the one whose seal the last event of a result holds."""
    last = sa.select(events.c.detail).where(events.c.case_id == row.id, events.c.kind.in_(_RESULTS))
    detail = connection.execute(last.order_by(events.c.seq.desc()).limit(1)).scalar_one_or_none()
    if detail is None or "seal" not in detail:
        return True
    try:
        report = unpacked(row.told)
    except ValueError:
        return False
    return bool(result_seal({**row._mapping, "report": report}) == detail["seal"])  # noqa: SLF001 - SQLAlchemy's public name


def _numbers(connection: Connection) -> Iterator[Found]:
    """Yield the offices whose last number is not the last that was given."""
    told = [row.number for row in connection.execute(sa.select(cases.c.number))]
    lost = sa.select(events.c.detail).where(events.c.kind == LOST)
    told += [one.get("number", "") for one in _read(connection, lost)]
    given: dict[tuple[str, int], int] = {}
    for parts in filter(None, map(_NUMBER.fullmatch, told)):
        key = (parts[1], int(parts[2]))
        given[key] = max(given.get(key, 0), int(parts[3]))
    last = {(row.office, row.year): row.last for row in connection.execute(sa.select(numbers))}
    for office, year in sorted(given.keys() | last.keys()):
        if last.get((office, year)) != given.get((office, year)):
            yield Found(f"El último número de {office} en {year} no es el último que se dio")


def _lives(connection: Connection) -> Iterator[Found]:
    """Yield the rows of the life of cases that are not what was written, or that went away."""
    noted = sa.select(events.c.detail).where(events.c.kind == NOTED, of_live_cases())
    seals = {(one.get("same"), one.get("seal")) for one in _read(connection, noted)}
    there = set()
    texts = [sa.type_coerce(life.c[name], sa.String).label(name) for name in ("detail", "recorded_at")]
    others = [column for column in life.c if column.name not in {"detail", "recorded_at"}]
    for row in connection.execute(sa.select(*others, *texts)):
        sealed = resealed(dict(row._mapping))  # noqa: SLF001 - SQLAlchemy's public name
        if sealed not in seals:
            yield Found(f"El suceso {row.seq} del expediente {row.case_id} no es el que se anotó")
        there.add((row.same, seal(row.same, row.told_by, row.recorded_at)))
    if lost := len(seals - there):
        yield Found(f"{lost} sucesos anotados ya no están como se anotaron")


def _corrections(connection: Connection) -> Iterator[Found]:
    """Yield what people set right that is not as they said it, or that went away."""
    noted = sa.select(events.c.detail).where(events.c.kind == CORRECTED, of_live_cases())
    seals = {one["row"]: one["seal"] for one in _read(connection, noted) if {"row", "seal"} <= one.keys()}
    for row, case in unsealed_corrections(connection, seals):
        if case is None:
            yield Found(f"La corrección {row} ya no está")
        else:
            yield Found(f"La corrección {row} del expediente {case} no es la que se guardó")


def _overdue(connection: Connection, now: dt.datetime) -> Iterator[Found]:
    """Yield what has waited too long for the program, by count."""
    held = sa.select(sa.func.count()).where(cases.c.lease_until < now - _LONG)
    if count := connection.execute(held).scalar_one():
        yield Found(f"{count} expedientes siguen prestados a un trabajador desde hace más de un día")
    owed = sa.select(sa.func.count()).where(outbox.c.done_at.is_(None), outbox.c.owed_at < now - _LONG)
    if count := connection.execute(owed).scalar_one():
        yield Found(
            f"{count} efectos en las carpetas están pendientes desde hace más de un día", damage=False
        )
    late = sa.select(sa.func.count()).where(events.c.at > now + _LONG)
    if count := connection.execute(late).scalar_one():
        yield Found(f"{count} sucesos llevan una hora futura: compruebe el reloj", damage=False)
