"""The desk of the benchmark as a process of its own, and people who ask it.

with server(folder, url) as pid:
    Browser(tokens(folder)[0]).get("/bandejas")
"""

from __future__ import annotations

import datetime as dt
import http.client
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

import uvicorn

from benchmarks.desk_store import NOW, settings_in
from desk.people.accounts import add, by_login
from desk.people.rights import Role
from desk.people.sessions import Coming, begin
from desk.web.app import application
from desk.web.room import room
from pipeline.store import open_store

COOKIE = "ventanilla"
PORT = 8193
PEOPLE = 20


def serve(folder: str, url: str) -> None:
    """Serve the desk of *folder*, at the hour of the benchmark, until killed."""
    settings = settings_in(Path(folder), url)
    with open_store(url, settings.storage.blobs) as store:
        tokens = []
        for n in range(PEOPLE):
            login, roles = f"persona{n}", [Role.REVIEWER]
            known = by_login(store, login)
            account = known or add(store, login, "Persona", roles=roles, offices=["*"], password=None, at=NOW)
            tokens.append(begin(store, account, Coming(at=NOW)))
        # the entrance slows down who comes in twenty times from one address, as it should
        (Path(folder) / "tokens").write_text("\n".join(tokens))
        began = time.monotonic()
        desk = replace(
            room(store, settings), clock=lambda: NOW + dt.timedelta(seconds=time.monotonic() - began)
        )
        uvicorn.run(application(desk), host="127.0.0.1", port=PORT, log_level="error")


class Browser:
    """One person who has come in, on one connection that stays open."""

    def __init__(self, token: str) -> None:
        self.wire = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
        self.cookie = f"{COOKIE}={token}"
        found = re.search(r'name="csrf" value="([^"]+)"', self.get("/bandejas"))
        assert found is not None
        self.csrf = found[1]

    def ask(self, method: str, path: str, **form: str) -> tuple[int, http.client.HTTPMessage, bytes]:
        """Ask once; return status, headers and body."""
        head = {"Cookie": self.cookie, "Host": f"127.0.0.1:{PORT}"}
        head |= {"Content-Type": "application/x-www-form-urlencoded"} if form else {}
        self.wire.request(method, path, urlencode(form) or None, head)
        got = self.wire.getresponse()
        return got.status, got.headers, got.read()

    def get(self, path: str) -> str:
        """Return a page that must be there."""
        status, _, body = self.ask("GET", path)
        assert status == 200, (status, path)
        return body.decode("utf-8", "replace")

    def search(self, text: str) -> None:
        """Search and see what is found."""
        _, head, _ = self.ask("POST", "/buscar", csrf=self.csrf, text=text)
        self.get(head["Location"])


@contextmanager
def server(folder: Path, url: str) -> Iterator[int]:
    """Run the desk as a process of its own; give its id."""
    line = [sys.executable, "-m", "benchmarks.desk_served", str(folder.absolute()), url]
    process = subprocess.Popen(line, cwd=Path(__file__).parents[1])
    try:
        (folder / "tokens").unlink(missing_ok=True)
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                Browser(tokens(folder)[0])
                break
            except (OSError, AssertionError):
                time.sleep(0.2)
        yield process.pid
    finally:
        process.terminate()
        process.wait(20)


def tokens(folder: Path) -> list[str]:
    """Return the cookies of those who have come in."""
    return (folder / "tokens").read_text().split()


if __name__ == "__main__":
    serve(*sys.argv[1:])
