"""The accounts' pages: what an administrator does there, and what nobody does."""

import re

import pytest
from starlette.testclient import TestClient

from desk.people.accounts import by_login
from desk.people.rights import Role

SITE = {"Origin": "http://127.0.0.1", "Sec-Fetch-Site": "same-origin"}
NEW = {"login": "luis", "name": "Luis <b>Pérez</b> \u202eoña", "roles": ["reviewer"], "offices": ["CEU01"]}


def send(client, path, **form):
    """Send a form of the desk."""
    return client.post(path, data={"csrf": client.csrf, **form}, headers=SITE, follow_redirects=False)


@pytest.fixture
def ana(desk):
    """Return the browser of an administrator."""
    return desk.browser("administrator")


def test_an_account_is_made_and_its_person_comes_in(desk, ana):
    """With the password that is shown once; a hostile name is text."""
    made = send(ana, "/cuentas/nueva", **NEW)
    word = re.search(r"<code>([a-z0-9-]+)</code>", made.text)[1]
    listed = ana.get("/cuentas").text
    luis = TestClient(desk.app, base_url="http://127.0.0.1")
    came = luis.post("/entrar", data={"login": "luis", "password": word})

    assert "Luis &lt;b&gt;Pérez" in listed
    assert "<bdi>Luis" in listed
    assert word not in listed
    assert came.status_code == 200
    assert "new_password" in came.text


@pytest.mark.parametrize(
    ("without", "named"),
    [({"name": " "}, "Falta el nombre"), ({"roles": []}, "una función"), ({"offices": []}, "una oficina")],
    ids=str,
)
def test_a_form_that_lacks_something_keeps_the_rest(desk, ana, without, named):
    """And makes no account."""
    answer = send(ana, "/cuentas/nueva", **{**NEW, **without})

    assert answer.status_code == 422
    assert named in answer.text
    assert 'value="luis"' in answer.text
    assert by_login(desk.store, "luis") is None


def test_roles_offices_and_trays_are_changed(desk, ana):
    """Words that are no role or queue are not kept; the audit says what it is now."""
    send(ana, "/cuentas/nueva", **NEW)
    luis = by_login(desk.store, "luis")

    form = {
        "name": "Luis",
        "roles": ["clerk", "king"],
        "more_offices": "MEL01, ../x",
        "queues": ["cure", "x"],
    }
    answer = send(ana, f"/cuentas/{luis.id}", **form)
    after = by_login(desk.store, "luis")

    assert answer.status_code == 303
    assert (after.roles, after.offices, after.queues) == ({Role.CLERK}, {"MEL01"}, {"cure"})
    with desk.store.read() as connection:
        did = connection.exec_driver_sql("SELECT did, detail FROM audit ORDER BY seq DESC LIMIT 1").one()
    assert did.did == "account-changed"
    assert '"MEL01"' in str(did.detail)


def test_an_administrator_does_not_become_a_reviewer_alone(desk, ana):
    """What the form says of one's own rights is not heard, nor are one's own password and lock."""
    own = by_login(desk.store, "ana")

    changed = send(
        ana, f"/cuentas/{own.id}", name="Ana R", roles=["reviewer", "administrator"], offices=["*"]
    )
    locked = send(ana, f"/cuentas/{own.id}/bloquear")
    word = send(ana, f"/cuentas/{own.id}/contrasena")
    codes = send(ana, f"/cuentas/{own.id}/telefono")
    after = by_login(desk.store, "ana")

    assert (changed.status_code, locked.status_code, word.status_code, codes.status_code) == (
        303,
        409,
        403,
        403,
    )
    assert (after.name, after.roles, after.locked) == ("Ana R", {Role.ADMINISTRATOR}, False)


def test_the_last_administrator_is_not_locked_by_another(desk, ana):
    """A second one may be; the first one then is the last."""
    send(ana, "/cuentas/nueva", login="eva", name="Eva", roles=["administrator"])
    eva = by_login(desk.store, "eva")

    locked = send(ana, f"/cuentas/{eva.id}/bloquear")
    opened = send(ana, f"/cuentas/{eva.id}/desbloquear")

    assert (locked.status_code, opened.status_code) == (303, 303)
    assert not by_login(desk.store, "eva").locked


def test_a_lost_telephone_is_taken_away(desk, ana):
    """And its person is out."""
    send(ana, "/cuentas/nueva", **NEW)
    luis = by_login(desk.store, "luis")
    with desk.store.write() as connection:
        connection.exec_driver_sql("UPDATE accounts SET totp = 'x' WHERE login = 'luis'")

    send(ana, f"/cuentas/{luis.id}/telefono")

    assert not by_login(desk.store, "luis").totp


def test_an_account_that_is_none_has_no_page(ana):
    """As any address that is none."""
    assert ana.get("/cuentas/01J0000000").status_code == 404


@pytest.mark.parametrize("language", ["es", "gl", "en"])
def test_the_pages_speak_three_languages(desk, language):
    """No sentence is missing in any state."""
    client = desk.browser("administrator", language=language)
    send(client, "/cuentas/nueva", **NEW)
    luis = by_login(desk.store, "luis")
    send(client, f"/cuentas/{luis.id}/bloquear")
    pages = ["/cuentas", "/cuentas/nueva", f"/cuentas/{luis.id}?hecho=done", "/cuenta?hecho=liked", "/cuenta"]

    assert [client.get(page).status_code for page in pages] == [200] * len(pages)
