"""A decision taken, or taken back: rows added in the transaction of `pipeline.acts.acting`.

    with visit.acting(case, "decided", kind=choice.kind) as connection:
        decide(connection, case, choice, By("ana"), now, around)

What was decided is told to the life of the case at once, so that no silence runs over it; nothing leaves the
house before `desk.undo_seconds` have passed (`pipeline.decisions.final`).
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import asdict
from typing import Any, NamedTuple

from sqlalchemy.engine import Connection

from pipeline.decisions.handling import put
from pipeline.decisions.kept import CONFIRM, DISAGREED, SAMPLE, UNDONE, Decision, decisions_of, sample_of
from pipeline.decisions.kinds import SORTS, Kind
from pipeline.decisions.letter import draft
from pipeline.decisions.possible import Choice, Impossible, refuse_impossible
from pipeline.decisions.proposal import doubts, proposal
from pipeline.decisions.sealing import keep
from pipeline.decisions.situation import Situation, Surroundings, situation
from pipeline.decisions.stand import restand
from pipeline.decisions.tables import decisions, ends, looks
from pipeline.errors import EmptyLetter, UsageError
from pipeline.life.record import add, events_of
from pipeline.store.events import record
from pipeline.store.statements import Statements
from pipeline.ulid import ulid
from validators.life import Event
from validators.life.events import Kind as Happened
from validators.life.events import standing as counting


class By(NamedTuple):
    """Who acts: the account, and whether a supervisor."""

    who: str
    supervisor: bool = False


def decide(
    connection: Connection, case: str, choice: Choice, by: By, now: dt.datetime, around: Surroundings
) -> str:
    """Take a decision; return its id.

    Raises:
        Impossible: it cannot stand; nothing was written that the caller's transaction keeps.
    """
    found = situation(connection, case, now, around)
    if found is None:
        raise Impossible("not_judged")
    refuse_impossible(choice, found, supervisor=by.supervisor)
    try:
        draft(found, choice, around)
    except EmptyLetter:
        raise Impossible("letter_empty") from None
    except UsageError as error:
        raise Impossible("letter", why=error.what, remedy=error.remedy) from None
    confirm = choice.kind in around.settings.desk.confirm
    identifier = _write(connection, found, choice, by.who, now, around, confirm=confirm)
    if not confirm:
        _take(connection, found.case, choice.kind, by.who, now)
    put(connection, case, held_by=None, held_since=None, held_until=None)
    put(connection, case, on_hold_until=None, on_hold_why=None)
    # nothing of what was chosen: a second person is not to see it
    record(connection, case, now, "decided", decision=identifier)
    restand(connection, case, now, around)
    return identifier


def _write(
    connection: Connection,
    found: Situation,
    choice: Choice,
    who: str,
    now: dt.datetime,
    around: Surroundings,
    *,
    confirm: bool,
) -> str:
    """Add the row of a decision; return its id."""
    desk, proposed = around.settings.desk, proposal(found.report) | {"revision": found.revision}
    kept = doubts(found.report, choice.kind)
    edits = asdict(choice.edits) | {"left_out": sorted(choice.edits.left_out), "signer": choice.signer}
    identifier = ulid(now)
    row = {
        "id": identifier,
        "case_id": found.case,
        "turn": len(decisions_of(connection, found.case)) + 1,
        "kind": choice.kind,
        "by": who,
        "at": now,
        "dated_on": now.date(),
        "final_at": now + dt.timedelta(seconds=desk.undo_seconds),
        "proposal": proposed,
        "reason": choice.reason,
        "text": choice.text,
        "seen": [{"rule": one.rule, "outcome": one.outcome, "reason": dict(one.reason)} for one in kept],
        "letter": edits,
        "confirm": confirm,
        "sampled": _sampled(found.case, choice.kind, proposed, desk.sample_percent),
    }
    keep(connection, decisions, found.case, row)
    return identifier


def _sampled(case: str, kind: Kind, proposed: dict[str, Any], percent: int) -> bool:
    """Tell whether a second person is asked unseen: by the id of the case alone, which nobody chooses."""
    drawn = int(hashlib.sha256(case.encode()).hexdigest()[:8], 16) % 100
    return kind == "grant" and proposed["queue"] == "approve" and drawn < percent


def _take(connection: Connection, case: str, kind: Kind, who: str, now: dt.datetime) -> None:
    """Tell the life of a case that it was resolved."""
    outcome = SORTS[kind].outcome
    if outcome is not None:
        happened = Event(kind=Happened.RESOLUTION_TAKEN, on=now.date(), outcome=outcome)
        add(Statements(connection), case, happened, who, now)


def _untake(connection: Connection, case: str, kind: Kind, who: str, now: dt.datetime) -> None:
    """Annul the resolution that was told last."""
    if SORTS[kind].outcome is None:
        return
    told = [kept.event for kept in events_of(Statements(connection), case)]
    taken = [one for one in counting(told, now.date()) if one.kind is Happened.RESOLUTION_TAKEN]
    if taken:
        annulled = Event(kind=Happened.ANNULLED, on=now.date(), event=taken[-1].id)
        add(Statements(connection), case, annulled, who, now)


def undo(connection: Connection, case: str, by: By, now: dt.datetime, around: Surroundings) -> Decision:
    """Take the last decision back, within its time, by who took it or a supervisor; return it.

    Raises:
        Impossible: there is none, it is final, or it is another's.
    """
    found = situation(connection, case, now, around)
    decided = found.standing if found else None
    if found is None or decided is None:
        raise Impossible("nothing_to_undo")
    if by.who != decided.by and not by.supervisor:
        raise Impossible("anothers")
    due = decided.final_from(around.settings.desk.undo_seconds)
    if decided.final is not None or (due is not None and due <= now):
        raise Impossible("too_late")
    take_back(connection, decided, UNDONE, by.who, now)
    record(connection, case, now, "decision-undone", decision=decided.id)
    restand(connection, case, now, around)
    return decided


def take_back(
    connection: Connection, decided: Decision, how: str, who: str, now: dt.datetime, text: str = ""
) -> None:
    """Note that a decision stands no more, and annul what it told the life of the case."""
    row = {"decision": decided.id, "how": how, "by": who, "at": now, "text": text}
    keep(connection, ends, decided.case, row)
    if decided.taken:
        _untake(connection, decided.case, decided.kind, who, now)


def confirm(
    connection: Connection, case: str, kind: Kind, text: str, by: By, now: dt.datetime, around: Surroundings
) -> bool:
    """Say as the second person what one would decide; return whether both agree.

    Where they do the decision is taken, now; where not, nobody's stands and the case is a supervisor's.

    Raises:
        Impossible: nothing waits for a second person, or that person is the first.
    """
    found = situation(connection, case, now, around)
    decided = found.standing if found else None
    if found is None or decided is None or decided.taken:
        raise Impossible("nothing_to_confirm")
    if decided.by == by.who:
        raise Impossible("same_person")
    agrees = kind == decided.kind
    row = {"decision": decided.id, "purpose": CONFIRM, "by": by.who, "at": now, "kind": kind}
    keep(connection, looks, case, row | {"agrees": agrees, "text": text})
    if agrees:
        _take(connection, case, decided.kind, by.who, now)
        record(connection, case, now, "decision-confirmed", decision=decided.id)
    else:
        parted = {"decision": decided.id, "how": DISAGREED, "by": by.who, "at": now, "text": text}
        keep(connection, ends, case, parted)
        put(connection, case, level=2)
        record(connection, case, now, "decision-disagreed", decision=decided.id)
    restand(connection, case, now, around)
    return agrees


def look_at_sample(
    connection: Connection, case: str, kind: Kind, text: str, by: By, now: dt.datetime
) -> bool:
    """Keep what a second person would have decided of a case of the sample; nothing of the case changes.

    Raises:
        Impossible: the case is not in the sample, was looked at, or that person decided it.
    """
    decided = sample_of(decisions_of(connection, case), by.who)
    if decided is None:
        raise Impossible("nothing_to_look")
    agrees = kind == decided.kind
    row = {"decision": decided.id, "purpose": SAMPLE, "by": by.who, "at": now, "kind": kind}
    keep(connection, looks, case, row | {"agrees": agrees, "text": text})
    return agrees
