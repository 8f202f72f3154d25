"""Papers in a store that speaks S3: kept when it gave them back, read from copies, and never given up."""

import datetime as dt
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import boto3
import pytest

from pipeline.errors import EnvironmentFault, UsageError
from pipeline.files import Files
from pipeline.intake import sweep
from pipeline.intake.chosen import Storage
from pipeline.settings import load
from pipeline.store import open_store
from pipeline.store.backup import back_up
from pipeline.store.blobs import papers_in
from pipeline.store.cases import lines
from pipeline.store.check import look_over
from pipeline.store.claims import claim
from pipeline.store.restore import restore

ROOT = Path(__file__).parents[3]
NOBODY = "http://127.0.0.1:9"
"""Where nothing answers."""


@pytest.fixture
def papers(bucket):
    """Return the papers of a bucket."""
    return papers_in(bucket, Files())


def wrong(bucket, sha256):
    """Have the store hold other bytes under that digest."""
    keys = {"aws_access_key_id": bucket.key, "aws_secret_access_key": bucket.secret}
    name, _, lead = bucket.place.partition("/")
    client = boto3.client("s3", endpoint_url=bucket.endpoint, region_name="eu-south-2", **keys)
    client.put_object(Bucket=name, Key=f"{lead}/papers/{sha256[:2]}/{sha256[2:]}.sha256", Body=b"otra cosa")


def test_a_paper_is_kept_and_given_back_from_any_machine(papers, bucket, tmp_path):
    """Another machine, with copies of its own, has the same bytes under the same digest."""
    kept = papers.pour([b"%PDF", b"-1.4"])
    elsewhere = papers_in(replace(bucket, copies=tmp_path / "otra"), Files())

    assert elsewhere.read(kept.sha256) == b"%PDF-1.4"
    assert list(elsewhere.all()) == [kept.sha256]
    assert (elsewhere.there("0" * 64), elsewhere.size(kept.sha256)) == (False, 8)


def test_a_mark_is_known_until_a_row_has_the_bytes(papers):
    """Whoever removes what no row has asks first."""
    kept = papers.pour([b"%PDF-1.4"])
    before = papers.marked(kept.sha256)
    papers.settle(kept)

    assert (before, papers.marked(kept.sha256)) == (True, False)


def test_bytes_that_changed_in_the_store_are_never_given(papers, bucket):
    """Neither for a paper that was kept, nor for a copy that somebody wrote to."""
    kept = papers.pour([b"%PDF-1.4"])
    papers.path(kept.sha256).write_bytes(b"de otro")
    assert papers.read(kept.sha256) == b"%PDF-1.4"

    wrong(bucket, kept.sha256)
    papers.path(kept.sha256).unlink()

    assert not papers.verify(kept.sha256)
    with pytest.raises(EnvironmentFault):
        papers.read(kept.sha256)


def test_copies_over_their_room_go_but_those_that_are_read(bucket):
    """The one longest unread first; all are in the store still."""
    papers = papers_in(replace(bucket, copies_bytes=20), Files())
    first, second, third = (papers.pour([letter * 10]).sha256 for letter in (b"a", b"b", b"c"))
    for age, sha256 in enumerate((third, second, first)):
        os.utime(papers.path(sha256), (1000 - age, 1000 - age))
    with papers.held([first]):
        os.utime(papers.path(first), (1, 1))
        papers.sweep(0)
        there = [papers.path(one).exists() for one in (first, second, third)]

    assert there == [True, False, True]
    assert papers.read(second) == b"b" * 10


@pytest.fixture
def office(tmp_path, bucket, empty_database):
    """Return a watched office whose papers lie in the bucket."""
    from tests.pipeline.conftest import Office

    class Away(Office):
        def __init__(self):
            super().__init__(tmp_path, f"sqlite:///{tmp_path}/v.db")
            self.reach(bucket)

        def reach(self, where):
            """Go on with the papers there."""
            storage = replace(self.settings.storage, blobs=where)
            self.settings = replace(self.settings, storage=storage)
            self.start()

    (tmp_path / "v.db").write_bytes(empty_database.read_bytes())
    one = Away()
    one.look()
    yield one
    one.stop()


def test_a_drop_waits_while_the_store_is_away_and_is_taken_once_it_is_back(office, bucket, pdf):
    """The list says why; nothing is lost, nothing taken twice."""
    office.reach(replace(bucket, endpoint=NOBODY))
    office.drop("a.pdf", pdf)
    office.take()
    shown = (office.home / "ESTADO.html").read_text()
    untouched = office.names("1_ENTRADA")
    office.reach(bucket)
    office.take(60)

    assert untouched == ["a.pdf"]
    assert "El almacén de los papeles no responde" in shown
    assert [line.source_name for line in lines(office.store)] == ["a.pdf"]


def test_a_case_is_not_failed_because_the_store_is_away(office, bucket, pdf):
    """What cannot be read now is asked for again: it is told as a fault of the surroundings."""
    office.drop("a.pdf", pdf)
    office.take()
    office.reach(replace(bucket, endpoint=NOBODY, copies=bucket.copies.with_name("vacía")))
    claimed = claim(office.store, "w", 60, office.now())

    papers = office.store.blobs.held(one.sha256 for one in claimed.case.originals)
    with pytest.raises(EnvironmentFault, match="no están a mano"), papers:
        pass


def test_a_sweep_removes_what_no_row_has_and_leaves_what_one_has(office, bucket, pdf):
    """Marks that an hour has passed over, by the store's own clock."""
    office.drop("a.pdf", pdf)
    (entered,) = office.take()
    papers = office.store.blobs
    again = papers.pour([pdf])
    nobodys = papers.pour([b"de nadie"])
    for pending in filter(None, papers.pending(time.time() + sweep.OLD)):
        sweep._end(office.store, papers, pending)

    assert again.sha256 == entered.sha256
    assert papers.there(entered.sha256)
    assert not papers.there(nobodys.sha256)
    assert list(papers.pending(time.time() + sweep.OLD)) == []


def test_a_copy_of_the_record_brings_its_papers_back(office, bucket, pdf, tmp_path):
    """Backup, check and restore are the same as with a folder."""
    office.drop("a.pdf", pdf)
    (entered,) = office.take()
    papers = office.store.blobs
    done = back_up(tmp_path / "v.db", papers, tmp_path / "copia.tar", dt.datetime.now(dt.UTC))
    papers.remove(entered.sha256)
    damage = [one.what for one in look_over(office.store, dt.datetime.now(dt.UTC)) if one.damage]
    office.stop()
    restore(tmp_path / "copia.tar", tmp_path / "otra.db", papers)

    assert (done.papers, done.missing) == (1, ())
    assert len(damage) == 1
    assert "s3://" in damage[0]
    assert papers.read(entered.sha256) == pdf


def test_a_database_that_is_missing_beside_papers_in_the_store_is_not_made_anew(papers, bucket, tmp_path):
    """It was there and is lost; and where the store does not answer nobody can tell."""
    papers.pour([b"%PDF-1.4"])
    for where, says in ((bucket, "hay papeles guardados"), (replace(bucket, endpoint=NOBODY), "a mano")):
        with pytest.raises(EnvironmentFault, match=says):
            open_store(f"sqlite:///{tmp_path}/nueva.db", where)


class Stalled:
    """A line to the store on which nothing more goes once so many bytes were sent."""

    def __init__(self, endpoint, after):
        self._host, self._port = endpoint.removeprefix("http://").split(":")
        self._after = after
        self.stalled, self._ends = threading.Event(), []
        self._door = socket.create_server(("127.0.0.1", 0))
        self.endpoint = f"http://127.0.0.1:{self._door.getsockname()[1]}"
        threading.Thread(target=self._welcome, daemon=True).start()

    def _welcome(self):
        with suppress(OSError):
            while True:
                near, _ = self._door.accept()
                far = socket.create_connection((self._host, int(self._port)))
                self._ends += [near, far]
                for ends in ((near, far, True), (far, near, False)):
                    threading.Thread(target=self._pass, args=ends, daemon=True).start()

    def _pass(self, here, there, sent):
        with suppress(OSError):
            while piece := here.recv(1 << 16):
                self._after -= len(piece) if sent else 0
                if self._after < 0:
                    self.stalled.set()
                    return
                there.sendall(piece)

    def close(self):
        for end in self._ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
        self._door.close()


def test_a_watcher_that_is_killed_in_the_middle_of_an_upload_loses_and_doubles_nothing(
    bucket, empty_database, tmp_path, monkeypatch
):
    """The drop lies where it lay, the store shows nothing of it, and the next watcher takes it once."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", bucket.key)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", bucket.secret)
    drop = tmp_path / "share" / "CEU01" / "1_ENTRADA"
    for folder in (drop, drop.with_name("2_EN_CURSO")):
        folder.mkdir(parents=True)
    (drop / "a.png").write_bytes(os.urandom(3 << 20) + b"IEND")
    (tmp_path / "v.db").write_bytes(empty_database.read_bytes())
    line = [sys.executable, "-m", "pipeline.intake", "--root", str(tmp_path / "share"), "--office", "CEU01"]
    line += ["--database", f"sqlite:///{tmp_path}/v.db", "--blobs", str(bucket), "--reserve", "0"]
    line += ["--stability", "0", "--scan", "0.05", "--copies", str(bucket.copies)]
    stalled = Stalled(bucket.endpoint, after=1 << 20)
    with subprocess.Popen([*line, "--endpoint", stalled.endpoint], cwd=ROOT) as watcher:
        assert stalled.stalled.wait(60)
        watcher.send_signal(signal.SIGKILL)
    stalled.close()
    papers = papers_in(bucket, Files())
    there = papers.any(), [path.name for path in drop.iterdir()]
    subprocess.run([*line, "--endpoint", bucket.endpoint, "--until-idle"], cwd=ROOT, check=True)

    assert there == (False, ["a.png"])
    with open_store(f"sqlite:///{tmp_path}/v.db", bucket) as store:
        assert [(line.source_name, line.stage) for line in lines(store)] == [("a.png", "accepted")]
        assert [one.what for one in look_over(store, dt.datetime.now(dt.UTC)) if one.damage] == []


@pytest.mark.parametrize("address", ["s3://", "s3://a", "s3://Cubo/x", "s3://cubo/a b"])
def test_an_address_that_names_no_place_is_refused_at_the_start(address, tmp_path):
    """With the name of the setting and what is expected."""
    with pytest.raises(UsageError, match=r"storage\.blobs"):
        load({"storage.blobs": address}, environ={}, folder=tmp_path)


def test_the_key_of_the_store_is_shown_to_nobody():
    """Neither by the settings nor by what is made of them."""
    chosen = Storage(blobs=Path("s3://cubo/a"), secret="no-se-dice")

    assert "no-se-dice" not in repr(chosen)
    assert str(chosen.blobs) == "s3://cubo/a"
