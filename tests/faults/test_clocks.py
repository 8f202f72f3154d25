"""F11: clocks that jump, nights on which an hour is missing or comes twice, and the turn of the year."""

import contextlib
import datetime as dt
import subprocess
import sys
from zoneinfo import ZoneInfo

import pytest
import time_machine

from pipeline.files import Files
from pipeline.journal.events import jumps
from pipeline.journal.rows import of_case
from pipeline.reconcile import Reconciler
from pipeline.settings import Folders, Letters, Settings, Storage, Work
from pipeline.store import open_store
from pipeline.store.cases import lines
from pipeline.store.claims import claim, renew
from pipeline.store.events import history
from pipeline.store.lost import Lookout, give_back
from pipeline.watch import Watcher
from pipeline.workers import me
from tests.faults.rig.office import ROOT, environment, paper

MADRID = ZoneInfo("Europe/Madrid")
MONDAY = dt.datetime(2026, 3, 16, 9, 30, tzinfo=MADRID)
BACK, AHEAD = dt.timedelta(hours=-1), dt.timedelta(days=1)


class Counter:
    """An office whose wall clock is set by the test; the seconds that are waited for pass only when told."""

    def __init__(self, home, database):
        self.home = home / "share" / "CEU01"
        self.settings = Settings(
            folders=Folders(root=home / "share", offices=("CEU01",)),
            storage=Storage(database=database, blobs=home / "blobs", reserve=0),
            letters=Letters(help_phone="956 000 000"),
            work=Work(lease_seconds=30),
        )
        self.seconds = 0.0
        self.store = None
        self.start(Files())

    def start(self, files):
        """Start the program on a disk."""
        self.stop()
        storage = self.settings.storage
        self.store = open_store(storage.database, storage.blobs, files=files)
        self.watcher = Watcher(self.settings, self.store, clock=lambda: self.seconds)
        self.watcher.scan_once()

    def stop(self):
        if self.store is not None:
            self.store.close()

    def drop(self, name, word=None):
        """Drop a paper."""
        (self.home / "1_ENTRADA" / name).write_bytes(paper(word or name))

    def look(self, after=0.0):
        """Look once, some seconds later by the clock that never jumps."""
        self.seconds += after
        return self.watcher.scan_once().accepted

    def take(self, name, word=None):
        """Drop a paper, and return its row when it was taken."""
        self.drop(name, word)
        (entered,) = self.look() + self.look(3)
        return entered

    def kinds(self, entered):
        """Return what is told of a case."""
        return [event.kind for event in history(self.store, entered.case)]


@pytest.fixture(params=["sqlite", "postgresql"])
def counter(request, tmp_path):
    """Return an office on each database."""
    url = f"sqlite:///{tmp_path}/v.db"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres_store_url")
    with time_machine.travel(MONDAY, tick=False) as clock:
        office = Counter(tmp_path, url)
        office.clock = clock
        yield office
        office.stop()


def test_after_the_clock_was_set_back_cases_are_numbered_listed_and_read_in_the_order_they_came(
    counter, report
):
    """And the case says by how much: both moments are kept."""
    first = counter.take("a.pdf")
    counter.clock.move_to(MONDAY + BACK)
    second = counter.take("b.pdf")
    order = [claim(counter.store, f"w{n}", 30, MONDAY).case.number for n in range(2)]

    report("F11", trials=1, note="set back an hour")
    assert (first.number[-6:], second.number[-6:]) == ("000001", "000002")
    assert [line.number for line in lines(counter.store)] == [first.number, second.number] == order
    (told,) = [e for e in history(counter.store, second.case) if e.kind == "clock-went-back"]
    assert dt.datetime.fromisoformat(told.detail["last"]) == MONDAY
    assert told.at == MONDAY + BACK


def test_after_a_wrong_day_only_the_case_at_the_turn_is_flagged(counter, report):
    """The clock stood a day ahead for one case; what comes after is measured against the last row."""
    counter.take("a.pdf")
    counter.clock.move_to(MONDAY + AHEAD)
    ahead = counter.take("b.pdf")
    counter.clock.move_to(MONDAY + dt.timedelta(minutes=5))
    turned, later = counter.take("c.pdf"), counter.take("d.pdf")

    report("F11", trials=1, note="a day ahead and back")
    assert ahead.received_at == MONDAY + AHEAD
    assert "clock-went-back" in counter.kinds(turned)
    assert "clock-went-back" not in counter.kinds(later)


def test_the_first_date_stands_when_the_same_papers_come_again_with_the_clock_set_back(counter, report):
    """The second receipt points at the first date, however early the second one seems."""
    first = counter.take("a.pdf")
    counter.clock.move_to(MONDAY + BACK)
    counter.take("b.pdf", "a.pdf")

    report("F11", trials=1, note="same papers before their first date")
    assert [row.kind for row in of_case(counter.store, first.case)] == ["new", "duplicate"]
    assert [line.received_at for line in lines(counter.store)] == [MONDAY]


@pytest.mark.parametrize("jump", [BACK, AHEAD], ids=["back", "ahead"])
def test_how_long_a_drop_lies_still_is_not_told_by_the_wall_clock(counter, report, jump):
    """A clock set forward takes nothing early, one set back keeps nothing waiting."""
    counter.drop("a.pdf")
    counter.look()
    counter.clock.move_to(MONDAY + jump)
    early, ready = counter.look(1.9), counter.look(0.2)

    report("F11", trials=1, note="a jump while a drop lies still")
    assert (len(early), len(ready)) == (0, 1)


@pytest.mark.parametrize("jump", [BACK, AHEAD], ids=["back", "ahead"])
def test_a_jump_while_the_program_runs_is_noted_with_both_hours(counter, report, jump):
    """Also where nothing is dropped; half a minute by both clocks is no jump."""
    counter.clock.shift(30)
    counter.look(30)
    counter.clock.shift(jump)
    counter.look(30)

    (noted,) = jumps(counter.store, MONDAY - AHEAD)
    report("F11", trials=1, note="a jump is noted")
    assert noted.before == MONDAY + dt.timedelta(seconds=60)
    assert noted.after == MONDAY + dt.timedelta(seconds=30) + jump


NIGHTS = {
    "hour-missing": (dt.datetime(2026, 3, 29, 0, 59, tzinfo=dt.UTC), ["01:59+0100", "03:01+0200"]),
    "hour-twice": (dt.datetime(2026, 10, 25, 0, 59, tzinfo=dt.UTC), ["02:59+0200", "02:01+0100"]),
}


@pytest.mark.parametrize(("before", "told"), NIGHTS.values(), ids=NIGHTS)
def test_on_the_nights_the_clocks_change_each_case_keeps_the_hour_that_people_saw(
    counter, report, before, told
):
    """With its offset, so that the hour that comes twice is two; nothing is flagged, two minutes passed."""
    counter.clock.move_to(before)
    first = counter.take("a.pdf")
    counter.clock.move_to(before + dt.timedelta(minutes=2))
    second = counter.take("b.pdf")

    report("F11", trials=1, note="the night of " + before.strftime("%d/%m"))
    assert [one.received_at.strftime("%H:%M%z") for one in (first, second)] == told
    assert second.received_at - first.received_at == dt.timedelta(minutes=2)
    assert [line.number for line in lines(counter.store)] == [first.number, second.number]
    assert "clock-went-back" not in counter.kinds(second)


def test_numbers_begin_again_at_midnight_of_the_office_not_of_greenwich(counter, report):
    """The last case of a year and the first of the next, a second apart."""
    midnight = dt.datetime(2027, 1, 1, tzinfo=MADRID)
    counter.clock.move_to(midnight - dt.timedelta(seconds=1))
    old = counter.take("a.pdf")
    counter.clock.move_to(midnight)
    new = counter.take("b.pdf")

    report("F11", trials=1, note="midnight of New Year")
    assert (old.number, new.number) == ("CEU01-2026-000001", "CEU01-2027-000001")
    assert new.received_at.date() == dt.date(2027, 1, 1)
    assert [line.number for line in lines(counter.store)] == [old.number, new.number]


def test_a_clock_set_back_over_new_year_goes_on_with_the_numbers_of_the_old_one(counter, report):
    """No number is given twice."""
    midnight = dt.datetime(2027, 1, 1, tzinfo=MADRID)
    numbers = []
    for name, minutes in (("a", -1), ("b", 1), ("c", -1), ("d", 1)):
        counter.clock.move_to(midnight + dt.timedelta(minutes=minutes))
        numbers.append(counter.take(f"{name}.pdf").number[-11:])

    report("F11", trials=1, doubled=len(numbers) - len(set(numbers)), note="over New Year and back")
    assert numbers == ["2026-000001", "2027-000001", "2026-000002", "2027-000002"]


def test_the_29th_of_february_is_a_day_like_any_other(counter, report):
    """It stands in the record as people saw it."""
    counter.clock.move_to(dt.datetime(2028, 2, 29, 23, 59, tzinfo=MADRID))
    entered = counter.take("a.pdf")

    report("F11", trials=1, note="29 February")
    assert lines(counter.store)[0].received_at.date() == dt.date(2028, 2, 29)
    assert entered.number == "CEU01-2028-000001"


class Jumping(Files):
    """A disk on which the clock jumps at one call."""

    def __init__(self, clock, call, jump):
        self._left, self._clock, self._jump = call, clock, jump
        for name in (n for n in vars(Files) if not n.startswith("_")):
            setattr(self, name, self._counted(getattr(super(), name)))

    def _counted(self, call):
        def counted(*args):
            self._left -= 1
            if self._left == 0:
                self._clock.shift(self._jump)
            return call(*args)

        return counted


CALLS = 40


@pytest.mark.parametrize("jump", [BACK, AHEAD], ids=["back", "ahead"])
@pytest.mark.parametrize(
    "counter", ["sqlite", pytest.param("postgresql", marks=pytest.mark.nightly)], indirect=True
)
def test_a_jump_at_any_call_of_an_acceptance_leaves_one_case_of_one_moment(counter, report, jump):
    """Its number is of the year of its date, and the row, the case and the event tell the same moment."""
    eve = dt.datetime(2026, 12, 31, 23, 59, 59, tzinfo=MADRID)
    wrong = []
    for call in range(1, CALLS):
        counter.clock.move_to(eve if jump > BACK else eve + dt.timedelta(minutes=30))
        disk = Jumping(counter.clock, 0, jump)
        counter.start(disk)
        disk._left = call
        entered = counter.take(f"{call}.pdf")
        counter.look()
        (row,) = of_case(counter.store, entered.case)
        (line,) = [line for line in lines(counter.store) if line.id == entered.case]
        first = history(counter.store, entered.case)[0]
        one = {row.received_at, line.received_at, first.at}
        if len(one) > 1 or f"-{row.received_at.year}-" not in row.number or row.kind != "new":
            wrong.append(call)

    report("F11", trials=CALLS - 1, doubled=len(lines(counter.store)) - CALLS + 1, note="a jump in a step")
    assert wrong == []
    assert disk._left > 0, "the calls tried must reach past the last one"
    assert list((counter.home / "1_ENTRADA").iterdir()) == []


@contextlib.contextmanager
def worker(counter, there):
    """Give a process that holds a case and whose wall clock stands at *there*."""
    storage = counter.settings.storage
    line = [
        sys.executable,
        "-m",
        "tests.faults.rig.dated",
        there.isoformat(),
        str(storage.blobs),
        storage.database,
    ]
    with subprocess.Popen(line, cwd=ROOT, env=environment(), stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline().startswith("CEU01-")
        yield process
        process.kill()


@pytest.mark.parametrize("jump", [BACK, AHEAD], ids=["back", "ahead"])
def test_a_loan_is_the_workers_while_it_lives_and_nobodys_when_it_is_dead_whatever_the_hour(
    counter, report, jump
):
    """Another worker, whose clock stands elsewhere, takes the case neither early nor late."""
    counter.take("a.pdf")
    with worker(counter, MONDAY - jump) as process:
        reconcile = Reconciler(counter.settings, counter.store)
        while_alive = reconcile().given_back
        early = claim(counter.store, me(), 30, dt.datetime.now(dt.UTC), reconcile.owners.living)
        process.kill()
        process.wait()
        after = reconcile().given_back
        late = claim(counter.store, me(), 30, dt.datetime.now(dt.UTC), reconcile.owners.living)

    report("F11", trials=1, doubled=int(early is not None), note="a loan over a jump")
    assert (while_alive, early) == ((), None)
    assert len(after) == 1
    assert late is not None


@pytest.mark.parametrize("jump", [BACK, AHEAD], ids=["back", "ahead"])
def test_a_worker_elsewhere_holds_its_case_while_it_renews_and_no_longer_whatever_its_clock_shows(
    counter, report, jump
):
    """What is measured is how long its loan was seen unchanged, by a clock that never jumps."""
    counter.take("a.pdf")
    taken = claim(counter.store, "elsewhere", 30, MONDAY - jump)
    watch = Lookout(lease_seconds=30, clock=lambda: counter.seconds)
    kept = []
    for _ in range(3):
        owners = watch.look(counter.store)
        kept.append(give_back(counter.store, MONDAY, losses=3, owners=owners))
        counter.seconds += 29
        renew(counter.store, taken, 30, MONDAY - jump + dt.timedelta(seconds=len(kept)))
    watch.look(counter.store)
    counter.seconds += 31
    back = give_back(counter.store, MONDAY, losses=3, owners=watch.look(counter.store))

    report("F11", trials=1, note="a loan elsewhere over a jump")
    assert kept == [(), (), ()]
    assert back == (taken.case.id,)
