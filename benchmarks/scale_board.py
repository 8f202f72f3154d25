"""The managers' board with many cases: its pages in the time of one process, asked as a browser asks."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from starlette.testclient import TestClient

from benchmarks.desk_store import NOW, multiply, read_real, settings_in
from benchmarks.scale_cost import packages
from desk.people.accounts import add
from desk.people.rights import Role
from desk.people.sessions import Coming, begin
from desk.web.app import application
from desk.web.room import room
from pipeline.store import open_store

TARGET_MS = 150
TIMES = 20


def board(fresh: Callable[[Path], str], home: Path, kind: str, many: int) -> None:
    """Print how long the board takes with *many* cases in the record."""
    place = home / "board"
    place.mkdir()
    url = fresh(place)
    settings = settings_in(place, url)
    with open_store(url, settings.storage.blobs) as store:
        read_real(settings, store, next(iter(packages(1, 7).values())))
        multiply(store, many)
        account = add(store, "jefa", "Jefa", roles=[Role.MANAGER], offices=["*"], password=None, at=NOW)
        key = begin(store, account, Coming(at=NOW))
        desk = replace(room(store, settings), clock=lambda: NOW)
        with TestClient(application(desk), base_url="http://127.0.0.1", follow_redirects=False) as browser:
            browser.cookies.set("ventanilla", key)
            print(
                f"\nBoard with {many} cases ({kind}), ms      median      p95      CPU   target {TARGET_MS}"
            )
            for path in ("/gestion", "/gestion?office=CEU01"):
                asked(browser, path)


def asked(browser: TestClient, path: str) -> None:
    """Print the time of one page."""
    status = browser.get(path).status_code
    walls, used = [], time.process_time()
    for _ in range(TIMES):
        began = time.perf_counter()
        status = browser.get(path).status_code
        walls.append((time.perf_counter() - began) * 1000)
    spent = (time.process_time() - used) / TIMES * 1000
    p95 = sorted(walls)[int(TIMES * 0.95) - 1]
    told = "" if status == 200 else f"  ANSWERED {status}"
    print(f"  {path:<40}{statistics.median(walls):>14.1f}{p95:>9.1f}{spent:>9.1f}{told}", flush=True)
