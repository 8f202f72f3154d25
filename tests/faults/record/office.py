"""An office whose record is struck: taken in and worked on by the program's own functions, no engine."""

from __future__ import annotations

import datetime as dt
import io
import json
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from reportlab.pdfgen.canvas import Canvas

from desk.demo.cases import STORIES
from extractors.reading.apart.sandbox import Sandbox
from pipeline.folders.places import Place
from pipeline.settings import Folders, Settings, Storage
from pipeline.store import Store, open_store
from pipeline.store.claims import claim
from pipeline.store.schema import cases, metadata, outbox, submissions
from pipeline.watch import Watcher
from pipeline.work import work
from validators.calendar import Calendars

CODE = "CEU01"
DAY = dt.timedelta(days=1)


@cache
def paper(word: str) -> bytes:
    """Return a small real PDF that says *word*."""
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    canvas.drawString(72, 720, word)
    canvas.save()
    return out.getvalue()


@cache
def to_cure() -> bytes:
    """Return an application that lacks a paper."""
    return STORIES[1].make()


DROPS = {"primera.pdf": paper("solicitud"), "clave.zip": b"PK\x03\x04 no es un ZIP", "falta.zip": to_cure()}
"""One for a person, one that goes back, one to cure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """One office in a folder of its own; nothing of it is open here."""

    home: Path

    @property
    def database(self) -> Path:
        """The record."""
        return self.home / "v.db"

    @property
    def share(self) -> Path:
        """The office's own folder."""
        return self.home / "share" / CODE

    @property
    def place(self) -> Place:
        """The office as the program knows it."""
        return Place(self.home / "share", CODE)

    @property
    def settings(self) -> Settings:
        """Settings with which nothing waits longer than it must."""
        folders = Folders(
            root=self.home / "share", offices=(CODE,), stability_seconds=0.0, patience_seconds=0.0
        )
        storage = Storage(
            database=f"sqlite:///{self.database}",
            blobs=self.home / "blobs",
            reserve=0,
            work=self.home / "work",
        )
        return Settings(folders=folders, storage=replace(storage))

    def open(self, busy_seconds: float = 5.0) -> Store:
        """Open the record."""
        storage = self.settings.storage
        return open_store(storage.database, storage.blobs, busy_seconds=busy_seconds)

    def copied(self, home: Path) -> Office:
        """Return the same office on another disk."""
        shutil.copytree(self.home, home)
        return Office(home=home)

    def drop(self, name: str, data: bytes) -> None:
        """Do what a clerk does."""
        (self.share / "1_ENTRADA" / name).write_bytes(data)

    def look(self, store: Store, times: int = 3) -> None:
        """Look often enough for all that lies there to be taken."""
        watcher = Watcher(self.settings, store)
        for _ in range(times):
            watcher.scan_once()

    def work(self, store: Store, sandbox: Sandbox, later: dt.timedelta = DAY) -> int:
        """Work until nothing waits; loans of those who died have run out by then."""
        done = 0
        while claimed := claim(store, "worker", 60, dt.datetime.now(dt.UTC) + later):
            work(claimed, self.settings, store, sandbox, Calendars.shipped())
            done += 1
        return done

    def files(self, folder: str) -> list[str]:
        """Return the files in one of the office's folders."""
        root = self.share / folder
        return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())

    def content(self) -> dict[str, list[tuple[Any, ...]]]:
        """Return all that the database says, read by plain SQL."""
        with closing(sqlite3.connect(self.database)) as raw:
            return {
                name: sorted(raw.execute(f"SELECT * FROM {name}").fetchall(), key=repr)
                for name in metadata.tables
            }


def made(home: Path) -> Office:
    """Return a new office that is watched."""
    office = Office(home=home)
    (home / "work").mkdir(parents=True)
    with office.open() as store:
        office.look(store, times=1)
    return office


def findings(office: Office, drops: dict[str, bytes]) -> list[str]:
    """Return what is wrong with an office in which all work is done: every drop is one case, in its place."""
    with office.open() as store, store.read() as connection:
        rows = connection.execute(sa.select(cases).order_by(cases.c.number)).all()
        handed = connection.execute(sa.select(submissions)).all()
        owed = connection.execute(sa.select(outbox).where(outbox.c.done_at.is_(None))).all()
        wrong = [
            f"bytes of {one[:8]} are not whole" for one in store.blobs.all() if not store.blobs.verify(one)
        ]
    wrong += [
        f"{row.number} stands at {row.stage}" for row in rows if row.stage not in {"routed", "returned"}
    ]
    wrong += [f"{row.number} is lent" for row in rows if row.lease_owner]
    wrong += [f"{one.effect} is owed" for one in owed]
    if sorted(one.name for one in handed) != sorted(drops) or len(rows) != len(drops):
        wrong.append(f"accepted: {sorted(one.name for one in handed)} in {len(rows)} cases")
    for row in rows:
        kept = office.files("5_DEVUELTO" if row.stage == "returned" else "3_ACEPTADO")
        name = (
            f"{row.number}/MOTIVO.txt" if row.stage == "returned" else f"{row.number}/ACUSE_{row.number}.zip"
        )
        wrong += [] if kept.count(name) == 1 else [f"{name} is not there"]
    left = office.files("1_ENTRADA") + office.files("2_EN_CURSO")
    return wrong + [f"left: {left}"] * bool(left)


def told(office: Office) -> list[str]:
    """Return the whole list of received moments, which must never change."""
    with office.open() as store, store.read() as connection:
        return [json.dumps([r.number, str(r.received_at)]) for r in connection.execute(sa.select(cases))]
