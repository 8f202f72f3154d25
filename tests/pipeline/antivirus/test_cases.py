"""What becomes of a case when there is malware in it, or nobody to say whether there is."""

import datetime as dt
from dataclasses import replace

import pytest
import time_machine
from click.testing import CliRunner

from desk.cli.main import gather
from desk.cli.record import antivirus as doctor_s
from pipeline import malware
from pipeline.antivirus import Antivirus
from pipeline.case import Presentation
from pipeline.errors import MustWait
from pipeline.store.cases import report
from pipeline.store.quarantine import held
from pipeline.store.results import requeue
from tests.pipeline.antivirus.judging import NUMBER, Desk
from tests.pipeline.antivirus.screened import Paper


@pytest.fixture
def desk(office, antivirus, sandbox):
    """Return what a worker and a clerk do, with an antivirus that is required."""
    return Desk(office, sandbox, antivirus())


def test_a_package_with_malware_goes_back_before_it_is_registered(desk, zipped, pdf, eicar):
    """With the reason, under a name that no program opens; it stays in the store and comes out no more."""
    package = zipped({"solicitud.pdf": pdf, "padron.pdf": pdf + eicar})
    desk.hand_in("a.zip", package)

    assert desk.work() == "returned"
    assert report(desk.office.store, NUMBER)["returned"]["code"] == "malware"
    assert desk.office.names(f"5_DEVUELTO/{NUMBER}") == ["MOTIVO.txt", "a.zip.INFECTADO"]
    motive = (desk.office.home / "5_DEVUELTO" / NUMBER / "MOTIVO.txt").read_text("utf-8-sig")
    assert "NO LO ABRA" in motive
    assert "sin ningún cambio" not in motive
    given = desk.office.home / "5_DEVUELTO" / NUMBER / "a.zip.INFECTADO"
    assert given.read_bytes() == package


def test_malware_that_is_gone_from_the_share_is_not_copied_back(desk, pdf, eicar):
    """Somebody took it away: the program hands no virus out."""
    desk.hand_in("a.pdf", pdf + eicar)
    (placed,) = (desk.office.home / "2_EN_CURSO").iterdir()
    placed.unlink()

    assert desk.work() == "returned"
    assert desk.office.names(f"5_DEVUELTO/{NUMBER}") == ["MOTIVO.txt"]


def test_a_registered_filing_is_never_thrown_away(desk, zipped, pdf, eicar):
    """A person looks; the infected member is unreadable, the others are read."""
    desk.hand_in("a.zip", zipped({"a.pdf": pdf, "b.pdf": pdf + eicar}), {"registry_number": "REGAGE26e1"})

    assert desk.work() == "review"
    assert desk.documents == {"a.pdf": ("other", []), "b.pdf": ("unreadable", ["malware"])}
    assert desk.office.names(f"3_ACEPTADO/{NUMBER}") == [f"ACUSE_{NUMBER}.zip"]


def test_a_registered_filing_of_malware_alone_is_looked_at_by_a_person(desk, pdf, eicar):
    """Though nothing in it opens."""
    desk.hand_in("a.pdf", pdf + eicar, {"registry_number": "REGAGE26e1"})

    assert desk.work() == "review"
    assert desk.documents == {"a.pdf": ("unreadable", ["malware"])}


def test_what_is_in_quarantine_stays_unread_with_the_antivirus_off(desk, zipped, pdf, eicar):
    """The last word of a daemon counts until a daemon says otherwise."""
    desk.hand_in("a.zip", zipped({"a.pdf": pdf, "b.pdf": pdf + eicar}), {"registry_number": "REGAGE26e1"})
    desk.work()
    desk.trust(Antivirus())

    assert requeue(desk.office.store, NUMBER, dt.datetime.now(dt.UTC))
    assert desk.work() == "review"
    assert desk.documents["b.pdf"] == ("unreadable", ["malware"])


def test_newer_signatures_that_find_nothing_free_what_older_ones_held(desk, clamd, pdf, eicar):
    """A false alarm is mended by reading the case again."""
    desk.hand_in("a.pdf", pdf + eicar, {"registry_number": "REGAGE26e1"})
    desk.work()
    sha256 = report(desk.office.store, NUMBER)["documents"][0]["sha256"]
    assert held(desk.office.store, [sha256])
    clamd.mode = "nothing"

    requeue(desk.office.store, NUMBER, dt.datetime.now(dt.UTC))
    desk.work()
    assert not held(desk.office.store, [sha256])
    assert desk.documents == {"a.pdf": ("other", [])}


def test_nothing_is_read_before_all_of_it_is_screened(desk, clamd, zipped, pdf):
    """The package, then each member; only then the first parser."""
    desk.hand_in("a.zip", zipped({"a.pdf": pdf, "b.pdf": pdf + b"\n"}))
    asked, whole = [], desk.sandbox

    class Watching:
        def read(self, path, name):
            asked.append(clamd.asked)
            return whole.read(path, name)

    desk.sandbox = Watching()
    desk.work()

    assert asked == [3, 3]


def test_the_doctor_tells_signatures_that_grew_old(clamd, antivirus, office):
    """A daemon that gets no new ones finds little."""
    settings = replace(office.settings, antivirus=antivirus())
    with time_machine.travel(dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC), tick=False):
        old = doctor_s(settings)
    with time_machine.travel(dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC), tick=False):
        fresh = doctor_s(settings)

    assert (old.well, old.needed, fresh.well) == (False, False, True)
    assert "firmas de hace 4 días" in old.seen


def test_a_number_that_the_sender_gives_counts_too():
    """Better a person looks in vain than that a filing is thrown away."""
    said = (Presentation(said_by="package", registry_number="REGAGE26e1"),)
    case = Paper.read(Paper.bad, said=said)

    assert malware.kept(case)
    assert malware.settled(case, case) is case


def test_a_program_inside_waits_for_a_person(desk, zipped, pdf):
    """Who looked lets it go on to review; an answer with another program waits again."""
    program = b"MZ" + bytes(100)
    desk.hand_in("a.zip", zipped({"a.pdf": pdf, "visor.exe": program}))

    assert desk.work() == "waiting"
    assert (desk.case.stage, desk.case.waits_for) == ("hold", "executable-inside")
    assert desk.work() is None
    desk.office.look()
    assert "Lleva un programa dentro" in (desk.office.home / "ESTADO.html").read_text("utf-8")

    requeue(desk.office.store, NUMBER, dt.datetime.now(dt.UTC))
    assert desk.work() == "review"

    desk.office.drop("b.zip", zipped({"b.pdf": pdf, "otro.exe": program + b"x"}), f"4_SUBSANAR/{NUMBER}")
    desk.office.take()
    assert desk.work() == "waiting"


def test_the_one_shot_command_does_not_wait(clamd, pdf, tmp_path, monkeypatch):
    """It keeps nothing: with a required antivirus away it ends as something missing."""
    place = clamd.server_address
    clamd.stop()
    (tmp_path / "a.pdf").write_bytes(pdf)
    for key, value in {"MODE": "required", "SOCKET": place}.items():
        monkeypatch.setenv(f"VENTANILLA_ANTIVIRUS__{key}", value)

    with pytest.raises(MustWait, match="antivirus"):
        CliRunner().invoke(gather(), ["process", str(tmp_path / "a.pdf")], catch_exceptions=False)
    assert MustWait.exit_code == 5
