"""The power goes between any two calls, and two watchers look at one folder: each drop once."""

import contextlib
import threading

import pytest
import sqlalchemy as sa

from pipeline.journal.rows import of_case
from pipeline.store.cases import lines
from pipeline.watch import Watcher
from tests.faults.states import standing

CALLS = 50


def test_the_cuts_reach_past_the_last_call(office, dying, pdf):
    """Else the next test would leave some untried."""
    office.drop("a.pdf", pdf)
    office.drop("a.pdf.presentacion.json", b"{}")
    disk = dying(CALLS)
    office.start(disk)
    office.take(after=40)

    assert disk.left > 0
    assert office.names("1_ENTRADA") == []


def asked(office):
    """Return how to ask the journal without the program's own statements."""

    def ask(query):
        with office.store.read() as connection:
            return [dict(row) for row in connection.execute(sa.text(query)).mappings()]

    return ask


@pytest.mark.parametrize("folder", [False, True])
@pytest.mark.parametrize("calls", range(CALLS))
def test_a_cut_between_any_two_calls_loses_and_doubles_nothing(office, dying, pdf, calls, folder):
    """After the restart there is one case, its bytes whole, its original moved once."""
    office.drop("a.pdf", pdf, "1_ENTRADA/caso" if folder else "1_ENTRADA")
    office.drop("a.pdf.presentacion.json", b'{"filed_on": "2026-03-01"}')
    with contextlib.suppress(dying.Stopped):
        office.start(dying(calls))
        office.take(after=40)
    standing(office.home, office.settings.storage.blobs, asked(office))

    office.start()
    office.take(after=40)
    office.look()

    there = standing(office.home, office.settings.storage.blobs, asked(office))
    assert set(there.drops.values()) == {"placed"}
    (case,) = lines(office.store)
    (submission,) = of_case(office.store, case.id)
    assert submission.kind == "new"
    assert all(office.store.blobs.verify(sha256) for sha256 in office.store.blobs.all())
    assert len([n for n in office.names("2_EN_CURSO") if "presentacion" not in n]) == 1
    assert [n for n in office.names("1_ENTRADA") if "presentacion" not in n] == []


def test_two_watchers_take_each_drop_once(office, pdf):
    """Two programs over one share and one database: one row, one move."""
    for n in range(6):
        office.drop(f"{n}.pdf", pdf + b"%d" % n)
    second = Watcher(office.settings, office.store, now=office.now, clock=lambda: office.seconds)
    office.look()
    second.scan_once()
    office.seconds += 3

    threads = [threading.Thread(target=one.scan_once) for one in (office.watcher, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    office.look()

    found = lines(office.store)
    assert sorted(case.source_name for case in found) == [f"{n}.pdf" for n in range(6)]
    assert [len(of_case(office.store, case.id)) for case in found] == [1] * 6
    assert len(office.names("2_EN_CURSO")) == 6
