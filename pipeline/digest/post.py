"""The mail handed to the mail server: over a closed line, with an end to every wait and to all of them.

Before the line is closed anybody on the way may answer: what is read is bounded, and so is the whole time.
"""

from __future__ import annotations

import smtplib
import socket
import ssl
import threading
from contextlib import suppress
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, localtime
from io import BufferedReader

from pipeline.digest.chosen import Digest
from pipeline.digest.told import Mail
from pipeline.digest.written import html, text

_WHOLE = SMTP.clone(max_line_length=900)
"""Headers in one line: folded, a word with an accent loses the blank before it (CPython 3.11)."""
_ANSWERS = 1 << 20
"""Bytes of answers that are read of one line; a mail takes some hundred."""
_WAITS = 4
"""How many waits of `digest.seconds` a mail may take in all."""


class NotTakenError(Exception):
    """The mail server did not take the mail; the text is a word for why, with no address in it."""


def message(mail: Mail, chosen: Digest, address: str, language: str, name: str) -> EmailMessage:
    """Return the mail as it is sent to *address*; *name* makes it the same mail if it is sent twice."""
    made = EmailMessage(policy=_WHOLE)
    made["Subject"], made["From"], made["To"] = mail.subject, chosen.sender, address
    made["Date"] = format_datetime(localtime())
    made["Message-ID"] = f"<{name}@{chosen.sender.rpartition('@')[2]}>"
    made["Auto-Submitted"], made["Content-Language"] = "auto-generated", language
    made.set_content(text(mail))
    made.add_alternative(html(mail, language), subtype="html")
    return made


def post(chosen: Digest, made: EmailMessage) -> None:
    """Hand the mail over; raise NotTakenError if that fails."""
    try:
        with _line(chosen) as line:
            if chosen.user:
                line.login(chosen.user, chosen.password)
            line.send_message(made)
    except smtplib.SMTPRecipientsRefused as refused:
        code = next((code for code, _ in refused.recipients.values()), 0)
        raise NotTakenError(f"receiver-{code}") from None
    except smtplib.SMTPResponseException as error:
        raise NotTakenError(f"smtp-{error.smtp_code}") from None
    except ssl.SSLError:
        raise NotTakenError("tls") from None
    except smtplib.SMTPException as error:
        raise NotTakenError(type(error).__name__[:40]) from None
    except (OSError, ValueError):
        raise NotTakenError("no-answer") from None


class _Read:
    """What the mail server answers, up to a bound: a server could answer without end."""

    def __init__(self, file: BufferedReader) -> None:
        self._file, self._left = file, _ANSWERS

    def readline(self, size: int) -> bytes:
        """Return the next line; none after too many."""
        line = self._file.readline(size)
        self._left -= len(line)
        return line if self._left > 0 else b""

    def close(self) -> None:
        """Close the file."""
        self._file.close()


class _Bounded(smtplib.SMTP):
    """A line to a mail server of whose answers so much is read, for so long, and no more."""

    _over: threading.Event | None = None

    def getreply(self) -> tuple[int, bytes]:
        """Return the next answer; the first one begins the time that all of them have."""
        if self._over is None:
            self._over = threading.Event()
            threading.Thread(target=self._watch, args=(self._over,), daemon=True).start()
        if self.file is None and self.sock is not None:
            self.file = _Read(self.sock.makefile("rb"))
        return super().getreply()

    def close(self) -> None:
        """Close the line."""
        if self._over is not None:
            self._over.set()
        super().close()

    def _watch(self, over: threading.Event) -> None:
        """Cut the line when its time is over: a byte now and then would end no wait."""
        wait = self.timeout * _WAITS
        while not over.wait(wait):
            line = self.sock
            with suppress(OSError):
                if line is not None:
                    line.shutdown(socket.SHUT_RDWR)
            # while a line is being closed to others it is neither one socket nor the other
            wait = 1.0


class _Closed(_Bounded, smtplib.SMTP_SSL):
    """The same, closed to others from its first byte."""


def _line(chosen: Digest) -> smtplib.SMTP:
    """Return an open line to the mail server, closed to others as chosen."""
    host, port, seconds = chosen.host, chosen.port, chosen.seconds
    # the library would ask the network for this machine's whole name
    name = socket.gethostname()
    if chosen.security == "tls":
        context = _context(chosen)
        return _Closed(host, port, local_hostname=name, timeout=seconds, context=context)
    line = _Bounded(host, port, local_hostname=name, timeout=seconds)
    try:
        if chosen.security == "starttls":
            line.starttls(context=_context(chosen))
    except BaseException:
        line.close()
        raise
    return line


def _context(chosen: Digest) -> ssl.SSLContext:
    """Return whose word is believed on who the mail server is."""
    context = ssl.create_default_context()
    if chosen.certificates is not None:
        context.load_verify_locations(cafile=str(chosen.certificates))
    return context
