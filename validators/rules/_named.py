"""Whether a paper of no known kind names another home, or other people, than those of the case.

A bill, a lease or a covering letter needs no reading where it speaks of the form's own home and people; a
home elsewhere may end the residence (Orden SSI/1475/2014, art. 2); somebody else's papers are another case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from validators.facts import Address, Application, Mention, Person
from validators.identity import full_name, name_parts
from validators.numbers import plain

_POSTAL = re.compile(r"(?<![\w.])\d{5}(?!\w)")
_AGREE = 2
"""Words of a name that two people do not share by a surname alone."""
_PROVINCE = 2
"""Figures of a postal code that tell the province."""


def another_home(application: Application, mention: Mention) -> bool:
    """Whether one of the places of *mention* is not surely in the town, or street, of a home of the case."""
    homes = [*_homes(application)]
    return any(not any(_same(place, home) for home in homes) for place in mention.places)


def other_people(application: Application, mention: Mention) -> bool:
    """Whether somebody's papers are sent who has no part in the case, or only strangers' numbers are told."""
    people = [*_people(application)]
    names = [{*name_parts(full_name(person))} for person in people]
    numbers = {plain(one.id_number.value) for one in people if one.id_number and one.id_number.value}
    strange = any(
        all(len(own.intersection(name_parts(name))) < _AGREE for own in names) for name in mention.people
    )
    told = {plain(number) for number in mention.numbers}
    return strange or bool(told and not told & numbers)


def _same(place: str, home: Address) -> bool:
    """Whether a line is of *home*'s town: by its postal code, else by its name, or street and number."""
    value = {name: part.value for name, part in home.parts.items() if part and part.value}
    codes = _POSTAL.findall(place)
    if codes and value.get("postal_code"):
        return any(code[:_PROVINCE] == value["postal_code"].strip()[:_PROVINCE] for code in codes)
    words = set(name_parts(place))
    town, street, number = (set(name_parts(value.get(name))) for name in ("city", "street_name", "number"))
    return bool(town and town <= words) or bool(street and number and street | number <= words)


def _homes(application: Application) -> Iterator[Address]:
    """Yield the homes and places for notices of the forms."""
    for form in application.convenio:
        yield from (form.address, form.notification_address, form.representative_address)
    yield from (form.address for form in application.asistencia)


def _people(application: Application) -> Iterator[Person]:
    """Yield everybody who has a part in the case."""
    yield application.applicant
    for form in application.convenio:
        yield from (form.applicant, form.representative, form.account_holder)
    for asked in application.asistencia:
        yield from (asked.holder, asked.representative, asked.previous_holder)
        yield from (one.person for one in asked.beneficiaries)
