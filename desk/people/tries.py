"""Tries to come in: after a few that fail, growing pauses, which a restart does not forget.

Counted are the login from one address, the address, and the login from anywhere; a browser in which that
person came in before is counted by itself. So a stranger who tries somebody's login makes its owner wait a
minute at most in a browser that is new, and not at all in the usual one.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from desk.people.tables import tries
from pipeline.store import Store

_FIRST = dt.timedelta(seconds=2)
_FORGOTTEN = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Counted:
    """What tries are counted by: `free` tries fail without a pause, none is longer than `longest`."""

    of: str
    free: int
    longest: dt.timedelta

    @property
    def key(self) -> str:
        """Return what the record keeps: nobody reads from it what was typed."""
        return hashlib.sha256(self.of.encode("utf-8", "surrogatepass")).hexdigest()

    def pause(self, failures: int) -> dt.timedelta:
        """Return how long nobody may try after so many failures."""
        if failures < self.free:
            return dt.timedelta(0)
        doubled: int = 2 ** min(failures - self.free, 20)
        return min(self.longest, _FIRST * doubled)


def counted(login: str, address: str, browser: str | None) -> tuple[Counted, ...]:
    """Return what a try is counted by; *browser* names one in which this login came in before."""
    quarter = dt.timedelta(minutes=15)
    name = login.strip().casefold()
    if browser is not None:
        return (Counted(f"browser:{browser}", 5, quarter),)
    near = _near(address)
    return (
        Counted(f"both:{name}:{near}", 5, quarter),
        Counted(f"address:{near}", 30, quarter),
        Counted(f"login:{name}", 30, dt.timedelta(minutes=1)),
    )


def for_code(account_id: str) -> tuple[Counted, ...]:
    """Return what tries of a one-time code are counted by: whoever makes them has the password."""
    return (Counted(f"code:{account_id}", 5, dt.timedelta(minutes=15)),)


def begun(store: Store, by: Sequence[Counted], at: dt.datetime) -> dt.timedelta | None:
    """Count a try as failed, before anything is compared; return how long to wait if it may not be made.

    So many at once are counted one after the other. A try during a pause does not lengthen it.
    """
    with store.write() as connection:
        found = [_known(connection, one, at) for one in by]
        until = max(row[1] for row in found)
        if until > at:
            return until - at
        for one, (failures, _) in zip(by, found, strict=True):
            _put(connection, one, failures + 1, at)
    return None


def succeeded(store: Store, by: Sequence[Counted], at: dt.datetime) -> None:
    """Take the try back that was right; forget the failures of that login before it.

    Those of the address stay: who has an account of their own must not clear them by coming in with it.
    """
    with store.write() as connection:
        for one in by:
            if one.of.startswith("address:"):
                failures, _ = _known(connection, one, at)
                _put(connection, one, max(0, failures - 1), at)
            else:
                connection.execute(sa.delete(tries).where(tries.c.key == one.key))
        connection.execute(sa.delete(tries).where(tries.c.last_at < at - _FORGOTTEN))


def _known(connection: Connection, one: Counted, at: dt.datetime) -> tuple[int, dt.datetime]:
    """Return how many tries failed, and until when none may be made.

    Tries of a time to come were made before the clock was set back: their pause begins now, else it would
    last until then.
    """
    row = connection.execute(sa.select(tries).where(tries.c.key == one.key)).first()
    if row is None or row.last_at < at - _FORGOTTEN:
        return 0, at
    if row.last_at > at:
        _put(connection, one, row.failures, at)
        return row.failures, at + one.pause(row.failures)
    return row.failures, row.not_before


def _put(connection: Connection, one: Counted, failures: int, at: dt.datetime) -> None:
    """Keep how many tries failed."""
    values = {"failures": failures, "not_before": at + one.pause(failures), "last_at": at}
    if connection.execute(sa.update(tries).where(tries.c.key == one.key).values(**values)).rowcount == 0:
        connection.execute(sa.insert(tries).values(key=one.key, **values))


def _near(address: str) -> str:
    """Return what an address is counted as: of IPv6 the network that one customer has."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    return str(int(found) >> 64) if isinstance(found, IPv6Address) else str(found)
