"""A desk with the seven cases of the demonstration, worked by the program, and people who come in to it."""

import datetime as dt
import os
import shutil
from dataclasses import replace
from typing import ClassVar
from zoneinfo import ZoneInfo

import jinja2
import pytest
import sqlalchemy as sa
import time_machine
from starlette.testclient import TestClient

from desk.api import mount
from desk.api.app import interface
from desk.demo.cases import STORIES
from desk.people.accounts import add
from desk.people.rights import Role
from desk.people.sessions import _digest
from desk.people.tables import sessions
from desk.web.app import application
from desk.web.room import room
from pipeline.calendars import at_hand
from pipeline.pictures.pictures import SCREEN, Paper, Pictures
from pipeline.settings import Folders, Letters, Settings, Storage
from pipeline.store import open_store
from pipeline.store.claims import claim
from pipeline.store.schema import cases
from pipeline.watch import Watcher
from pipeline.work import work
from tests.readers import lend_drawers, readers

MADRID = ZoneInfo("Europe/Madrid")
NOW = dt.datetime(2026, 3, 23, 9, 30, tzinfo=MADRID)
"""A Monday, a week after the cases of the demonstration were filed."""
PASSWORD = "una larga frase de paso"
OFFICES = ("CEU01", "MEL01")


def settings_in(folder):
    """Return the settings of an office machine in *folder*."""
    return Settings(
        folders=Folders(root=folder / "oficinas", offices=OFFICES),
        storage=Storage(database=f"sqlite:///{folder}/v.db", blobs=folder / "blobs", reserve=0),
        letters=Letters(help_phone="956 000 000"),
    )


class Compiled(jinja2.BytecodeCache):
    """What the templates of a page compile to, kept for the next desk: each has pages of its own."""

    kept: ClassVar[dict[str, bytes]] = {}

    def load_bytecode(self, bucket):
        """Take what was kept."""
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket):
        """Keep what was compiled."""
        self.kept[bucket.key] = bucket.bytecode_to_string()


@pytest.fixture(scope="session")
def worked(once_for_all):
    """Return a folder with the cases of the demonstration, worked once for all tests to copy."""
    return once_for_all("worked", work_demonstration)


def work_demonstration(folder):
    """Take in the cases of the demonstration, judge them, and draw their pages as a screen wants them."""
    folder.mkdir()
    settings = settings_in(folder)
    with (
        time_machine.travel(NOW - dt.timedelta(minutes=10)),
        open_store(settings.storage.database, settings.storage.blobs) as store,
    ):
        seconds = [0.0]
        watcher = Watcher(settings, store, clock=lambda: seconds[0])
        watcher.scan_once()
        for story in STORIES:
            story.write(settings.folders.root / story.office / "1_ENTRADA")
        for _ in range(3):
            watcher.scan_once()
            seconds[0] += 3
        while claimed := claim(store, "w", 90, dt.datetime.now(MADRID)):
            work(claimed, settings, store, readers(), at_hand(settings.calendars))
        draw_pages(store, settings)


def draw_pages(store, settings):
    """Put the picture of each page of each case on the shelf."""
    with store.read() as connection:
        found = list(connection.execute(sa.select(cases.c.id, cases.c.report)))
    pictures = Pictures(store, settings)
    lend_drawers(pictures)
    for row in found:
        for one in row.report["documents"]:
            for page in one["pages"]:
                pictures.page(row.id, Paper(one["sha256"], tuple(one["flags"])), page, SCREEN)
    pictures.close()


class Later:
    """The interface for programs, made when somebody asks for it: most tests of pages never do."""

    def __init__(self, room):
        self._room, self._made = room, None

    async def __call__(self, *asked):
        """Answer as it would."""
        self._made = self._made or interface(self._room)
        await self._made(*asked)


class Desk:
    """A desk of its own for one test, at an hour of its own, in a copy of *worked*."""

    def __init__(self, folder, worked):
        shutil.copytree(worked, folder, ignore=shutil.ignore_patterns("imagenes"))
        # a picture is never written to in its place
        shutil.copytree(worked / "imagenes", folder / "imagenes", copy_function=os.link)
        self.settings = settings_in(folder)
        self.store = open_store(self.settings.storage.database, self.settings.storage.blobs)
        self.now = NOW
        self.room = replace(room(self.store, self.settings), clock=lambda: self.now)
        self.room.pages.bytecode_cache = Compiled()
        lend_drawers(self.room.pictures)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(mount, "_loaded", Later)
            self.app = application(self.room)

    def account(self, *roles, offices=("*",), login="ana", language="es"):
        """Make an account and return it."""
        given = [Role(role) for role in roles]
        name = f"{login.title()} Prueba"
        return add(
            self.store,
            login,
            name,
            roles=given,
            offices=offices,
            password=PASSWORD,
            at=self.now,
            language=language,
        )

    def browser(self, *roles, offices=("*",), login="ana", language="es"):
        """Return a browser in which somebody of these roles has come in; `csrf` is the token of its forms."""
        self.account(*roles, offices=offices, login=login, language=language)
        client = TestClient(self.app, base_url="http://127.0.0.1")
        came = client.post("/entrar", data={"login": login, "password": PASSWORD}, follow_redirects=False)
        assert came.status_code == 303
        with self.store.read() as connection:
            found = sa.select(sessions.c.csrf).where(sessions.c.id == _digest(client.cookies["ventanilla"]))
            client.csrf = connection.execute(found).scalar_one()
        return client

    def numbers(self):
        """Return the numbers of the cases by queue."""
        with self.store.read() as connection:
            rows = connection.exec_driver_sql("SELECT queue, number FROM cases WHERE queue IS NOT NULL")
            return {row.queue: row.number for row in rows}


@pytest.fixture
def desk(worked, tmp_path, monkeypatch, quick_passwords):
    """Return a desk with the cases of the demonstration; what fails in it is logged whole."""
    monkeypatch.setenv("VENTANILLA_DEBUG", "1")
    one = Desk(tmp_path / "mesa", worked)
    yield one
    one.room.pictures.close()
    one.store.close()


@pytest.fixture(scope="module")
def still(worked, tmp_path_factory, quick_passwords):
    """Return a desk that no test changes, with a reviewer who has come in: `still.ana`."""
    one = Desk(tmp_path_factory.mktemp("still") / "mesa", worked)
    one.ana = one.browser("reviewer")
    yield one
    one.room.pictures.close()
    one.store.close()
