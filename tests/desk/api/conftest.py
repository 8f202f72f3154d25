"""An office's machine with nothing in it, and programs that hold keys to it."""

import contextlib
import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from starlette.testclient import TestClient

from desk.api.keys import Right, make
from desk.web.app import application
from desk.web.room import room
from pipeline.folders.places import make as make_folders
from pipeline.settings import Desk, Folders, Settings, Storage
from pipeline.store import open_store

NOW = dt.datetime(2026, 3, 23, 9, 30, tzinfo=ZoneInfo("Europe/Madrid"))
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture(scope="session")
def blank(tmp_path_factory):
    """Return a database that is up to date and empty."""
    folder = tmp_path_factory.mktemp("blank")
    open_store(f"sqlite:///{folder}/v.db", folder / "blobs").close()
    return (folder / "v.db").read_bytes()


class Office:
    """A desk with the interface, and the hour on its wall."""

    def __init__(self, folder, database):
        self.settings = Settings(
            folders=Folders(root=folder / "oficinas", offices=("CEU01", "MEL01")),
            storage=Storage(database=database, blobs=folder / "blobs", reserve=0),
            desk=Desk(hosts=("testserver",)),
        )
        for code in self.settings.folders.offices:
            make_folders(self.settings.folders.root, code)
        self.store = open_store(database, folder / "blobs")
        self.now = NOW
        self.room = replace(room(self.store, self.settings), clock=lambda: self.now)
        self.app = application(self.room)

    def program(self, *rights, offices=("CEU01",), name="gestor", per_minute=None):
        """Return a client that holds a key."""
        given = [Right(one) for one in rights or ("submit", "status")]
        key = make(
            self.store, name, offices=offices, rights=given, by="ana", at=self.now, per_minute=per_minute
        )
        headers = {"Authorization": f"Bearer {key}"}
        return TestClient(self.app, base_url="http://127.0.0.1", headers=headers)

    def rows(self, query):
        """Return the rows of a query."""
        with self.store.read() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(query)]


@pytest.fixture
def office(tmp_path, blank):
    """Return an office."""
    (tmp_path / "v.db").write_bytes(blank)
    with at(tmp_path, f"sqlite:///{tmp_path}/v.db") as one:
        yield one


@contextlib.contextmanager
def at(folder, database):
    """Give an office over a database."""
    one = Office(folder, database)
    yield one
    one.store.close()


@pytest.fixture
def office_at():
    """Return what gives an office over a database."""
    return at


def hand_in(client, word="a", data=PDF, name="solicitud.pdf", **fields):
    """Hand one paper in."""
    return client.post(
        "/api/v1/submissions",
        files=[("file", (name, data, "application/pdf"))],
        data=fields,
        headers={"Idempotency-Key": word},
    )


@pytest.fixture(name="hand_in")
def _hand_in():
    """Return what hands one paper in."""
    return hand_in
