"""What the person asks after filing: kept with its day of entry, who wrote it down and the paper it is on.

Ley 39/2015: to withdraw, art. 94; to bring papers at any time before the hearing, arts. 53.1.e and 76; the
place for notices, arts. 41 and 66.1.b; who represents, art. 5.

An entry is taken whoever has the case in hand: what comes in at the counter is not refused. The case is then
another than its page showed, and whoever was deciding on it looks again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from pipeline.acts import Act
from pipeline.after_filing.later import REACHING
from pipeline.after_filing.open import NotDone, going_on, owe_telling, undecided
from pipeline.after_filing.record import ASKED, After, Kind, add, listed
from pipeline.audit.chain import note
from pipeline.intake.handing import NotTaken, Parcel, ready
from pipeline.journal.entry import insert
from pipeline.life.clock import refresh
from pipeline.life.record import add as happened
from pipeline.settings import Settings
from pipeline.store import Store
from pipeline.store.schema import cases
from pipeline.store.statements import Statements
from validators.calendar import Calendars
from validators.life import Kind as Life
from validators.life import event

WORDS: Mapping[Kind, tuple[str, ...]] = {
    Kind.WITHDRAWAL: (),
    Kind.CORRECTION: ("text",),
    Kind.ADDITION: (),
    Kind.NOTICE_ADDRESS: ("text",),
    Kind.REPRESENTATIVE: ("text",),
    Kind.REPRESENTATIVE_REMOVED: ("text",),
}
"""The words without which each says nothing. A paper is asked for only to bring papers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked, the day of its entry, and in words what it is about.

    *once* is a word of the form's: sent twice it is kept once. `everybody`: of a withdrawal, whether all who
    applied withdraw; otherwise it goes on for the others (art. 94.2). `paper` is what was handed in with it,
    as an answer to the case.
    """

    kind: Kind
    entered_on: dt.date
    once: str
    text: str = ""
    everybody: bool = True
    paper: Parcel | None = None


def ask(
    store: Store, settings: Settings, calendars: Calendars, case: str, asked: Asked, act: Act
) -> NotTaken | None:
    """Keep what was *asked* of *case*; return why its paper could not be taken, and then nothing is kept.

    Raises:
        NotDone: the case is decided, a word is missing, or the day cannot be.
        EnvironmentFault: disk, folders or database do not answer.
    """
    _sensible(asked, act.at)
    found = ready(store, settings, asked.paper) if asked.paper else None
    if isinstance(found, NotTaken):
        return found
    with store.write() as connection:
        if any(one.said.get("once") == asked.once for one in listed(connection, case)):
            return None
        # where a decision is to be notified, and who is told of it, may change until the end and after it
        row = (going_on if asked.kind in REACHING else undecided)(connection, case)
        if asked.entered_on < _filed(row, act.at):
            raise NotDone("before_filing")
        entered = insert(Statements(connection), found.drop, act.at).id if found else None
        owe_telling(connection, case, add(connection, case, _told(asked, act, entered)), act.at)
        if asked.kind is Kind.WITHDRAWAL and asked.everybody:
            _withdrawn(connection, settings, calendars, case, asked, act)
        _noted(connection, case, asked, act)
    if found:
        found.settle(store.blobs)
    return None


def _sensible(asked: Asked, at: dt.datetime) -> None:
    """Refuse what says nothing, and a day to come."""
    lacks = "text" in WORDS.get(asked.kind, ()) and not asked.text.strip()
    if asked.kind not in ASKED or lacks or (asked.kind is Kind.ADDITION and asked.paper is None):
        raise NotDone("no_words")
    if asked.entered_on > at.date():
        raise NotDone("to_come")


def _filed(row: Row[Any], at: dt.datetime) -> dt.date:
    """Return the first day on which something can have been asked of a case.

    A registry takes an application before it comes here, and what the person asks of it in between too.
    """
    came: dt.date = row.received_at.astimezone(at.tzinfo).date()
    return came if row.filed_on is None else min(came, row.filed_on)


def _told(asked: Asked, act: Act, submission: str | None) -> After:
    """Return the entry for what is asked; *submission* is the paper that came with it."""
    return After(
        kind=asked.kind,
        entered_on=asked.entered_on,
        who=act.who,
        at=act.at,
        said=_said(asked),
        submission=submission,
    )


def _noted(connection: Connection, case: str, asked: Asked, act: Act) -> None:
    """Make the case another than its page showed, and note in the audit who wrote it down."""
    changed = {"revision": cases.c.revision + 1, "updated_at": act.at}
    connection.execute(sa.update(cases).where(cases.c.id == case).values(**changed))
    note(Statements(connection), act.who, act.did, act.at, case=case, what=asked.kind.value)


def _said(asked: Asked) -> dict[str, object]:
    """Return the words of a row."""
    told: dict[str, object] = {"once": asked.once}
    told |= {"text": asked.text} if asked.text.strip() else {}
    return told | ({"everybody": asked.everybody} if asked.kind is Kind.WITHDRAWAL else {})


def _withdrawn(
    connection: Connection, settings: Settings, calendars: Calendars, case: str, asked: Asked, act: Act
) -> None:
    """Record in the life of the case that whoever applied withdraws; a person declares it ended."""
    transaction = Statements(connection)
    happened(transaction, case, event(Life.WITHDRAWAL_DECLARED.value, asked.entered_on, {}), act.who, act.at)
    refresh(transaction, case, act.at, settings.policy, calendars)
