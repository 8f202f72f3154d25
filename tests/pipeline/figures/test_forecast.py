"""What will pass its day: small tables that anybody can work out again with a pencil."""

import datetime as dt
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from pipeline.figures.forecast import Step, forecast, pace

MONDAY = dt.date(2026, 3, 23)
DAY = dt.timedelta(days=1)
THREE_A_DAY = (*[Fraction(3)] * 5, Fraction(0), Fraction(0))


def on(n):
    """Return a day counted from the Monday."""
    return MONDAY + n * DAY


def told(found):
    """Return the steps as day, wanted, answered, unanswered."""
    return [((one.day - MONDAY).days, one.wanted, one.answered, one.unanswered) for one in found.steps]


def test_what_is_due_within_reach_passes_no_day():
    """Three on Monday, three on Tuesday: six are answered by Tuesday, and six are due."""
    found = forecast({on(0): 2, on(1): 4}, THREE_A_DAY, MONDAY, ())

    assert told(found) == [(0, 2, 2, 0), (1, 6, 6, 0)]
    assert (found.breaches, found.first, found.enough) == (0, None, 3)


def test_one_more_than_can_be_answered_passes_its_day():
    """Seven by Tuesday, six are answered: the last one of Tuesday passes it; four a day would be enough."""
    found = forecast({on(0): 2, on(1): 5}, THREE_A_DAY, MONDAY, ())

    assert told(found) == [(0, 2, 2, 0), (1, 7, 6, 1)]
    assert (found.breaches, found.first, found.enough) == (1, on(1), 4)


def test_the_late_go_first_and_hold_up_the_others():
    """Four are late: they take all of Monday and one place of Tuesday."""
    found = forecast({on(-5): 4, on(0): 1, on(1): 2}, THREE_A_DAY, MONDAY, ())

    assert found.late == 4
    assert told(found) == [(0, 5, 3, 1), (1, 7, 6, 1)]
    assert found.enough == 5


def test_nobody_answers_on_a_weekend_or_a_holiday():
    """Friday is a holiday and Saturday and Sunday are free: by Sunday no more than by Thursday."""
    found = forecast({on(6): 13, on(7): 2}, THREE_A_DAY, MONDAY, {on(4)})

    assert told(found) == [(6, 13, 12, 1), (7, 15, 15, 0)]
    assert found.enough == 4


def test_of_today_only_the_rest_is_still_to_come():
    """Two were answered this morning: of the three of a Monday one is left."""
    found = forecast({on(0): 2}, THREE_A_DAY, MONDAY, (), done_today=2)

    assert told(found) == [(0, 2, 1, 1)]


def test_more_than_the_mean_today_takes_nothing_from_tomorrow():
    """Nine were answered today; tomorrow three will be."""
    found = forecast({on(1): 3}, THREE_A_DAY, MONDAY, (), done_today=9)

    assert told(found) == [(1, 3, 3, 0)]


def test_part_of_a_case_answers_none():
    """Half a case a day: on Tuesday one is answered, on Monday none."""
    found = forecast({on(0): 1, on(1): 1}, [Fraction(1, 2)] * 7, MONDAY, ())

    assert told(found) == [(0, 1, 0, 1), (1, 2, 1, 1)]


def test_without_a_pace_everything_passes_its_day():
    """Nobody resolved anything in four weeks."""
    found = forecast({on(3): 8}, [Fraction(0)] * 7, MONDAY, ())

    assert (found.breaches, found.first, found.enough, found.now) == (8, on(3), 2, 0)


def test_with_nothing_due_there_is_nothing_to_tell():
    """Nor a number that would be enough, also where some are late."""
    found = forecast({on(-1): 2}, THREE_A_DAY, MONDAY, ())

    assert (found.late, found.steps, found.breaches, found.enough) == (2, (), 0, 0)


def test_what_is_due_beyond_the_farthest_day_is_left_out():
    """A year that nobody can have meant makes no endless count."""
    found = forecast({dt.date(9999, 12, 31): 1}, THREE_A_DAY, MONDAY, ())

    assert found.steps == ()


def test_a_single_day_is_told_whole():
    """The shape of a step."""
    (step,) = forecast({on(1): 9}, THREE_A_DAY, MONDAY, ()).steps

    assert step == Step(day=on(1), due=9, wanted=9, answered=6, unanswered=3)


def test_the_pace_is_that_of_the_weekday_in_the_last_four_weeks():
    """Four Mondays with 4, 2, 6 and 0 make three; today and what is older do not count."""
    resolved = {on(-7): 4, on(-14): 2, on(-21): 6, on(-28): 0, on(-35): 90, on(0): 90, on(-6): 8}

    found = pace(resolved, MONDAY, ())

    assert found == (Fraction(3), Fraction(2), *[Fraction(0)] * 5)


def test_a_holiday_says_nothing_of_its_weekday():
    """Three Mondays are left: 4, 2 and 6 make four."""
    resolved = {on(-7): 4, on(-14): 2, on(-21): 6}

    assert pace(resolved, MONDAY, {on(-28)})[0] == 4


def test_a_weekday_of_holidays_alone_has_no_pace():
    """Nothing can be known of it."""
    every = {on(-7 * n) for n in range(1, 5)}

    assert pace({on(-7): 4}, MONDAY, every)[0] == 0


DUE = st.dictionaries(st.integers(-10, 40).map(on), st.integers(0, 30))
MEANS = st.lists(st.fractions(0, 20, max_denominator=4), min_size=7, max_size=7)
OFF = st.frozensets(st.integers(0, 40).map(on), max_size=6)


@given(due=DUE, means=MEANS, off=OFF)
def test_going_through_the_cases_one_by_one_comes_to_the_same(due, means, off):
    """Each case in the order of its day takes the next whole place there is."""
    places, reached = [], Fraction(0)
    for n in range(41):
        reached += 0 if on(n) in off else means[on(n).weekday()]
        places += [on(n)] * (int(reached) - len(places))
    order = sorted(day for day, number in due.items() for _ in range(number))
    passed = [day for n, day in enumerate(order) if day >= MONDAY and (n >= len(places) or places[n] > day)]

    found = forecast(due, means, MONDAY, off)

    assert found.breaches == len(passed)
    assert found.first == min(passed, default=None)


@given(due=DUE, off=OFF)
def test_with_what_is_enough_on_each_working_day_none_passes_its_day(due, off):
    """Unless its day comes before the first working day, when it is told as if it were one."""
    free = [on(n) for n in range(41) if on(n).weekday() > 4 or on(n) in off]
    ahead = {day: number for day, number in due.items() if day < MONDAY or day not in free}

    enough = forecast(ahead, THREE_A_DAY, MONDAY, off).enough
    found = forecast(ahead, [*[Fraction(enough)] * 5, Fraction(0), Fraction(0)], MONDAY, off)

    assert found.breaches == 0


def test_what_is_enough_a_day_holds_what_is_done_today_already():
    """Three are done and two are due today: whoever stopped at two a day would leave these two."""
    found = forecast({MONDAY: 2}, [Fraction(5)] * 7, MONDAY, frozenset(), done_today=3)

    assert found.enough == 5
