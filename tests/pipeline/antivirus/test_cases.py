"""What becomes of a case when there is malware in it, or nobody to say whether there is."""

import datetime as dt
import json
from dataclasses import fields, replace
from pathlib import Path

import pytest
import time_machine
from click.testing import CliRunner

from desk.cli.main import gather
from desk.cli.record import antivirus as doctor_s
from extractors.bounds import Bounds
from extractors.document import Document, Field
from extractors.reading.apart.sandbox import Sandbox
from pipeline import malware
from pipeline.antivirus import Antivirus
from pipeline.case import Member, Original, Presentation, Read, Received, Returned, Source
from pipeline.errors import MustWait
from pipeline.limits import Limits
from pipeline.store.cases import lines, report
from pipeline.store.claims import claim
from pipeline.store.counts import counts
from pipeline.store.events import history
from pipeline.store.quarantine import held
from pipeline.store.results import Result, finish, release, requeue
from pipeline.work import held_up, work
from validators.calendar import Calendars

NUMBER = "CEU01-2026-000001"


@pytest.fixture(scope="module")
def sandbox():
    """Return readers as the program has them."""
    with Sandbox(Bounds()) as reading:
        yield reading


@pytest.fixture
def desk(office, antivirus, sandbox):
    """Return what a worker and a clerk do, with an antivirus that is required."""
    return Desk(office, sandbox, antivirus())


class Desk:
    """One office with an antivirus."""

    def __init__(self, office, sandbox, settings):
        self.office, self.sandbox = office, sandbox
        self.trust(settings)

    def trust(self, antivirus, **limits):
        self.settings = replace(self.office.settings, antivirus=antivirus, limits=Limits(**limits))

    def hand_in(self, name, data, word=None):
        if word:
            self.office.drop(f"{name}.presentacion.json", json.dumps(word).encode())
        self.office.drop(name, data)
        assert len(self.office.take()) == 1

    def work(self):
        """Take the next case as a worker does, however long it was to wait, and return how it ended."""
        claimed = claim(self.office.store, "a", 60, dt.datetime.now(dt.UTC) + dt.timedelta(days=1))
        if claimed is None:
            return None
        if held_up(claimed, self.settings, self.office.store):
            return "held-up"
        ended = work(claimed, self.settings, self.office.store, self.sandbox, Calendars.shipped())
        return ended.outcome

    def at(self, hour, minute=0, day=16):
        """Claim the next case at that hour and tell whether it is free to go on; then it is done with."""
        moment = dt.datetime(2026, 3, day, hour, minute, tzinfo=self.office.now().tzinfo)
        with time_machine.travel(moment, tick=False):
            claimed = claim(self.office.store, "a", 60, moment)
            if claimed is None:
                return None
            if held_up(claimed, self.settings, self.office.store):
                return "held-up"
            finish(self.office.store, claimed, Result(stage="routed", queue="review"), moment)
            release(self.office.store, claimed, moment)
            return "free"

    @property
    def case(self):
        (line,) = lines(self.office.store)
        return line

    @property
    def told(self):
        return [event.kind for event in history(self.office.store, self.case.id)]

    @property
    def documents(self):
        found = report(self.office.store, NUMBER)["documents"]
        return {one["file"]: (one["kind"], one["flags"][:1]) for one in found}


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


def test_with_the_antivirus_away_a_case_waits_and_then_goes_on_by_itself(desk, clamd, pdf, served):
    """However often it is tried; it says so once, and costs no attempt."""
    place = clamd.server_address
    clamd.stop()
    desk.hand_in("a.pdf", pdf)

    assert [desk.work() for _ in range(5)] == ["held-up"] * 5
    assert (desk.case.stage, desk.case.waits_for) == ("waiting", "antivirus-down")
    assert desk.told.count("waits") == 1
    assert counts(desk.office.store) == {("CEU01", "paused"): 1}
    assert report(desk.office.store, NUMBER)["status"] == "waiting"
    desk.office.look()
    assert "Espera al antivirus" in (desk.office.home / "ESTADO.html").read_text("utf-8")

    served(place)
    assert desk.work() == "review"
    assert (desk.case.stage, desk.case.waits_for) == ("routed", None)


def test_all_that_wait_are_woken_when_one_gets_through(desk, clamd, pdf, served):
    """Nobody waits out a pause for a daemon that is back."""
    place = clamd.server_address
    clamd.stop()
    for name in ("a", "b"):
        desk.hand_in(f"{name}.pdf", pdf + name.encode())
    assert [desk.work(), desk.work()] == ["held-up"] * 2
    served(place)

    desk.work()
    assert claim(desk.office.store, "b", 60, dt.datetime.now(dt.UTC) + dt.timedelta(seconds=1)) is not None


def test_a_daemon_that_goes_away_in_the_middle_of_a_case_makes_it_wait(desk, clamd, zipped, pdf):
    """What was scanned before does not let the rest through."""
    desk.hand_in("a.zip", zipped({"a.pdf": pdf, "b.pdf": pdf + b"\n"}))
    clamd.mode, clamd.version = "close", b"nobody"

    assert desk.work() == "held-up"
    assert desk.case.waits_for == "antivirus-down"


@pytest.mark.parametrize("mode", ["limits", "exceeded", "error", "close"])
def test_what_the_antivirus_cannot_judge_waits_for_a_person(desk, clamd, pdf, mode):
    """Who has looked lets it through, for what was handed in until then."""
    clamd.mode = mode
    desk.hand_in("a.pdf", pdf)

    assert desk.work() == "waiting"
    assert (desk.case.stage, desk.case.waits_for) == ("hold", "antivirus-unsure")
    assert desk.work() is None

    assert requeue(desk.office.store, NUMBER, dt.datetime.now(dt.UTC))
    assert desk.work() == "review"


def test_an_optional_antivirus_that_is_away_holds_nothing_up(desk, clamd, antivirus, pdf):
    """It is told, in the case's history and on the office's list."""
    clamd.stop()
    desk.trust(antivirus("optional"))
    desk.hand_in("a.pdf", pdf)

    assert desk.work() == "review"
    assert "antivirus-skipped" in desk.told


@pytest.mark.parametrize("share", [{"office_files_per_day": 2}, {"office_bytes_per_day": 2 * 3000}])
def test_over_the_day_s_share_a_case_waits_until_the_next_day(desk, pdf, share):
    """It keeps its number and its date; the day ends at the office's midnight."""
    desk.trust(Antivirus(), **share)
    papers = [pdf.ljust(3000, bytes([byte])) for byte in b"abc"]
    for n, data in enumerate(papers):
        desk.hand_in(f"{n}.pdf", data)

    assert [desk.at(hour=20) for _ in papers] == ["free", "free", "held-up"]
    late = lines(desk.office.store)[-1]
    assert (late.number[-1], late.stage, late.waits_for) == ("3", "waiting", "quota")
    assert late.received_at.date() == dt.date(2026, 3, 16)
    assert desk.at(hour=23, minute=59) is None
    assert desk.at(day=17, hour=0) == "free"


def test_a_person_s_word_ends_the_wait_for_the_next_day(desk, pdf):
    """For that case alone."""
    desk.trust(Antivirus(), office_files_per_day=1)
    for name in ("a", "b", "c"):
        desk.hand_in(f"{name}.pdf", pdf + name.encode())
    assert [desk.at(hour=20) for _ in range(3)] == ["free", "held-up", "held-up"]

    assert requeue(desk.office.store, "CEU01-2026-000002", desk.office.now())
    assert [desk.at(hour=21), desk.at(hour=21)] == ["free", None]


def test_without_a_share_nothing_is_counted(desk, pdf):
    """As it comes."""
    desk.trust(Antivirus())
    desk.hand_in("a.pdf", pdf)

    assert desk.at(hour=20) == "free"


class Paper:
    """A case of two papers, one of them infected."""

    source = Source("a.zip", "0" * 64, 1)
    good = Member("a.pdf", Path("a"), "1" * 64, 1, "application/pdf")
    bad = Member("b.pdf", Path("b"), "2" * 64, 1, "application/pdf", "malware")

    @classmethod
    def read(cls, *members, fields=None, said=()):
        document = Document(
            file="a.pdf", sha256="1" * 64, pages=(1,), kind="other", kind_confidence=1.0, fields=fields or {}
        )
        origin = Original("a.zip", Path("a.zip"), "0" * 64, 1)
        return Read(
            id="x",
            number=None,
            source=cls.source,
            originals=(origin,),
            received_at=dt.datetime(2026, 3, 16, tzinfo=dt.UTC),
            said=said,
            members=members,
            documents=(document,),
        )


@pytest.mark.parametrize("name", ["registry.entered_on", "registry.entry_number", "entry_number", "filed_at"])
def test_a_stamp_on_a_clean_paper_is_a_registry_entry(name):
    """An empty box for it is none."""
    stamped = {name: Field(value="2026-03-02", text="", confidence=1.0, page=1, box=(0, 0, 1, 1))}
    empty = {name: Field(value=None, text="", confidence=1.0, page=1, box=(0, 0, 1, 1))}
    case, open_box = (Paper.read(Paper.good, Paper.bad, fields=told) for told in (stamped, empty))

    assert malware.settled(case, case) is case
    assert malware.settled(open_box, open_box).code == "malware"


def test_malware_in_an_answer_returns_no_case():
    """What it answers was received long ago."""
    answer = Paper.bad._replace(file="respuesta-2/b.pdf", order=2)
    case = Paper.read(Paper.good, answer)

    assert malware.settled(case, case) is case


def test_malware_under_the_name_of_an_answer_returns_the_case():
    """What we call answers a sender may call his own papers."""
    named = Paper.bad._replace(file="respuesta-2/b.pdf")
    case = Paper.read(Paper.good, named)

    assert malware.settled(case, case).code == "malware"


def back(code):
    """Return a case that was returned for *code* when it was unpacked."""
    case = Paper.read(Paper.good)
    return Returned(**{one.name: getattr(case, one.name) for one in fields(Received)}, code=code)


@pytest.mark.parametrize("code", ["zip-bomb", "too-large"])
def test_no_safe_package_is_told_before_malware(code):
    """The contract's order of reasons."""
    case = back(code)

    assert malware.marked(case, case.originals) is case
    assert malware.settled(Paper.read(Paper.bad), case) is case


@pytest.mark.parametrize("code", ["corrupt", "too-many-pages", "timeout"])
def test_malware_is_told_before_what_is_damaged(code):
    """A damaged package that is infected goes back for its malware, or stays if it is registered."""
    case = back(code)

    assert [member.code for member in malware.marked(case, case.originals).members] == ["malware"]
    assert malware.settled(Paper.read(Paper.bad), case).code == "malware"


def test_a_package_infected_only_as_a_whole_is_infected():
    """Its members may be clean each by itself."""
    case = Paper.read(Paper.good)

    marked = malware.marked(case, case.originals)

    assert [(m.file, m.code) for m in marked.members] == [("a.pdf", None), ("a.zip", "malware")]


def test_a_package_with_an_infected_member_is_told_by_that_member():
    """Not by the package as well."""
    case = Paper.read(Paper.good, Paper.bad)

    assert malware.marked(case, case.originals) is case


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


def test_a_wait_of_another_version_is_told_by_its_word(desk, pdf):
    """A record that a newer program wrote is listed all the same."""
    desk.hand_in("a.pdf", pdf)
    with desk.office.store.write() as connection:
        connection.exec_driver_sql("UPDATE cases SET stage = 'hold', waits_for = 'something-new'")

    desk.office.look()
    assert "something-new" in (desk.office.home / "ESTADO.html").read_text("utf-8")
    assert report(desk.office.store, NUMBER)["waiting"]["code"] == "something-new"
    assert requeue(desk.office.store, NUMBER, dt.datetime.now(dt.UTC))
