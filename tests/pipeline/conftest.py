"""An office with real folders, a real database and a clock of its own; packages made on the spot."""

import copy
import datetime as dt
import io
import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from reportlab.pdfgen.canvas import Canvas

from pipeline.files import Files
from pipeline.settings import Folders, Letters, Settings, Storage
from pipeline.store import open_store
from pipeline.store.claims import claim
from pipeline.store.results import Result, finish, release
from pipeline.watch import Watcher
from tests.pipeline.people import Desk
from validators.calendar import Calendars
from validators.policy import Policy

MADRID = ZoneInfo("Europe/Madrid")
PAPERS = Path(__file__).parents[2] / "fixtures" / "submissions" / "example_36.zip"


def pytest_generate_tests(metafunc):
    """Test what is of the record on both databases, what stands on it on the second one at night."""
    chosen = any("database" in mark.args[0] for mark in metafunc.definition.iter_markers("parametrize"))
    if "database" in metafunc.fixturenames and not chosen:
        always = metafunc.definition.path.is_relative_to(Path(__file__).parent / "store")
        second = pytest.param("postgresql", marks=() if always else pytest.mark.nightly)
        metafunc.parametrize("database", ["sqlite", second], indirect=True)


@pytest.fixture(scope="session")
def pdf():
    """Return the bytes of a small real PDF."""
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    canvas.drawString(72, 720, "solicitud")
    canvas.save()
    return out.getvalue()


@pytest.fixture
def zipped():
    """Return a function that packs members honestly."""

    def pack(members, method=zipfile.ZIP_DEFLATED):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", method) as archive:
            for name, data in members.items():
                archive.writestr(name, data)
        return out.getvalue()

    return pack


class Office:
    """One office: its settings, its store, and a watcher whose time passes only when told."""

    def __init__(self, path: Path, database: str) -> None:
        self.settings = Settings(
            folders=Folders(root=path / "share", offices=("CEU01",)),
            storage=Storage(database=database, blobs=path / "blobs", reserve=0),
            letters=Letters(help_phone="956 000 000"),
        )
        self.home = path / "share" / "CEU01"
        self.seconds = 0.0
        self.jumped = dt.timedelta()
        """By how much the hour on the wall was set forward, while the seconds only went on."""
        self.store = None
        self.start()

    def start(self, files: Files | None = None) -> None:
        """Start the program, after whatever stopped it before."""
        self.stop()
        self.store = open_store(self.settings.storage.database, self.settings.storage.blobs, files=files)
        self.watcher = Watcher(self.settings, self.store, now=self.now, clock=lambda: self.seconds)

    def stop(self) -> None:
        if self.store is not None:
            self.store.close()

    def now(self) -> dt.datetime:
        start = dt.datetime(2026, 3, 16, 9, 30, tzinfo=MADRID)
        return start + dt.timedelta(seconds=self.seconds) + self.jumped

    def drop(self, name: str, data: bytes, folder: str = "1_ENTRADA") -> Path:
        path = self.home / folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return path

    def look(self, after: float = 0.0):
        """Look once, some seconds later."""
        self.seconds += after
        return self.watcher.scan_once()

    def take(self, after: float = 3.0):
        """Look twice, far enough apart for a still drop to be taken."""
        first = self.look().accepted
        return first + self.look(after).accepted

    def names(self, folder: str) -> list[str]:
        return sorted(path.name for path in (self.home / folder).iterdir())


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory):
    """Return a database brought up to date once, for all tests to copy."""
    path = tmp_path_factory.mktemp("database") / "v.db"
    open_store(f"sqlite:///{path}", path.parent / "blobs").close()
    return path


@pytest.fixture
def database(request, tmp_path):
    """Return the address of a database that is up to date and empty; "postgresql" asks for a real server."""
    if getattr(request, "param", "sqlite") == "postgresql":
        return request.getfixturevalue("postgres_store_url")
    shutil.copy(request.getfixturevalue("empty_database"), tmp_path / "v.db")
    return f"sqlite:///{tmp_path}/v.db"


@pytest.fixture
def office(tmp_path, database):
    """Return an office that is being watched."""
    one = Office(tmp_path, database)
    one.look()
    yield one
    one.stop()


class Dying(Files):
    """A disk that works for some calls, and then for none."""

    class Stopped(BaseException):
        """The power is cut."""

    def __init__(self, calls):
        self.left = calls
        for name in (n for n in vars(Files) if not n.startswith("_")):
            setattr(self, name, self._counted(getattr(super(), name)))

    def _counted(self, call):
        def counted(*args):
            self.left -= 1
            if self.left < 0:
                raise self.Stopped
            return call(*args)

        return counted


@pytest.fixture
def dying():
    """Return a kind of disk that fails for good after a number of calls."""
    return Dying


@pytest.fixture(scope="session")
def told(once_for_all):
    """Return the report of an application for a convenio in Ceuta of 16 March 2026, in order."""
    line = [sys.executable, "-m", "desk.cli", "process", str(PAPERS), "--json"]

    def process(place):
        place.write_bytes(subprocess.run(line, capture_output=True, check=True).stdout)

    (report,) = json.loads(once_for_all("told", process).read_text(encoding="utf-8"))["cases"]
    assert (report["queue"], report["deadlines"]["resolve_by"]) == ("approve", "2026-04-30")
    return report


@pytest.fixture
def judged(office, pdf, told):
    """Return a function that puts a judged case into the record and returns its number."""
    made = iter(range(1, 100))

    def put(person="Y1234567X", change=None, resolve_by=dt.date(2026, 4, 30), filed="2026-03-16"):
        office.drop(f"solicitud{next(made)}.pdf", pdf + b"%" * next(made))
        office.take()
        claimed = claim(office.store, "w", 60, office.now())
        report = copy.deepcopy(told) | {"id": claimed.case.id, "number": claimed.case.number}
        if change:
            change(report)
        result = Result(
            stage="routed",
            queue=report["queue"],
            procedure=report["procedure"],
            filed_on=dt.date.fromisoformat(filed),
            resolve_by=resolve_by,
            report=report,
            person=person,
        )
        assert finish(office.store, claimed, result, office.now())
        release(office.store, claimed, office.now())
        return claimed.case.number

    return put


@pytest.fixture
def calendars():
    """Return the calendars of the program."""
    return Calendars.shipped()


@pytest.fixture
def policy():
    """Return the settings as they come."""
    return Policy()


@pytest.fixture
def desk(office, calendars):
    """Return people at work on the cases of the office."""
    return Desk(office, calendars)


def finding(rule, outcome, reason="Falta algo.", evidence=()):
    """Return a finding as a report tells it."""
    said = {"es": reason, "gl": reason, "en": reason}
    return {
        "rule": rule,
        "outcome": outcome,
        "reason": said,
        "basis": "Orden SSI/1475/2014, art. 2",
        "law_version": "2026-03-13",
        "evidence": list(evidence),
    }


@pytest.fixture
def proposed():
    """Return a function that makes a report propose a queue, for one reason."""
    outcomes = {"cure": "cure", "review": "review", "refuse": "not_met", "refer": "refer"}

    def of(queue, **said):
        def change(report):
            report["queue"] = queue
            report["findings"].append(finding("CE-DOC-04", outcomes[queue], **said))

        return change

    return of
