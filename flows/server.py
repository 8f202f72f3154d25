"""The Prefect server of one office machine: started, waited for, stopped."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Self

from flows.environment import HOST, password, variables
from flows.parent import close, marked
from flows.restarts import Restarts
from pipeline.errors import EnvironmentFault

START_SECONDS = 120.0
"""A first start runs migrations: 12 s on a quiet machine, 48 s on a busy one."""
STOP_SECONDS = 15.0


class Server:
    """One server process. `environment` is what its clients need to reach it."""

    def __init__(self, folder: Path, port: int) -> None:
        """Prepare a server whose data lie in *folder*, one home per Prefect version, only its owner's."""
        self.home = folder / version("prefect")
        self.home.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.home.chmod(0o700)
        self.port = port
        self.secret = password(self.home / "auth")
        self.environment: Mapping[str, str] = variables(self.home, port, self.secret)
        self.url = f"http://{HOST}:{port}"
        self._process: subprocess.Popen[bytes] | None = None
        self._database: int | None = None
        self._restarts = Restarts()

    def start(self) -> Self:
        """Start the process; it is not ready yet (see `wait`)."""
        self._restarts.started()
        with (self.home / "server.log").open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "flows.serve"],
                env=marked({**os.environ, **self.environment}),
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        return self

    def wait(self, seconds: float = START_SECONDS) -> None:
        """Wait until the API answers; EnvironmentFault when the process ends or *seconds* pass."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if self.ready():
                return
            if self._process is not None and self._process.poll() is not None:
                break
            time.sleep(0.25)
        what = f"El servidor de Prefect no arranca en {self.url}"
        raise EnvironmentFault(what, f"Vea {self.home / 'server.log'}; ¿está el puerto {self.port} ocupado?")

    def ready(self) -> bool:
        """Whether the API answers now."""
        try:
            with urllib.request.urlopen(f"{self.url}/api/health", timeout=2) as answer:  # noqa: S310 - our own loopback address
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def tend(self) -> None:
        """Start the process again if it died, or if its database was deleted under it and it only fails.

        Cases go on meanwhile and are told to it afterwards.
        """
        if self._bereft():
            self.stop()
            self._database = None
            self.start()
        if self._process is not None and self._process.poll() is not None:
            close(self._process)
            self._process = None
            self._restarts.died()
        if self._process is None and self._restarts.may():
            self.start()

    def _bereft(self) -> bool:
        """Whether the database that the process opened lies no longer where it was."""
        try:
            there = (self.home / "prefect.db").stat().st_ino
        except FileNotFoundError:
            there = 0
        self._database = self._database or there
        return there != self._database

    def stop(self) -> None:
        """Ask the whole process group to end, then make it."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGINT)
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        close(process)

    def __enter__(self) -> Self:
        """Start."""
        return self.start()

    def __exit__(self, *_: object) -> None:
        """Stop."""
        self.stop()
