"""An office whose cases are worked on by processes that are killed, and what must hold of it afterwards."""

from __future__ import annotations

import hashlib
import shutil
import zipfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from pipeline.settings import Settings, load
from pipeline.store import Store, open_store
from pipeline.store.schema import cases, events, outbox, submissions

CODE = "CEU01"
FALTA = ("BORRADOR_requerimiento.pdf", "FALTA.html", "FALTA.txt")


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """One office in a folder of its own; nothing of it is open here."""

    home: Path

    @property
    def share(self) -> Path:
        """The office's folders."""
        return self.home / "share" / CODE

    def copied(self, home: Path) -> Office:
        """Return a copy at *home*: the state that a trial begins with."""
        shutil.copytree(self.home, home)
        return Office(home=home)

    def files(self, folder: str) -> dict[str, str]:
        """Return the files in one of the five folders with their digests; what is half written too."""
        root = self.share / folder
        found = (path for path in sorted(root.rglob("*")) if path.is_file())
        return {str(p.relative_to(root)): hashlib.sha256(p.read_bytes()).hexdigest() for p in found}

    def open(self) -> Store:
        """Open the record."""
        settings = settings_of(self.home)
        return open_store(settings.storage.database, settings.storage.blobs)


def settings_of(home: Path, **more: Any) -> Settings:
    """Return the settings of the office at *home*: nothing waits longer than it must."""
    flags = {
        "folders.root": home / "share",
        "folders.offices": CODE,
        "folders.stability_seconds": 0.0,
        "folders.folder_seconds": 0.0,
        "storage.database": f"sqlite:///{home}/v.db",
        "storage.blobs": home / "blobs",
        "storage.reserve": 1 << 20,
        "storage.work": home / "work",
        "work.losses": 100,
    }
    return load({**flags, **more}, environ={}, folder=home)


def findings(office: Office) -> list[str]:
    """Return everything that is wrong with an office in which all work is done; nothing should be."""
    with office.open() as store, store.read() as connection:
        rows = connection.execute(sa.select(cases)).all()
        handed = connection.execute(sa.select(submissions)).all()
        owed = connection.execute(sa.select(outbox)).all()
        told = connection.execute(sa.select(events.c.case_id, events.c.kind, events.c.detail)).all()
        wrong = [f"bytes of {d[:8]} are not whole" for d in store.blobs.all() if not store.blobs.verify(d)]
    wrong += [f"{row.number} is still lent" for row in rows if row.lease_owner or row.lease_until]
    wrong += [
        f"{row.number} stands at {row.stage}" for row in rows if row.stage not in {"routed", "returned"}
    ]
    wrong += [f"{row.effect} is owed" for row in owed if row.done_at is None]
    wrong += [f"{one.id} lies in 2_EN_CURSO" for one in handed if one.placed_at and not one.cleared_at]
    wrong += [
        f"left in {name}: {sorted(office.files(name))}"
        for name in ("1_ENTRADA", "2_EN_CURSO")
        if office.files(name)
    ]
    done = Counter(
        (e.case_id, e.kind, e.detail.get("of"), e.detail.get("by"))
        for e in told
        if e.kind.startswith("done-")
    )
    wrong += [f"{key[1]} noted {n} times" for key, n in done.items() if n > 1]
    wrong += [f"left in the work folder: {path.name}" for path in (office.home / "work").iterdir()]
    return wrong + _misplaced(office, rows, handed)


def _misplaced(office: Office, rows: Any, handed: Any) -> list[str]:
    """Return what lies in the office's folders and should not, or does not and should."""
    wanted: dict[str, set[str]] = {"3_ACEPTADO": set(), "4_SUBSANAR": set(), "5_DEVUELTO": set()}
    for row in rows:
        own = [one for one in handed if one.case_id == row.id]
        for order, one in enumerate(own, 1):
            name = f"{row.number}/ACUSE_{row.number}{'' if order == 1 else f'_{order}'}.zip"
            if row.stage == "routed" or one.kind == "duplicate" or name in office.files("3_ACEPTADO"):
                wanted["3_ACEPTADO"].add(name)
            if row.stage == "returned" and one.kind != "duplicate":
                wanted["5_DEVUELTO"] |= {f"{row.number}/{one.name}", f"{row.number}/MOTIVO.txt"}
        if row.queue == "cure":
            wanted["4_SUBSANAR"] |= {f"{row.number}/{name}" for name in FALTA}
    # what a cut left half written is removed by the hour, but in 4_SUBSANAR at once: a folder means "cure"
    found = {
        folder: {
            name for name in office.files(folder) if folder == "4_SUBSANAR" or not name.endswith(".part")
        }
        for folder in wanted
    }
    wrong = [f"{f}: {sorted(found[f])} and not {sorted(wanted[f])}" for f in wanted if found[f] != wanted[f]]
    receipts = (office.share / "3_ACEPTADO").rglob("*.zip")
    return wrong + [f"{p.name} is broken" for p in receipts if zipfile.ZipFile(p).testzip()]
