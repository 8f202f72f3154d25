"""Which trays somebody sees, and whose cases in them.

A clerk sees the cases of the own offices that wait for papers, and none that somebody is to decide; who only
looks (an auditor) sees all of them. A tray that is not somebody's is not there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from desk.people.accounts import EVERY, by_login
from desk.people.rights import Right
from desk.web.visit import Refused, Visit
from desk.web.words import Speaker
from pipeline.trays import kinds
from pipeline.trays.standing import Days
from pipeline.trays.tidy import MOST, pending, tidy
from pipeline.trays.wanted import Reach, Wanted

_DECIDES, _SECOND = frozenset({Right.DECIDE, Right.AUDIT}), frozenset({Right.CONFIRM, Right.AUDIT})
_CLERKS = (kinds.ANSWER, kinds.NOTICE, kinds.HELD, kinds.WAITING, kinds.READING)
_TAKES: Mapping[str, frozenset[Right]] = {
    **dict.fromkeys(_CLERKS, frozenset({Right.TRAYS})),
    kinds.MINE: frozenset({Right.WORK}),
    kinds.IN_HAND: frozenset({Right.WORK}),
    kinds.SECOND: _SECOND,
    kinds.SAMPLE: _SECOND,
}
GROUPS = ("own", "decide", "after", "aside")


def groups() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the trays by what there is to do in them."""
    yield from zip(GROUPS, (kinds.GATHERED, kinds.queue_trays(), kinds.AFTER, kinds.ASIDE), strict=True)


def may_see(visit: Visit, tray: str) -> bool:
    """Whether a tray is one that this person sees."""
    return any(visit.account.may(right) for right in _TAKES.get(tray, _DECIDES))


def tray_of(visit: Visit) -> str:
    """Return the tray named in the address; raise Refused where there is none for this person."""
    tray = visit.path("tray")
    if tray not in kinds.every_tray() or not may_see(visit, tray):
        raise Refused(404, "not_here")
    return tray


def reach(visit: Visit) -> Reach:
    """Return whose cases this person sees."""
    account = visit.account
    return Reach(
        offices=_limited(account.offices),
        queues=_limited(account.queues),
        procedures=_limited(account.procedures),
    )


def _limited(chosen: frozenset[str]) -> frozenset[str] | None:
    """Return a choice, None where it is all."""
    return None if EVERY in chosen else chosen


def wanted(visit: Visit, tray: str) -> Wanted:
    """Return a tray as this person asks for it, narrowed by what the address says."""
    return Wanted(
        tray=tray,
        reach=reach(visit),
        who=visit.account.login,
        at=visit.at,
        office=visit.asked("oficina") or None,
        procedure=visit.asked("tramite") or None,
    )


def offices(visit: Visit) -> list[str]:
    """Return the offices that somebody may choose from."""
    return [one for one in visit.room.settings.folders.offices if visit.account.reaches(one)]


def tidied(visit: Visit) -> int:
    """Place the cases that moved; return how many are left for the next look."""
    room = visit.room
    seen = tidy(room.store, Days(visit.at.date(), room.settings.policy, room.calendars))
    return pending(room.store) if seen >= MOST else 0


def named(say: Speaker, tray: str) -> str:
    """Return the name of a tray as people read it."""
    queue, _, reason = tray.partition("-")
    if tray in kinds.queue_trays() and reason:
        return f"{say(f'trays.queue_{queue}')}: {say(f'reasons.{reason}')}"
    return say(f"trays.tray_{tray.replace('-', '_')}")


def people(visit: Visit, logins: Collection[str | None]) -> Mapping[str, str]:
    """Return the names of some accounts by login."""
    found = {login: by_login(visit.room.store, login) for login in set(logins) if login is not None}
    return {login: account.name if account else login for login, account in found.items()}
