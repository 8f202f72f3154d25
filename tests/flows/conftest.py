"""One real Prefect server for all tests of the engine, on its own home and port."""

import os
import socket

import pytest

from flows.server import Server


@pytest.fixture(scope="session")
def server(tmp_path_factory, engine_home):
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    from prefect.context import refresh_global_settings_context

    with Server(engine_home(tmp_path_factory.mktemp("prefect")), port) as running:
        os.environ.update(running.environment)
        # Prefect reads its settings when it is first imported: by a test of another folder, perhaps.
        refresh_global_settings_context()
        running.wait()
        yield running
