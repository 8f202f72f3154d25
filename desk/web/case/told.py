"""Fields, values and flags of papers in the words of whoever looks; what has no words is shown as it is."""

from __future__ import annotations

import datetime as dt
from typing import Any

from desk.web.words import Speaker


def field_name(say: Speaker, name: str) -> str:
    """Return the name of a field, or of what the text mentions."""
    return say(f"fields.{name}") if say.has(f"fields.{name}") else say("case.mention", name=name)


def kind_name(say: Speaker, kind: str) -> str:
    """Return the name of a kind of paper."""
    return say(f"kinds.{kind}") if say.has(f"kinds.{kind}") else kind


def flag(say: Speaker, code: str) -> str:
    """Return what is odd about a paper."""
    return say(f"flags.{code}") if say.has(f"flags.{code}") else code


def word(say: Speaker, code: str) -> str:
    """Return a word of a closed list."""
    return say(f"values.{code}") if say.has(f"values.{code}") else code


def value(say: Speaker, one: Any) -> str:
    """Return a value as people write it: days dd/mm/aaaa, closed lists in words, rows by their number."""
    if one is None:
        return say("values.null")
    if isinstance(one, bool):
        return say("values.true" if one else "values.false")
    if isinstance(one, list):
        rows = any(isinstance(row, dict) for row in one)
        return say("case.rows", count=len(one)) if rows else ", ".join(value(say, each) for each in one)
    text = str(one)
    return _day(text) or word(say, text)


def share(certainty: float) -> str:
    """Return a certainty as a percentage, never rounded up: 99 % is not sure."""
    return f"{int(certainty * 100)} %"


def _day(text: str) -> str | None:
    """Return an ISO day as people write it, None for any other text."""
    try:
        return f"{dt.date.fromisoformat(text):%d/%m/%Y}" if len(text) == len("2026-03-16") else None
    except ValueError:
        return None
