"""One office machine with everything that runs on it, in a folder of its own; what it said to anybody."""

import contextlib
import http.server
import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx

from tests.command import counter

HERE = Path(__file__).parent
PASSWORD = "una larga frase de paso"
PATIENCE = 240.0
"""Seconds after which something that must come has not come."""
RECORD = ("v.db", "v.db-wal", "v.db-shm", "v.db-journal")
KEPT_PAPERS = ("blobs", "imagenes")
"""The papers, and beside them the pictures of their pages."""
OFFICE = ("oficinas/CEU01",)
"""The folders of the office, where the contract puts what was handed in, receipts, letters and the list."""
ALLOWED = RECORD + KEPT_PAPERS + OFFICE


def free_port():
    """Return a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


class Heard(http.server.BaseHTTPRequestHandler):
    """A program of an office that is called back, and keeps what it is told."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.heard.append(str(self.headers).encode() + self.path.encode() + body)
        self.send_response(200)
        self.end_headers()

    def log_message(self, *args):
        """Say nothing."""


class Machine:
    """`ventanilla up` as a person starts it, and people and programs that use it."""

    def __init__(self, home):
        self.home = home
        self.ports = {name: free_port() for name in ("desk", "engine", "metrics")}
        self.environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith(("VENTANILLA_", "PREFECT_"))},
            "VENTANILLA_FOLDERS__ROOT": str(home / "oficinas"),
            "VENTANILLA_FOLDERS__OFFICES": "CEU01",
            "VENTANILLA_FOLDERS__SCAN_SECONDS": "0.5",
            "VENTANILLA_FOLDERS__STABILITY_SECONDS": "0.5",
            "VENTANILLA_STORAGE__DATABASE": f"sqlite:///{home}/v.db",
            "VENTANILLA_STORAGE__BLOBS": str(home / "blobs"),
            "VENTANILLA_STORAGE__RESERVE": "0",
            "VENTANILLA_DESK__PORT": str(self.ports["desk"]),
            "VENTANILLA_ENGINE__PORT": str(self.ports["engine"]),
            "VENTANILLA_METRICS__PORT": str(self.ports["metrics"]),
            "VENTANILLA_WORK__WORKERS": "1",
            "VENTANILLA_WORK__ATTEMPTS": "1",
            "VENTANILLA_LOG__LEVEL": "debug",
            "VENTANILLA_LOG__REQUESTS": "true",
            "TMPDIR": str(home / "tmp"),
            "HOME": str(home / "casa"),
            "PYTHONPATH": str(HERE),
        }
        for name in ("tmp", "casa", "logs"):
            (home / name).mkdir()
        self.said = []
        """The heads of what was answered, and what the program told of itself."""
        self.calls = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Heard)
        self.calls.heard = []
        threading.Thread(target=self.calls.serve_forever, args=(0.01,), daemon=True).start()
        self._log = (home / "logs" / "up.log").open("ab")
        self._process = None

    def command(self, *words, typed=""):
        """Run a command of the program and return what it prints."""
        done = counter().run(words, str(self.home), self.environment, typed)
        assert done.returncode in {0, 3}, done.stderr
        return done.stdout

    def start(self):
        """Start all parts."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "desk.cli", "up"],
            env=self.environment,
            cwd=self.home,
            stdout=self._log,
            stderr=self._log,
        )

    def stop(self):
        """Let all parts end."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(40)
            self._process.kill()
            self._process.wait()
        self._log.close()
        self.calls.shutdown()
        self.calls.server_close()

    def drop(self, name, data, word=None):
        """Leave a package in the office's folder as a person does."""
        folder = self.home / "oficinas" / "CEU01" / "1_ENTRADA"
        if word is not None:
            (folder / f"{name}.presentacion.json").write_text(json.dumps(word))
        (folder / name).write_bytes(data)

    def rows(self, query):
        """Return rows of the record."""
        with contextlib.closing(sqlite3.connect(f"file:{self.home}/v.db?mode=ro", uri=True)) as raw:
            return raw.execute(query).fetchall()

    def until(self, true, what):
        """Wait until *true* says so."""
        end = time.monotonic() + PATIENCE
        while not true():
            assert time.monotonic() < end, f"{what}: {self.state()}"
            assert self._process.poll() is None, self.state()
            time.sleep(0.1)

    def state(self):
        """Return how everything stands, for whoever reads why a test failed."""
        log = (self.home / "logs" / "up.log").read_text()[-3000:]
        return f"{log}\n{self.rows('SELECT stage, attempts, lease_owner, waits_for FROM cases')}"

    def settled(self, count):
        """Whether so many cases came and none is in work."""
        stages = self.rows("SELECT stage, lease_owner, attempts FROM cases")
        return len(stages) >= count and all(
            s in {"routed", "returned", "hold"} and o is None for s, o, _ in stages
        )

    def processes(self):
        """Return by process what it was started with: its command line and its environment."""
        found = {}
        for place in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                around = (place / "environ").read_bytes()
                if str(self.home).encode() in around:
                    found[f"process {place.name}"] = (place / "cmdline").read_bytes() + b"\0" + around
        return found

    @contextlib.contextmanager
    def person(self, login):
        """Give somebody who has come in to the desk; addresses and heads are kept, pages are not."""
        address = f"http://127.0.0.1:{self.ports['desk']}"
        with httpx.Client(base_url=address, timeout=60, event_hooks={"response": [self._keep]}) as client:
            self.until(lambda: self.answers(f"{address}/healthz"), "the desk does not answer")
            came = client.post(
                "/entrar", data={"login": login, "password": PASSWORD}, headers={"Origin": address}
            )
            assert came.status_code == 303, came.text[:500]
            yield Person(client, address)

    def _keep(self, response):
        # with the addresses that it leads to; those that somebody typed are theirs
        self.said.append("\n".join(f"{name}: {value}" for name, value in response.headers.items()).encode())

    @staticmethod
    def answers(address):
        """Whether somebody answers there."""
        with contextlib.suppress(httpx.HTTPError):
            return httpx.get(address, timeout=5).status_code < 500
        return False

    def places(self):
        """Yield by name everything outside the record, the papers and the office's folders."""
        for path in sorted(self.home.rglob("*")):
            name = path.relative_to(self.home).as_posix()
            if path.is_file() and not any(name == one or name.startswith(f"{one}/") for one in ALLOWED):
                yield name, path.read_bytes()
                yield f"name of {name}", name.encode("utf-8", "surrogateescape")
        yield from ((f"answer {n}", one) for n, one in enumerate(self.said))
        yield from ((f"call {n}", one) for n, one in enumerate(self.calls.heard))


class Person:
    """Somebody at the desk."""

    def __init__(self, client, address):
        self._client, self._origin = client, {"Origin": address}

    def look(self, path):
        """Open a page."""
        return self._client.get(path)

    def send(self, path, page, **form):
        """Send a form of a page that was looked at."""
        token = re.search(r'name="csrf" value="([^"]+)"', page.text)[1]
        return self._client.post(path, data={"csrf": token, **form}, headers=self._origin)
