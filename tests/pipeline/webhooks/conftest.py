"""A receiver on this machine: a real HTTP server that answers as it is told to."""

import contextlib
import http.server
import threading
import time

import pytest


class Receiver:
    """What came in, and how it is answered: a status, `slow`, `drip`, `rubbish` or `redirect`."""

    def __init__(self):
        self.came = []
        self.answer = 204
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.came.append((self.path, dict(self.headers), body))
                receiver.reply(self)

            def log_message(self, *_):
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/avisos?de=ventanilla"
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def reply(self, handler):
        """Answer one call; who calls may have gone away meanwhile."""
        with contextlib.suppress(OSError):
            {
                "slow": lambda _: time.sleep(3),
                "drip": self.drip,
                "rubbish": self.rubbish,
                "redirect": self.redirect,
            }.get(self.answer, self.plain)(handler)

    def plain(self, handler):
        handler.send_response(self.answer)
        handler.end_headers()

    def drip(self, handler):
        for sign in b"HTTP/1.1 200 OK\r\n\r\n":
            handler.wfile.write(bytes([sign]))
            handler.wfile.flush()
            time.sleep(0.1)

    def rubbish(self, handler):
        handler.wfile.write(b"x" * 100_000)

    def redirect(self, handler):
        handler.send_response(302)
        handler.send_header("Location", self.url.replace("avisos", "otro"))
        handler.end_headers()

    def stop(self):
        """Die."""
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def receiver():
    """Return a receiver."""
    one = Receiver()
    yield one
    one.stop()
