"""Paper to measure the reading of pictures with: forms, certificates and cards of the family that proves.

No face, layout, look or damage here is one that a reader was tuned on.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from random import Random

from desk.demo.editions import Widget, editions
from desk.demo.forms import Value
from fixtures import cards, faces, people
from fixtures.cards import Sides
from fixtures.certificates import HELD_OUT, Paper, draw
from fixtures.filled import filled_by
from fixtures.people import TOWNS, human
from fixtures.record import Entry, Record
from fixtures.wording import ADJECTIVES, LANGUAGES

FILED_ON = dt.date(2026, 3, 16)
_DAY = dt.timedelta(days=1)
_TOWN = {"es": "Málaga", "gl": "Vigo", "ca": "Lleida", "eu": "Bilbao"}
_FLOORS = ("1", "2", "5", "Bajo", "1º", "3º", "Ático", "Entlo.", "10")
_LETTERS = "abcdlmnprs"
_DOORS = ("A", "B", "Dcha", "Izq", "C", "2ª", "4", "F")
_STREETS = ("de la Constitución", "Marina Española", "Rúa do Príncipe", "Güell", "C/ Real", "Gral. Yagüe")
_HOSTS = ("correo.example", "gmail.com", "hotmail.es", "telefonica.net", "xunta.gal")
_PROCEDURES = ("Convenio especial de prestación de asistencia sanitaria", "Asistencia sanitaria", "Alta")


def typed(seed: int, number: int) -> Paper:
    """Return form *number*: printed or typed, densely filled."""
    chance = Random(f"{seed} typed {number}")
    edition = sorted(editions())[number % len(editions())]
    writing: faces.Writing = "typewriter" if chance.random() < 0.4 else "print"
    return filled_by(chance, edition, entered(chance, edition), writing, "test")


def by_hand(seed: int, number: int) -> Paper:
    """Return form *number*, filled by hand."""
    chance = Random(f"{seed} hand {number}")
    edition = sorted(editions())[number % len(editions())]
    return filled_by(chance, edition, entered(chance, edition), "hand", "test")


def entered(chance: Random, edition: str) -> dict[str, Value]:
    """Return something for most places of a form, whole blocks of people left out now and then."""
    groups: dict[str, list[Widget]] = {}
    for widget in editions()[edition]:
        groups.setdefault(widget.field, []).append(widget)
    left_out = _left_out(chance, groups)
    found: dict[str, Value] = {}
    for name, widgets in groups.items():
        if name.rsplit(".", 1)[0] in left_out:
            continue
        if (value := _value(chance, name, widgets)) is not None:
            found[name] = value
    return found


def _left_out(chance: Random, groups: dict[str, list[Widget]]) -> set[str]:
    """Return the blocks that stay empty; of beneficiaries the last ones."""
    blocks = {name.rsplit(".", 1)[0] for name in groups if "." in name and not name.startswith("signature")}
    kept = chance.randint(0, 3)
    return {
        block
        for block in sorted(blocks)
        if (int(block[-1]) >= kept if block.startswith("beneficiaries") else chance.random() < 0.25)
    }


def _value(chance: Random, name: str, widgets: list[Widget]) -> Value | None:
    """Return a value for one field, or nothing."""
    first, part = widgets[0], name.rsplit(".", 1)[-1]
    choices = [slug for widget in widgets for slug in widget.export.values()]
    if first.kind == "sig":
        return chance.random() < 0.7 or None
    if choices:
        if choices == ["true"]:
            return chance.random() < 0.5 or None
        return chance.choice(choices) if chance.random() < 0.8 else None
    if part == "given_name" or chance.random() < 0.85:
        return _WRITE[part](chance) if part in _WRITE else _write_day(chance, part)
    return None


def _write_day(chance: Random, part: str) -> dt.date:
    """Return a day: of birth, or of a signature."""
    first, last = (dt.date(1935, 1, 1), dt.date(2020, 12, 31))
    if part != "birth_date":
        first, last = FILED_ON - 400 * _DAY, FILED_ON
    return people.day_between(chance, first, last)


def _surname(chance: Random) -> str:
    """Return a surname."""
    return chance.choice(people.SURNAMES[chance.choice(sorted(people.SURNAMES))])


def _number(chance: Random) -> str:
    """Return a number of a card or of a passport."""
    return chance.choice((people.national_number, people.foreign_number))(chance)


def _affiliation(chance: Random) -> str:
    """Return an affiliation number to the social security, whose last two figures are its check digits."""
    body = 51 * 10**8 + chance.randint(10**7, 10**8 - 1)
    return f"{body}{body % 97:02d}"


_WRITE: dict[str, Callable[[Random], Value]] = {
    "first_surname": _surname,
    "second_surname": _surname,
    "given_name": lambda chance: chance.choice(people.GIVEN[chance.choice("FM")]),
    "id_number": _number,
    "street_type": lambda chance: chance.choice(("Calle", "Avenida", "Plaza", "Rúa", "C/", "Paseo")),
    "street_name": lambda chance: chance.choice((*_STREETS, chance.choice(people.STREETS)[1])),
    "number": lambda chance: chance.choice((str(chance.randint(1, 240)), "s/n", "12 bis")),
    "block": lambda chance: chance.choice(("3", "B", "12")),
    "stair": lambda chance: chance.choice(("A", "1", "Izq")),
    "floor": lambda chance: chance.choice(_FLOORS),
    "door": lambda chance: chance.choice(_DOORS),
    "postal_code": lambda chance: f"{chance.randint(1, 52):02d}{chance.randint(0, 999):03d}",
    "city": lambda chance: chance.choice(sorted(TOWNS)),
    "email": lambda chance: f"p.{chance.choice(_LETTERS)}{chance.randint(1, 9999)}@{chance.choice(_HOSTS)}",
    "mobile": lambda chance: f"{chance.choice('67')}{chance.randint(0, 99_999_999):08d}",
    "phone": lambda chance: f"9{chance.randint(10**7, 10**8 - 1)}",
    "iban": people.account,
    "nationality": lambda chance: chance.choice(sorted(ADJECTIVES["es"].values())).capitalize(),
    "social_security_number": _affiliation,
    "annual_income": lambda chance: Decimal(chance.randint(0, 3_000_000)).scaleb(-2),
    "province": lambda chance: chance.choice(("Ceuta", "Melilla", "Cádiz", "A Coruña")),
    "place": lambda chance: chance.choice(sorted(TOWNS)),
    "procedure": lambda chance: chance.choice(_PROCEDURES),
}


def certificate(seed: int, number: int) -> Paper:
    """Return certificate *number*: a layout that nobody tuned a reader on, in one of four languages."""
    chance = Random(f"{seed} certificate {number}")
    layout = sorted(HELD_OUT)[number % len(HELD_OUT)]
    language = LANGUAGES[number // len(HELD_OUT) % len(LANGUAGES)]
    town = _TOWN[language]
    record = Record(
        human=human(chance, town),
        municipality=town,
        province=TOWNS[town][0],
        issued_on=FILED_ON - _DAY * chance.randint(1, 60),
        entries=tuple(_stays(chance)),
        csv="" if chance.random() < 0.5 else f"{chance.randrange(16**12):012X}",
        signed=chance.random() < 0.8,
    )
    with faces.family("test"):
        return draw(chance, layout, record, language)


def _stays(chance: Random) -> Iterator[Entry]:
    """Yield one to three stays, the last without an end, or now and then with one."""
    at = FILED_ON - _DAY * chance.randint(2500, 5000)
    count = chance.choice((1, 1, 2, 2, 3))
    for number in range(count):
        cause = "abroad" if number == 0 else chance.choice(("residence_change", "omission"))
        origin = {"abroad": "MAR", "residence_change": "Ceuta"}.get(cause)
        stay = Entry(since=at, cause_in=cause, origin=origin)
        at += _DAY * chance.randint(20, 800)
        if number < count - 1 or chance.random() < 0.15:
            gone = chance.choice(("residence_change", "expiry"))
            stay = replace(stay, until=at, cause_out=gone)
            at += _DAY * chance.randint(1, 300)
        yield stay


def card(seed: int, number: int) -> Paper:
    """Return card or passport *number*: both sides or the one for machines, on a sheet or alone."""
    chance = Random(f"{seed} card {number}")
    kind: cards.Kind = ("tie", "dni", "passport")[number % 3]
    sides: Sides = chance.choice(("both", "both", "back"))
    someone = human(chance, "Ceuta", "ESP" if kind == "dni" else None)
    until = FILED_ON + _DAY * chance.randint(30, 3500)
    return cards.card(chance, kind, someone, until, sides=sides, alone=chance.random() < 0.4, family="test")
