"""Who may pass which door: every address has a policy, every role passes its own doors and no other."""

import re
from pathlib import Path

import pytest
from starlette.routing import Mount
from starlette.testclient import TestClient

from desk.people.rights import RIGHTS, Right, Role
from desk.web.app import DOORS
from desk.web.doors import OPEN, DoorRoute
from desk.web.rights_page import page
from tests.desk.web.conftest import Desk

PAGE = Path(__file__).parents[3] / "docs" / "rights.md"
ROW = re.compile(r"\| ([A-Z/]+) `([^`]+)` \| (?:`(\w+)`|\*everybody\*) \| (.*) \|")
CASES = [door for door in DOORS if "{number" in door.path]
TAKEN = {
    Role.CLERK: "own trays cases hand_in",
    Role.REVIEWER: "own trays cases work decide",
    Role.SUPERVISOR: "own trays cases work decide confirm assign hand_in figures status",
    Role.MANAGER: "own figures status",
    Role.ADMINISTRATOR: "own accounts keys status",
    Role.AUDITOR: "own trays cases audit",
}


def label(door):
    """Return the name of a door in a test."""
    return door.name


def address(door, number="CEU01-2026-999999"):
    """Return an address of a door: of a case, and of something that is not there."""
    path = re.sub(r"\{number(:\w+)?\}", number, door.path)
    return re.sub(r"\{\w+(:\w+)?\}", "1", path)


def ask(client, door, path):
    """Come to a door as a page of the desk does."""
    form = {"csrf": getattr(client, "csrf", ""), "revision": "0"}
    sent = {} if door.methods == ("GET",) else {"data": form}
    return client.request(door.methods[0], path, follow_redirects=False, **sent)


def test_the_rights_of_each_role_are_these():
    """Who changes them changes this table too; nobody sees cases and gives rights."""
    assert {role: set(words.split()) for role, words in TAKEN.items()} == {
        role: {str(right) for right in held} for role, held in RIGHTS.items()
    }
    assert not [role for role, held in RIGHTS.items() if {Right.CASES, Right.ACCOUNTS} <= held]


def test_every_route_of_the_desk_has_a_policy(desk):
    """Pages are doors; the rest is the open sheets and pictures, and the interface with keys of its own."""
    doors = {id(door) for door in DOORS}
    others = [route for route in desk.app.routes if not isinstance(route, DoorRoute)]

    assert all(id(route.door) in doors for route in desk.app.routes if isinstance(route, DoorRoute))
    assert {(type(route), route.name) for route in others} == {(Mount, "static"), (Mount, "api")}


def test_no_two_doors_are_one():
    """The second would never open."""
    found = [(method, re.sub(r"\{\w+", "{", door.path)) for door in DOORS for method in door.methods]

    assert len(found) == len(set(found))


def test_the_interface_opens_nothing_without_a_key(desk):
    """But its own description."""
    client = TestClient(desk.app, base_url="http://127.0.0.1")
    described = client.get("/api/v1/openapi.json").json()["paths"]
    asked = [
        client.request(method.upper(), "/api/v1" + re.sub(r"\{\w+\}", "1", path)).status_code
        for path, operations in described.items()
        for method in operations
        if method in {"get", "post", "put", "patch", "delete"}
    ]

    assert asked
    assert set(asked) == {401}


def test_only_these_doors_are_open_to_everybody():
    """Each was weighed: it tells nothing of a case or a person."""
    assert {door.path for door in DOORS if door.takes == OPEN} == {
        "/entrar",
        "/entrar/codigo",
        "/entrar/contrasena",
        "/entrar/telefono",
        "/entrar/enviar",
        "/entrar/proveedor",
        "/entrar/proveedor/vuelta",
        "/lengua",
        "/recursos/tema.css",
        "/ayuda",
        "/accesibilidad",
        "/datos",
        "/healthz",
        "/readyz",
    }


@pytest.mark.parametrize("role", Role)
def test_a_role_passes_its_own_doors_and_no_other(desk, role):
    """At every door; what is there to be done fails otherwise than for want of the right."""
    client = desk.browser(role)
    client.headers["Accept"] = "text/html"
    doors = [door for door in DOORS if door.takes != OPEN and door.path != "/salir"]

    answers = {door.name: ask(client, door, address(door)) for door in doors}
    barred = {name for name, got in answers.items() if got.status_code == 403}

    assert barred == {door.name for door in doors if door.takes not in RIGHTS[role]}
    assert not {name for name, got in answers.items() if got.status_code >= 500}


@pytest.mark.parametrize("door", CASES, ids=label)
def test_a_case_of_another_office_is_none(seen, door):
    """At every door, whatever one may do at home: not seen, not changed, not told from one that is not."""
    stranger, number, state = seen

    got = ask(stranger, door, address(door, number))

    assert got.status_code == 404
    assert state() == state.before


@pytest.mark.parametrize("door", CASES, ids=label)
def test_a_case_of_another_tray_is_none(seen_apart, door):
    """The same for an account that is limited to other queues."""
    stranger, number, state = seen_apart

    got = ask(stranger, door, address(door, number))

    assert got.status_code == 404
    assert state() == state.before


@pytest.fixture(scope="module")
def module_desk(worked, tmp_path_factory):
    """Return one desk for many doors at which nothing may happen."""
    one = Desk(tmp_path_factory.mktemp("puertas") / "mesa", worked)
    yield one
    one.store.close()


class State:
    """The rows of a case and of what was done to it, now and before."""

    def __init__(self, desk, number):
        self.desk, self.number = desk, number
        self.before = self()

    def __call__(self):
        """Return the rows that an act would change."""
        with self.desk.store.read() as connection:
            case = connection.exec_driver_sql(f"SELECT * FROM cases WHERE number = '{self.number}'").one()
            told = connection.exec_driver_sql(
                f"SELECT count(*) FROM audit WHERE case_id = '{case.id}' AND who IN ('lejos', 'otra')"
            ).scalar_one()
        return tuple(case), told


@pytest.fixture(scope="module")
def seen(module_desk):
    """Return a browser of Melilla with every right over cases, a case of Ceuta, and its state."""
    number = next(one for one in module_desk.numbers().values() if one.startswith("CEU01"))
    roles = ("clerk", "reviewer", "supervisor", "auditor")
    return module_desk.browser(*roles, offices=("MEL01",), login="lejos"), number, State(module_desk, number)


@pytest.fixture(scope="module")
def seen_apart(module_desk):
    """Return a browser of every office that sees one queue, a case of another, and its state."""
    from desk.people.accounts import by_login
    from desk.people.changing import By, Reach, change

    number = module_desk.numbers()["review"]
    browser = module_desk.browser("clerk", "reviewer", "supervisor", "auditor", login="otra")
    account = by_login(module_desk.store, "otra")
    reach = Reach(
        roles=account.roles, offices=account.offices, queues=frozenset({"approve"}), procedures=frozenset("*")
    )
    change(module_desk.store, By(who="root", at=module_desk.now), account, account.name, reach)
    return browser, number, State(module_desk, number)


def test_the_page_of_rights_is_current():
    """Print it anew with `ventanilla user rights > docs/rights.md`."""
    assert PAGE.read_text(encoding="utf-8") == page()


def test_the_page_of_rights_has_every_door():
    """With the right that it takes."""
    rows = [ROW.fullmatch(line) for line in PAGE.read_text(encoding="utf-8").splitlines()]
    told = {(row[1], row[2], row[3]) for row in rows if row}

    assert told == {
        ("/".join(door.methods), door.path, None if door.takes == OPEN else str(door.takes)) for door in DOORS
    }
