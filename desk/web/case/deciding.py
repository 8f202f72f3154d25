"""What the part of a case where it is decided shows: the proposal, the choices, what was decided already."""

from __future__ import annotations

from typing import Literal, NamedTuple

from desk.people.rights import Right
from desk.web.case.chosen import Chosen
from desk.web.case.found import Found
from desk.web.case.spoken import hour, moment, naming, tray
from desk.web.visit import Values, Visit
from pipeline.decisions.kept import UNDONE, Decision, decisions_of, sample_of
from pipeline.decisions.kinds import KINDS, Kind
from pipeline.decisions.possible import differs, proposed_kind, standing_in_the_way, values
from pipeline.decisions.proposal import every_doubt
from pipeline.decisions.reasons import REASONS
from pipeline.decisions.situation import Situation, Surroundings, situation
from pipeline.letters.words import languages
from pipeline.notices.standing import waiting_until
from pipeline.trays.kinds import SAMPLE
from validators.law import whole
from validators.life.events import Kind as Happened

Mode = Literal["closed", "decide", "decided", "second", "second_mine", "sample"]
TELLING = frozenset({"notices", "after", "history"})
"""The parts of the page of a case that tell what was decided of it."""


class Undo(NamedTuple):
    """A decision that stands and may still be undone, and until when; empty while it waits for somebody."""

    decision: Decision
    until: str


def around(visit: Visit) -> Surroundings:
    """Return what decisions stand on."""
    return Surroundings(settings=visit.room.settings, calendars=visit.room.calendars)


def situation_of(visit: Visit, case: Found) -> Situation | None:
    """Return the situation of a case, None where nobody has judged it."""
    if case.report.get("status") != "routed" or case.working:
        return None
    with visit.room.store.read() as connection:
        return situation(connection, case.id, visit.at, around(visit))


def supervises(visit: Visit) -> bool:
    """Whether who asks is a supervisor."""
    return visit.account.may(Right.ASSIGN)


def shown(visit: Visit, case: Found, typed: Chosen | None = None) -> Values:
    """Return the values of the part; *typed* is what somebody sent that could not stand."""
    found = situation_of(visit, case)
    if found is None:
        return {"mode": "closed", "taken": (), "tray": tray(visit)}
    mode = _mode(visit, found)
    blind = mode in {"second", "sample"}
    fresh = typed or _taken_back(visit, found) or Chosen(kind=proposed_kind(found) or "")
    return {
        "mode": mode,
        "found": found,
        "chosen": fresh,
        "typed": typed is not None,
        "told": _told(visit, found),
        "kinds": [(kind, visit.say(f"decide.kind_{kind}")) for kind in _kinds(found)],
        "every": [(kind, visit.say(f"decide.kind_{kind}")) for kind in KINDS],
        "differs": bool(fresh.kind in KINDS and differs(found, fresh.kind)),
        "reasons": [(one, visit.say(f"decide.reason_{one}")) for one in REASONS],
        "doubts": every_doubt(found.report),
        "languages": languages(),
        "chosen_languages": fresh.languages or visit.room.settings.letters.languages,
        "least": whole("ley-39-2015", "hearing_least_working_days", on=found.file.filed_on),
        "undo": None if blind else _undo(visit, found),
        "taken": () if blind else found.decisions,
        "name": naming(visit),
        "hour": lambda at: moment(visit, at),
        "tray": tray(visit),
        "registers": visit.room.settings.register,
    }


def _taken_back(visit: Visit, found: Situation) -> Chosen | None:
    """Return what this person had chosen in the last decision, if it was undone: nobody types it again.

    The doubts are to be ticked again: who takes a decision back looks once more.
    """
    last = found.decisions[-1] if found.decisions else None
    if last is None or last.by != visit.account.login or last.kind not in _kinds(found):
        return None
    if not any(end.how == UNDONE for end in last.ends):
        return None
    days = last.letter.get("hearing_days")
    return Chosen(
        kind=last.kind,
        reason=last.reason or "",
        text=last.text,
        left_out=tuple(last.letter.get("left_out", ())),
        added="\n\n".join(last.letter.get("added", ())),
        languages=tuple(last.letter.get("languages", ())),
        hearing_days=str(days) if days else "",
    )


def _mode(visit: Visit, found: Situation) -> Mode:
    """Return what this person may do here now."""
    decided, may = found.standing, visit.account.may
    if tray(visit) == SAMPLE and may(Right.CONFIRM) and sample_of(found.decisions, visit.account.login):
        return "sample"
    if decided is not None and not decided.taken:
        mine = decided.by == visit.account.login or not may(Right.CONFIRM)
        return "second_mine" if mine else "second"
    wrong = [*standing_in_the_way(found, supervisor=supervises(visit))]
    if wrong or not may(Right.DECIDE):
        return "decided" if decided is not None else "closed"
    return "decide"


def blind(visit: Visit, case: Found) -> bool:
    """Whether who asks is to say what they would decide before they see what was decided."""
    if tray(visit) != SAMPLE or not visit.account.may(Right.CONFIRM):
        return False
    with visit.room.store.read() as connection:
        return sample_of(decisions_of(connection, case.id), visit.account.login) is not None


def _told(visit: Visit, found: Situation) -> str:
    """Return what a person must know before all else: silence, a time that passed, a withdrawal."""
    said = values(found)
    if found.silently_granted is not None:
        return visit.say("decide.silence_now", since=said["since"])
    if proposed_kind(found) == "withdraw":
        return visit.say("decide.withdrawn_now")
    if proposed_kind(found) == "desist":
        return visit.say("decide.desist_now", until=said["until"])
    return ""


def _kinds(found: Situation) -> list[Kind]:
    """Return the decisions that can be thought of: of some there is no question in most cases."""
    if found.silently_granted is not None:
        return ["grant"]
    given_up = any(one.kind is Happened.WITHDRAWAL_DECLARED for one in found.lived.life.events)
    until = waiting_until(found)
    passed = until is not None and until < found.today
    rare = {"desist": passed, "withdraw": given_up}
    return [kind for kind in KINDS if rare.get(kind, True)]


def _undo(visit: Visit, found: Situation) -> Undo | None:
    """Return the decision that this person may still undo."""
    decided = found.standing
    if decided is None or decided.final is not None:
        return None
    if decided.by != visit.account.login and not supervises(visit):
        return None
    due = decided.final_from(visit.room.settings.desk.undo_seconds)
    return Undo(decided, hour(visit, due)) if due is None or due > visit.at else None
