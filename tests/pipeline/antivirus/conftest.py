"""A small daemon that speaks clamd's protocol over a real socket, and can be told to misbehave."""

import shutil
import socket
import socketserver
import struct
import tempfile
import threading
from pathlib import Path

import pytest

from pipeline.antivirus import Antivirus

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*"
"""The harmless string that antiviruses know, in two halves so that none takes this file for it."""
VERSION = b"ClamAV 1.4.6/27812/Sat Nov 21 09:31:02 2026"


class Conversation(socketserver.StreamRequestHandler):
    """One question and its answer."""

    def handle(self):
        question = self._until_nul()
        if question == b"zVERSION":
            self._say(self.server.version)
            return
        self.server.asked += 1
        ANSWERS[self.server.mode](self)

    def judge(self):
        found = EICAR in self.stream()
        self._say(b"stream: Eicar-Test-Signature FOUND" if found else b"stream: OK")

    def limits(self):
        """Answer as clamd does before the end of what is too large, and close."""
        self.rfile.read(8)
        self._say(b"INSTREAM size limit exceeded. ERROR")

    def tell(self, answer):
        self.stream()
        self._say(answer)

    def hang(self):
        self.server.over.wait(30)

    def endless(self):
        self.stream()
        while not self.server.over.is_set():
            self.wfile.write(b"stream: " * 1000)

    def part(self):
        """Go away without a word."""

    def drop_once(self):
        self.server.mode = "judge"

    def stream(self):
        whole = b""
        while size := struct.unpack(">I", self.rfile.read(4))[0]:
            whole += self.rfile.read(size)
        return whole

    def _until_nul(self):
        told = b""
        while (byte := self.rfile.read(1)) not in {b"\0", b""}:
            told += byte
        return told

    def _say(self, answer):
        self.wfile.write(answer + b"\0")


ANSWERS = {
    "judge": Conversation.judge,
    "nothing": lambda one: one.tell(b"stream: OK"),
    "limits": Conversation.limits,
    "hang": Conversation.hang,
    "endless": Conversation.endless,
    "drop-once": Conversation.drop_once,
    "close": Conversation.part,
    "exceeded": lambda one: one.tell(b"stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND"),
    "error": lambda one: one.tell(b"stream: Can't allocate memory ERROR"),
    "garbage": lambda one: one.tell(b"HTTP/1.1 400 Bad Request"),
}


class Daemon(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    """The daemon at a path; `mode` is how it answers about files, `asked` how often it was."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, path):
        self.mode, self.version, self.asked, self.over = "judge", VERSION, 0, threading.Event()
        super().__init__(path, Conversation)

    def stop(self):
        """Stop, and take the socket away, as a service that ends does."""
        if self.over.is_set():
            return
        self.over.set()
        self.shutdown()
        self.server_close()
        if isinstance(self.server_address, str):
            Path(self.server_address).unlink(missing_ok=True)

    def handle_error(self, request, client_address):
        """Say nothing: clients that go away are what is tested."""


class Tcp(Daemon):
    """The same at a port."""

    address_family = socket.AF_INET
    server_bind = socketserver.TCPServer.server_bind
    get_request = socketserver.TCPServer.get_request


@pytest.fixture
def eicar():
    """Return what every antivirus takes for malware."""
    return EICAR


@pytest.fixture
def near():
    """Return a folder whose path is short enough for a socket."""
    folder = tempfile.mkdtemp(prefix="v-", dir="/tmp")
    yield Path(folder)
    shutil.rmtree(folder)


@pytest.fixture
def served():
    """Return a function that starts a daemon and tells where it listens."""
    running = []

    def start(place):
        server = Daemon(place) if isinstance(place, str) else Tcp(place)
        running.append(server)
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        return server

    yield start
    for server in running:
        server.stop()


@pytest.fixture
def clamd(near, served):
    """Return a running daemon."""
    return served(str(near / "clamd.ctl"))


@pytest.fixture
def antivirus(clamd):
    """Return the settings that ask it, with little patience."""

    def settings(mode="required", **changes):
        known = {"connect_seconds": 2.0, "scan_seconds": 2.0, "retry_seconds": 30.0}
        return Antivirus(mode=mode, socket=clamd.server_address, **(known | changes))

    return settings
