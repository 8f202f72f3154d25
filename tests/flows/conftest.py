"""One real Prefect server for all tests of the engine, on its own home and port."""

import os
import socket

import pytest

from flows.server import Server


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    with Server(tmp_path_factory.mktemp("prefect"), port) as running:
        # Prefect reads its settings when it is first imported, so they are set before any test imports it.
        os.environ.update(running.environment)
        running.wait()
        yield running
