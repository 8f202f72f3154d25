"""The hour on the wall may jump; what it showed before and after is kept and shown, the rest goes on."""

import datetime as dt

import pytest

from pipeline.intake.clocks import Clocks
from pipeline.journal.events import jumps

START = dt.datetime(2026, 3, 16, 9, 30, tzinfo=dt.UTC)


class Time:
    """An hour and seconds that pass as told."""

    def __init__(self):
        self.hour, self.seconds = START, 0.0

    def passes(self, seconds, hour=None):
        self.seconds += seconds
        self.hour += dt.timedelta(seconds=seconds if hour is None else hour)


@pytest.mark.parametrize("by", [61, -61, 3600, -86400])
def test_more_than_a_minute_is_a_jump_either_way(by):
    """Both hours are told: what the clock should have shown, and what it shows."""
    time = Time()
    clocks = Clocks(lambda: time.hour, lambda: time.seconds)
    time.passes(10, hour=10 + by)

    before, after = clocks.jump()

    assert (before, after) == (START + dt.timedelta(seconds=10), START + dt.timedelta(seconds=10 + by))


@pytest.mark.parametrize("by", [60, -60, 0])
def test_a_minute_or_less_is_none(by):
    """Time servers set clocks right in small steps."""
    time = Time()
    clocks = Clocks(lambda: time.hour, lambda: time.seconds)
    time.passes(10, hour=10 + by)

    assert clocks.jump() is None


def test_a_jump_is_noted_once_with_both_hours_and_shown(office):
    """On the day's list, where the clerk sees it."""
    office.look()
    office.jumped = dt.timedelta(hours=2)
    office.look(after=1)
    office.look(after=1)

    (jump,) = jumps(office.store, office.now() - dt.timedelta(days=1))
    assert [f"{hour:%H:%M}" for hour in jump] == ["09:30", "11:30"]
    assert "saltó: de las 09:30 pasó a las 11:30" in (office.home / "ESTADO.html").read_text()


def test_the_hour_that_comes_twice_is_no_jump():
    """In October clocks go back, and their offset says so."""
    from zoneinfo import ZoneInfo

    madrid, time = ZoneInfo("Europe/Madrid"), Time()
    time.hour = dt.datetime(2026, 10, 25, 0, 59, 30, tzinfo=dt.UTC)
    clocks = Clocks(lambda: time.hour.astimezone(madrid), lambda: time.seconds)
    time.passes(60)

    assert clocks.jump() is None


def test_waiting_goes_by_the_clock_that_does_not_jump(office, pdf):
    """A file dropped a moment before the hour jumped is not taken for an old one."""
    office.drop("a.pdf", pdf)
    office.look()
    office.jumped = dt.timedelta(hours=5)

    assert office.look(after=1).accepted == []
    assert len(office.look(after=2).accepted) == 1
