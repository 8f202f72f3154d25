"""The lines of docs/api.md work as they are written, in their order, against a real server."""

import re
import shutil
import socket
import subprocess
import threading
import time
from pathlib import Path

import pytest
import uvicorn

from desk.api.keys import Right, make

PAGE = Path(__file__).parents[3] / "docs" / "api.md"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def port(office):
    """Return the port of the desk, served as `ventanilla desk` serves it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(office.app, port=number, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield number
    server.should_exit = True
    thread.join(10)


def lines():
    """Return the commands of the page that call the interface."""
    fenced = re.findall(r"^```(\w*)\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    told = "".join(text for language, text in fenced if not language).replace("\\\n", " ")
    return [line for line in told.splitlines() if line.startswith("curl ")]


def test_the_lines_of_the_page_work_as_they_are_written(office, port, tmp_path):
    """Papers are handed in and asked about; the receipt is not there before a worker has given it."""
    assert shutil.which("curl"), "curl is not installed: apt-get install curl"
    key = make(office.store, "gestor", offices=["CEU01"], rights=[*Right], by="ana", at=office.now)
    (tmp_path / "solicitud.pdf").write_bytes(PDF)

    told = []
    for line in lines():
        said = f"{line.replace('127.0.0.1:8000', f'127.0.0.1:{port}')} -w '%{{stderr}}%{{http_code}}'"
        done = subprocess.run(
            ["/bin/sh", "-c", said],
            check=True,
            cwd=tmp_path,
            env={"KEY": key, "PATH": "/usr/bin:/bin"},
            capture_output=True,
            text=True,
            timeout=30,
        )
        told.append(done.stderr.split()[-1])
    assert told == ["202", "200", "200", "404", "200"]
