"""docs/rights.md: what each role may do, and through which door, made from what opens the doors."""

from __future__ import annotations

from collections.abc import Iterator

from desk.people.rights import RIGHTS, Right, Role
from desk.web.app import DOORS
from desk.web.doors import OPEN, Door

_HEAD = """# Who may do what at the desk

Made by `ventanilla user rights > docs/rights.md` from what the program looks at; a test holds it current.
Whoever has no right to something may not do it: a door without a right cannot be made, and nobody passes one
without an account but those marked *everybody*. Besides the right, a case must be of the offices of the
account and, where these are limited, of its queues and procedures: for others there is no such case.

| right | what it is |
|---|---|
"""
_TOLD = {
    Right.OWN: "one's own account: language, shortcuts, password, telephone, sessions",
    Right.TRAYS: "the lists of cases",
    Right.CASES: "a case and its papers; each look is a line of the audit",
    Right.WORK: "have a case in hand, set right what was read",
    Right.DECIDE: "decide a case",
    Right.CONFIRM: "confirm as the second person; look at the blind sample",
    Right.ASSIGN: "give a case to somebody, take it back, let it go ahead of its turn",
    Right.HAND_IN: "hand in papers, and what the person asks for afterwards",
    Right.FIGURES: "figures, no case",
    Right.STATUS: "the parts of the program, no case",
    Right.ACCOUNTS: "the accounts of others; never what one may do oneself",
    Right.KEYS: "the keys of the offices' programs",
    Right.AUDIT: "who saw and did what",
}


def page() -> str:
    """Return the page."""
    return "\n".join([_HEAD.rstrip(), *_rights(), "", *_roles(), "", *_doors(), ""])


def _rights() -> Iterator[str]:
    """Yield a line for each right."""
    yield from (f"| `{right}` | {_TOLD[right]} |" for right in Right)


def _roles() -> Iterator[str]:
    """Yield the table of rights by roles."""
    yield from ("## Rights of each role", "", f"| | {' | '.join(Role)} |", f"|---|{'---|' * len(Role)}")
    for right in Right:
        yield f"| `{right}` | {' | '.join('yes' if right in RIGHTS[role] else '' for role in Role)} |"


def _doors() -> Iterator[str]:
    """Yield the table of doors by roles."""
    yield from ("## Doors", "", f"| door | right | {' | '.join(Role)} |", f"|---|---|{'---|' * len(Role)}")
    for door in sorted(DOORS, key=lambda one: (one.path, one.methods)):
        opened = " | ".join("yes" if _opens(door, role) else "" for role in Role)
        right = "*everybody*" if door.takes == OPEN else f"`{door.takes}`"
        yield f"| {'/'.join(door.methods)} `{door.path}` | {right} | {opened} |"


def _opens(door: Door, role: Role) -> bool:
    """Whether a door opens for a role."""
    return door.takes == OPEN or door.takes in RIGHTS[role]
