"""Decisions and notices as JSON, for `case show`: who decided what and when, and how it was told."""

from __future__ import annotations

from typing import Any

from sqlalchemy.engine import Connection

from pipeline.decisions.kept import Decision, decisions_of
from pipeline.notices.kept import Notice, notices_of


def decisions_told(connection: Connection, case: str) -> dict[str, Any]:
    """Return the keys of a report that tell what people decided of a case; empty lists where nobody did."""
    return {
        "decisions": [_decision(one) for one in decisions_of(connection, case)],
        "notices": [_notice(one) for one in notices_of(connection, case)],
    }


def _decision(one: Decision) -> dict[str, Any]:
    """Return a decision; what waits for a second person is not told before that person has spoken."""
    told = {"id": one.id, "by": one.by, "at": one.at.isoformat(timespec="seconds")}
    if one.stands and not one.taken:
        return told | {"decision": None, "awaits": "second"}
    return told | {
        "decision": one.kind,
        "proposal": one.proposal["queue"],
        "reason": one.reason,
        "text": one.text,
        "seen": [{"rule": seen["rule"], "outcome": seen["outcome"]} for seen in one.seen],
        "confirmed_by": one.confirmed.by if one.confirmed else None,
        "ends": [
            {"how": end.how, "by": end.by, "at": end.at.isoformat(timespec="seconds"), "letter": end.paper}
            for end in one.ends
        ],
    }


def _notice(one: Notice) -> dict[str, Any]:
    """Return one step of telling an act."""
    return {
        "id": one.id,
        "act": one.act,
        "way": one.way,
        "step": one.step,
        "on": one.happened_on.isoformat(),
        "hour": one.hour,
        "registry": one.registry,
        "proof": one.proof,
        "annuls": one.annuls,
        "by": one.by,
        "at": one.at.isoformat(timespec="seconds"),
    }
