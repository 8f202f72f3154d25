"""A second person: to confirm without seeing, and the sample that changes nothing."""

import datetime as dt

import pytest

from pipeline.decisions.decide import By, look_at_sample
from pipeline.decisions.kept import sample_rate
from pipeline.decisions.possible import Impossible


def look(desk, number, kind, who):
    """Say what one would have decided of a case of the sample."""
    with desk.store.write() as connection:
        return look_at_sample(connection, desk.id(number), kind, "", By(who), desk.now)


def test_a_decision_to_be_confirmed_is_not_taken_before(desk, judged):
    """Nothing is told of it, and no time brings it out of the house."""
    desk.chosen(confirm=("grant",))
    number = judged()
    desk.decide(number)

    assert (desk.row(number)["awaits"], desk.told(number)) == ("second", [])
    assert desk.finals(dt.timedelta(hours=1)) == ()


def test_nobody_confirms_what_they_decided(desk, judged):
    """The second person is another account."""
    desk.chosen(confirm=("grant",))
    number = judged()
    desk.decide(number)

    with pytest.raises(Impossible) as caught:
        desk.confirm(number, "grant", who="ana")

    assert caught.value.why == ("same_person",)


def test_two_who_agree_take_the_decision_and_it_can_be_undone_from_then(desk, judged):
    """The time to undo runs from the second one."""
    desk.chosen(confirm=("grant",))
    number = judged()
    desk.decide(number)
    desk.now += dt.timedelta(hours=1)
    agrees = desk.confirm(number, "grant")

    early = desk.finals(dt.timedelta(minutes=4))

    assert agrees
    assert desk.told(number) == [("resolution_taken", "2026-03-23")]
    assert early == ()
    assert len(desk.finals(dt.timedelta(minutes=1))) == 1


def test_two_who_do_not_agree_leave_it_to_a_supervisor(desk, judged):
    """Nobody's decision stands, and no reviewer decides alone."""
    desk.chosen(confirm=("grant",))
    number = judged()
    desk.decide(number)
    agrees = desk.confirm(number, "refuse")
    with pytest.raises(Impossible) as caught:
        desk.decide(number)

    desk.decide(number, who="sara", supervisor=True)

    assert not agrees
    assert [end.how for end in desk.decided(number)[0].ends] == ["disagreed"]
    assert caught.value.why == ("second_level",)


def test_the_sample_is_looked_at_once_by_another_and_changes_nothing(desk, judged):
    """The rate of who would have decided otherwise is a figure, of no person."""
    desk.chosen(sample_percent=100)
    number = judged()
    desk.decide(number)
    desk.finals()
    before = dict(desk.row(number))
    with pytest.raises(Impossible) as own:
        look(desk, number, "grant", "ana")

    agrees = look(desk, number, "refuse", "eva")

    with pytest.raises(Impossible) as twice:
        look(desk, number, "grant", "luis")
    with desk.store.read() as connection:
        rate = sample_rate(connection, desk.now - dt.timedelta(days=1))
        elsewhere = sample_rate(connection, desk.now - dt.timedelta(days=1), frozenset({"MEL01"}))
    assert not agrees
    assert dict(desk.row(number)) == before
    assert (own.value.why, twice.value.why) == (("nothing_to_look",), ("nothing_to_look",))
    assert (rate, elsewhere) == ((1, 1), (0, 0))


def test_no_case_is_in_a_sample_of_none(desk, judged):
    """Nor is a decision that the program did not propose."""
    desk.chosen(sample_percent=0)
    number = judged()
    desk.decide(number)

    assert not desk.decided(number)[0].sampled
