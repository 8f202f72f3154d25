"""Templates filled in. Data never become markup: HTML is escaped, plain text is kept to its line."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")
_BOM = "\ufeff"


@cache
def _environment() -> Environment:
    """Return the templates of this package."""
    environment = Environment(
        loader=PackageLoader("pipeline.letters"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"line": line, "day": day, "moment": moment, "since": since}
    return environment


def render(template: str, **words: object) -> bytes:
    """Return the file that *template* makes of *words*: `.txt` with BOM and CRLF for Notepad."""
    text = _environment().get_template(template).render(**words)
    if template.endswith(".txt"):
        text = _BOM + text.replace("\n", "\r\n")
    return text.encode("utf-8", "replace")


def line(value: object) -> str:
    """Return *value* on one line: names from outside may hold breaks that would forge lines of ours."""
    return _BREAKS.sub(" ", str(value)).strip()


def day(value: dt.date) -> str:
    """Return a date as Spain writes it."""
    return f"{value:%d/%m/%Y}"


def since(value: dt.datetime, now: dt.datetime) -> str:
    """Return the hour of *value*, with its day if that is not today's."""
    return f"{value:%H:%M}" if value.date() == now.date() else f"{value:%H:%M del %d/%m/%Y}"


def moment(value: dt.datetime) -> str:
    """Return a moment with its offset from UTC."""
    offset = f"{value:%z}"
    return f"{value:%d/%m/%Y %H:%M:%S} (UTC{offset[:3]}:{offset[3:5]})"
