"""What of a log record may be said: our own sentences without what looks like a person's, of others the kind.

Our messages are constants whose blanks are ids, kinds and counts, which a test holds them to. What looks like
an identity number, an account, an address or a file that somebody handed in is covered besides. A library's
message may quote the paper it reads: of it only the logger, the level and the kind of error are kept.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Mapping
from typing import NamedTuple

from pipeline.logs.plainly import kind, told_plainly

OURS = frozenset({"pipeline", "extractors", "validators", "flows", "desk", "ventanilla"})
"""The loggers whose sentences are our own."""
FIELDS = frozenset(
    {"case", "number", "office", "procedure", "queue", "door", "method", "status", "milliseconds", "count"}
)
"""What may be told besides a sentence; anything else given with a record is left out."""
LONGEST = 600
"""Characters of a sentence; a line is read in one look, and a disk is not filled by one."""
COVERED = "***"
_ULID = r"\b[0-9A-HJKMNP-TV-Z]{26}\b"
_NUMBER = r"\b[A-Z][A-Z0-9]{1,11}-\d{4}-\d{6}\b"
_DAY = r"\b\d{4}-\d{2}-\d{2}\b"
_PERSONS = (
    r"(?<=[1-5]_)(?:ENTRADA|EN_CURSO|ACEPTADO|SUBSANAR|DEVUELTO)/.*",
    r"[^\s@]+@[^\s@]+",
    r"\b[XYZxyz]?[-.\s]?\d(?:[.\s]?\d){6,7}[-.\s]?[A-Za-z]\b",
    r"\b[A-Za-z]{2}\d{2}(?:[\s-]?[A-Za-z0-9]{4}){3,7}\b",
    r"\b[A-Za-z]{2,3}\d{6,7}[A-Za-z]?\b",
    r"\b\d(?:[\s./-]?\d){8,}\b",
)
"""Files as handed in, e-mail, DNI and NIE, accounts, passports, telephones and numbers of social security."""
_LOOKS = re.compile(f"(?P<kept>{_ULID}|{_NUMBER}|{_DAY})|{'|'.join(_PERSONS)}")
_SIMPLE = re.compile(r"[A-Za-z0-9._:/{}<>-]{1,80}")
_WARNING = re.compile(r"\b\w*Warning\b")


class Line(NamedTuple):
    """What is said: the sentence, empty for a library's; the kind of error, if any; the fields."""

    text: str
    kind: str
    fields: Mapping[str, str | int | float]


def said(record: logging.LogRecord) -> Line:
    """Return what of *record* may be said."""
    ours = record.name.partition(".")[0] in OURS
    text = _told(record) if ours else ""
    return Line(text, _kind(record, ours=ours), {**_ids(text), **_fields(record)})


def _told(record: logging.LogRecord) -> str:
    """Return a message of ours as it may be kept; whoever asks for VENTANILLA_DEBUG is told all of it."""
    text = _sentence(record)
    return text if os.environ.get("VENTANILLA_DEBUG") else covered(text)


def covered(text: str) -> str:
    """Return *text* on one line, of bounded length, without what looks like a person's."""
    line = " ".join("".join(one if one.isprintable() else " " for one in text[: 4 * LONGEST]).split())
    return _LOOKS.sub(lambda found: found["kept"] or COVERED, line)[:LONGEST]


def _sentence(record: logging.LogRecord) -> str:
    """Return a message of ours with its blanks filled in; an error fills one with its kind."""
    blanks = record.args if isinstance(record.args, tuple) else ()
    told = tuple(kind(one) if isinstance(one, BaseException) else one for one in blanks)
    pattern = kind(record.msg) if isinstance(record.msg, BaseException) else str(record.msg)
    try:
        return pattern % told if told else pattern
    except (TypeError, ValueError):  # a message that is wrongly made must not stop who makes it
        return pattern


def _kind(record: logging.LogRecord, *, ours: bool) -> str:
    """Return the kind of error or of warning that a record tells of, empty if none."""
    error = record.exc_info[1] if record.exc_info else None
    if error is not None:
        return told_plainly(error)
    if isinstance(record.msg, BaseException):
        return kind(record.msg)
    if record.name == "py.warnings":
        found = _WARNING.search(record.getMessage())
        return found[0] if found else "Warning"
    blanks = record.args if not ours and isinstance(record.args, tuple) else ()
    return next((kind(one) for one in blanks if isinstance(one, BaseException)), "")


def _ids(text: str) -> dict[str, str]:
    """Return the first case and the first number that a sentence names, to be looked for."""
    case, number = re.search(_ULID, text), re.search(_NUMBER, text)
    return {**({"case": case[0]} if case else {}), **({"number": number[0]} if number else {})}


def _fields(record: logging.LogRecord) -> dict[str, str | int | float]:
    """Return the fields that were given with a record, those of the list that are plain words or numbers."""
    given = {name: value for name, value in record.__dict__.items() if name in FIELDS}
    return {name: value for name, value in given.items() if _plain(value)}


def _plain(value: object) -> bool:
    """Whether a value is a number, or a word that can be nobody's name with its blanks and accents."""
    return isinstance(value, int | float) or (isinstance(value, str) and bool(_SIMPLE.fullmatch(value)))
