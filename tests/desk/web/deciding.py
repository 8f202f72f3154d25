"""A case decided at the desk, as its page's forms do it."""

import sqlalchemy as sa

from pipeline.decisions.kept import decisions_of
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
