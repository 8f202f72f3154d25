"""What the law does not allow is not decided, what it allows is (Ley 39/2015, arts. 22, 24, 43, 82, 94)."""

import datetime as dt

import pytest
import sqlalchemy as sa

from pipeline.decisions.final import Finals
from pipeline.decisions.letter import draft
from pipeline.decisions.possible import Choice, Edits, Impossible, proposed_kind
from pipeline.decisions.situation import situation
from pipeline.decisions.stand import stand_again
from pipeline.life.record import add
from pipeline.life.sweep import Silences
from pipeline.store.schema import cases
from pipeline.store.statements import Statements
from validators.life import State
from validators.life.events import Event, Kind

OWN_GROUND = Edits(added=("La oficina sabe que reside en otro lugar.",))
AGAINST = {"reason": "known_otherwise", "text": "Consta en otro expediente.", "edits": OWN_GROUND}


def why(caught):
    """Return the words of what stands in the way."""
    return caught.value.why


def proposes(desk, number):
    """Return the decision that the program proposes."""
    with desk.store.read() as connection:
        return proposed_kind(situation(connection, desk.id(number), desk.now, desk.around))


def happened(desk, number, kind, on):
    """Record something in the life of a case."""
    with desk.store.write() as connection:
        told = Event(kind=kind, on=dt.date.fromisoformat(on))
        add(Statements(connection), desk.id(number), told, "ana", desk.now)


@pytest.fixture
def judge(desk):
    """Return a function that judges a case anew: its report as changed, and what stood brought up to it."""

    def again(number, change):
        report = dict(desk.row(number)["report"])
        change(report)
        with desk.store.write() as connection:
            mine = cases.c.id == desk.id(number)
            row = {"report": report, "queue": report["queue"], "stage": "routed"}
            connection.execute(sa.update(cases).where(mine).values(**row))
            stand_again(connection, desk.id(number), desk.now, desk.around.settings)

    return again


@pytest.fixture
def mended():
    """Return what makes a report lack nothing any more."""

    def change(report):
        report["queue"] = "approve"
        report["findings"] = [one for one in report["findings"] if one["outcome"] != "cure"]

    return change


@pytest.fixture
def hand_in(office, desk, pdf):
    """Return a function that drops an answer to a case at the hour of the desk."""

    def answer(number):
        office.jumped = desk.now - office.now()
        office.drop("respuesta.pdf", pdf + b"%respuesta", folder=f"4_SUBSANAR/{number}")
        return office.take()

    return answer


def test_a_ground_of_ones_own_is_not_refused_on_unheard(desk, judged):
    """The person has never seen what no rule of the program says (art. 82.4)."""
    number = judged()

    with pytest.raises(Impossible) as caught:
        desk.decide(number, "refuse", **AGAINST)

    assert why(caught) == ("hearing_due",)


def test_to_leave_the_hearing_out_takes_words(desk, judged, proposed):
    """Though refusing is what the program proposes."""
    number = judged(change=proposed("refuse"))
    with pytest.raises(Impossible) as caught:
        desk.decide(number, "refuse", reason="no_hearing")

    desk.decide(number, "refuse", reason="no_hearing", text="Solo cuenta lo que aportó.")

    assert why(caught) == ("text_missing",)


@pytest.fixture
def heard(desk, judged, proposed):
    """Return a case whose hearing was told on 24 March; it ends on 9 April."""
    number = judged(change=proposed("refuse"))
    desk.at("2026-03-24", 8)
    desk.decide(number, "hear")
    desk.finals()
    desk.tell(number, "in_person", "delivered", "2026-03-24")
    return number


def test_who_will_allege_nothing_need_not_be_waited_for(desk, heard):
    """The hearing counts as held (art. 82.3)."""
    desk.at("2026-03-26")
    with pytest.raises(Impossible) as early:
        desk.decide(heard, "refuse")

    desk.tell(heard, "in_person", "waived", "2026-03-26")

    assert why(early) == ("hearing_runs",)
    assert (desk.row(heard)["awaits"], proposes(desk, heard)) == (None, "refuse")
    desk.decide(heard, "refuse")


def test_a_new_ground_is_heard_too(desk, heard, judge):
    """The hearing that was held spoke of another one."""
    desk.at("2026-04-13")
    ready = proposes(desk, heard)

    def another(report):
        new = {**report["findings"][-1], "rule": "CE-COB-01"}
        report["findings"] = [*report["findings"], new]

    judge(heard, another)
    with pytest.raises(Impossible) as caught:
        desk.decide(heard, "refuse")

    assert ready == "refuse"
    assert why(caught) == ("hearing_due",)
    assert proposes(desk, heard) == "hear"


def test_an_application_that_was_given_up_is_not_granted_silently(desk, judged):
    """The procedure goes on only for a reason that somebody writes down (arts. 94.4 and 94.5)."""
    number = judged()
    happened(desk, number, Kind.WITHDRAWAL_DECLARED, "2026-03-20")

    with pytest.raises(Impossible) as caught:
        desk.decide(number, "grant")

    assert why(caught) == ("reason_missing", "text_missing")
    assert proposes(desk, number) == "withdraw"


@pytest.fixture
def required(desk, judged, proposed):
    """Return a case of Ceuta of 16 March that was told on 24 March what it lacks; the time stands still."""
    number = judged(change=proposed("cure"))
    desk.at("2026-03-24", 8)
    desk.decide(number, "require")
    desk.finals()
    desk.tell(number, "in_person", "delivered", "2026-03-24", suspends=True)
    return number


@pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
def test_the_time_to_resolve_runs_again_once_the_papers_are_there(desk, required, hand_in, judge, mended):
    """Brought on 26 March: nobody has to write down that it was, and no last day stands too late."""
    stood = desk.row(required)["resolve_by"]
    desk.at("2026-03-26", 12)
    taken = hand_in(required)

    judge(required, mended)

    row = desk.row(required)
    assert [one.number for one in taken] == [required]
    assert ("requirement_complied", "2026-03-26") in desk.told(required)
    assert (stood, row["resolve_by"], row["awaits"]) == (dt.date(2026, 5, 15), dt.date(2026, 5, 4), None)


def test_what_is_brought_and_does_not_mend_stops_nothing(desk, required, hand_in, judge):
    """The time to cure goes on, and so does the suspension."""
    desk.at("2026-03-26", 12)
    hand_in(required)

    judge(required, lambda report: report.update(language="gl"))

    assert "requirement_complied" not in dict(desk.told(required))
    assert desk.life(required).clock.cure_by == dt.date(2026, 4, 9)


def test_what_nobody_chose_to_be_told_electronically_is_never_taken_for_rejected(desk, judged):
    """It lies there besides the paper: the duty to notify in time is met, nobody is told (art. 43)."""
    number = judged()
    desk.decide(number)
    desk.finals()
    desk.tell(number, "electronic", "offered", "2026-03-23")
    desk.at("2026-05-20")
    Finals(desk.store, desk.around.settings, desk.around.calendars).overdue_notices(desk.now)

    unopened = (desk.life(number).state, desk.row(number)["awaits"])
    desk.tell(number, "electronic", "opened", "2026-05-20")

    assert unopened == (State.NOTIFYING, "notice")
    assert desk.life(number).granted_on == dt.date(2026, 5, 20)


def test_a_letter_is_always_in_the_language_of_the_procedure_too(desk, judged):
    """Ceuta has no other official one: Galician alone would be no notice (art. 15)."""
    number = judged()
    with desk.store.read() as connection:
        found = situation(connection, desk.id(number), desk.now, desk.around)

    page = draft(found, Choice(kind="grant", edits=Edits(languages=("gl",))), desk.around)

    assert [part.language for part in page.parts] == ["es", "gl"]


@pytest.fixture
def granted(desk, judged):
    """Return a case of Ceuta of 16 March that was granted on 23 March."""
    number = judged()
    desk.decide(number)
    desk.finals()
    return number


@pytest.mark.parametrize(
    ("way", "step", "wanted"),
    [("paper", "refused", "refused_how"), ("publication", "published", "published_why")],
)
def test_what_the_law_wants_on_record_of_a_notice_is_told_with_it(desk, granted, way, step, wanted):
    """How it was refused (art. 41.5); why it is published without two good attempts (art. 44)."""
    with pytest.raises(Impossible) as caught:
        desk.tell(granted, way, step, "2026-03-23")

    desk.tell(granted, way, step, "2026-03-23", text="Domicilio desconocido.")

    assert why(caught) == (wanted,)
    assert desk.row(granted)["stage"] == "resolved"


def test_an_answer_before_the_desistimiento_is_notified_is_admitted(desk, required, hand_in, office):
    """Decided, final, its letter in the folder: the case is read again, and nobody hands that letter over."""
    desk.at("2026-04-13")
    desk.decide(required, "desist")
    desk.finals()
    letter = office.home / "3_ACEPTADO" / required / f"RESOLUCION_{required}.pdf"
    out = letter.exists()
    desk.at("2026-04-14")
    hand_in(required)

    desk.finals()

    assert (out, letter.exists()) == (True, False)
    assert [end.how for end in desk.decided(required)[-1].ends] == ["final", "overtaken"]
    assert (desk.row(required)["stage"], desk.row(required)["decided_at"]) == ("accepted", None)
    assert "resolution_taken" not in dict(desk.told(required))


def test_an_answer_after_the_desistimiento_was_notified_undoes_nothing(desk, required, hand_in):
    """Notified on 13 April, brought on the 14th: it is kept, and the application stays given up."""
    desk.at("2026-04-13")
    desk.decide(required, "desist")
    desk.finals()
    desk.tell(required, "in_person", "delivered", "2026-04-13")
    desk.at("2026-04-14")
    hand_in(required)

    desk.finals()

    assert [end.how for end in desk.decided(required)[-1].ends] == ["final"]
    assert desk.row(required)["stage"] == "resolved"


@pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
def test_a_refusal_that_nobody_was_told_of_falls_when_silence_grants(desk, heard, calendars):
    """It can be notified no more, and what silence granted can be confirmed (art. 24.3.a)."""
    desk.at("2026-04-13")
    desk.decide(heard, "refuse")
    desk.finals()
    desk.at("2026-05-04")
    recorded = Silences(desk.store, desk.around.settings, calendars)(desk.now).recorded
    with pytest.raises(Impossible) as caught:
        desk.tell(heard, "in_person", "delivered", "2026-05-04")

    desk.finals()

    assert recorded == (desk.id(heard),)
    assert why(caught) == ("granted_by_silence",)
    assert desk.decided(heard)[-1].ends[-1].how == "overtaken"
    assert proposes(desk, heard) == "grant"


def test_a_refusal_that_was_tried_to_be_told_in_time_stands(desk, heard, calendars):
    """A documented attempt on the last day is enough (art. 40.4)."""
    desk.at("2026-04-30", 18)
    desk.decide(heard, "refuse")
    desk.finals()
    desk.tell(heard, "paper", "attempted", "2026-04-30", hour=dt.time(17, 45))
    desk.at("2026-05-04")

    done = Silences(desk.store, desk.around.settings, calendars)(desk.now).recorded
    desk.finals()

    assert done == ()
    assert [end.how for end in desk.decided(heard)[-1].ends] == ["final"]
