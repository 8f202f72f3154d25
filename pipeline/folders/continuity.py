"""The numbers that an office's folders show, against the last one that the record gave.

A record that was lost, or brought back from an older copy, would give numbers again that stand on receipts.
The folders tell: a number there that is above the record's last one was given by a record that is gone.
Only the standard library is used.
"""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from pipeline.errors import EnvironmentFault
from pipeline.folders.places import ACCEPTED, CURE, DOING, DROP, RETURNED, Place, offices
from pipeline.journal.events import note
from pipeline.journal.port import Journal
from pipeline.letters.names import ASKED

BROUGHT_BACK, LOST = "brought-back", "number-lost"
"""Events: the record was restored, or begun anew after a loss; a number that only the folders know."""
_LAST = "SELECT year, last FROM numbers WHERE office = :office"
_RAISE = "UPDATE numbers SET last = :last WHERE office = :office AND year = :year AND last < :last"
_BEGIN = "INSERT INTO numbers (office, year, last) VALUES (:office, :year, :last)"


def unknown(journal: Journal, place: Place) -> tuple[str, ...]:
    """Return the numbers in the folders of *place* above the last one given; raise OSError if unreadable."""
    shown = sorted(set(_shown(place)))
    with journal.reading() as transaction:
        last = {row["year"]: row["last"] for row in transaction.all(_LAST, office=place.office)}
    return tuple(number for year, count, number in shown if count > last.get(year, 0))


def _shown(place: Place) -> Iterator[tuple[int, int, str]]:
    """Yield year, count and the whole of every number that begins the name of an entry."""
    number = re.compile(rf"({re.escape(place.office)}-(\d{{4}})-(\d{{6,9}}))(?:_|$)")
    for folder in (DOING, ACCEPTED, CURE, RETURNED):
        with suppress(FileNotFoundError), os.scandir(place.path / folder) as entries:
            for entry in entries:
                found = number.match(entry.name)
                if found and (folder != CURE or _told(Path(entry.path))):
                    yield int(found[2]), int(found[3]), found[1]


def _told(folder: Path) -> bool:
    """Tell whether we wrote in a *folder* of 4_SUBSANAR: one that a clerk made shows nothing."""
    return any((folder / name).is_file() for name in ASKED)


def older_than_the_folders(place: Place, lost: Sequence[str]) -> EnvironmentFault:
    """Return what is told of an office whose folders show the *lost* numbers: nothing is taken in there."""
    return EnvironmentFault(
        f"La oficina {place.office} tiene en sus carpetas el {lost[-1]}, que la base de datos no conoce: "
        "es más antigua que las carpetas, y repetiría números",
        "No se recibe nada de esta oficina. Restaure una copia más nueva con `ventanilla db restore`; si no "
        "la hay, siga tras el último número con `ventanilla db restore --without-copy`.",
    )


def away(journal: Journal, place: Place) -> bool:
    """Tell whether the folders of *place* are away though the record gave numbers there.

    Folders made in their stead would lie under the share when it is back, with all that was written there.
    """
    if (place.path / DROP).is_dir():
        return False
    with journal.reading() as transaction:
        return bool(transaction.all(_LAST, office=place.office))


def out_of_reach(offices_: Sequence[str]) -> EnvironmentFault:
    """Return what is told of offices whose folders cannot be reached; "" stands for the root of all."""
    named = "de todas las oficinas" if "" in offices_ else f"de {', '.join(offices_)}"
    return EnvironmentFault(
        f"Las carpetas {named} no están o no se pueden leer",
        "Lo que haya en ellas espera. Vuelva a conectar la carpeta compartida y mire sus permisos; si se "
        "han perdido para siempre, `ventanilla init` las hace de nuevo.",
    )


def ahead(journal: Journal, root: Path) -> Iterator[str]:
    """Yield in words the offices whose folders show numbers that the record does not know."""
    for place in _places(root):
        if lost := unknown(journal, place):
            what = f"{len(lost)} números de {place.office} están en sus carpetas y no en la base de datos"
            yield f"{what}: de {lost[0]} a {lost[-1]}"


def continue_numbers(journal: Journal, root: Path, at: dt.datetime) -> tuple[str, ...]:
    """Let every office's numbers go on after the last one its folders show; return those that are lost.

    The record says from then on that it was brought back: papers that no row knows may be all that is left
    of a case.
    """
    with journal.writing() as transaction:
        note(transaction, None, at, BROUGHT_BACK)
    lost: list[str] = []
    for place in _places(root):
        for number in unknown(journal, place):
            _raise_to(journal, place.office, number, at)
            lost.append(number)
    return tuple(lost)


def _places(root: Path) -> list[Place]:
    """Return the offices under *root*; folders that cannot be read tell nothing."""
    try:
        return list(offices(root))
    except OSError:
        return []


def _raise_to(journal: Journal, office: str, number: str, at: dt.datetime) -> None:
    """Note that *number* was given, though its case is not known."""
    year, last = (int(part) for part in number.rsplit("-", 2)[1:])
    with journal.writing() as transaction:
        if year in {row["year"] for row in transaction.all(_LAST, office=office)}:
            transaction.run(_RAISE, office=office, year=year, last=last)
        else:
            transaction.run(_BEGIN, office=office, year=year, last=last)
        note(transaction, None, at, LOST, number=number)
