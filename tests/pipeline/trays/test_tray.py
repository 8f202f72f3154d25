"""Where a case lies: by what silence did, by what was done at the desk, by what the program proposes."""

import datetime as dt

import pytest

from pipeline.trays.tray import Lies, Stood, lies

TODAY = dt.date(2026, 3, 23)
YESTERDAY, TOMORROW = TODAY - dt.timedelta(days=1), TODAY + dt.timedelta(days=1)


def stood(**other):
    """Return a case that is to be reviewed."""
    return Stood(**{"stage": "routed", "queue": "review", "reasons": ("residence", "money")} | other)


def test_a_case_to_be_decided_lies_by_queue_and_first_reason():
    """The others are kept beside it."""
    assert lies(stood(), TODAY) == Lies("review-residence")


@pytest.mark.parametrize(
    ("stage", "tray"),
    [("accepted", "reading"), ("waiting", "waiting"), ("hold", "held"), ("returned", "returned")],
)
def test_a_case_that_is_not_judged_lies_by_its_stage(stage, tray):
    """What was proposed before an answer came does not count."""
    assert lies(stood(stage=stage), TODAY).tray == tray


def test_a_stage_of_a_later_program_is_for_a_person():
    """It is in no hole between the trays."""
    assert lies(stood(stage="frozen"), TODAY).tray == "held"


@pytest.mark.parametrize(("until", "tray"), [(TODAY, "answer"), (YESTERDAY, "lapsed"), (None, "answer")])
def test_the_day_after_the_last_to_answer_it_lies_elsewhere(until, tray):
    """On the last day itself the person still has time (Ley 39/2015, art. 68.1)."""
    assert lies(stood(awaits="answer", awaits_until=until), TODAY).tray == tray


def test_a_case_that_waits_for_an_answer_is_looked_at_again_the_day_after():
    """Nothing need happen to it."""
    assert lies(stood(awaits="answer", awaits_until=TODAY), TODAY).look_on == TOMORROW


@pytest.mark.parametrize(
    ("awaits", "tray"),
    [("second", "second"), ("notice", "notice"), ("register", "register"), ("done", "done")],
)
def test_what_the_desk_awaits_comes_before_the_proposal(awaits, tray):
    """A decision taken and not notified keeps its case in sight."""
    assert lies(stood(awaits=awaits), TODAY).tray == tray


@pytest.mark.parametrize(("until", "tray"), [(TOMORROW, "on-hold"), (TODAY, "review-residence")])
def test_a_case_put_aside_comes_back_on_its_day(until, tray):
    """By itself."""
    assert lies(stood(on_hold_until=until), TODAY).tray == tray


def test_a_case_of_the_second_level_is_a_supervisors():
    """Whatever its reason."""
    assert lies(stood(level=2), TODAY).tray == "second-level"
