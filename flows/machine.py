"""One office machine: the Prefect server and the parts of the program, started together and kept alive."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Event
from typing import Self

from flows.environment import homes, variables
from flows.parent import close, marked
from flows.restarts import Restarts
from flows.server import Server
from pipeline.errors import UsageError
from pipeline.settings import Settings

STOP_SECONDS = 20.0


@dataclass(slots=True)
class Part:
    """One child process: a command of this program that runs until it is told to stop."""

    command: tuple[str, ...]
    environment: Mapping[str, str]
    process: subprocess.Popen[bytes] | None = None
    restarts: Restarts = field(default_factory=Restarts)

    def tend(self) -> None:
        """Start the child, or start it again a little after it died."""
        if self.process is not None and self.process.poll() is None:
            return
        if self.process is not None:
            close(self.process)
            self.process = None
            self.restarts.died()
        if self.restarts.may():
            self.restarts.started()
            self.process = subprocess.Popen(
                [sys.executable, "-m", "desk.cli", *self.command],
                env=marked({**os.environ, **self.environment}),
                stdin=subprocess.PIPE,
                start_new_session=True,
            )

    def end(self) -> None:
        """Ask the child to stop."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)

    def gone(self, seconds: float) -> None:
        """Wait for the child, then make its whole group end."""
        if self.process is None:
            return
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        close(self.process)


@dataclass(slots=True)
class Machine:
    """Everything that `ventanilla up` runs. Used as a context: leaving it stops all of it."""

    settings: Settings
    server: Server | None
    parts: list[Part] = field(default_factory=list)

    @classmethod
    def of(cls, settings: Settings, extra: Mapping[str, str] | None = None) -> Machine:
        """Lay the machine out: a server of our own unless the settings name one, watcher, workers, list."""
        server = None if settings.engine.api else Server(homes(settings), settings.engine.port)
        engine = server.environment if server else remote(settings)
        commands: Sequence[tuple[str, ...]] = (
            ("watch",),
            ("desk",),
            *(("worker",) for _ in range(settings.work.workers)),
        )
        environment = {**engine, **(extra or {})}
        return cls(settings, server, [Part(command, environment) for command in commands])

    def __enter__(self) -> Self:
        """Start the server first and the parts beside it: cases do not wait for the engine."""
        if self.server is not None:
            self.server.start()
        for part in self.parts:
            part.tend()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop the parts, each finishing the case in its hands, then the server."""
        for part in self.parts:
            part.end()
        until = time.monotonic() + STOP_SECONDS
        for part in self.parts:
            part.gone(max(until - time.monotonic(), 0.1))
        if self.server is not None:
            self.server.stop()

    def run(self, stop: Event, every: float = 1.0, look: Callable[[], bool] | None = None) -> None:
        """Keep every part alive until *stop* is set or *look* says that it is enough."""
        while not stop.is_set() and not (look is not None and look()):
            for part in self.parts:
                part.tend()
            if self.server is not None:
                self.server.tend()
            stop.wait(every)


def clients(settings: Settings) -> Mapping[str, str]:
    """Return what clients need to reach the server of these settings, here or elsewhere."""
    if settings.engine.api:
        return remote(settings)
    return Server(homes(settings), settings.engine.port).environment


def remote(settings: Settings) -> Mapping[str, str]:
    """Return what clients need to reach a server that runs elsewhere."""
    if not settings.engine.api.startswith(("http://", "https://")):
        what = f"engine.api = {settings.engine.api!r} no es una dirección"
        raise UsageError(what, "Escriba algo como http://10.0.0.5:4200/api, o quite la línea.")
    base = homes(settings)
    with suppress(OSError):  # where nothing may be written Prefect's clients do without
        base.mkdir(parents=True, exist_ok=True, mode=0o700)
    found = dict(variables(base, settings.engine.port, settings.engine.auth))
    return {**found, "PREFECT_API_URL": settings.engine.api}
