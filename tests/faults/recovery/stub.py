"""A server that is none: it answers everything, health too if so told, in one wrong way."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

ANSWERS: dict[str, tuple[int, bytes]] = {
    "errors": (500, b'{"exception_message": "no such table: flow"}'),
    "busy": (503, b""),
    "nonsense": (200, b"<html>hola</html>"),
    "empty": (200, b"{}"),
    "forbidden": (401, b"{}"),
    "not-found": (404, b"{}"),
    "old": (200, b'"2.20.4"'),
}


@contextmanager
def wrong(way: str, *, healthy: bool = True) -> Iterator[str]:
    """Give the address of a server that goes wrong in that *way*."""

    class Handler(BaseHTTPRequestHandler):
        def handle_one_request(self) -> None:
            if way == "hangs-up":
                self.close_connection = True
                return
            super().handle_one_request()

        def answer(self) -> None:
            well = healthy and self.path.endswith("/health")
            if way == "slow" and not well:
                time.sleep(2)
            status, body = (200, b"true") if well else ANSWERS.get(way, (200, b"{}"))
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_PATCH = do_DELETE = answer  # noqa: N815 - names that the library calls

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/api"
    finally:
        server.shutdown()
        server.server_close()
