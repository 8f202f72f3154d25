"""An administrator makes keys for offices' programs and chooses whom to call; each is shown once."""

import re

import pytest
from starlette.testclient import TestClient

from desk.api.keys import keys
from pipeline.webhooks.book import book

FORM = {"name": "gestor", "offices": "ceu01, MEL01", "rights": ["submit", "status"], "pace": "", "once": "a"}


@pytest.fixture
def admin(desk):
    """Return the administrator's browser."""
    return desk.browser("administrator", login="root")


def sent(browser, path, **fields):
    """Send a form."""
    return browser.post(path, data={"csrf": browser.csrf, **fields})


def test_a_key_is_shown_once_and_opens_the_interface(desk, admin):
    """The page that lists it shows its beginning alone."""
    shown = sent(admin, "/claves/nueva", **FORM).text
    (secret,) = re.findall(r"vk_[\w-]{43}", shown)
    client = TestClient(desk.app, base_url="http://127.0.0.1", headers={"Authorization": f"Bearer {secret}"})

    assert client.get("/api/v1/cases").status_code == 200
    listed = admin.get("/claves").text
    assert secret not in listed
    assert secret[:9] in listed
    assert (keys(desk.store)[0].offices, keys(desk.store)[0].per_minute) == ({"CEU01", "MEL01"}, 120)


def test_a_form_that_is_sent_twice_makes_one_key(desk, admin):
    """The second is told so."""
    sent(admin, "/claves/nueva", **FORM)
    again = sent(admin, "/claves/nueva", **{**FORM, "name": "otra"})

    assert again.status_code == 422
    assert "ya se envió" in again.text
    assert len(keys(desk.store)) == 1


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": "Mayúsculas"}, "El nombre no sirve"),
        ({"offices": ""}, "Falta la oficina"),
        ({"offices": "<b>"}, "Falta la oficina"),
        ({"rights": []}, "al menos una cosa"),
        ({"pace": "x"}, "de 1 a 100000"),
    ],
)
def test_what_is_wrong_in_the_form_is_said_and_what_was_typed_stays(desk, admin, wrong, words):
    """Nothing is made."""
    told = {**FORM, **wrong}
    answered = sent(admin, "/claves/nueva", **told)

    assert answered.status_code == 422
    assert words in answered.text
    assert "<b>" not in answered.text.partition("<main")[2].replace("<bdi>", "")
    assert keys(desk.store) == ()


def test_a_key_is_revoked(desk, admin):
    """Once more is no harm."""
    sent(admin, "/claves/nueva", **FORM)
    for _ in range(2):
        assert sent(admin, "/claves/revocar", name="gestor").status_code == 200

    assert keys(desk.store)[0].revoked_at is not None


def test_an_address_is_added_and_ended(desk, admin):
    """Its secret is shown once; a wrong one is refused."""
    shown = sent(admin, "/claves/avisos", url="https://gestor.example/avisos", url_offices="CEU01").text
    assert re.search(r"vs_[\w-]{43}", shown)
    assert "vs_" not in admin.get("/claves").text
    assert sent(admin, "/claves/avisos", url="http://gestor.example/", url_offices="CEU01").status_code == 422

    sent(admin, "/claves/avisos/retirar", id=book(desk.store)[0].id)
    assert book(desk.store)[0].ended_at is not None


@pytest.mark.parametrize("role", ["clerk", "reviewer", "supervisor", "manager", "auditor"])
def test_nobody_else_makes_keys(desk, role):
    """Nor sees them."""
    browser = desk.browser(role)
    assert browser.get("/claves").status_code == 403
    assert sent(browser, "/claves/nueva", **FORM).status_code == 403
