"""Pauses between tries, kept in either database, also when many are made at once."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

from desk.people.tries import begun, counted, for_code, succeeded

NOW = dt.datetime(2026, 3, 23, 9, 30, tzinfo=dt.UTC)


def fail(store, by, times, at=NOW):
    """Fail so often, as soon as a try may be made; return the pauses in seconds before each."""
    pauses = []
    for _ in range(times):
        pause = begun(store, by, at)
        pauses.append(0 if pause is None else round(pause.total_seconds()))
        at += pause or dt.timedelta(0)
        if pause is not None:
            begun(store, by, at)
    return pauses


def test_pauses_grow_to_a_quarter_of_an_hour(store):
    """Five are free; then two seconds, four, eight ..."""
    pauses = fail(store, counted("ana", "192.0.2.1", None), 17)

    assert pauses == [0, 0, 0, 0, 0, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900]


def test_a_clock_that_was_set_back_keeps_nobody_out(store):
    """What was tried while it ran years ahead costs the pause that it would cost now, and no more."""
    by = counted("ana", "192.0.2.1", None)
    fail(store, by, 6, NOW + dt.timedelta(days=4000))

    assert begun(store, by, NOW) == dt.timedelta(seconds=4)
    assert begun(store, by, NOW + dt.timedelta(seconds=4)) is None


def test_many_tries_at_once_are_counted_one_after_the_other(store):
    """Twenty at the same moment: five are compared, the others wait."""
    by = counted("ana", "192.0.2.1", None)

    with ThreadPoolExecutor(8) as many:
        answers = list(many.map(lambda _: begun(store, by, NOW), range(20)))

    assert answers.count(None) == 5


def test_a_right_password_forgets_the_failures_of_that_login(store):
    """But not those of the address: who has an account does not clear them by coming in with it."""
    fail(store, counted("ana", "192.0.2.1", None), 4)
    for n in range(25):
        begun(store, counted(f"nadie{n}", "192.0.2.1", None), NOW)

    succeeded(store, counted("ana", "192.0.2.1", None), NOW)

    assert begun(store, counted("ana", "192.0.2.1", None), NOW) is None
    assert begun(store, counted("otra", "192.0.2.1", None), NOW) is None
    assert begun(store, counted("otra", "192.0.2.1", None), NOW) is not None


def test_a_stranger_elsewhere_makes_nobody_wait_long(store):
    """A hundred failures from many addresses: a minute in a new browser, nothing in the usual one."""
    at = NOW
    for n in range(100):
        by = counted("ana", f"198.51.100.{n}", None)
        at += begun(store, by, at) or dt.timedelta(0)

    new = begun(store, counted("ana", "192.0.2.1", None), at)
    usual = begun(store, counted("ana", "192.0.2.1", "su navegador"), at)

    assert new <= dt.timedelta(minutes=1)
    assert usual is None


def test_failures_are_forgotten_after_a_day(store):
    """Five and five are not ten."""
    by = for_code("01J")
    fail(store, by, 8)

    assert begun(store, by, NOW + dt.timedelta(days=1, minutes=20)) is None
    assert fail(store, by, 4, NOW + dt.timedelta(days=1, minutes=20)) == [0, 0, 0, 0]


def test_one_customers_network_of_ipv6_is_one_address(store):
    """It has more addresses than anybody could count tries by."""
    assert counted("ana", "2001:db8::1", None) == counted("ana", "2001:db8::ffff:1", None)
    assert counted("ana", "2001:db8::1", None) != counted("ana", "2001:db8:0:1::1", None)
