"""Whom a paper names, by the numbers of their documents: one person, another, or both.

People who only share a name are not the same: without the number nobody is taken for the person asked about.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from validators.numbers import plain

Whose = Literal["own", "shared", "other", "unknown"]
"""Of the person alone; of several, the person among them; of others; nobody's number was read."""
_NUMBERS = frozenset({"id_number", "number", "passport_number"})
_NAMES = frozenset({"first_surname", "second_surname", "given_name", "surnames", "name", "holder_name"})
ROLES: Mapping[str, str] = MappingProxyType(
    {
        "applicant": "solicitante",
        "holder": "solicitante",
        "represented": "persona representada",
        "representative": "representante",
        "beneficiaries": "beneficiario",
        "previous_holder": "titular anterior",
        "account": "titular de la cuenta",
        "declarant": "declarante",
        "residents": "empadronado en el mismo domicilio",
        "people": "miembro de la familia",
        "person": "persona del documento",
    }
)

_APART = frozenset(ROLES) - {"person", "account", "declarant"}
"""Places of a person of their own: whatever stands there is somebody's, even where their name is not read."""


class Named(NamedTuple):
    """Somebody whom a paper names: in which place of it, and by which numbers, none if none was read."""

    place: str
    numbers: frozenset[str]


def people(paper: Mapping[str, Any]) -> tuple[Named, ...]:
    """Return the people whom a paper of a report names."""
    groups: dict[str, set[str]] = {}
    for key, field in paper["fields"].items():
        for place, name, value in _parts(key, field.get("value")):
            if name in _NUMBERS and _is_number(value):
                groups.setdefault(place, set()).add(plain(str(value)))
        # what was seen and could not be read is somebody's, too
        for place, name, value in _parts(key, field.get("value") or field.get("text")):
            if value and (name in _NAMES or place.partition(".")[0] in _APART):
                groups.setdefault(place, set())
    return tuple(Named(place, frozenset(numbers)) for place, numbers in groups.items())


def whose(paper: Mapping[str, Any], number: str) -> Whose:
    """Return of whom a paper is, seen from the person of that *number* (`validators.numbers.plain`)."""
    found = people(paper)
    own = [one for one in found if number in one.numbers]
    if own:
        return "own" if len(own) == len(found) else "shared"
    return "other" if any(one.numbers for one in found) else "unknown"


def roles(paper: Mapping[str, Any], number: str) -> Iterator[str]:
    """Yield as what the person of that number stands in a paper."""
    for one in people(paper):
        if number in one.numbers:
            yield ROLES.get(one.place.partition(".")[0], ROLES["person"])


def own_fields(paper: Mapping[str, Any], number: str) -> dict[str, Any]:
    """Return what a paper says of the person alone: the values of the places that bear the number."""
    places = {one.place for one in people(paper) if number in one.numbers}
    told: dict[str, Any] = {}
    for key, field in paper["fields"].items():
        value = field.get("value")
        if isinstance(value, list):
            told |= {f"{key}.{n}": one for n, one in enumerate(value) if f"{key}.{n}" in places}
        elif value is not None and any(_under(key, place) for place in places):
            told[key] = value
    return told


def _under(key: str, place: str) -> bool:
    """Whether a field belongs to somebody's place; those of a card stand without any."""
    lead, _, _ = key.rpartition(".")
    return key.startswith(f"{place}.") or (place == "person" and not lead)


def _parts(key: str, value: Any) -> Iterator[tuple[str, str, Any]]:
    """Yield place, name and value of each thing that a field says of somebody."""
    if isinstance(value, list):
        for n, one in enumerate(value):
            if isinstance(one, Mapping):
                yield from ((f"{key}.{n}", name, inner) for name, inner in one.items())
        return
    place, _, name = key.rpartition(".")
    if not place.endswith("address"):
        yield place or "person", name, value


def _is_number(value: Any) -> bool:
    """Whether a value can be the number of a document."""
    return isinstance(value, str) and any(sign.isdigit() for sign in value)
