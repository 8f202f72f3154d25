"""The events of a case's life as an example writes them: each with its day, and its details beside it.

`events: [{signed: 2026-05-05}, {quota_paid: 2026-06-03, month: 2026-05, amount: "60.00"}]`
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from validators.life import Event, Kind, event
from validators.tables import Table


def happenings(given: Table, word: str) -> tuple[Event, ...]:
    """Return the events that stand under *word*, numbered as a record numbers them (`e1`...).

    Raises:
        TableError: an item is no event, or one of its details is missing or of another sort.
    """
    raw = given[word]
    if not isinstance(raw, list):
        raise given.wrong("a list of events is needed", word)
    return tuple(_events(given, word, raw))


def _events(given: Table, word: str, raw: list[Any]) -> Iterator[Event]:
    """Yield the events of a list."""
    for number, item in enumerate(raw, 1):
        if not isinstance(item, Table):
            raise given.wrong("an event is written {event: day, detail: value}", word)
        kinds = [key for key in item if key in set(Kind)]
        if len(kinds) != 1 or not isinstance(item[kinds[0]], dt.date):
            raise item.wrong(f"one event with its day is needed, of {', '.join(Kind)}")
        said = {key: _text(value) for key, value in item.items() if key != kinds[0]}
        try:
            yield event(kinds[0], item[kinds[0]], said, f"e{number}")
        except ValueError as error:
            raise item.wrong(str(error)) from None


def _text(value: Any) -> str:
    """Return a detail as the words that make an event."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
