"""The addresses that are called: an administrator's to choose; the secret is shown once."""

from __future__ import annotations

import datetime as dt
import re
import secrets
from collections.abc import Collection
from typing import NamedTuple

import sqlalchemy as sa

from pipeline.audit.chain import note
from pipeline.errors import UsageError
from pipeline.store import Store
from pipeline.store.schema import events
from pipeline.store.statements import Statements
from pipeline.ulid import ulid
from pipeline.webhooks.send import address
from pipeline.webhooks.tables import calls, webhooks

LEAD = "vs_"
_OFFICE = re.compile(r"[A-Z][A-Z0-9]{1,15}|\*")
_LONGEST = 500


class Webhook(NamedTuple):
    """One address: whose cases are told there, how many calls wait, were taken and were given up."""

    id: str
    url: str
    offices: tuple[str, ...]
    made_by: str
    made_at: dt.datetime
    ended_at: dt.datetime | None
    waiting: int
    done: int
    given_up: int
    answered: str | None
    """How the last call that was made was answered."""


def add(store: Store, url: str, *, offices: Collection[str], by: str, at: dt.datetime) -> tuple[str, str]:
    """Add an address; what happens from now on is told there. Return its id and its secret.

    Raises:
        UsageError: the address is not one that is called, or no office is given.
    """
    address(url)
    if len(url) > _LONGEST or not offices or not all(_OFFICE.fullmatch(one) for one in offices):
        raise UsageError("Falta la oficina, no es un código, o la dirección es demasiado larga", "Corríjalo.")
    identifier, secret = ulid(at), LEAD + secrets.token_urlsafe(32)
    with store.write() as connection:
        last = connection.execute(sa.select(sa.func.max(events.c.seq))).scalar() or 0
        values = {"id": identifier, "url": url, "offices": sorted(offices), "secret": secret, "seen": last}
        connection.execute(sa.insert(webhooks).values(**values, made_by=by, made_at=at))
        note(Statements(connection), by, "webhook-added", at, webhook=identifier, offices=sorted(offices))
    return identifier, secret


def end(store: Store, identifier: str, *, by: str, at: dt.datetime) -> None:
    """Call an address no more; raise UsageError where there is none of that id."""
    mine = (webhooks.c.id == identifier, webhooks.c.ended_at.is_(None))
    with store.write() as connection:
        if not connection.execute(sa.update(webhooks).where(*mine).values(ended_at=at)).rowcount:
            raise UsageError("No hay ninguna dirección en uso con ese id", "Vea `ventanilla webhook list`.")
        owed = sa.update(calls).where(calls.c.webhook == identifier, calls.c.not_before.is_not(None))
        connection.execute(owed.values(not_before=None, given_up_at=at))
        note(Statements(connection), by, "webhook-ended", at, webhook=identifier)


def again(store: Store, identifier: str, *, by: str, at: dt.datetime) -> int:
    """Let what was given up be called again; return how many."""
    mine = (calls.c.webhook == identifier, calls.c.given_up_at.is_not(None))
    with store.write() as connection:
        changes = {"given_up_at": None, "not_before": at, "tries": 0}
        count = connection.execute(sa.update(calls).where(*mine).values(**changes)).rowcount
        note(Statements(connection), by, "webhook-again", at, webhook=identifier, count=count)
    return count


def book(store: Store) -> tuple[Webhook, ...]:
    """Return every address there ever was, the newest first."""
    counted = sa.select(
        calls.c.webhook,
        sa.func.count(calls.c.not_before).label("waiting"),
        sa.func.count(calls.c.done_at).label("done"),
        sa.func.count(calls.c.given_up_at).label("given_up"),
    ).group_by(calls.c.webhook)
    last = sa.select(calls.c.webhook, calls.c.answered).where(calls.c.tries > 0).order_by(calls.c.seq)
    with store.read() as connection:
        counts = {row.webhook: row for row in connection.execute(counted)}
        answers = {row.webhook: row.answered for row in connection.execute(last)}
        rows = connection.execute(sa.select(webhooks).order_by(webhooks.c.id.desc())).all()
    return tuple(
        Webhook(
            id=row.id,
            url=row.url,
            offices=tuple(row.offices),
            made_by=row.made_by,
            made_at=row.made_at,
            ended_at=row.ended_at,
            waiting=counts[row.id].waiting if row.id in counts else 0,
            done=counts[row.id].done if row.id in counts else 0,
            given_up=counts[row.id].given_up if row.id in counts else 0,
            answered=answers.get(row.id),
        )
        for row in rows
    )
