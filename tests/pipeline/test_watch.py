"""A drop lies still, is taken once, and gets its number; what is no drop is left alone."""

import datetime as dt
import os
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.store.cases import lines
from pipeline.store.claims import claim
from pipeline.store.events import history
from pipeline.watch import Watcher


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


def test_a_name_beside_which_no_word_of_the_office_fits_is_taken(office, pdf):
    """A disk takes names of 255 bytes; the word's would be longer, so there is none."""
    office.drop("n" * 251 + ".pdf", pdf)

    assert len(office.take()) == 1
    assert office.names("1_ENTRADA") == []


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


def test_a_link_is_not_followed(office, tmp_path, pdf):
    """What it points at is nobody's application."""
    (tmp_path / "secret.pdf").write_bytes(pdf)
    (office.home / "1_ENTRADA" / "a.pdf").symlink_to(tmp_path / "secret.pdf")

    assert office.take() == []


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
