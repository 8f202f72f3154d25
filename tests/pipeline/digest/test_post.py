"""A mail server that is none: what it answers is bounded, and so is the time it may take."""

import itertools
import socket
import threading
from email.message import EmailMessage

import pytest

from pipeline.digest.chosen import Digest
from pipeline.digest.post import NotTakenError, post


def endless():
    """Yield an answer that never ends."""
    yield b"220-"
    yield from itertools.repeat(b"x\r\n220-" * 1000)


def slow(gone):
    """Yield an answer a byte at a time, each just before the wait for it would end."""
    while not gone.wait(0.05):
        yield b"2"


def answering(listening, pieces):
    """Answer one line, until who is there goes."""
    line, _ = listening.accept()
    with line:
        try:
            for piece in pieces:
                line.sendall(piece)
        except OSError:
            return


@pytest.mark.parametrize("kind", ["endless", "slow"])
def test_a_server_that_answers_without_end_holds_nobody_up(kind):
    """A bound of bytes ends the one, a bound of time the other."""
    gone = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        pieces = endless() if kind == "endless" else slow(gone)
        answers = threading.Thread(target=answering, args=(listening, pieces), daemon=True)
        answers.start()
        port = listening.getsockname()[1]
        chosen = Digest(host="127.0.0.1", port=port, security="none", sender="v@example.org", seconds=0.2)

        with pytest.raises(NotTakenError):
            post(chosen, EmailMessage())

        gone.set()
        answers.join(10)
        assert not answers.is_alive()
