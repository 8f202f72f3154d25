"""Every door takes a right, and lets nobody else through."""

import pytest

from desk.web.app import DOORS
from desk.web.doors import OPEN


@pytest.mark.parametrize("door", [door for door in DOORS if door.takes != OPEN], ids=lambda d: d.path)
def test_a_door_lets_nobody_in_who_has_not_come_in(still, door):
    """Whoever is nobody is sent to the entrance, or told to come in."""
    from starlette.testclient import TestClient

    path = door.path.replace("{number}", "CEU01-2026-000001")

    got = TestClient(still.app, base_url="http://127.0.0.1").request(
        door.methods[0], path, follow_redirects=False
    )

    assert got.status_code in {303, 401}
    assert got.headers.get("location", "/entrar").partition("?")[0] == "/entrar"


def test_a_reviewer_sees_the_trays_and_a_case(desk):
    """From the entrance to a case."""
    ana = desk.browser("reviewer")

    listed = ana.get("/bandejas/approve")
    shown = ana.get(f"/expedientes/{desk.numbers()['review']}")

    assert listed.status_code == 200
    assert desk.numbers()["approve"] in listed.text
    assert shown.status_code == 200
