"""In whose hands a case is, and until when."""

import datetime as dt

import pytest

from pipeline.acts import Stale
from pipeline.decisions import hand
from pipeline.decisions.handling import handled


def take(desk, number, who="ana"):
    """Take a case in hand for twenty minutes."""
    with desk.acting(number, who) as connection:
        hand.take(connection, desk.id(number), who, desk.now, 20)


def holder(desk, number):
    """Return who has a case in hand now."""
    with desk.store.read() as connection:
        return handled(connection, desk.id(number)).holder(desk.now)


def test_a_case_in_hand_is_changed_by_nobody_else(desk, judged):
    """The other is told whose it is."""
    number = judged()
    take(desk, number)

    with pytest.raises(Stale) as caught:
        desk.decide(number, who="luis")

    assert (caught.value.why, caught.value.whose) == ("in_hand", "ana")


def test_a_hold_that_ran_out_is_anybodys_to_take_over(desk, judged):
    """At the very minute."""
    number = judged()
    take(desk, number)
    desk.now += dt.timedelta(minutes=20)

    take(desk, number, "luis")

    assert holder(desk, number) == "luis"


def test_work_on_a_case_keeps_it_in_hand(desk, judged):
    """A sign of life begins the time anew; one of somebody else does not."""
    number = judged()
    take(desk, number)
    desk.now += dt.timedelta(minutes=15)
    hand.renew(desk.store, desk.id(number), "luis", desk.now, 20)
    hand.renew(desk.store, desk.id(number), "ana", desk.now, 20)

    desk.now += dt.timedelta(minutes=10)

    assert holder(desk, number) == "ana"


def test_a_case_that_was_let_go_is_nobodys(desk, judged):
    """And can be decided by another."""
    number = judged()
    take(desk, number)

    with desk.acting(number) as connection:
        hand.let_go(connection, desk.id(number))

    assert holder(desk, number) is None


def test_a_decision_lets_the_case_go(desk, judged):
    """Nobody has in hand what is decided."""
    number = judged()
    take(desk, number)

    desk.decide(number)

    assert holder(desk, number) is None


def test_a_case_sent_up_and_down_keeps_who_said_why(desk, judged):
    """The level is a column; the note stays with its author."""
    number = judged()
    with desk.acting(number) as connection:
        hand.send_up(connection, desk.id(number), "No lo veo claro.", "ana")
    up = desk.row(number)["level"]

    with desk.acting(number, "sara") as connection:
        hand.send_down(connection, desk.id(number), "Adelante.", "sara")

    row = desk.row(number)
    assert (up, row["level"], row["note"], row["noted_by"]) == (2, 1, "Adelante.", "sara")


def test_a_case_put_aside_comes_back_when_somebody_wants_it(desk, judged):
    """Until a day, for a reason."""
    number, until = judged(), dt.date(2026, 3, 30)
    with desk.acting(number) as connection:
        hand.put_aside(connection, desk.id(number), until, "appointment", "Viene el lunes.", "ana")
    aside = (desk.row(number)["on_hold_until"], desk.row(number)["on_hold_why"])

    with desk.acting(number) as connection:
        hand.bring_back(connection, desk.id(number))

    assert aside == (until, "appointment")
    assert desk.row(number)["on_hold_until"] is None
