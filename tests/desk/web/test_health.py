"""What machines ask of the desk: whether it answers, whether it is ready, which requests it had."""

import logging
import shutil
from dataclasses import replace

from starlette.testclient import TestClient

from desk.cli.alive import part_alive
from desk.web.app import application
from desk.web.heard import DOOR
from pipeline.parts.pulse import Pulse, seen
from pipeline.parts.readiness import Readiness, questions
from tests.waiting import until


def browser(desk):
    """Return a browser in which nobody came in."""
    return TestClient(desk.app, base_url="http://127.0.0.1")


def test_a_machine_in_order_is_ready(still):
    """Each thing that it needs is named."""
    answer = browser(still).get("/readyz")

    assert answer.status_code == 200
    assert answer.text == "record: ok\npapers: ok\nroom: ok\nfolders: ok\n"


def test_what_is_missing_is_named_and_nothing_else(desk):
    """503 with the thing and a word; no office, no path: anybody may ask."""
    shutil.rmtree(desk.settings.folders.root / "CEU01" / "1_ENTRADA")
    storage = replace(desk.settings.storage, reserve=1 << 62)
    chosen = replace(desk.settings, storage=storage)
    desk.app = application(replace(desk.room, ready=Readiness(questions(desk.store, chosen), 5.0)))

    answer = browser(desk).get("/readyz")

    assert answer.status_code == 503
    assert answer.text == "record: ok\npapers: ok\nroom: full\nfolders: ENOENT\n"


def test_a_record_that_is_away_is_one_of_the_things(desk):
    """Whoever watches learns it without a page of words."""
    desk.store.engine.dispose()
    (desk.settings.storage.blobs.parent / "v.db").rename(desk.settings.storage.blobs.parent / "away.db")

    answer = browser(desk).get("/readyz")

    assert answer.status_code == 503
    assert answer.text.startswith("record: away\npapers: unasked\n")


def test_a_desk_that_runs_gives_signs_of_life(desk):
    """In the record, for as long as it runs and no longer."""
    with browser(desk) as client:
        client.get("/healthz")
        until(lambda: [one.part for one in seen(desk.store, desk.now)] == ["desk"])

    assert seen(desk.store, desk.now) == ()


def test_a_request_is_told_by_its_door(desk, caplog):
    """Where an administrator asks for it: never the number, nor what was looked for."""
    with caplog.at_level(logging.INFO, "desk.requests"):
        browser(desk).get("/expedientes/CEU01-2026-000001?a=Garc%C3%ADa", follow_redirects=False)

    (line,) = [one for one in caplog.records if one.name == "desk.requests"]
    assert (line.getMessage(), line.method, line.door, line.status) == (
        "request",
        "GET",
        "/expedientes/{number}",
        303,
    )
    assert "García" not in str(vars(line))
    assert DOOR.startswith("ventanilla.")


def test_the_state_page_tells_every_part(desk, monkeypatch):
    """Who works, what this machine needs, what waits, what is kept: each with its word and what was seen."""
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:9/api")
    client = desk.browser("administrator")
    with Pulse(desk.store, "worker"):
        page = client.get("/estado").text

    assert "Leen expedientes" in page
    assert "trabajan 1, con 0 expedientes en la mano" in page
    assert page.count("Nadie en ninguna máquina.") == 2
    assert "No responde: los expedientes siguen sin él." in page
    assert "No consta ninguna hecha con ventanilla db backup." in page
    assert not any(number in page for number in desk.numbers().values())


def test_the_state_page_says_what_is_wrong_in_each_language(desk):
    """A share that is away, where the eye falls first."""
    shutil.rmtree(desk.settings.folders.root / "CEU01" / "1_ENTRADA")
    client = desk.browser("manager", language="gl")

    page = client.get("/estado").text

    assert "Non responde como debe (ENOENT)." in page
    assert page.index("Non responde como debe") < page.index("Base de datos")


def test_doctor_tells_of_one_part(desk):
    """For whoever starts again what died: alive, or not, on this machine."""
    with Pulse(desk.store, "watch"):
        alive = part_alive(desk.settings, "watch")
    gone = part_alive(desk.settings, "watch")

    assert (alive.well, gone.well) == (True, False)
    assert gone.remedy.endswith("ventanilla watch")
