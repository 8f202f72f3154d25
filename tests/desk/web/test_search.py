"""Search at the desk: an exact number opens the case; what is typed of a person stays out of addresses."""

import datetime as dt
import json
import logging

import pytest


def _search(browser, **said):
    return browser.post("/buscar", data={"csrf": browser.csrf, **said}, follow_redirects=False)


def test_an_exact_number_opens_the_case(desk):
    """In any capitals, with blanks around it."""
    number = desk.numbers()["review"]

    got = _search(desk.browser("reviewer"), text=f" {number.lower()} ")

    assert got.headers["location"] == f"/expedientes/{number}"


@pytest.mark.parametrize("text", ["X5678901V", "x-5678901", "5678901", "Chaoui nadia", "tazi, NÁD"])
def test_a_case_is_found_by_identity_or_name_however_they_are_written(desk, text):
    """With or without letter and dashes; in any order, by beginnings, without accents."""
    ana = desk.browser("reviewer")

    found = ana.get(_search(ana, text=text).headers["location"]).text

    assert f'href="/expedientes/{desk.numbers()["review"]}"' in found
    assert desk.numbers()["approve"] not in found


def test_what_is_typed_of_a_person_stands_in_no_address_and_no_log(desk, caplog):
    """Nor in the audit, which says by which fields was searched."""
    caplog.set_level(logging.DEBUG)
    ana = desk.browser("reviewer")

    address = _search(ana, text="Chaoui").headers["location"]
    page = ana.get(address)

    assert "chaoui" not in address.casefold()
    assert "chaoui" not in page.text.split('value="Chaoui"')[0].casefold()
    assert "chaoui" not in caplog.text.casefold()
    with desk.store.read() as connection:
        rows = connection.exec_driver_sql("SELECT detail FROM audit WHERE did = 'searched'").scalars().all()
    assert [json.loads(row) for row in rows] == [{"fields": ["text"]}]


def test_a_search_is_nobody_elses(desk):
    """The address of a search opens for who made it alone."""
    address = _search(desk.browser("reviewer"), text="Chaoui").headers["location"]

    assert desk.browser("reviewer", login="luis").get(address).status_code == 404


def test_a_number_of_another_office_is_not_told_from_one_that_is_nobodys(desk):
    """Who may not see a case is not told that there is one."""
    clerk = desk.browser("clerk", offices=("MEL01",))
    theirs, nobodys = desk.numbers()["approve"], "CEU01-2026-099999"

    found = [_search(clerk, text=text).headers["location"] for text in (theirs, nobodys)]

    assert theirs.startswith("CEU01")
    assert [one.startswith("/buscar/") for one in found] == [True, True]


def test_cases_of_other_offices_are_not_found(desk):
    """By name no more than by list."""
    ana = desk.browser("reviewer", offices=("CEU01",))

    assert "Nada responde" in ana.get(_search(ana, text="Chaoui").headers["location"]).text


def test_a_search_by_queue_and_days_is_kept_under_a_name_without_the_person(desk):
    """The filter comes back; the name that was typed beside it does not."""
    ana = desk.browser("reviewer")
    address = _search(ana, text="Chaoui", queue="review", since="20/03/2026").headers["location"]

    kept = ana.post(f"{address}/guardar", data={"csrf": ana.csrf, "name": "<i>Mis dudas</i>"})
    (again,) = [part.split('"')[0] for part in kept.text.split('href="')[1:] if part.startswith("/buscar/")]
    shown = ana.get(again).text

    assert "&lt;i&gt;Mis dudas&lt;/i&gt;" in kept.text
    assert desk.numbers()["review"] in shown
    assert "Chaoui" not in shown
    assert 'value="20/03/2026"' in shown
    gone = ana.post(f"{again}/quitar", data={"csrf": ana.csrf})
    assert "Mis dudas" not in gone.text


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"text": "a"}, "Escriba al menos dos letras"),
        ({}, "Diga por qué buscar"),
        ({"since": "31/02/2026"}, "No es una fecha"),
        ({"text": "<script>", "until": "ayer"}, "&lt;script&gt;"),
    ],
)
def test_a_search_that_says_too_little_keeps_what_was_typed(desk, said, told):
    """The form comes back with what is wrong in it, and markup as text."""
    got = _search(desk.browser("reviewer"), **said)

    assert got.status_code == 422
    assert told in got.text


def test_a_passing_search_goes_after_a_day(desk):
    """What was typed of a person is not kept."""
    ana = desk.browser("reviewer")
    _search(ana, text="Chaoui")
    desk.now += dt.timedelta(days=2)
    later = desk.browser("reviewer", login="luis")
    _search(later, text="Tazi")

    with desk.store.read() as connection:
        left = connection.exec_driver_sql("SELECT said FROM searches").scalars().all()
    assert len(left) == 1
    assert "Tazi" in str(left[0])
