"""The first people of a new desk: one who administers it and one who decides."""

from __future__ import annotations

from desk.people.accounts import ALL, everybody
from desk.people.changing import By, Reach, make
from desk.people.rights import Role
from pipeline.store import Store

FIRST = (
    ("administracion", "Administración de la mesa", frozenset({Role.ADMINISTRATOR})),
    ("revision", "Primera persona que revisa", frozenset({Role.SUPERVISOR})),
)
"""Login, name and roles; both see every office until an administrator says otherwise."""


def first_people(store: Store, by: By) -> tuple[tuple[str, str], ...]:
    """Make the first accounts where there is none; return each login with its password for the first day."""
    if everybody(store):
        return ()
    return tuple((login, make(store, by, login, name, _everywhere(roles))[1]) for login, name, roles in FIRST)


def _everywhere(roles: frozenset[Role]) -> Reach:
    """Return a reach over every office and tray."""
    return Reach(roles=roles, offices=ALL, queues=ALL, procedures=ALL)
