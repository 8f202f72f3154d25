"""Notices told as they happen, and what the law makes of their days (docs/law.md, PLZ-12 to PLZ-16)."""

import datetime as dt

import pytest

from pipeline.decisions.final import Finals
from pipeline.decisions.possible import Impossible, proposed_kind
from pipeline.decisions.situation import situation
from pipeline.life.sweep import Silences
from pipeline.store.check import look_over
from validators.life import State


def day(text):
    """Return a day of 2026."""
    return dt.date.fromisoformat(f"2026-{text}")


@pytest.fixture
def required(desk, judged, proposed):
    """Return a case of Ceuta of 16 March that was asked on 24 March for what it lacks."""
    number = judged(change=proposed("cure"))
    desk.at("2026-03-24", 8)
    desk.decide(number, "require")
    desk.finals()
    return number


@pytest.fixture
def granted(desk, judged):
    """Return a case of Ceuta of 16 March that was granted on 23 March; its last day is 30 April."""
    number = judged()
    desk.decide(number)
    desk.finals()
    return number


def proposes(desk, number):
    """Return the decision that the program proposes."""
    with desk.store.read() as connection:
        return proposed_kind(situation(connection, desk.id(number), desk.now, desk.around))


def test_the_letter_of_a_requirement_lies_where_the_answer_is_dropped(desk, required, office):
    """The draft is gone: a letter that was decided is none."""
    assert "CARTA_requerimiento.pdf" in office.names(f"4_SUBSANAR/{required}")
    assert desk.row(required)["awaits"] == "notice"


@pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
def test_the_time_to_cure_runs_from_the_notice(desk, required):
    """Notified on 24 March in Ceuta: until 9 April; the lists know at once, and the record is whole."""
    desk.tell(required, "in_person", "delivered", "2026-03-24", suspends=True)

    row = desk.row(required)
    assert (row["cure_by"], row["awaits"], row["awaits_until"]) == (day("04-09"), "answer", day("04-09"))
    assert [found.what for found in look_over(desk.store, desk.now) if found.damage] == []


def test_what_was_asked_is_not_asked_twice(desk, required):
    """While it is to be told or answered nothing is proposed, and the same is refused."""
    with pytest.raises(Impossible) as caught:
        desk.decide(required, "require")

    assert caught.value.why == ("asked_already",)
    assert proposes(desk, required) is None


def test_on_its_last_day_the_time_to_answer_can_be_made_longer_once(desk, required):
    """By five working days, from 9 to 16 April (Ley 39/2015, art. 68.2); not by six, and not again."""
    desk.tell(required, "in_person", "delivered", "2026-03-24", suspends=True)
    desk.at("2026-04-09")
    refused = []
    for days in (6, 0, None):
        with pytest.raises(Impossible) as caught:
            desk.make_longer(required, days)
        refused.append(caught.value.why)

    desk.make_longer(required, 5)

    row = desk.row(required)
    assert refused == [("how_much_longer",)] * 3
    assert (row["cure_by"], row["awaits"], row["awaits_until"]) == (day("04-16"), "answer", day("04-16"))
    with pytest.raises(Impossible, match="no_longer"):
        desk.make_longer(required, 1)


def test_no_time_is_made_longer_that_is_over_answered_or_has_not_begun(desk, required):
    """Before the notice, after the last day, and once the person answered (Ley 39/2015, art. 32.3)."""
    with pytest.raises(Impossible, match="no_longer"):
        desk.make_longer(required, 5)
    desk.tell(required, "in_person", "delivered", "2026-03-24", suspends=True)
    desk.at("2026-04-10")
    with pytest.raises(Impossible, match="no_longer"):
        desk.make_longer(required, 5)
    desk.at("2026-04-08")
    desk.tell(required, "in_person", "answered", "2026-04-08")
    with pytest.raises(Impossible, match="no_longer"):
        desk.make_longer(required, 5)


def test_an_answer_ends_the_suspension_and_the_case_is_decided_again(desk, required):
    """Cured on 8 April: the last day to resolve moves from 30 April to 14 May."""
    desk.tell(required, "in_person", "delivered", "2026-03-24", suspends=True)
    desk.at("2026-04-08")

    desk.tell(required, "in_person", "answered", "2026-04-08")

    row = desk.row(required)
    assert (row["awaits"], row["silence_after"] >= row["resolve_by"]) == (None, True)
    assert row["resolve_by"] in {day("05-13"), day("05-14")}


def test_a_requirement_that_does_not_suspend_leaves_the_last_day(desk, required):
    """Only a notice that says so stops the time (Ley 39/2015, art. 22.1.a)."""
    desk.tell(required, "in_person", "delivered", "2026-03-24", suspends=False)

    assert desk.row(required)["resolve_by"] == day("04-30")


def test_once_the_time_to_cure_has_passed_desistimiento_is_proposed_and_not_decided(desk, required):
    """On the last day it cannot even be chosen; on the next one a person chooses it."""
    desk.tell(required, "in_person", "delivered", "2026-03-24", suspends=True)
    desk.at("2026-04-09")
    with pytest.raises(Impossible) as caught:
        desk.decide(required, "desist")
    desk.at("2026-04-10")
    desk.finals()

    proposal = proposes(desk, required)
    before = desk.row(required)["awaits"]
    desk.decide(required, "desist")

    assert caught.value.why == ("not_passed",)
    assert (proposal, before) == ("desist", "answer")
    assert desk.decided(required)[-1].kind == "desist"


def test_nobody_is_taken_for_having_given_up_who_was_not_asked(desk, judged, proposed):
    """Without a notified requirement there is no desistimiento (Ley 39/2015, art. 68.1)."""
    number = judged(change=proposed("cure"))

    with pytest.raises(Impossible) as caught:
        desk.decide(number, "desist")

    assert caught.value.why == ("not_asked",)


def test_what_lies_unopened_for_ten_days_counts_as_rejected_on_the_next(desk, required):
    """Made available on 24 March: the ten natural days end on 3 April (Ley 39/2015, art. 43.2)."""
    desk.tell(required, "electronic", "available", "2026-03-24", suspends=True)
    finals = Finals(desk.store, desk.around.settings, desk.around.calendars)
    desk.at("2026-04-03")
    finals.overdue_notices(desk.now)
    early = desk.row(required)["cure_by"]
    desk.at("2026-04-04")

    finals.overdue_notices(desk.now)

    assert early is None
    assert desk.told(required) == [("requirement_notified", "2026-04-04")]
    assert desk.row(required)["awaits"] == "answer"


def test_what_was_opened_counts_from_that_day(desk, required):
    """Not from the day on which it was made available."""
    desk.at("2026-03-27")
    desk.tell(required, "electronic", "available", "2026-03-24")

    desk.tell(required, "electronic", "opened", "2026-03-27")

    assert desk.told(required) == [("requirement_notified", "2026-03-27")]


def test_of_two_ways_the_first_counts(desk, required):
    """Ley 39/2015, art. 41.7: handed over on 25 March, opened on 27 March."""
    desk.at("2026-03-27")
    desk.tell(required, "electronic", "available", "2026-03-24")
    desk.tell(required, "electronic", "opened", "2026-03-27")

    desk.tell(required, "in_person", "delivered", "2026-03-25")

    assert desk.told(required) == [("requirement_notified", "2026-03-25")]


def test_a_resolution_that_was_told_ends_the_case(desk, granted):
    """Decided, final and notified: it is resolved, and waits for nothing but the signature."""
    desk.tell(granted, "in_person", "delivered", "2026-03-23")

    row = desk.row(granted)
    assert (row["stage"], row["awaits"], row["silence_after"]) == ("resolved", "done", None)
    assert desk.life(granted).state is State.AWAITING_SIGNATURE


def test_a_resolution_that_was_not_told_stays_on_the_list_of_silence(desk, granted, calendars):
    """It was granted in March; on 1 May silence grants it, for nobody was told."""
    desk.at("2026-05-01", 0, 1)

    done = Silences(desk.store, desk.around.settings, calendars)(desk.now)

    assert done.recorded == (desk.id(granted),)
    assert desk.row(granted)["stage"] == "routed"


def test_an_attempt_in_time_stops_silence(desk, granted, calendars):
    """Ley 39/2015, art. 40.4: a documented attempt before the last day is enough."""
    desk.at("2026-04-30", 18)
    desk.tell(granted, "paper", "attempted", "2026-04-30", hour=dt.time(17, 45))
    desk.at("2026-05-04")

    assert Silences(desk.store, desk.around.settings, calendars)(desk.now).recorded == ()
    assert desk.life(granted).state is State.NOTIFYING


def test_two_attempts_and_the_gazette(desk, granted):
    """Within three days, morning and afternoon; published, it counts from that day (arts. 42.2 and 44)."""
    desk.at("2026-04-14")
    desk.tell(granted, "paper", "attempted", "2026-03-24", hour=dt.time(10, 30))
    desk.tell(granted, "paper", "attempted", "2026-03-26", hour=dt.time(17, 0))
    before = desk.life(granted).findings

    desk.tell(granted, "publication", "published", "2026-04-14")

    assert "PLZ-15" not in {finding.rule for finding in before}
    assert (desk.row(granted)["stage"], desk.life(granted).granted_on) == ("resolved", day("04-14"))


def test_what_the_person_refuses_counts_as_told(desk, granted):
    """Ley 39/2015, art. 41.5."""
    desk.tell(granted, "paper", "refused", "2026-03-23", text="Abrió la puerta y no lo quiso.")

    assert desk.row(granted)["stage"] == "resolved"


def test_a_notice_recorded_wrongly_is_annulled_and_the_dates_go_back(desk, granted):
    """It stays in sight; the case is routed again, and silence is looked for again."""
    wrong = desk.tell(granted, "in_person", "delivered", "2026-03-23")

    desk.annul(granted, wrong)

    row = desk.row(granted)
    assert (row["stage"], row["awaits"]) == ("routed", "notice")
    assert row["silence_after"] == day("04-30")
    assert desk.told(granted) == [("resolution_taken", "2026-03-23")]


def test_a_notice_that_was_annulled_can_be_told_again_on_another_day(desk, required):
    """The time to cure runs from the right day."""
    desk.at("2026-03-27")
    wrong = desk.tell(required, "in_person", "delivered", "2026-03-25", suspends=True)
    desk.annul(required, wrong)
    between = desk.row(required)["cure_by"]

    desk.tell(required, "in_person", "delivered", "2026-03-24", suspends=True)

    assert between is None
    assert desk.row(required)["cure_by"] == day("04-09")


@pytest.mark.parametrize(
    ("way", "step", "on", "said", "why"),
    [
        ("paper", "attempted", "2026-03-24", {}, "hour_missing"),
        ("paper", "delivered", "2026-03-25", {}, "to_come"),
        ("paper", "delivered", "2026-03-23", {}, "before_decision"),
        ("paper", "opened", "2026-03-24", {}, "other_way"),
        ("electronic", "opened", "2026-03-24", {}, "not_available"),
    ],
)
def test_what_cannot_have_happened_is_refused(desk, required, way, step, on, said, why):
    """Nothing is written of it."""
    with pytest.raises(Impossible) as caught:
        desk.tell(required, way, step, on, **said)

    assert why in caught.value.why
    assert desk.told(required) == []


def test_nothing_is_told_before_the_decision_is_final(desk, judged):
    """Until then it can be undone."""
    number = judged()
    desk.decide(number)

    with pytest.raises(Impossible) as caught:
        desk.tell(number, "in_person", "delivered", "2026-03-23")

    assert caught.value.why == ("not_final",)
