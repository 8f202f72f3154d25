"""A record of many cases to measure the desk on: a few real ones, read and judged, and invented copies.

    long_case = read_real(settings, store, package)
    multiply(store, 100_000)

The copies have other people's names and numbers, other days, other trays; one in ten carries its whole
report, the rest the part of it that lists and rules use, so that a hundred thousand take no gigabytes.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
import time_machine

from desk.demo.cases import STORIES
from extractors.reading.apart.sandbox import Sandbox
from pipeline.calendars import at_hand
from pipeline.decisions.tables import decisions, ends
from pipeline.figures.keep import recount
from pipeline.settings import Folders, Settings, Storage
from pipeline.store import Store
from pipeline.store.claims import claim
from pipeline.store.schema import cases, submissions
from pipeline.trays.kinds import queue_trays
from pipeline.trays.standing import Days
from pipeline.trays.tables import moves, standings, words
from pipeline.trays.tidy import tidy
from pipeline.trays.words import folded, number_words
from pipeline.ulid import ulid
from pipeline.watch import Watcher
from pipeline.work import work
from validators.policy import Policy

MADRID = ZoneInfo("Europe/Madrid")
NOW = dt.datetime(2026, 3, 23, 9, 30, tzinfo=MADRID)
OFFICES = ("CEU01", "MEL01")
SURNAMES = tuple(
    """García Mohamed Ahmed Abdeselam Fernández López Martínez Sánchez Pérez Gómez Mimoun Hamed Ruiz
Jiménez Moreno Muñoz Álvarez Romero Alonso Navarro Torres Ramos Serrano Molina Ortega Delgado Castro Ortiz
Rubio Marín Núñez Iglesias Medina Garrido Cortés Castillo Santos Lozano Guerrero Cano Prieto Méndez Cruz
Calvo Gallego Vidal León Márquez Herrera Peña Flores Cabrera Campos Vega Fuentes Carrasco Diez Reyes Aguilar
Benaissa Chaoui Bouzid Haddou Laarbi Amar Mizzian Tahar Bencheikh Salah Benali Zarrouk""".split()  # noqa: SIM905 - read as a list of names
)
GIVEN = tuple(
    """María Carmen Ana Fátima Mohamed Yusef Nadia Laura Antonio José Manuel Francisco David Juan Javier
Daniel Karim Samira Hanan Omar Bilal Rachid Lucía Paula Elena Marta Sara Cristina Pilar Rosa Ángel Miguel
Rafael Pablo Sergio Jorge Alberto Diego Adrián Iván Naima Malika Hassan Driss""".split()  # noqa: SIM905 - read as a list of names
)
BATCH = 2000
ACCEPTANCE = Policy().acceptance
EVERY = 10
"""One case in so many carries its whole report."""


def settings_in(folder: Path, url: str) -> Settings:
    """Return the settings of a desk in *folder* on the database at *url*."""
    return Settings(
        folders=Folders(root=folder / "oficinas", offices=OFFICES),
        storage=Storage(database=url, blobs=folder / "blobs", reserve=0),
    )


def read_real(settings: Settings, store: Store, long_pdf: bytes) -> str:
    """Take in the cases of the demonstration and one of forty pages; return the number of the last."""
    seconds = [0.0]
    with time_machine.travel(NOW - dt.timedelta(minutes=10)), Sandbox(settings.bounds) as sandbox:
        watcher = Watcher(settings, store, clock=lambda: seconds[0])
        watcher.scan_once()
        for story in STORIES:
            story.write(settings.folders.root / story.office / "1_ENTRADA")
        (settings.folders.root / "CEU01" / "1_ENTRADA" / "largo.zip").write_bytes(long_pdf)
        for _ in range(3):
            watcher.scan_once()
            seconds[0] += 3
        while claimed := claim(store, "bench", 300, dt.datetime.now(MADRID)):
            work(claimed, settings, store, sandbox, at_hand(settings.calendars))
    tidy(store, days(settings))
    with store.read() as connection:
        query = sa.select(cases.c.number).where(cases.c.source_name == "largo.zip")
        return str(connection.execute(query).scalar_one())


def days(settings: Settings) -> Days:
    """Return the day of the benchmark with the law's calendars."""
    return Days(NOW.date(), settings.policy, at_hand(settings.calendars))


def multiply(store: Store, many: int) -> None:
    """Add invented copies of the judged cases until there are *many*."""
    with store.read() as connection:
        query = sa.select(cases).where(cases.c.stage == "routed", cases.c.source_name != "largo.zip")
        real = [dict(row) for row in connection.execute(query).mappings()]
        by_case = {row.case_id: dict(row._mapping) for row in connection.execute(sa.select(standings))}  # noqa: SLF001 - public
        said = connection.execute(
            sa.select(submissions).where(submissions.c.case_id == real[0]["id"])
        ).mappings()
        first = dict(said.one())
        last = connection.execute(sa.select(sa.func.max(submissions.c.seq))).scalar_one()
    made = _copies(real, by_case, first, last, many)
    while batch := [one for _, one in zip(range(BATCH), made, strict=False)]:
        with store.write() as connection:
            for name, table in (("case", cases), ("entry", submissions), ("standing", standings)):
                connection.execute(sa.insert(table), [one[name] for one in batch])
            connection.execute(sa.insert(words), [word for one in batch for word in one["words"]])
            decided = [one["decided"] for one in batch if one["decided"]]
            connection.execute(sa.insert(decisions), [decision for decision, _ in decided])
            connection.execute(sa.insert(ends), [end for _, end in decided])
            whose, standing = [one["case"] for one in batch], [one["standing"] for one in batch]
            recount(connection, whose, standing, ACCEPTANCE)
            connection.execute(sa.delete(moves))
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if store.engine.dialect.name == "postgresql":
            # the copies brought their numbers along: what is taken next is counted on from them
            connection.exec_driver_sql(
                "SELECT setval(pg_get_serial_sequence('submissions', 'seq'), max(seq)) FROM submissions"
            )
        connection.exec_driver_sql("ANALYZE")


def _copies(
    real: list[dict[str, Any]],
    by_case: Mapping[str, dict[str, Any]],
    first: dict[str, Any],
    last: int,
    many: int,
) -> Iterator[dict[str, Any]]:
    """Yield the rows of each copy."""
    chance = Random(71)
    trays = [*queue_trays(), "answer", "notice", "done"]
    weights = [12 if one in {"approve", "review-residence", "cure-papers"} else 1 for one in trays]
    weights[-1] = 20
    for n in range(len(by_case), many):
        source = chance.choice(real)
        came = NOW - dt.timedelta(days=chance.random() ** 2 * 200, seconds=n % 60)
        office = chance.choice(OFFICES)
        case = ulid(came)[:10] + f"{n:016d}"
        tray = chance.choices(trays, weights)[0]
        yield {
            "case": _case(source, case, f"{office}-2025-{n:06d}", office, came, n, tray),
            "entry": first
            | {"seq": last + n, "id": case, "case_id": case, "office": office, "received_at": came}
            | {"placed_as": case, "kind": "new"},
            "standing": _standing(by_case[source["id"]], case, office, came, n, last, tray),
            "words": _words(chance, case, last + n),
            "decided": _decided(chance, case, came) if tray == "done" else None,
        }


def _case(
    source: dict[str, Any], case: str, number: str, office: str, came: dt.datetime, n: int, tray: str
) -> dict[str, Any]:
    """Return the row of a copy's case."""
    queue = tray.partition("-")[0]
    kept = (
        source["report"] if n % EVERY == 0 else {"status": "routed", "findings": source["report"]["findings"]}
    )
    report = json.loads(json.dumps(kept)) | {"id": case, "number": number}
    filed = came.date()
    changed = {"id": case, "number": number, "office": office, "received_at": came, "filed_on": filed}
    known = queue in {"approve", "review", "cure", "refer", "refuse"}
    changed |= {"queue": queue if known else source["queue"], "resolve_by": filed + dt.timedelta(days=45)}
    return source | changed | {"report": report, "silence_after": None, "updated_at": came, "linked_to": None}


def _standing(
    source: dict[str, Any], case: str, office: str, came: dt.datetime, n: int, last: int, tray: str
) -> dict[str, Any]:
    """Return the row of a copy's place in the trays."""
    due = came.date() + dt.timedelta(days=45)
    return source | {
        "case_id": case,
        "entry": last + n,
        "number": f"{office}-2025-{n:06d}",
        "office": office,
        "tray": tray,
        "queue": tray.partition("-")[0][:16],
        "received_on": came.date(),
        "resolve_by": due,
        "order_on": due,
        "look_on": None,
    }


def _decided(chance: Random, case: str, came: dt.datetime) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the rows of a grant some days after a copy came, and of how it became final."""
    at = min(came + dt.timedelta(days=chance.randrange(1, 40)), NOW)
    told = {"id": case, "case_id": case, "turn": 1, "kind": "grant", "by": "ana", "at": at, "text": ""}
    told |= {"dated_on": at.date(), "final_at": at, "proposal": {"queue": "approve"}, "reason": None}
    told |= {"seen": [], "letter": {}, "confirm": False, "sampled": False}
    return told, {"decision": case, "how": "final", "by": "ana", "at": at, "text": "", "paper": None}


def _words(chance: Random, case: str, entry: int) -> list[dict[str, Any]]:
    """Return the words by which a copy is found: an invented person's."""
    names = [chance.choice(SURNAMES[: chance.choice((10, 70))]) for _ in range(2)] + [chance.choice(GIVEN)]
    number = f"{chance.choice('XYZ')}{chance.randrange(10**7):07d}{chance.choice('TRWAGMYFPDXBNJZSQVHLCKE')}"
    found = {word for name in names for word in folded(name)} | number_words(number)
    return [{"case_id": case, "word": word, "entry": entry} for word in sorted(found)]
