"""The twenty places where the law can be read in two ways, explained beside the settings that decide them.

Source: docs/law.md section 11; the texts are `validators/law/ambiguities.yaml`, the defaults `Policy`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple, get_args, get_origin, get_type_hints

from validators.policy import Policy
from validators.tables import Table, read


class Said(NamedTuple):
    """The same sentence in Spanish and English."""

    es: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One field of the policy: its default, and what each value means (for a number, what it counts)."""

    name: str
    default: str
    readings: Mapping[str, Said]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ambiguity:
    """One number of section 11: the question, its article, what the readings change, the settings."""

    number: int
    title: Said
    question: Said
    effect: Said
    basis: str
    rules: tuple[str, ...]
    settings: tuple[Setting, ...]


@cache
def ambiguities() -> tuple[Ambiguity, ...]:
    """Return all ambiguities by number.

    Raises:
        TableError: the file breaks the format or names a setting or value that the policy does not have.
    """
    table = read(files("validators.law").joinpath("ambiguities.yaml"))
    named = table.expect("description", "checked_on", "ambiguities").table("ambiguities")
    return tuple(_ambiguity(number, named.table(number)) for number in sorted(named))


def of_rule(rule: str) -> tuple[Ambiguity, ...]:
    """Return the ambiguities that touch a rule."""
    return tuple(one for one in ambiguities() if rule in one.rules)


def _ambiguity(number: int, table: Table) -> Ambiguity:
    """Build one ambiguity."""
    table.expect("title", "question", "effect", "basis", "rules", "settings")
    return Ambiguity(
        number=number,
        title=_said(table, "title"),
        question=_said(table, "question"),
        effect=_said(table, "effect"),
        basis=table.text("basis"),
        rules=tuple(table.text("rules").split()),
        settings=tuple(_settings(table.table("settings"))),
    )


def _settings(table: Table) -> Iterator[Setting]:
    """Yield the settings of one ambiguity, refusing values that are not exactly those of the policy."""
    hints = get_type_hints(Policy)
    defaults = Policy()
    for name in table:
        readings = table.table(name)
        if name not in hints:
            raise table.wrong(f"{name!r} is no setting of the policy", name)
        values = get_args(hints[name]) if get_origin(hints[name]) is Literal else tuple(readings)
        if set(values) != set(readings) or not readings:
            raise readings.wrong(f"the values of {name!r} are {sorted(values)}")
        meant = {value: _said(readings, value) for value in values}
        yield Setting(name=name, default=str(getattr(defaults, name)), readings=meant)


def _said(table: Table, key: str) -> Said:
    """Return the sentence under *key*."""
    said = table.table(key).expect("es", "en")
    return Said(said.text("es"), said.text("en"))
