"""The numbers that an office's folders show, against the last one that the record gave.

A record that was lost, or brought back from an older copy, would give numbers again that stand on receipts.
The folders tell: a number there that is above the record's last one was given by a record that is gone.
"""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import sqlalchemy as sa

from pipeline.errors import EnvironmentFault
from pipeline.folders.places import ACCEPTED, CURE, DOING, RETURNED, Place, offices
from pipeline.store import Store
from pipeline.store.check import LOST, Found
from pipeline.store.events import record
from pipeline.store.schema import numbers

BROUGHT_BACK = "brought-back"
"""The event of a record that was restored, or begun anew after a loss."""


def unknown(store: Store, place: Place) -> tuple[str, ...]:
    """Return the numbers in the folders of *place* above the last one given; raise OSError if unreadable."""
    with store.read() as connection:
        rows = connection.execute(sa.select(numbers).where(numbers.c.office == place.office))
        last = {row.year: row.last for row in rows}
    shown = {(int(year), int(count), number) for year, count, number in _shown(place)}
    return tuple(number for year, count, number in sorted(shown) if count > last.get(year, 0))


def _shown(place: Place) -> Iterator[tuple[str, str, str]]:
    """Yield year, count and the whole of every number that begins the name of an entry."""
    number = re.compile(rf"({re.escape(place.office)}-(\d{{4}})-(\d{{6,9}}))(?:_|$)")
    for folder in (DOING, ACCEPTED, CURE, RETURNED):
        with suppress(FileNotFoundError), os.scandir(place.path / folder) as entries:
            for entry in entries:
                if found := number.match(entry.name):
                    yield found[2], found[3], found[1]


def refuse_to_number_again(store: Store, place: Place) -> None:
    """Raise EnvironmentFault if the folders of *place* show numbers that the record does not know."""
    lost = unknown(store, place)
    if lost:
        raise EnvironmentFault(
            f"La oficina {place.office} tiene en sus carpetas el {lost[-1]}, que la base de datos no conoce: "
            "es más antigua que las carpetas, y repetiría números",
            "No se recibe nada de esta oficina. Restaure una copia más nueva con `ventanilla db restore`.",
        )


def ahead(store: Store, root: Path) -> Iterator[Found]:
    """Yield the offices whose folders show numbers that the record does not know."""
    for place in _places(root):
        if lost := unknown(store, place):
            what = f"{len(lost)} números de {place.office} están en sus carpetas y no en la base de datos"
            yield Found(f"{what}: de {lost[0]} a {lost[-1]}")


def continue_numbers(store: Store, root: Path, at: dt.datetime) -> tuple[str, ...]:
    """Let every office's numbers go on after the last one its folders show; return those that are lost.

    The record says from then on that it was brought back: papers that no row knows may be all that is left
    of a case, and are kept.
    """
    with store.write() as connection:
        record(connection, None, at, BROUGHT_BACK)
    lost: list[str] = []
    for place in _places(root):
        for number in unknown(store, place):
            _raise_to(store, place.office, number, at)
            lost.append(number)
    return tuple(lost)


def _places(root: Path) -> list[Place]:
    """Return the offices under *root*; folders that cannot be read tell nothing."""
    try:
        return list(offices(root))
    except OSError:
        return []


def _raise_to(store: Store, office: str, number: str, at: dt.datetime) -> None:
    """Note that *number* was given, though its case is not known."""
    year, count = (int(part) for part in number.rsplit("-", 2)[1:])
    same = (numbers.c.office == office, numbers.c.year == year)
    with store.write() as connection:
        if connection.execute(sa.select(numbers.c.last).where(*same)).first() is None:
            connection.execute(sa.insert(numbers).values(office=office, year=year, last=count))
        else:
            connection.execute(sa.update(numbers).where(*same, numbers.c.last < count).values(last=count))
        record(connection, None, at, LOST, number=number)
