"""A tray goes by order first, then by the next legal day, then by entry; page after page, none twice."""

import datetime as dt

import pytest
import sqlalchemy as sa

from pipeline.store.schema import cases, handling
from pipeline.trays import listed
from pipeline.trays.counts import Count, count, counts
from pipeline.trays.listed import first_free, page
from pipeline.trays.wanted import Key
from tests.pipeline.trays.conftest import BOTH, NOW

pytestmark = BOTH


def numbers(found):
    """Return the numbers of the cases of a page."""
    return [one.number for one in found.lines]


def test_the_nearest_legal_day_comes_first_and_like_days_by_entry(store, lay, want):
    """Ley 39/2015, art. 71.2."""
    late = lay(due="2026-05-02")
    second = lay(due="2026-04-30", entry=90)
    first = lay(due="2026-04-30", entry=80)
    ahead = lay(due="2026-06-01", turn=0)

    assert numbers(page(store, want())) == [ahead, first, second, late]


def test_pages_follow_each_other_and_go_back(store, lay, want, monkeypatch):
    """Each case stands on one of them, in the same order from both sides."""
    monkeypatch.setattr(listed, "PAGE", 2)
    made = [lay() for _ in range(5)]

    one = page(store, want())
    two = page(store, want(), after=one.after)
    three = page(store, want(), after=two.after)
    back = page(store, want(), before=three.before)

    assert [numbers(found) for found in (one, two, three)] == [made[:2], made[2:4], made[4:]]
    assert (one.before, three.after) == (None, None)
    assert numbers(back) == made[2:4]
    assert numbers(page(store, want(), before=back.before)) == made[:2]
    assert page(store, want(), before=two.before).before is None


@pytest.mark.parametrize("text", ["", "x", "1.2.3", "1.2026-02-30.5", "1.2026-03-23.x", "1.2026-03-23"])
def test_an_address_that_says_no_key_begins_at_the_first_page(store, text):
    """Nothing of it reaches the database."""
    del store
    assert Key.of(text) is None


def test_a_key_goes_into_an_address_and_comes_back(store):
    """As it was."""
    del store
    key = Key(0, dt.date(2026, 4, 30), 12)

    assert Key.of(str(key)) == key


def test_offices_queues_and_procedures_that_are_not_somebodys_are_not_there(store, lay, want):
    """Neither listed nor counted."""
    mine = lay(office="CEU01", procedure="convenio_especial")
    lay(office="MEL01", procedure="convenio_especial")
    lay(office="CEU01", procedure="asistencia_sanitaria")
    limits = {"offices": frozenset({"CEU01"}), "procedures": frozenset({"convenio_especial"})}

    assert numbers(page(store, want(**limits))) == [mine]
    assert counts(store, want("", **limits), ["approve"])["approve"].cases == 1
    assert count(store, want(**limits)).cases == 1
    assert numbers(page(store, want(queues=frozenset({"cure"})))) == []


def test_counts_say_the_oldest_and_the_next_legal_day(store, lay, want):
    """Empty trays too."""
    lay(received_on=dt.date(2026, 3, 2))
    lay(due="2026-04-01")

    found = counts(store, want(""), ["approve", "notice", "second"])

    assert found["approve"] == Count(2, dt.date(2026, 3, 2), dt.date(2026, 4, 1))
    assert found["notice"] == found["second"] == Count(0)


def test_nobody_is_asked_to_confirm_or_to_look_blind_at_what_they_decided(store, lay, want):
    """Another person sees both."""
    lay("second", decided_by="ana")
    lay("done", sample=True, decided_by="ana")

    assert [page(store, want(tray)).lines for tray in ("second", "sample")] == [(), ()]
    assert [len(page(store, want(tray, who="luis")).lines) for tray in ("second", "sample")] == [1, 1]


def test_the_trays_of_a_person_gather_from_all_the_others(store, lay, want):
    """What is in hand until its time ends, what is assigned until it is done."""
    held, given = lay(), lay("review-residence")
    with store.write() as connection:
        until = NOW + dt.timedelta(minutes=10)
        rows = [{"number": held, "held_by": "ana", "held_until": until, "assigned_to": None}]
        rows += [{"number": given, "held_by": None, "held_until": None, "assigned_to": "ana"}]
        for row in rows:
            told = sa.select(cases.c.id).where(cases.c.number == row.pop("number")).scalar_subquery()
            connection.execute(sa.insert(handling).values(case_id=told, **row))

    assert numbers(page(store, want("in-hand"))) == [held]
    assert numbers(page(store, want("in-hand", at=NOW + dt.timedelta(minutes=10)))) == []
    assert numbers(page(store, want("mine"))) == [given]
    assert numbers(page(store, want("mine", who="luis"))) == []


def test_the_next_case_is_free_and_not_being_read(store, lay, want):
    """What another has in hand, or the program reads, is passed over."""
    read, held, free = lay(), lay(), lay()
    with store.write() as connection:
        connection.execute(sa.update(cases).where(cases.c.number == read).values(lease_owner="w"))
        told = sa.select(cases.c.id).where(cases.c.number == held).scalar_subquery()
        until = NOW + dt.timedelta(minutes=10)
        connection.execute(sa.insert(handling).values(case_id=told, held_by="luis", held_until=until))

    assert first_free(store, want()) == free
    assert first_free(store, want(who="luis")) == held
    assert first_free(store, want(), after=page(store, want()).lines[-1].key) is None
    assert [(one.working, one.held_by) for one in page(store, want()).lines] == [
        (True, None),
        (False, "luis"),
        (False, None),
    ]
