"""A case that was decided and notified, in an office with a key and with codes."""

import datetime as dt
import io
import shutil
from dataclasses import replace

import pytest

from pipeline.exchange.chosen import Body, Exchange, Listed
from pipeline.exchange.export import Order, export
from pipeline.folders.places import Place
from pipeline.folders.receipt import write
from pipeline.journal.rows import of_case, parts
from pipeline.receipts.told import Listed as File
from pipeline.receipts.told import Told
from pipeline.receipts.trial import make_trial_key
from pipeline.settings import Receipts
from pipeline.store.attached import attaching

AT = dt.datetime(2026, 5, 4, 12, 0, tzinfo=dt.UTC)
CODES = Exchange(
    bodies=(Body(office="CEU01", dir3="EA0000001"),),
    procedures=(Listed(procedure="convenio_especial", sia="000001"),),
)


@pytest.fixture(scope="session")
def trial_key(tmp_path_factory):
    """Return the file of a key."""
    path = tmp_path_factory.mktemp("key") / "clave.p12"
    make_trial_key(path)
    return path


class Handing:
    """Hands over the file of one case."""

    def __init__(self, office, desk, number):
        self.store, self.office, self.desk, self.number = office.store, office, desk, number
        self.settings = office.settings

    def __call__(self, at=AT, name=None, **asked):
        """Return the bytes of the file, and what is told of it."""
        out = io.BytesIO()
        order = Order(who="@prueba", why="court", at=at, **asked)
        made = export(self.store, self.settings, name or self.number, order, out)
        return out.getvalue(), made

    def chosen(self, **sections):
        """Set something."""
        self.settings = replace(self.settings, **sections)


@pytest.fixture(scope="session")
def kept(tmp_path_factory):
    """Return a folder for an office with its decided case, made once for all to copy, and its number."""
    return tmp_path_factory.mktemp("kept"), {}


@pytest.fixture
def handing(office, desk, request, trial_key, kept):
    """Return a decided case with its receipt, its signed letter and the proof of its notice."""
    office.settings = replace(office.settings, receipts=Receipts(key=trial_key), exchange=CODES)
    desk.around = replace(desk.around, settings=office.settings)
    made = _kept if office.settings.storage.database.startswith("sqlite") else _anew
    return Handing(office, desk, made(office, desk, request, *kept))


def _anew(office, desk, request, *_):
    """Decide a case in this office; return its number."""
    return _decided(office, desk, request.getfixturevalue("judged"), request.getfixturevalue("pdf"))


def _kept(office, desk, request, folder, made):
    """Put this office as one was left in which a case was decided; return its number."""
    here = office.settings.storage.blobs.parent
    if "number" not in made:
        made["number"] = _anew(office, desk, request)
        office.stop()
        shutil.copytree(here, folder / "office")
    office.stop()
    shutil.rmtree(here)
    shutil.copytree(folder / "office", here)
    office.start()
    return made["number"]


def _decided(office, desk, judged, pdf):
    """Decide a case, and tell the person; return its number."""
    number = judged()
    (entered,) = of_case(office.store, desk.id(number))
    write(office.store, office.settings, Place(office.settings.folders.root, "CEU01"), _told(office, entered))
    desk.decide(number, text="NOTA INTERNA")
    desk.finals()
    desk.at("2026-03-25")
    with attaching(office.store, pdf + b"%acuse") as proof:
        said = {"proof": proof, "proof_name": "acuse de recibo.pdf"}
        desk.tell(number, "paper", "delivered", "2026-03-24", **said)
    return number


def _told(office, entered):
    files = tuple(File(part.name, part.sha256, part.bytes) for part in parts(office.store, entered.id))
    return Told(
        number=entered.number,
        order=1,
        kind="new",
        office="CEU01",
        received_at=entered.received_at,
        first_at=None,
        filed_on=None,
        person="",
        name=entered.name,
        registry_number=None,
        procedure="convenio_especial",
        files=files,
        clock=None,
        cure_days=10,
        phone="",
    )
