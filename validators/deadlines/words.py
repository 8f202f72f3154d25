"""Days, places and calendars in the three languages, for the sentences beside a date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from validators.calendar import STATE, DayOff, Year
from validators.finding import Text
from validators.provinces import name_of_slug

_LANGUAGES = ("es", "gl", "en")
_PLACES: Mapping[str, Text] = MappingProxyType(
    {
        STATE: Text("Estado", "Estado", "State"),
        "register": Text("registro electrónico", "rexistro electrónico", "electronic register"),
    }
)
_OF_THE = Text("del {}", "do {}", "of the {}")
_OF = Text("de {}", "de {}", "of {}")
_AND = Text(" y ", " e ", " and ")
_VERIFIED = Text("verificado", "verificado", "verified")
_ESTIMATED = Text("provisional", "provisional", "provisional")
_WORKING = (
    Text("1 día hábil", "1 día hábil", "1 working day"),
    Text("{n} días hábiles", "{n} días hábiles", "{n} working days"),
)
_MONTHS = (Text("1 mes", "1 mes", "1 month"), Text("{n} meses", "{n} meses", "{n} months"))
_COUNTED = Text(
    "{days}, del {first} al {last}; no cuentan los sábados ni los domingos{feasts}.",
    "{days}, do {first} ao {last}; non contan os sábados nin os domingos{feasts}.",
    "{days}, from {first} to {last}; Saturdays and Sundays{feasts} do not count.",
)
_WITH_SATURDAYS = Text(
    "{days}, del {first} al {last}; no cuentan los domingos{feasts}.",
    "{days}, do {first} ao {last}; non contan os domingos{feasts}.",
    "{days}, from {first} to {last}; Sundays{feasts} do not count.",
)
_FEASTS = Text(" ni {list}", " nin {list}", " and {list}")


def working(days: int) -> Text:
    """Return a number of working days in words."""
    return _number(days, _WORKING)


def months(number: int) -> Text:
    """Return a number of months in words."""
    return _number(number, _MONTHS)


def place(name: str) -> Text:
    """Return the name of a place; a province by its own."""
    if name in _PLACES:
        return _PLACES[name]
    own = name_of_slug(name)
    return Text(own, own, own)


def of_places(names: Iterable[str]) -> Text:
    """Return several places with their preposition: "del Estado y de Ceuta"."""
    shapes = [(_OF_THE if name in _PLACES else _OF, place(name)) for name in names]
    each = [Text(*(of.format(own) for of, own in zip(*shape, strict=True))) for shape in shapes]
    return Text(*(_listed([text[at] for text in each], _AND[at]) for at in range(len(_LANGUAGES))))


def doubts(reasons: Iterable[str]) -> Text:
    """Return what makes a date provisional (`ceuta 2027`, `ceuta 10/03/2027`), its place in words."""
    parts = (reason.partition(" ") for reason in reasons)
    return _joined([_each(place(name), f" {rest}".rstrip()) for name, _, rest in parts])


def with_name(text: Text, name: str | None) -> Text:
    """Return a text with a name behind it, where there is one; the name alone where the text is empty."""
    return Text(*(", ".join(part for part in (one, name) if part) for one in text))


def calendars(used: Iterable[Year], *, marked: bool = True) -> Text:
    """Return the calendars that a count used, each verified or provisional where *marked*."""
    said = []
    for year in used:
        mark = _VERIFIED if year.verified else _ESTIMATED
        named = zip(place(year.place), mark, strict=True)
        said.append(Text(*(f"{name} {year.year}" + (f" ({of})" if marked else "") for name, of in named)))
    return _joined(said)


def counting(days: int, first: dt.date, last: dt.date, off: Iterable[DayOff], *, saturdays: bool) -> Text:
    """Return a count as a letter tells it: how many days, from when to when, which holidays do not count."""
    feasts = [day for day in off if day.why == "holiday" and day.date.weekday() < (6 if saturdays else 5)]
    listed = ", ".join(f"{day.date:%d/%m/%Y} ({day.name})" for day in feasts)
    shape = _WITH_SATURDAYS if saturdays else _COUNTED
    return Text(
        *(
            sentence.format(
                days=days_,
                first=f"{first:%d/%m/%Y}",
                last=f"{last:%d/%m/%Y}",
                feasts=more.format(list=listed) if listed else "",
            )
            for sentence, days_, more in zip(shape, working(days), _FEASTS, strict=True)
        )
    )


def by_language(**texts: Text) -> dict[str, Any]:
    """Return texts as the blanks of a reason: `days=...` fills `{days_es}`, `{days_gl}` and `{days_en}`."""
    return {
        f"{name}_{language}": said
        for name, text in texts.items()
        for language, said in zip(_LANGUAGES, text, strict=True)
    }


def _number(number: int, shapes: tuple[Text, Text]) -> Text:
    """Return one or several of something."""
    return Text(*(shape.format(n=number) for shape in shapes[number != 1]))


def _each(text: Text, more: str) -> Text:
    """Return a text with the same words behind it in every language."""
    return Text(*(f"{one}{more}" for one in text))


def _joined(texts: list[Text]) -> Text:
    """Return several texts as one, one after the other."""
    return Text(*(", ".join(text[at] for text in texts) for at in range(len(_LANGUAGES))))


def _listed(parts: list[str], last: str) -> str:
    """Return parts as people list them, the last one behind its own word."""
    return last.join([", ".join(parts[:-1]), parts[-1]]) if parts[1:] else "".join(parts)
