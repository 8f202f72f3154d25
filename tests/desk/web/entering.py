"""Coming in at the desk, as a browser does it."""

import re

import pyotp
from starlette.testclient import TestClient

from desk.people.codes import set_up

PASSWORD = "una larga frase de paso"


SITE = {"Origin": "http://127.0.0.1", "Sec-Fetch-Site": "same-origin"}


def browser(desk):
    """Return a browser in which nobody came in."""
    return TestClient(desk.app, base_url="http://127.0.0.1")


def enter(client, login="ana", password=PASSWORD, **more):
    """Try to come in."""
    form = {"login": login, "password": password, **more}
    return client.post("/entrar", data=form, headers=SITE, follow_redirects=False)


def hidden(page, name):
    """Return the value of a hidden field."""
    return re.search(rf'name="{name}" value="([^"]*)"', page.text)[1]


def with_telephone(desk):
    """Make Ana's account with a telephone; return its secret and the spare codes."""
    account = desk.account("reviewer")
    secret = pyotp.random_base32()
    return secret, set_up(desk.store, desk.room.seals, account, secret, step=0)


def give(client, page, code):
    """Type a code."""
    form = {"csrf": hidden(page, "csrf"), "code": code}
    return client.post("/entrar/codigo", data=form, headers=SITE, follow_redirects=False)
