"""A case decided at the desk: by whom, with which reason, and never silently."""

import datetime as dt
import re

import sqlalchemy as sa

from pipeline.decisions.final import Finals
from pipeline.decisions.kept import decisions_of
from pipeline.decisions.tables import decisions
from pipeline.life.record import history
from pipeline.store.schema import cases, handling


def revision(desk, number):
    """Return the revision that the page of a case shows now."""
    with desk.store.read() as connection:
        return connection.execute(sa.select(cases.c.revision).where(cases.c.number == number)).scalar_one()


def case_id(desk, number):
    """Return the id of a case."""
    with desk.store.read() as connection:
        return connection.execute(sa.select(cases.c.id).where(cases.c.number == number)).scalar_one()


def post(desk, browser, number, what, seen=None, **form):
    """Send a form of the page of a case, as it stands now unless *seen* is another revision."""
    told = {"csrf": browser.csrf, "revision": seen if seen is not None else revision(desk, number), **form}
    return browser.post(f"/expedientes/{number}/{what}", data=told, follow_redirects=False)


def taken(desk, number):
    """Return the decisions on a case."""
    with desk.store.read() as connection:
        return decisions_of(connection, case_id(desk, number))


def standing(desk, number):
    """Return how a case stands at the desk."""
    with desk.store.read() as connection:
        found = connection.execute(sa.select(handling).where(handling.c.case_id == case_id(desk, number)))
        return found.one()


def test_a_clean_case_is_granted_by_a_named_person_and_the_next_one_opens(desk):
    """The proposal is chosen already: one key saves it and goes on."""
    ana, number = desk.browser("reviewer"), desk.numbers()["approve"]

    got = post(desk, ana, number, "decidir", kind="grant", bandeja="approve")

    (one,) = taken(desk, number)
    assert (got.status_code, got.headers["location"]) == (303, "/bandejas/approve/siguiente")
    assert (one.kind, one.by, one.proposal["queue"], one.letter["signer"]) == (
        "grant",
        "ana",
        "approve",
        "Ana Prueba",
    )
    assert [kept.event.kind.value for kept in history(desk.store, one.case)] == ["resolution_taken"]


def test_the_page_of_a_clean_case_has_its_decision_chosen_and_one_key_to_save_it(desk):
    """From the tray to decided: Enter, S."""
    page = desk.browser("reviewer").get(f"/expedientes/{desk.numbers()['approve']}?bandeja=approve").text

    assert re.search(r'<input type="radio" id="decide-kind" name="kind" value="grant" checked', page)
    assert re.search(r'<button class="main" data-key="s"', page)
    assert "Propuesta del programa:" in page
