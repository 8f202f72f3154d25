"""A step of telling an act, recorded by a person, or annulled where it was recorded wrongly.

    with visit.acting(case, "notice-told", act=told.act, step=told.step) as connection:
        tell(connection, case, told, "ana", now, around)

The dates of the case run from it at once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.engine import Connection

from pipeline.decisions.kept import Decision
from pipeline.decisions.kinds import SORTS
from pipeline.decisions.possible import Impossible
from pipeline.decisions.sealing import keep
from pipeline.decisions.situation import Situation, Surroundings, situation
from pipeline.decisions.stand import restand
from pipeline.notices.kept import counted
from pipeline.notices.standing import attempts, steps_of
from pipeline.notices.steps import BY_THE_PERSON, BY_WAY, ActKind, Step, Way
from pipeline.notices.tables import notices
from pipeline.notices.told import agree
from pipeline.store.attached import attach
from pipeline.store.blobs import Kept
from pipeline.ulid import ulid
from validators.deadlines import may_publish, where

LONGEST_REGISTRY = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a person tells. `hour` on the wall; `suspends`: whether the notice says that the time stops."""

    way: Way
    step: Step
    on: dt.date
    hour: dt.time | None = None
    suspends: bool | None = None
    registry: str = ""
    proof: Kept | None = None
    proof_name: str = ""
    text: str = ""

    def with_proof(self, kept: Kept) -> Told:
        """Return the same with a file that was kept."""
        return replace(self, proof=kept)


def tell(
    connection: Connection, case: str, told: Told, who: str, now: dt.datetime, around: Surroundings
) -> str:
    """Record one step of the decision that stands; return its id.

    Raises:
        Impossible: nothing is to be told, or it cannot have happened so; `why` are words of
            `desk/web/words/notices.yaml`.
    """
    found = situation(connection, case, now, around)
    decided = found.standing if found else None
    if found is None or decided is None:
        raise Impossible("nothing_to_tell")
    wrong = [*_wrong(told, found, decided)]
    if wrong:
        silent = found.silently_granted
        since = f"{silent:%d/%m/%Y}" if silent else ""
        raise Impossible(*wrong, dated=f"{decided.dated_on:%d/%m/%Y}", since=since)
    identifier = ulid(now)
    about = {"id": identifier, "case_id": case, "decision": decided.id, "act": SORTS[decided.kind].act}
    keep(connection, notices, case, about | {"by": who, "at": now} | _row(told))
    if told.proof is not None:
        attach(connection, case, told.proof, told.proof_name, now)
    _after(connection, found, who, now, around)
    return identifier


def _row(told: Told) -> dict[str, Any]:
    """Return what is kept of what was *told*, in the words of the table."""
    return {
        "way": told.way,
        "step": told.step,
        "text": told.text,
        "happened_on": told.on,
        "hour": f"{told.hour:%H:%M}" if told.hour else None,
        "suspends": told.suspends,
        "registry": told.registry[:LONGEST_REGISTRY] or None,
        "proof": told.proof.sha256 if told.proof else None,
        "proof_name": told.proof_name[:255] or None,
    }


def annul(
    connection: Connection,
    case: str,
    notice: str,
    text: str,
    who: str,
    now: dt.datetime,
    around: Surroundings,
) -> None:
    """Annul a step that was recorded wrongly: it stays in sight, and counts no more.

    Raises:
        Impossible: there is no such step that counts, or nobody says why.
    """
    found = situation(connection, case, now, around)
    struck = next((one for one in counted(found.notices) if one.id == notice), None) if found else None
    if found is None or struck is None:
        raise Impossible("nothing_to_annul")
    if not text.strip():
        raise Impossible("why_annul")
    row = {"id": ulid(now), "case_id": case, "decision": struck.decision, "annuls": struck.id, "text": text}
    row |= {"act": struck.act, "way": struck.way, "step": struck.step, "by": who}
    keep(connection, notices, case, row | {"happened_on": struck.happened_on, "at": now})
    _after(connection, found, who, now, around)


def _after(
    connection: Connection, found: Situation, who: str, now: dt.datetime, around: Surroundings
) -> None:
    """Bring the life of the case, and how it stands, into line with what was told."""
    agree(connection, found.case, who, now, found.lived.law)
    restand(connection, found.case, now, around)


def _wrong(told: Told, found: Situation, decided: Decision) -> Iterator[str]:
    """Yield why a step cannot have happened so, or cannot be told of this decision."""
    act: ActKind = SORTS[decided.kind].act
    if decided.final is None:
        yield "not_final"
    answered = told.step in BY_THE_PERSON
    if not answered and told.step not in BY_WAY[told.way]:
        yield "other_way"
    if answered and act == "resolution":
        yield "no_answer"
    if told.step == "waived" and act == "requirement":
        yield "no_hearing"
    if told.on > found.today:
        yield "to_come"
    if told.on < decided.dated_on:
        yield "before_decision"
    if told.step == "attempted" and told.hour is None:
        yield "hour_missing"
    yield from _unsaid(told, found, decided)
    yield from _out_of_order(told, found, decided)


def _unsaid(told: Told, found: Situation, decided: Decision) -> Iterator[str]:
    """Yield what the law wants on record of a step and nobody said, and what it lets be told no more.

    How a notice was refused (Ley 39/2015, art. 41.5); why it is published without two good attempts (art. 44:
    the person, the place or the way is not known). What silence granted is refused to nobody (art. 24.3.a).
    """
    if told.step == "refused" and not told.text.strip() and told.proof is None:
        yield "refused_how"
    tried = attempts(steps_of(found.notices, decided.id))
    law = found.lived.law
    good = may_publish(tried, where(found.lived.application, law.calendars), law)
    if told.step == "published" and not good and not told.text.strip():
        yield "published_why"
    since, outcome = found.silently_granted, SORTS[decided.kind].outcome
    if since is not None and outcome not in {None, "grant"} and told.on >= since:
        yield "granted_by_silence"


def _out_of_order(told: Told, found: Situation, decided: Decision) -> Iterator[str]:
    """Yield why a step does not fit to those before it: at the electronic office what was not there."""
    steps = steps_of(found.notices, decided.id)
    lain = [one.happened_on for one in steps if one.step in {"available", "offered"}]
    if told.step in {"opened", "rejected"} and not any(day <= told.on for day in lain):
        yield "not_available"
    if any((one.step, one.way, one.happened_on) == (told.step, told.way, told.on) for one in steps):
        yield "told_already"
