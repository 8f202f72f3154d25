"""What each role may do. Whoever has no right to something may not do it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType


class Right(StrEnum):
    """One thing that may be done at the desk."""

    OWN = "own"
    """One's own account: language, shortcuts, password."""
    TRAYS = "trays"
    """See the lists of cases."""
    CASES = "cases"
    """See a case and its papers."""
    WORK = "work"
    """Have a case in hand and set right what was read."""
    DECIDE = "decide"
    CONFIRM = "confirm"
    """Confirm, as the second person, what another decided; look at the blind sample."""
    ASSIGN = "assign"
    """Give a case to somebody, take it back, let it go ahead of its turn."""
    HAND_IN = "hand_in"
    """Hand in papers, and what the person asks for afterwards."""
    FIGURES = "figures"
    STATUS = "status"
    """See how the program itself does: its parts, its disks, its copies."""
    ACCOUNTS = "accounts"
    KEYS = "keys"
    """The keys of the offices' programs."""
    AUDIT = "audit"


class Role(StrEnum):
    """Who somebody is at the desk; one may be several."""

    CLERK = "clerk"
    REVIEWER = "reviewer"
    SUPERVISOR = "supervisor"
    MANAGER = "manager"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


_REVIEWER = frozenset({Right.OWN, Right.TRAYS, Right.CASES, Right.WORK, Right.DECIDE})
RIGHTS: Mapping[Role, frozenset[Right]] = MappingProxyType(
    {
        Role.CLERK: frozenset({Right.OWN, Right.TRAYS, Right.CASES, Right.HAND_IN}),
        Role.REVIEWER: _REVIEWER,
        Role.SUPERVISOR: _REVIEWER
        | {Right.CONFIRM, Right.ASSIGN, Right.HAND_IN, Right.FIGURES, Right.STATUS},
        Role.MANAGER: frozenset({Right.OWN, Right.FIGURES, Right.STATUS}),
        Role.ADMINISTRATOR: frozenset({Right.OWN, Right.ACCOUNTS, Right.KEYS, Right.STATUS}),
        Role.AUDITOR: frozenset({Right.OWN, Right.TRAYS, Right.CASES, Right.AUDIT}),
    }
)


def rights(roles: Iterable[Role]) -> frozenset[Right]:
    """Return all that somebody of these *roles* may do."""
    return frozenset().union(*(RIGHTS[role] for role in roles))
