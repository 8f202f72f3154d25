"""A case that another office deals with, and one that was handed in by mistake."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from pipeline.acts import Act, acting
from pipeline.after_filing.open import NotDone, close, judged, owe_telling, settled, undecided, untold
from pipeline.after_filing.record import After, Kind, add
from pipeline.folders.places import DROP, Place
from pipeline.journal.entry import wake
from pipeline.malware import REGISTERED
from pipeline.settings import Settings
from pipeline.store import Store
from pipeline.store.schema import cases, submissions
from pipeline.store.statements import Statements


def move(store: Store, settings: Settings, case: str, office: str, why: str, act: Act) -> None:
    """Give *case* to another office; its number, on receipts already, stays. It is read anew.

    Raises:
        NotDone: there is no such office, or the case is decided, unread, or still in the folders.
        Stale: the case is another than was looked at, or another's to change.
    """
    if not (Place(settings.folders.root, office).path / DROP).is_dir():
        raise NotDone("no_office")
    with acting(store, case, act) as connection:
        row = judged(connection, case)
        if row.office == office:
            raise NotDone("no_office")
        settled(connection, case)
        told = After(
            kind=Kind.MOVED,
            entered_on=act.at.date(),
            who=act.who,
            at=act.at,
            said={"office": office, "why": why},
            left_office=row.office,
        )
        owe_telling(connection, case, add(connection, case, told), act.at)
        connection.execute(sa.update(cases).where(cases.c.id == case).values(office=office))
        wake(Statements(connection), row._asdict(), act.at)


def take_back(store: Store, case: str, why: str, act: Act) -> None:
    """End a case that was handed in by mistake; its papers, number and receipt stay.

    What has an entry in a register, stated or stamped on a paper, is an application, and ends by a resolution
    or a withdrawal (Ley 39/2015, arts. 84 and 94): it cannot be taken back.

    Raises:
        NotDone: no reason is given, it was registered, decided, or something was told of it already.
        Stale: the case is another than was looked at, or another's to change.
    """
    if not why.strip():
        raise NotDone("no_words")
    with acting(store, case, act) as connection:
        row = undecided(connection, case)
        if row.stage in {"accepted", "waiting"}:
            raise NotDone("not_read")
        untold(connection, case)
        if _registered(connection, row):
            raise NotDone("registered")
        told = After(
            kind=Kind.TAKEN_BACK, entered_on=act.at.date(), who=act.who, at=act.at, said={"why": why}
        )
        owe_telling(connection, case, add(connection, case, told), act.at)
        close(connection, case, act.at)


def _registered(connection: Connection, row: Row[Any]) -> bool:
    """Whether the case has a registry entry: a number that somebody states, or a stamp on a paper."""
    said = connection.execute(sa.select(submissions.c.said).where(submissions.c.case_id == row.id))
    if any(word.get("registry_number") for words in said.scalars() for word in words):
        return True
    papers = (row.report or {}).get("documents") or ()
    fields = (paper["fields"].get(name) for paper in papers for name in REGISTERED)
    return any(field is not None and field["value"] for field in fields)
