"""The record is out of reach: drops wait where they lie, and the office's list says so until it is back."""

import threading

import pytest

from pipeline.errors import EnvironmentFault


class Stop(threading.Event):
    """Ends after the first look."""

    def wait(self, seconds):
        del seconds
        self.set()
        return True


@pytest.fixture
def cut_off(office, pdf, monkeypatch):
    """Return an office whose watcher finds no database at its looks."""
    office.take()
    office.drop("a.pdf", pdf)

    def no_database():
        raise EnvironmentFault("La base de datos no se puede leer o escribir", "Compruebe la red.")

    with monkeypatch.context() as away:
        away.setattr(office.watcher, "scan_once", no_database)
        office.watcher.run(Stop())
        office.seconds += 600
        office.watcher.run(Stop())
    return office


def test_the_list_says_since_when_and_that_nothing_is_lost(cut_off):
    """Once, however often the watcher looks; what the list said before stays below."""
    page = (cut_off.home / "ESTADO.html").read_text()

    assert page.count("no llega a su base de datos") == 1
    assert "Desde las 09:30 del 16/03/2026" in page
    assert "Actualizado a las 09:30" in page
    assert cut_off.names("1_ENTRADA") == ["a.pdf"]


def test_once_the_record_is_back_the_drop_is_taken_and_the_list_is_whole(cut_off):
    """By itself."""
    taken = cut_off.take()
    page = (cut_off.home / "ESTADO.html").read_text()

    assert [entered.name for entered in taken] == ["a.pdf"]
    assert "no llega a su base de datos" not in page


def test_an_office_that_had_no_list_yet_gets_one(cut_off):
    """Also where the record was never reached since the folders were made."""
    (cut_off.home / "ESTADO.html").unlink()
    cut_off.watcher._tell_unreached()

    assert "no llega a su base de datos" in (cut_off.home / "ESTADO.html").read_text()
