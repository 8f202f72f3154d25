"""F10: a storm of drops. All are seen at once, all are taken once, and the watcher holds no more for it."""

import datetime as dt
import random
import time

import pytest

from pipeline.files import Files
from pipeline.folders.places import STATUS
from pipeline.settings import Folders, Letters, Settings, Storage
from pipeline.store import open_store
from pipeline.watch import Watcher
from tests.faults.rig.office import paper
from tests.faults.rig.watching import Watching

SEEN_SECONDS = 60.0
"""Within which the last of a storm must be known to the record."""
MOST_MIB = 300.0
KEPT_MIB = 0.01
"""What the watcher may hold for each drop that waits: its name, its looks, its line in the list."""


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.nightly)])
def watching(request, tmp_path):
    """Return a watcher as an office sets it."""
    url = f"sqlite:///{tmp_path}/db/v.db"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres_store_url")
    times = {"folders.scan_seconds": 1.0, "folders.stability_seconds": 2.0}
    with Watching(tmp_path, url, ("CEU01",), **times) as one:
        yield one


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("drops", [1_000, pytest.param(10_000, marks=pytest.mark.nightly)])
def test_every_drop_of_a_storm_is_seen_at_once_and_taken_once(watching, report, drops):
    """What is not taken yet is known to wait, and the page says so; in the end each has one row."""
    watching.patience = 3000
    entry = watching.share / "CEU01" / "1_ENTRADA"
    before = watching.memory()[0].most
    for number in range(drops):
        (entry / f"{number:05}.pdf").write_bytes(paper(f"storm {number}"))
    ended = time.monotonic()
    watching.until(lambda: watching.count("submissions") + watching.count("drops") >= drops)
    seen = time.monotonic() - ended
    watching.until(lambda: watching.count("submissions") == drops and not list(entry.iterdir()))
    taken = time.monotonic() - ended

    rows = watching.rows()
    names = {row["name"] for row in rows if row["kind"] == "new"}
    most = watching.memory()[0].most
    note = f"{drops} drops: seen in {seen:.0f} s, taken in {taken:.0f} s, {most:.0f} MiB"
    report("F10", trials=1, lost=drops - len(names), doubled=len(rows) - len(names), note=note)
    assert (len(names), len(rows)) == (drops, drops)
    assert seen <= SEEN_SECONDS
    assert most < MOST_MIB
    assert most - before < 30 + drops * KEPT_MIB
    assert watching.count("drops") == 0


class Counting(Files):
    """A disk that counts how often the office's page is written."""

    written = 0

    def rename(self, old, new):
        self.written += new.name == STATUS
        super().rename(old, new)


def test_the_page_is_written_when_it_changes_and_not_at_every_look(tmp_path, report):
    """However many wait; and not at every drop that is taken."""
    disk, at = Counting(), dt.datetime(2026, 3, 16, 9, 30, tzinfo=dt.UTC)
    settings = Settings(
        folders=Folders(root=tmp_path / "share", offices=("CEU01",), stability_seconds=1),
        storage=Storage(database=f"sqlite:///{tmp_path}/v.db", blobs=tmp_path / "store", reserve=0),
        letters=Letters(help_phone="956 000 000"),
    )
    seconds, written = [0.0], []
    with open_store(settings.storage.database, settings.storage.blobs, files=disk) as store:
        watcher = Watcher(settings, store, now=lambda: at, clock=lambda: seconds[0])
        watcher.scan_once()
        for number in range(100):
            (tmp_path / f"share/CEU01/1_ENTRADA/{number}.pdf").write_bytes(paper(f"{number}"))
        for seconds[0] in (0.0, 0.2, 0.4, 2.0, 2.2, 2.4):
            before = disk.written
            watcher.scan_once()
            written.append(disk.written - before)

    report("F10", trials=1, note="page written when it changes")
    assert written == [1, 0, 0, 1, 0, 0]


@pytest.mark.nightly
@pytest.mark.timeout(3600)
def test_a_thousand_mixed_files_never_fill_the_watchers_memory(watching, report):
    """From nothing to 8 MB, one in twenty in a folder with others: they pass through in pieces."""
    watching.patience = 3000
    entry = watching.share / "CEU01" / "1_ENTRADA"
    draw = random.Random(1)
    for number in range(1_000):
        size = int(min(20 << 20, 10 ** draw.uniform(2, 7.3)))
        data = (
            paper(f"mixed {number}", min(size, 1 << 16)) + draw.randbytes(1024) * (size >> 10) + b"\n%%EOF\n"
        )
        folder = entry / f"{number // 50}" if number % 20 == 0 else entry
        folder.mkdir(exist_ok=True)
        (folder / f"{number}.pdf").write_bytes(data)
    watching.until(lambda: watching.count("originals") == 1_000 and not list(entry.iterdir()))

    most = watching.memory()[0].most
    report("F10", trials=1, lost=1_000 - watching.count("originals"), note=f"mixed files, {most:.0f} MiB")
    assert watching.count("submissions") == 950 + 20
    assert most < MOST_MIB
