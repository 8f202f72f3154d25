"""Why a case is where it is, in one sentence with its article: of the findings that brought it, the first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from desk.web.case.evidence import spots
from desk.web.case.found import Found
from desk.web.office.standing import standing
from desk.web.visit import Values, Visit
from pipeline.decisions.kept import decisions_of
from pipeline.reasons import reasons
from pipeline.store.cases import Line, meant_for, of_the_same_person
from pipeline.trays.reasons import DECISIVE, reasons_of

_SHOWN = 3
"""Places beside the sentence; the panel of the rules has all."""
_UNREAD = frozenset({"accepted", "waiting", "hold"})


def deciding(visit: Visit, case: Found) -> list[Mapping[str, Any]]:
    """Return the findings that brought the case into its queue, as its tray weighs them: none for `approve`.

    Among those of one rule, the one that is told of the applicant comes first, then by the reason's words.
    """
    queue = case.queue or ""
    findings = case.report.get("findings", ())
    order = reasons_of(queue, findings, visit.room.settings.policy.acceptance).rules
    found = [one for one in findings if one["outcome"] == DECISIVE.get(queue)]
    return sorted(
        found, key=lambda one: (order.index(one["rule"]), one.get("person", ""), one["reason"]["es"])
    )


class Other(NamedTuple):
    """Another case of the same person, and how it stands; both empty where this person may not see it."""

    number: str = ""
    word: str = ""


def build(visit: Visit, case: Found) -> Values:
    """Return the sentence that says why the case is here, and what other cases it has to do with."""
    meant = meant_for(visit.room.store, case.id)
    return {**_sentence(visit, case), "others": _others(visit, case), "meant": meant}


def _others(visit: Visit, case: Found) -> tuple[Other, ...]:
    """Return the other cases of the applicant: one right is asked for once, and granted once.

    Those that this person may not see are one, without a number.
    """
    found = [_other(visit, line) for line in of_the_same_person(visit.room.store, case.id)]
    return tuple(dict.fromkeys(found))


def _other(visit: Visit, line: Line) -> Other:
    """Return one of them as far as this person may see it."""
    if not visit.account.sees(line.office, line.queue, line.procedure):
        return Other()
    return Other(line.number, standing(visit, line).word)


def _sentence(visit: Visit, case: Found) -> Values:
    """Return the sentence: of a finding, or what a case that is not judged waits for, or why it went back."""
    if case.stage in _UNREAD:
        return {"first": None, "more": 0, "told": _waiting(visit, case), "remedy": ""}
    if case.report.get("returned"):
        return _returned(visit, case)
    found = deciding(visit, case)
    return {
        "first": found[0] if found else None,
        "evidence": spots(visit.say, case, found[0]["evidence"])[:_SHOWN] if found else (),
        "more": len({(one["rule"], one["reason"]["es"]) for one in found}) - 1 if found else 0,
        "told": _in_order(visit, case) if case.queue == "approve" else "",
        "remedy": "",
    }


def _in_order(visit: Visit, case: Found) -> str:
    """Return that nothing stands against a case, and whether a person has still to decide it."""
    with visit.room.store.read() as connection:
        decided = any(one.stands for one in decisions_of(connection, case.id))
    return visit.say("case.was_in_order" if decided else "case.in_order")


def _waiting(visit: Visit, case: Found) -> str:
    """Return what a case waits for."""
    if case.working:
        return visit.say("case.being_read")
    if case.stage == "accepted":
        return visit.say("case.to_be_read")
    code = f"case.waits_{(case.waits_for or 'failed').replace('-', '_')}"
    return visit.say(code) if visit.say.has(code) else visit.say("case.waits", what=case.waits_for)


def _returned(visit: Visit, case: Found) -> Values:
    """Return why the case went back to whoever handed it in, and what they were told to do."""
    told = case.report["returned"]
    why = reasons().get(told["code"])
    return {
        "first": None,
        "more": 0,
        "told": visit.say("case.returned", why=told["message"][visit.say.language]),
        "remedy": why.remedy._asdict()[visit.say.language] if why else "",
    }
