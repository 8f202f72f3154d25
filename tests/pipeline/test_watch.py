"""What becomes of files that clerks drop, however they come and whatever stops the program."""

import contextlib
import datetime as dt
import errno
import os
import shutil
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from pipeline.files import Files
from pipeline.journal.rows import of_case
from pipeline.store.cases import lines
from pipeline.store.claims import claim
from pipeline.store.events import history
from pipeline.store.schema import cases
from pipeline.watch import Watcher
from tests.faults.states import standing


def test_a_drop_that_lies_still_is_taken(office, pdf):
    """It gets a number, its bytes are kept, and it moves to 2_EN_CURSO under a plain name."""
    office.drop("Solicitud de Íñigo (1).pdf", pdf)

    (entered,) = office.take()

    assert entered.number == "CEU01-2026-000001"
    assert office.names("1_ENTRADA") == []
    assert office.names("2_EN_CURSO") == ["CEU01-2026-000001_Solicitud_de_Inigo_1_.pdf"]
    assert office.store.blobs.verify(next(office.store.blobs.all()))


def test_numbers_follow_each_other(office, pdf):
    """Each office counts its year's cases without gaps."""
    office.drop("a.pdf", pdf)
    office.drop("b.pdf", pdf + b"\n")

    assert [e.number[-6:] for e in office.take()] == ["000001", "000002"]


def test_a_drop_that_still_grows_is_not_taken(office, pdf):
    """Every change begins the waiting again."""
    office.drop("a.pdf", pdf)
    office.look()
    office.drop("a.pdf", pdf + pdf)

    assert office.look(after=60).accepted == []


@pytest.mark.parametrize("name", ["a.pdf", "a.zip"])
def test_a_file_without_its_end_is_waited_for_but_not_for_ever(office, pdf, name):
    """A copy that stalls looks still; a damaged file never gets an end and must have its answer."""
    office.drop(name, pdf[:200])
    office.look()

    assert office.look(after=599).accepted == []
    assert len(office.look(after=2).accepted) == 1


def test_a_folder_waits_longer_and_is_one_case(office, pdf):
    """Files may still be coming into it."""
    office.drop("a.pdf", pdf, "1_ENTRADA/caso")
    office.drop("b.pdf", pdf, "1_ENTRADA/caso")
    office.look()

    assert office.look(after=29).accepted == []
    assert len(office.look(after=2).accepted) == 1
    assert office.names("2_EN_CURSO") == ["CEU01-2026-000001_caso"]


@pytest.mark.parametrize(
    "name", [".DS_Store", "~$carta.pdf", "a.pdf.part", "x.crdownload", "Thumbs.db", "._a.pdf"]
)
def test_what_systems_and_programs_leave_is_not_a_case(office, pdf, name):
    """It stays where it is."""
    office.drop(name, pdf)

    assert office.take(after=300) == []
    assert office.names("1_ENTRADA") == [name]


def test_a_file_set_to_its_full_size_first_is_waited_for(office, pdf):
    """Windows does so: size and time stay while the bytes come."""
    path = office.drop("a.pdf", bytes(len(pdf)))
    times = (path.stat().st_atime_ns, path.stat().st_mtime_ns)
    office.look()
    path.write_bytes(pdf)
    os.utime(path, ns=times)

    assert office.look(after=3).accepted == []
    assert len(office.look(after=3).accepted) == 1


def test_an_empty_folder_is_waited_for(office, pdf):
    """A clerk has just made it and is about to fill it; the list says so."""
    (office.home / "1_ENTRADA" / "Nueva carpeta").mkdir()
    assert office.take(after=900) == []
    assert "La carpeta está vacía" in (office.home / "ESTADO.html").read_text()

    office.drop("a.pdf", pdf, "1_ENTRADA/Nueva carpeta")
    assert len(office.take(after=31)) == 1


def test_a_name_that_is_no_text_stops_nobody(office, pdf):
    """An old Linux share may hold bytes that are no UTF-8; the clerk is asked for another name."""
    Path(os.fsdecode(os.fsencode(office.home / "1_ENTRADA") + b"/\xff.pdf")).write_bytes(pdf)
    office.drop("b.pdf", pdf)

    assert [e.name for e in office.take()] == ["b.pdf"]
    assert "cámbielo" in (office.home / "ESTADO.html").read_text()


def test_an_office_s_word_without_its_file_is_shown(office):
    """It came late, or its file was named otherwise; nobody should think that it was heard."""
    office.drop("a.pdf.presentacion.json", b"{}")

    assert office.take(after=300) == []
    assert "Acompaña a un archivo que no está" in (office.home / "ESTADO.html").read_text()


@pytest.mark.parametrize("call", ["create", "write", "force", "force_folder"])
def test_a_disk_that_refuses_accepts_nothing(office, pdf, monkeypatch, call):
    """The drop stays, nothing is left of the copy, and it is taken when the disk is well."""
    office.drop("a.pdf", pdf)
    office.look()
    refuse = raising(OSError(errno.EIO, "I/O error"))
    monkeypatch.setattr(type(office.store.files), call, refuse)
    assert office.look(after=3).accepted == []

    monkeypatch.undo()
    assert office.names("1_ENTRADA") == ["a.pdf"]
    assert list((office.settings.storage.blobs / "tmp").glob("*")) == []
    assert len(office.look(after=31).accepted) == 1


def raising(error):
    def refuse(*_):
        raise error

    return refuse


def test_a_link_is_not_followed(office, tmp_path, pdf):
    """What it points at is nobody's application."""
    (tmp_path / "secret.pdf").write_bytes(pdf)
    (office.home / "1_ENTRADA" / "a.pdf").symlink_to(tmp_path / "secret.pdf")

    assert office.take() == []


def test_a_lost_share_is_unknown_not_empty(office, pdf, tmp_path):
    """Nothing is made in its place, and when it is back all goes on."""
    office.drop("a.pdf", pdf)
    office.look()
    root = office.settings.folders.root
    root.rename(tmp_path / "away")
    root.mkdir()

    assert office.look(after=5).unknown == ["CEU01"]
    assert list(root.iterdir()) == []

    root.rmdir()
    assert office.look().unknown == [""]
    (tmp_path / "away").rename(root)
    assert len(office.look().accepted) == 1


def test_a_share_that_is_away_at_the_start_gets_no_folders_in_its_stead(office, pdf, tmp_path):
    """What is written there would lie under it when it is back; a new office has no numbers yet."""
    office.drop("a.pdf", pdf)
    office.take()
    office.home.rename(tmp_path / "away")
    office.start()

    assert office.look().unknown == ["CEU01"]
    assert not office.home.exists()

    (tmp_path / "away").rename(office.home)
    office.drop("b.pdf", pdf + b"\n")
    assert [one.number for one in office.take()] == ["CEU01-2026-000002"]


def test_a_share_that_is_away_is_told_of_once_a_minute_by_its_office(office, caplog, tmp_path):
    """Whoever looks after the machine must hear of it: the office's own page lies on that share."""
    office.look()
    office.home.rename(tmp_path / "away")
    stop = Ending(office, looks=65)

    office.watcher.run(stop)

    assert [record.message.splitlines()[0] for record in caplog.records] == [
        "Las carpetas de CEU01 no están o no se pueden leer"
    ] * 2


class Ending:
    """An event that is set after some looks, between which a second passes on the office's clock."""

    def __init__(self, office, looks):
        self.office, self.left = office, looks

    def is_set(self):
        return self.left == 0

    def wait(self, _):
        self.left -= 1
        self.office.seconds += 1


def test_an_office_whose_folders_cannot_be_made_does_not_stop_the_others(office, pdf):
    """Its share is not there, or is not ours to write; it is asked again at every look."""
    folders = replace(office.settings.folders, offices=("AAA01", "CEU01"))
    office.settings = replace(office.settings, folders=folders)
    blocked = folders.root / "AAA01"
    blocked.write_bytes(b"")
    office.start()
    office.drop("a.pdf", pdf)

    assert len(office.take()) == 1
    blocked.unlink()
    office.look()
    assert (blocked / "1_ENTRADA").is_dir()


def test_the_same_package_again_is_the_same_case(office, pdf):
    """It has a second receipt that points at the first, and no second number."""
    office.drop("a.pdf", pdf)
    office.take()
    office.drop("otra vez.pdf", pdf)
    office.take()
    office.look()

    (case,) = lines(office.store)
    assert [e.kind for e in of_case(office.store, case.id)] == ["new", "duplicate"]
    assert office.names("3_ACEPTADO/CEU01-2026-000001") == ["ACUSE_CEU01-2026-000001_2.zip"]
    assert office.names("2_EN_CURSO") == ["CEU01-2026-000001_a.pdf"]


def test_the_list_tells_of_a_drop_that_is_taken_but_may_not_be_moved(office, pdf, monkeypatch):
    """A folder that another account owns: it is received once, and whoever sees it lie there knows why."""
    rename = Files.rename

    def refuse(self, old, new):
        if new.parent.name == "2_EN_CURSO":
            raise PermissionError(errno.EACCES, "Permission denied")
        rename(self, old, new)

    monkeypatch.setattr(Files, "rename", refuse)
    office.drop("a.pdf", pdf)
    taken = office.take()
    office.look(after=61)
    page = (office.home / "ESTADO.html").read_text("utf-8")
    monkeypatch.undo()
    office.look(after=1)

    assert [one.number for one in taken] == ["CEU01-2026-000001"]
    assert "no se deja mover" in page
    assert "no se deja mover" not in (office.home / "ESTADO.html").read_text("utf-8")
    assert office.names("2_EN_CURSO") == ["CEU01-2026-000001_a.pdf"]


def test_the_list_names_a_package_that_came_again_with_the_case_it_went_to(office, pdf):
    """It went from the drop folder and is no case of its own: else a clerk would look for it in vain."""
    office.drop("a.pdf", pdf)
    office.take()
    office.drop("otra vez.pdf", pdf)
    office.take()

    page = (office.home / "ESTADO.html").read_text("utf-8").split("Llegaron hoy otra vez")[1]
    assert "otra vez.pdf" in page
    assert "CEU01-2026-000001" in page
    assert "a.pdf" not in page.replace("otra vez.pdf", "")


def test_the_same_package_with_another_filing_date_is_a_new_case(office, pdf):
    """People file again once the year is complete, often with the same PDF."""
    office.drop("a.pdf", pdf)
    office.take()
    office.drop("a.pdf", pdf)
    office.drop("a.pdf.presentacion.json", b'{"filed_on": "2026-03-01"}')
    office.take()

    first, second = lines(office.store)
    assert history(office.store, second.id)[0].detail == {"before": first.id}
    assert (first.before, second.before) == (None, first.number)
    office.look()
    assert f"El mismo paquete vino antes: {first.number}" in (office.home / "ESTADO.html").read_text()
    assert office.names("1_ENTRADA") == []


@pytest.mark.parametrize("stage", ["returned", "resolved"])
def test_the_same_package_after_its_case_was_closed_is_a_new_case(office, pdf, stage):
    """Decided, withdrawn or returned: the paper is received anew, at its own date, and both are known."""
    office.drop("a.pdf", pdf)
    (first,) = office.take()
    close(office, stage)
    office.drop("a.pdf", pdf)
    (second,) = office.take(after=3600)

    assert (first.kind, second.kind) == ("new", "new")
    assert second.received_at - first.received_at > dt.timedelta(minutes=59)
    assert lines(office.store)[1].before == first.number


def close(office, stage):
    with office.store.write() as connection:
        connection.execute(sa.update(cases).values(stage=stage))


@pytest.mark.parametrize(
    "word",
    [b"{}", b'{"filed_on": "2026-03-16"}', b'{"filed_on": "2026-03-16", "registry_number": "R-1"}'],
)
def test_the_first_date_stays_however_often_a_package_comes_again(office, pdf, word):
    """With the same filing date or registry number or none: one case, and the date of its first reception."""
    office.drop("a.pdf.presentacion.json", b'{"filed_on": "2026-03-16", "registry_number": "R-1"}')
    office.drop("a.pdf", pdf)
    (first,) = office.take()
    for name in ("b.pdf", "c.pdf"):
        office.drop(f"{name}.presentacion.json", word)
        office.drop(name, pdf)
        office.take(after=86400)

    (case,) = lines(office.store)
    assert case.received_at == first.received_at
    assert [e.kind for e in of_case(office.store, first.case)] == ["new", "duplicate", "duplicate"]


@pytest.mark.parametrize("word", [b'{"registry_number": "R-2"}', b'{"filed_on": "2026-03-13"}'])
def test_another_registry_number_or_date_is_another_filing(office, pdf, word):
    """Two entries in a register are two applications, whatever the paper."""
    office.drop("a.pdf.presentacion.json", b'{"filed_on": "2026-03-16", "registry_number": "R-1"}')
    office.drop("a.pdf", pdf)
    (first,) = office.take()
    office.drop("b.pdf.presentacion.json", word)
    office.drop("b.pdf", pdf)
    (second,) = office.take()

    assert (second.kind, lines(office.store)[1].before) == ("new", first.number)


def test_the_same_paper_at_another_office_is_another_case(office, pdf):
    """Its bytes are kept once; the cases have nothing to do with each other."""
    office.drop("a.pdf", pdf)
    for folder in ("1_ENTRADA", "2_EN_CURSO"):
        (office.settings.folders.root / "MEL01" / folder).mkdir(parents=True)
    (office.settings.folders.root / "MEL01" / "1_ENTRADA" / "a.pdf").write_bytes(pdf)
    office.take()

    assert sorted((one.office, one.before) for one in lines(office.store)) == [
        ("CEU01", None),
        ("MEL01", None),
    ]
    assert len(list(office.store.blobs.all())) == 1


def test_an_answer_joins_its_case(office, pdf):
    """The case keeps its number and the papers it had, and is worked on again."""
    office.drop("a.pdf", pdf)
    office.take()
    office.drop("FALTA.txt", b"nuestro", "4_SUBSANAR/CEU01-2026-000001")
    office.drop("padron.pdf", pdf + b"\n", "4_SUBSANAR/CEU01-2026-000001")

    (answer,) = office.take()
    claimed = claim(office.store, "w", 60, office.now())

    assert (answer.kind, answer.number) == ("answer", "CEU01-2026-000001")
    assert [o.name for o in claimed.case.originals] == ["a.pdf", "respuesta-2/padron.pdf"]
    assert office.names("4_SUBSANAR/CEU01-2026-000001") == ["FALTA.txt"]


def test_one_drop_that_cannot_be_read_does_not_stop_the_others(office, pdf, monkeypatch):
    """The others are taken; it is shown, and asked for again."""
    office.drop("a.pdf", pdf)
    office.drop("b.pdf", pdf + b"\n")
    keep = type(office.store.blobs).keep

    def refuse(blobs, path, **how):
        if path.name == "a.pdf":
            raise PermissionError
        return keep(blobs, path, **how)

    monkeypatch.setattr(type(office.store.blobs), "keep", refuse)
    assert [e.name for e in office.take()] == ["b.pdf"]
    assert "No se ha podido leer" in (office.home / "ESTADO.html").read_text()

    monkeypatch.undo()
    assert [e.name for e in office.look(after=31).accepted] == ["a.pdf"]


def test_a_receipt_that_cannot_be_made_stops_no_drop(office, pdf, monkeypatch):
    """A second receipt fails in a way that nobody thought of; what clerks drop is taken all the same."""
    office.drop("a.pdf", pdf)
    office.drop("otra-vez.pdf", pdf)
    monkeypatch.setattr("pipeline.folders.upkeep.receipt_again", lambda *_: int("none"))
    office.take()
    office.drop("b.pdf", pdf + b"\n")

    assert [e.number[-6:] for e in office.take()] == ["000002"]


def test_a_list_that_cannot_be_written_stops_no_other_office(office, pdf, monkeypatch):
    """Nor does it keep the office itself from being looked at."""
    monkeypatch.setattr("pipeline.folders.upkeep.write_status", lambda *_: int("none"))
    office.drop("a.pdf", pdf)
    shutil.copytree(office.home, office.home.with_name("CEU02"))

    assert {e.office for e in office.take()} == {"CEU01", "CEU02"}


def test_without_room_nothing_is_taken(office, pdf, monkeypatch):
    """The drop stays where it is until there is room for it and the reserve."""
    office.drop("a.pdf", pdf)
    free = os.statvfs_result((1, 1, 9, 9, len(pdf) - 1, 9, 9, 9, 0, 255))
    monkeypatch.setattr(os, "statvfs", lambda _: free)
    assert office.take() == []

    monkeypatch.undo()
    assert len(office.look().accepted) == 1


def test_a_file_replaced_while_it_was_copied_is_not_accepted(office, pdf, monkeypatch):
    """Neither the old bytes nor a mixture get a row; the new file is taken when it lies still."""
    path = office.drop("a.pdf", pdf)
    keep = type(office.store.blobs).keep

    def slow(blobs, original, **how):
        kept = keep(blobs, original, **how)
        path.write_bytes(pdf + b"\n")
        return kept

    monkeypatch.setattr(type(office.store.blobs), "keep", slow)
    assert office.take() == []

    monkeypatch.undo()
    (entered,) = office.take()
    assert office.store.blobs.path(entered_sha(office, entered)).read_bytes() == pdf + b"\n"


def entered_sha(office, entered):
    claimed = claim(office.store, "w", 60, office.now())
    assert claimed.case.id == entered.case
    return claimed.case.source.sha256


def test_the_list_shows_what_waits_and_what_came(office, pdf):
    """A page without a server, with names escaped."""
    office.drop("a&b.pdf", pdf)
    office.take()
    office.drop("b<i>.pdf", pdf[:50])
    office.look()

    page = (office.home / "ESTADO.html").read_text()
    assert "CEU01-2026-000001" in page
    assert "a&amp;b.pdf" in page
    assert "b&lt;i&gt;.pdf" in page


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


def test_the_watcher_goes_on_until_told(office, pdf):
    """It looks by itself, whatever one look runs into, and stops at once."""
    office.drop("a.pdf", pdf)
    quick = replace(
        office.settings, folders=replace(office.settings.folders, scan_seconds=0.02, stability_seconds=0.05)
    )
    stop = threading.Event()
    thread = threading.Thread(target=Watcher(quick, office.store).run, args=(stop,))
    thread.start()
    deadline = time.monotonic() + 20
    while not lines(office.store) and time.monotonic() < deadline:
        time.sleep(0.02)
    stop.set()
    thread.join(5)

    assert not thread.is_alive()
    assert len(lines(office.store)) == 1


def test_the_office_s_word_goes_with_the_case(office, pdf):
    """What lies beside the drop, and then what lies in the office's folder."""
    office.drop("a.pdf", pdf)
    office.drop("a.pdf.presentacion.json", b'{"filed_on": "2026-03-01", "registry_number": "R-1"}')
    office.drop("presentacion.json", b'{"procedure": "convenio_especial"}', "")
    office.take()

    said = claim(office.store, "w", 60, office.now()).case.said
    assert [(s.said_by, s.filed_on, s.registry_number, s.procedure) for s in said] == [
        ("office", dt.date(2026, 3, 1), "R-1", None),
        ("office", None, None, "convenio_especial"),
    ]


def test_a_clock_that_goes_back_is_noted_and_the_order_kept(office, pdf):
    """The journal's sequence gives the order, whatever the clock says."""
    office.drop("a.pdf", pdf)
    office.take()
    office.drop("b.pdf", pdf + b"\n")
    office.look()
    office.jumped = dt.timedelta(hours=-2)
    (second,) = office.look(after=3).accepted

    assert [e.kind for e in history(office.store, second.case)] == ["received-new", "clock-went-back"]
    assert second.number == "CEU01-2026-000002"


def test_an_answer_after_the_decision_waits_for_a_person(office, pdf):
    """It is kept with its case, which is not judged anew by the program."""
    office.drop("a.pdf", pdf)
    (first,) = office.take()
    with office.store.write() as connection:
        decided = sa.update(cases).values(decided_at=office.now(), stage="resolved")
        connection.execute(decided)
    office.drop("b.pdf", pdf + b"\n", f"4_SUBSANAR/{first.number}")
    office.take()

    assert history(office.store, first.case)[-1].kind == "answer-after-decision"
    assert claim(office.store, "w", 60, office.now()) is None


def test_the_same_answer_twice_is_one_answer(office, pdf):
    """The second time it has a receipt that says so."""
    office.drop("a.pdf", pdf)
    (first,) = office.take()
    office.drop("b.pdf", pdf + b"\n", f"4_SUBSANAR/{first.number}")
    office.take()
    office.drop("c.pdf", pdf + b"\n", f"4_SUBSANAR/{first.number}")
    office.take()

    assert [e.kind for e in of_case(office.store, first.case)] == ["new", "answer", "duplicate"]


def test_a_folder_in_4_subsanar_that_is_no_case_is_left_alone(office, pdf):
    """Only folders that carry a number of this office are looked at."""
    office.drop("a.pdf", pdf, "4_SUBSANAR/mis notas")

    assert office.take(after=300) == []


def test_an_original_that_a_program_holds_open_is_moved_later(office, pdf, monkeypatch):
    """The case is accepted; Windows lets the file go when it is closed."""
    office.drop("a.pdf", pdf)
    monkeypatch.setattr(office.store.files, "rename", refused(office.store.files.rename), raising=False)
    (entered,) = office.take()
    assert office.names("1_ENTRADA") == ["a.pdf"]
    assert office.look(after=60).accepted == []

    monkeypatch.undo()
    office.look()
    assert office.names("2_EN_CURSO") == [entered.placed_as]
    assert len(lines(office.store)) == 1


def refused(rename):
    def refuse(old, new):
        if "1_ENTRADA" in str(old):
            raise PermissionError
        return rename(old, new)

    return refuse
