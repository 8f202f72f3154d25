"""Reviewers go on where the interface cannot be loaded; programs are told so."""

import sys

from starlette.testclient import TestClient

from desk.web.app import application


def test_without_fastapi_the_pages_are_there_and_the_interface_says_that_it_is_not(office, monkeypatch):
    """A library that breaks stops no reviewer."""
    for name in [one for one in sys.modules if one.partition(".")[0] == "fastapi" or one == "desk.api.app"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "fastapi", None)
    client = TestClient(application(office.room), base_url="http://127.0.0.1")

    assert client.get("/entrar").status_code == 200
    away = client.get("/api/v1/cases", headers={"Accept-Language": "gl"})
    assert (away.status_code, away.json()["code"]) == (503, "unavailable")
    assert away.headers["content-language"] == "gl"
