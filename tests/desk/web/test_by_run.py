"""From a run in Prefect to its case at the desk, and back: by the case's id, for who has the right."""

import dataclasses

import pytest
import sqlalchemy as sa

from pipeline.engine_chosen import Engine, pages
from pipeline.store.schema import cases


@pytest.fixture
def case(desk):
    """Return number and id of a case that is to be reviewed."""
    number = desk.numbers()["review"]
    with desk.store.read() as connection:
        return number, connection.execute(sa.select(cases.c.id).where(cases.c.number == number)).scalar_one()


def test_the_address_that_a_run_shows_leads_to_its_case(desk, case):
    """Whoever may see the case gets its page, which keeps that it was looked at."""
    number, opaque = case
    answer = desk.browser("reviewer").get(f"/caso/{opaque}", follow_redirects=False)

    assert (answer.status_code, answer.headers["location"]) == (303, f"/expedientes/{number}")


@pytest.mark.parametrize("named", ["01KACZZZZZZZZZZZZZZZZZZZZZ", "CEU01-2026-000001", "x"])
def test_what_is_no_case_is_not_here(desk, named):
    """An id of nobody, a number, anything."""
    assert desk.browser("reviewer").get(f"/caso/{named}").status_code == 404


def test_who_may_not_see_a_case_learns_nothing_from_its_run(desk, case):
    """A manager sees figures and no case; the id of a case of others is the id of none."""
    assert desk.browser("manager").get(f"/caso/{case[1]}").status_code == 403
    assert (
        desk.browser("reviewer", offices=("XXX99",), login="eva").get(f"/caso/{case[1]}").status_code == 404
    )


def test_who_watches_over_the_work_finds_the_runs_of_a_case(desk, case):
    """By its id, in Prefect's own list; a reviewer has no such link."""
    number, opaque = case
    address = f"http://127.0.0.1:4200/runs?flow-run-search={opaque}"

    assert address in desk.browser("supervisor").get(f"/expedientes/{number}").text
    assert opaque not in desk.browser("reviewer", login="eva").get(f"/expedientes/{number}").text


def test_prefect_is_shown_where_browsers_reach_it():
    """Its own address, that of a server elsewhere, or the one told of a proxy before it."""
    elsewhere = Engine(api="http://10.0.0.5:4200/api/")

    assert pages(Engine(port=4300)) == "http://127.0.0.1:4300"
    assert pages(elsewhere) == "http://10.0.0.5:4200"
    assert pages(dataclasses.replace(elsewhere, pages="https://prefect.example.org/")) == (
        "https://prefect.example.org"
    )
