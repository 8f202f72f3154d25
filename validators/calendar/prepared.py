"""A first draft of a calendar whose list is not published yet: days by rule, Muslim feasts by estimate.

National holidays: RD 2001/1983 art. 45 and Ley 18/1987; movable ones from Easter. Which holiday of a Sunday
moves, and which one a city puts in its place, is decided each year and is not in here: a draft is never
verified, and every date that leans on it is provisional (docs/law.md, 7.2).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from validators.calendar.files import Year

SUNDAY = 6
_DAY = dt.timedelta(days=1)
_STATE = MappingProxyType(
    {
        (1, 1): "Año Nuevo",
        (1, 6): "Epifanía del Señor",
        (5, 1): "Fiesta del Trabajo",
        (8, 15): "Asunción de la Virgen",
        (10, 12): "Fiesta Nacional de España",
        (11, 1): "Todos los Santos",
        (12, 6): "Día de la Constitución",
        (12, 8): "Inmaculada Concepción",
        (12, 25): "Natividad del Señor",
    }
)
_OWN: Mapping[str, Mapping[tuple[int, int], str]] = MappingProxyType(
    {
        "ceuta": {(6, 13): "San Antonio", (8, 5): "Nuestra Señora de África", (9, 2): "Día de Ceuta"},
        "melilla": {(9, 8): "Virgen de la Victoria", (9, 17): "Día de Melilla"},
        "madrid": {
            (5, 2): "Fiesta de la Comunidad",
            (5, 15): "San Isidro",
            (11, 9): "Nuestra Señora de la Almudena",
        },
    }
)
_FEASTS = MappingProxyType({(10, 1): "Eid al-Fitr", (12, 10): "Eid al-Adha"})
"""By month and day of the Muslim year."""
_CITIES = frozenset({"ceuta", "melilla"})
_EPOCH = 227_014
"""Ordinal of the eve of the Muslim era, 16 July 622 of the Julian calendar less one day."""
DRAFT = "Draft by rule and estimate; the list for this year was not seen."


def prepared(place: str, year: int) -> Year:
    """Return the draft of a place's calendar, never verified; the days of the State for a place not known."""
    days = dict(_days(place, year))
    feasts = frozenset(day for day, name in days.items() if name in _FEASTS.values())
    return Year(
        place=place,
        year=year,
        verified=False,
        source=DRAFT,
        days=dict(sorted(days.items())),
        estimated=feasts,
    )


def _days(place: str, year: int) -> Iterator[tuple[dt.date, str]]:
    """Yield the days of a draft; a holiday on a Sunday is left out."""
    if place == "state":
        yield easter(year) - 2 * _DAY, "Viernes Santo"
    else:
        yield easter(year) - 3 * _DAY, "Jueves Santo"
    for (month, day), name in (_STATE if place == "state" else _OWN.get(place, {})).items():
        found = dt.date(year, month, day)
        if found.weekday() != SUNDAY:
            yield found, name
    if place in _CITIES:
        yield from ((day, name) for day, name in muslim_feasts(year) if day.weekday() != SUNDAY)


def easter(year: int) -> dt.date:
    """Return Easter Sunday by the Gregorian reckoning (Meeus, Jones and Butcher)."""
    golden, century, in_century = year % 19, year // 100, year % 100
    skipped = century - century // 4 - (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + skipped + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (in_century // 4) - epact - in_century % 4) % 7
    late = (golden + 11 * epact + 22 * week) // 451
    month, day = divmod(epact + week - 7 * late + 114, 31)
    return dt.date(year, month, day + 1)


def muslim_feasts(year: int) -> Iterator[tuple[dt.date, str]]:
    """Yield the two feasts of the cities in a year by the tabular calendar; the moon may differ by a day."""
    for muslim in range((year - 622) * 33 // 32 - 1, (year - 622) * 33 // 32 + 3):
        for (month, day), name in _FEASTS.items():
            found = dt.date.fromordinal(_tabular(muslim, month, day))
            if found.year == year:
                yield found, name


def _tabular(year: int, month: int, day: int) -> int:
    """Return the ordinal of a day of the tabular Muslim calendar: thirty years have eleven leap days."""
    return _EPOCH + day + (59 * (month - 1) + 1) // 2 + (year - 1) * 354 + (3 + 11 * year) // 30
