"""The mail handed to the mail server: over a closed line, with an end to every wait."""

from __future__ import annotations

import smtplib
import socket
import ssl
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, localtime

from pipeline.digest.chosen import Digest
from pipeline.digest.told import Mail
from pipeline.digest.written import html, text

_WHOLE = SMTP.clone(max_line_length=900)
"""Headers in one line: folded, a word with an accent loses the blank before it (CPython 3.11)."""


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


def _line(chosen: Digest) -> smtplib.SMTP:
    """Return an open line to the mail server, closed to others as chosen."""
    host, port, seconds = chosen.host, chosen.port, chosen.seconds
    # the library would ask the network for this machine's whole name
    name = socket.gethostname()
    if chosen.security == "tls":
        context = _context(chosen)
        return smtplib.SMTP_SSL(host, port, local_hostname=name, timeout=seconds, context=context)
    line = smtplib.SMTP(host, port, local_hostname=name, timeout=seconds)
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
