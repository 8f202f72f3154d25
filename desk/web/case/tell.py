"""How what was decided is told to the person: each step recorded with its day and proof, or annulled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import ExitStack

from starlette.responses import Response

from desk.people.rights import Right
from desk.web.case.deciding import around, situation_of
from desk.web.case.found import Found, found
from desk.web.case.spoken import hour, naming, page_of, tray, typed_day
from desk.web.doors import Door
from desk.web.visit import Values, Visit, number
from pipeline.acts import Stale
from pipeline.decisions.kept import Decision
from pipeline.decisions.kinds import SORTS
from pipeline.decisions.possible import Impossible
from pipeline.decisions.situation import Situation
from pipeline.notices.kept import counted
from pipeline.notices.longer import make_longer, most_longer
from pipeline.notices.standing import attempts, hearing_ends, steps_of, told_on, waiting_until
from pipeline.notices.steps import BY_WAY, Step, Way
from pipeline.notices.tell import Told, annul, tell
from pipeline.store.attached import attaching
from validators.dates import add_days
from validators.deadlines import (
    may_publish,
    notify_by,
    rejected_after,
    second_attempt_by,
    where,
)

MOST_BYTES = 20 * 1024 * 1024
_STEPS: dict[str, tuple[Way, Step]] = {
    f"{way}_{step}": (way, step) for way, steps in BY_WAY.items() for step in steps
}
_BY_THE_PERSON: dict[str, tuple[Way, Step]] = {
    "answered": ("in_person", "answered"),
    "waived": ("in_person", "waived"),
}
_OF_ACT: dict[str, tuple[str, ...]] = {
    "requirement": ("answered",),
    "hearing": ("answered", "waived"),
    "resolution": (),
}


def build(visit: Visit, case: Found) -> Values:
    """Return what was told of the decision that stands, and what comes next by the law."""
    return _values(visit, case)


def _values(visit: Visit, case: Found, typed: bool = False) -> Values:
    """Return the values of the part; *typed*: with what was sent in it."""
    there = situation_of(visit, case)
    decided = there.standing if there else None
    if there is None or decided is None or not decided.taken:
        return {"decided": None, "told": there.notices if there else (), "tray": tray(visit)}
    steps = steps_of(there.notices, decided.id)
    names = [*_STEPS, *_OF_ACT[SORTS[decided.kind].act]]
    return {
        "decided": decided,
        "act": visit.say(f"notices.act_{SORTS[decided.kind].act}"),
        "asks": SORTS[decided.kind].act == "requirement",
        "until": hour(visit, decided.final_from(visit.room.settings.desk.undo_seconds)),
        "told_on": told_on(steps, there.today, there.lived.law),
        "answer": hearing_ends(there) if decided.kind == "hear" else waiting_until(there),
        "today": there.today,
        "more": [(days, days) for days in range(1, most_longer(there) + 1)],
        "next": [*_next(visit, there, decided)],
        "steps": [(name, visit.say(f"notices.step_{name}")) for name in names],
        "told": there.notices,
        "counts": {one.id for one in counted(there.notices)},
        "annulments": {one.annuls: one for one in there.notices if one.annuls},
        "name": naming(visit),
        "hour": lambda at: hour(visit, at),
        "typed": visit.field if typed else _nothing,
        "may": visit.account.may(Right.DECIDE) and not case.working,
        "tray": tray(visit),
    }


def _nothing(name: str) -> str:
    """Return what was typed where nothing was."""
    del name
    return ""


def _next(visit: Visit, there: Situation, decided: Decision) -> Iterator[str]:
    """Yield what the law says comes next, with its day."""
    law, steps = there.lived.law, steps_of(there.notices, decided.id)
    if told_on(steps, there.today, law) is not None:
        return
    at, say = where(there.lived.application, law.calendars), visit.say
    if SORTS[decided.kind].act == "resolution" and not steps:
        by = notify_by(decided.dated_on, at, law).date
        yield from [say("notices.by", day=_day(by))] if by else []
    tries = attempts(steps)
    if len(tries) == 1:
        last = second_attempt_by(tries[0], at, law).date
        yield from [say("notices.second_by", day=_day(last))] if last else []
    elif tries:
        yield say("notices.publish" if may_publish(tries, at, law) else "notices.no_publish")
    for one in steps:
        last = rejected_after(one.happened_on, law).date if one.step == "available" else None
        yield from [say("notices.rejected_on", day=_day(add_days(last, 1)))] if last else []


def _day(day: dt.date) -> str:
    """Return a day as people read it."""
    return f"{day:%d/%m/%Y}"


def _hour(text: str | None) -> dt.time | None:
    """Return an hour as it is kept, or typed as 10:30 or 9:05; None where it is none."""
    try:
        return dt.time.fromisoformat(text.strip().zfill(5)) if text and text.strip() else None
    except ValueError:
        return None


def record(visit: Visit) -> Response:
    """Record one step of telling."""
    case = found(visit, look=None)
    way, step = (_STEPS | _BY_THE_PERSON).get(visit.field("step"), _BY_THE_PERSON["answered"])
    on, at = typed_day(visit.field("day")), _hour(visit.field("hour"))
    proof, name = _proof(visit)
    wrong = [*_unreadable(visit, on, at, proof)]
    if wrong or on is None:
        return _wrong(visit, case, Impossible(*wrong, most=MOST_BYTES // 1024 // 1024))
    told = Told(
        way=way,
        step=step,
        on=on,
        hour=at,
        suspends={"yes": True, "no": False}.get(visit.field("suspends")),
        registry=visit.field("registry").strip(),
        proof_name=name,
        text=visit.field("text"),
    )
    try:
        _keep(visit, case, told, proof)
    except Impossible as impossible:
        return _wrong(visit, case, impossible)
    except Stale as stale:
        return _wrong(visit, found(visit, look=None), Impossible(f"stale_{stale.why}"), 409)
    return visit.to(page_of(visit, case))


def _keep(visit: Visit, case: Found, told: Told, proof: bytes) -> None:
    """Write the step, with its proof if there is one, in one transaction."""
    with ExitStack() as stack:
        kept = stack.enter_context(attaching(visit.room.store, proof)) if proof else None
        if kept is not None:
            told = told.with_proof(kept)
        connection = stack.enter_context(visit.acting(case.id, "notice-told", step=told.step, way=told.way))
        tell(connection, case.id, told, visit.account.login, visit.at, around(visit))


def _proof(visit: Visit) -> tuple[bytes, str]:
    """Return the file that was sent, as far as it may be kept, and its name; nothing where none was."""
    sent = visit.files("proof")
    if not sent:
        return b"", ""
    return sent[0].file.read(MOST_BYTES + 1), sent[0].filename or ""


def _unreadable(visit: Visit, on: dt.date | None, at: dt.time | None, proof: bytes) -> Iterator[str]:
    """Yield what of the form cannot be read."""
    if visit.field("step") not in {*_STEPS, *_BY_THE_PERSON}:
        yield "other_way"
    if on is None:
        yield "bad_day"
    if visit.field("hour").strip() and at is None:
        yield "bad_hour"
    if len(proof) > MOST_BYTES:
        yield "too_large"


def _wrong(visit: Visit, case: Found, impossible: Impossible, status: int = 422) -> Response:
    """Show the form again with what was typed, on the case as it is now."""
    errors = [("", visit.say(f"notices.cannot_{why}", **impossible.values)) for why in impossible.why]
    values = _values(visit, case, typed=True)
    return visit.page("case/notices_page.html", status, case=case, p=values, errors=errors)


def strike(visit: Visit) -> Response:
    """Annul a step that was recorded wrongly."""
    case = found(visit, look=None)
    try:
        with visit.acting(case.id, "notice-annulled") as connection:
            who, why = visit.account.login, visit.field("why")
            annul(connection, case.id, visit.field("notice"), why, who, visit.at, around(visit))
    except Impossible as impossible:
        return _wrong(visit, case, impossible)
    return visit.to(page_of(visit, case))


def lengthen(visit: Visit) -> Response:
    """Give the person more days to answer a requirement."""
    case, days = found(visit, look=None), number(visit.field("days"))
    try:
        with visit.acting(case.id, "answer-time-made-longer", days=days) as connection:
            make_longer(connection, case.id, days, visit.account.login, visit.at, around(visit))
    except Impossible as impossible:
        return _wrong(visit, case, impossible)
    return visit.to(page_of(visit, case))


_AT = "/expedientes/{number}/notificaciones"
DOORS = (
    Door(_AT, record, Right.DECIDE, methods=("POST",), papers=True),
    Door(f"{_AT}/ampliar", lengthen, Right.DECIDE, methods=("POST",)),
    Door(f"{_AT}/anular", strike, Right.DECIDE, methods=("POST",)),
)
