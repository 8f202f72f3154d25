"""A case decided: chosen, saved, undone, confirmed by a second person; read again; the register asked."""

from __future__ import annotations

from starlette.responses import Response

from desk.people.rights import Right
from desk.web.case.chosen import Chosen, chosen
from desk.web.case.deciding import around, shown, situation_of, supervises
from desk.web.case.found import Found, found
from desk.web.case.spoken import next_page, page_of
from desk.web.doors import Door
from desk.web.visit import Refused, Values, Visit
from pipeline.acts import Act, Stale, acting
from pipeline.audit.chain import note
from pipeline.decisions.ask import NotAsked, ask
from pipeline.decisions.decide import By, confirm, decide, look_at_sample, undo
from pipeline.decisions.handling import handled
from pipeline.decisions.kept import decision_of
from pipeline.decisions.kinds import KINDS, Kind
from pipeline.decisions.possible import Choice, Impossible
from pipeline.reassess import Closed, taken_up
from pipeline.store.results import requeue_in
from pipeline.store.statements import Statements

_FIELDS = {
    "reason_missing": "decide-reason",
    "text_missing": "decide-text",
    "doubts_unseen": "decide-doubts",
    "letter": "decide-added",
    "letter_empty": "decide-added",
}


def build(visit: Visit, case: Found) -> Values:
    """Return the values of the part where a case is decided."""
    return shown(visit, case)


def save(visit: Visit) -> Response:
    """Take the decision and go to the next case; or show what stands in its way, nothing typed lost."""
    case, typed = found(visit, look=None), chosen(visit)
    choice = typed.choice(visit.account.name)
    if choice is None:
        return _wrong(visit, case, typed, [("decide-kind", visit.say("decide.none_chosen"))])
    second = choice.kind in visit.room.settings.desk.confirm
    detail = {} if second else {"kind": choice.kind, "reason": choice.reason}
    try:
        with visit.acting(case.id, "decided", **detail) as connection:
            decide(connection, case.id, choice, _by(visit), visit.at, around(visit))
    except Impossible as impossible:
        return _wrong(visit, case, typed, _said(visit, impossible))
    except Stale as stale:
        return _stale(visit, case, typed, choice, stale)
    return visit.to(next_page(visit, case))


def _by(visit: Visit) -> By:
    """Return who acts."""
    return By(visit.account.login, supervises(visit))


def _said(visit: Visit, impossible: Impossible) -> list[tuple[str, str]]:
    """Return what stands in the way in words, each with the field where it can be mended."""
    return [
        (_FIELDS.get(why, ""), visit.say(f"decide.cannot_{why}", **impossible.values))
        for why in impossible.why
    ]


def _wrong(
    visit: Visit, case: Found, typed: Chosen, errors: list[tuple[str, str]], status: int = 422
) -> Response:
    """Show the form again with what was typed."""
    values = shown(visit, case, typed)
    return visit.page("case/decide_page.html", status, case=case, p=values, errors=errors)


def take_up(visit: Visit) -> Response:
    """Show the form of the decision with what was typed so far: back from the letter."""
    return _wrong(visit, found(visit, look=None), chosen(visit), [], 200)


def _stale(visit: Visit, case: Found, typed: Chosen, choice: Choice, stale: Stale) -> Response:
    """Answer a decision on a case that is another than was looked at: both are shown, none is lost.

    The same form sent twice was done once: that is no conflict.
    """
    fresh = found(visit, look=None)
    there = situation_of(visit, fresh)
    decided = there.standing if there else None
    if (
        decided is not None
        and (decided.by, decided.kind) == (visit.account.login, choice.kind)
        and str(decided.proposal.get("revision")) == visit.field("revision")
    ):
        return visit.to(next_page(visit, case))
    visit.audit("conflict", case.id, why=stale.why)
    values = shown(visit, fresh, typed)
    return visit.page("case/conflict.html", 409, case=fresh, p=values, yours=typed, stale=stale)


def undone(visit: Visit) -> Response:
    """Undo the decision named in the form, if it still stands."""
    case = found(visit, look=None)
    with visit.room.store.read() as connection:
        # after the case: if another decision takes the place of this one meanwhile, its revision is older
        held = decision_of(connection, visit.field("decision"))
    if held is None or held.case != case.id or not held.stands:
        return _wrong(visit, case, Chosen(), _said(visit, Impossible("nothing_to_undo")), 409)
    try:
        act = Act(who=visit.account.login, did="undone", at=visit.at, revision=case.revision)
        with acting(visit.room.store, case.id, act) as connection:
            undo(connection, case.id, _by(visit), visit.at, around(visit))
    except Impossible as impossible:
        return _wrong(visit, case, Chosen(), _said(visit, impossible), 409)
    return visit.to(page_of(visit, case))


def second(visit: Visit) -> Response:
    """Say as the second person what one would decide."""
    case, kind = found(visit, look=None), visit.field("kind")
    if kind not in KINDS:
        errors = [("decide-kind", visit.say("decide.none_chosen"))]
        return _wrong(visit, case, Chosen(text=visit.field("text")), errors)
    try:
        with visit.acting(case.id, "looked-second") as connection:
            agrees = confirm(
                connection, case.id, _kind(kind), visit.field("text"), _by(visit), visit.at, around(visit)
            )
    except Impossible as impossible:
        typed = Chosen(kind=kind, text=visit.field("text"))
        return _wrong(visit, case, typed, _said(visit, impossible), 409)
    said = visit.say("decide.second_agreed" if agrees else "decide.second_disagreed")
    return visit.page(
        "case/decide_told.html", case=found(visit, look=None), told=said, on=next_page(visit, case)
    )


def _kind(text: str) -> Kind:
    """Return a word of the closed list as one."""
    return next(kind for kind in KINDS if kind == text)


def sample(visit: Visit) -> Response:
    """Keep what a second person would have decided of a case of the sample; the case itself stays."""
    case, kind = found(visit, look=None), visit.field("kind")
    if kind not in KINDS:
        raise Refused(400, "not_here")
    try:
        with visit.room.store.write() as connection:
            look_at_sample(connection, case.id, _kind(kind), visit.field("text"), _by(visit), visit.at)
            note(Statements(connection), visit.account.login, "looked-sample", visit.at, case=case.id)
    except Impossible as impossible:
        return _wrong(visit, case, Chosen(), _said(visit, impossible), 409)
    return visit.to(next_page(visit, case))


def again(visit: Visit) -> Response:
    """Let the program read the papers of the case again; not of one that is decided."""
    case = found(visit, look=None)
    with visit.acting(case.id, "sent-back-to-reading") as connection:
        stands = handled(connection, case.id)
        pending = stands.final_at is not None or stands.awaits == "second"
        if pending or not requeue_in(connection, case.id, visit.at):
            raise Refused(409, "changed", whose="")
    return visit.to(page_of(visit, case))


def ask_register(visit: Visit) -> Response:
    """Ask the register about the people of the case, and show what it makes of it."""
    case = found(visit, look=None)
    room, typed = visit.room, chosen(visit)
    act = visit.act("register-asked")
    try:
        taken = taken_up(room.store, case.id)
        ask(room.store, room.settings, room.calendars, taken, act, visit.at.date())
    except NotAsked as why:
        return _wrong(visit, case, typed, [("", visit.say(f"decide.recabar_{why.why}"))])
    except Closed:
        raise Refused(409, "changed", whose="") from None
    if typed.text or typed.added:
        return _wrong(visit, found(visit, look=None), typed, [], 200)
    return visit.to(page_of(visit, case))


_AT = "/expedientes/{number}"
DOORS = (
    Door(f"{_AT}/decidir", save, Right.DECIDE, methods=("POST",)),
    Door(f"{_AT}/decision", take_up, Right.DECIDE, methods=("POST",)),
    Door(f"{_AT}/deshacer", undone, Right.DECIDE, methods=("POST",)),
    Door(f"{_AT}/confirmar", second, Right.CONFIRM, methods=("POST",)),
    Door(f"{_AT}/muestra", sample, Right.CONFIRM, methods=("POST",)),
    Door(f"{_AT}/releer", again, Right.WORK, methods=("POST",)),
    Door(f"{_AT}/recabar", ask_register, Right.WORK, methods=("POST",)),
)
