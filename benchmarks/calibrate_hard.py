"""What readers find hard in known forms: short parts of addresses, identifiers, mails, accents, odd names.

Forms filled with it hold these values far more often than an office's do: a row of the map is judged by its
own share of wrong values, so it is met often enough, and no other row gains by that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from random import Random

from extractors.vocabulary import loaded
from fixtures import people

_LISTS: Mapping[str, Sequence[str]] = loaded(Path(__file__).with_suffix(".yaml").read_text("utf-8"))


def something(chance: Random, leaf: str) -> str | None:
    """Return a hard value by lot for the last part of a field's name, None for a field that has none."""
    return _BY_LEAF[leaf](chance) if leaf in _BY_LEAF else None


def _one(name: str) -> Callable[[Random], str]:
    """Return what draws one of the list *name*, now and then all in capitals."""

    def drawn(chance: Random) -> str:
        text = chance.choice(_LISTS[name])
        return text.upper() if chance.random() < 0.35 else text

    return drawn


def _some(name: str) -> Callable[[Random], str]:
    """Return what draws one of the list *name*, or two."""

    def drawn(chance: Random) -> str:
        text = " ".join(chance.sample(_LISTS[name], chance.choice((1, 1, 1, 2))))
        return text.upper() if chance.random() < 0.35 else text

    return drawn


def _identity(chance: Random) -> str:
    """Return a DNI or a NIE, as it is written here and there, or the number of a passport."""
    number = chance.choice((people.national_number, people.foreign_number, people.foreign_number))(chance)
    passport = "".join(chance.choices("ABCDEFGHJKLMNPRSTUVWXYZ", k=chance.choice((1, 2, 3))))
    passport += "".join(chance.choices("0123456789", k=chance.choice((6, 7))))
    parted = f"{number[:-1]}-{number[-1]}"
    dotted = f"{number[:2]}.{number[2:5]}.{number[5:8]}-{number[8]}" if number[0].isdigit() else parted
    return chance.choices((number, parted, dotted, passport), (6, 1, 1, 2))[0]


def _email(chance: Random) -> str:
    """Return an address of electronic mail, with figures or without."""
    figures = str(chance.randint(1, 9999)) if chance.random() < 0.7 else ""
    return f"{chance.choice(_LISTS['users'])}{figures}@{chance.choice(_LISTS['hosts'])}"


def _phone(chance: Random) -> str:
    """Return a telephone number, its figures parted or not."""
    number = f"{chance.choice('679')}{chance.randint(0, 99_999_999):08d}"
    by_threes = f"{number[:3]} {number[3:6]} {number[6:]}"
    return chance.choice(
        (number, number, by_threes, f"+34 {number}", f"{number[:3]} {number[3:5]} {number[5:7]} {number[7:]}")
    )


_BY_LEAF: Mapping[str, Callable[[Random], str]] = {
    "first_surname": _some("surnames"), "second_surname": _some("surnames"), "given_name": _some("given"),
    "street_type": _one("street_types"), "street_name": _one("streets"), "number": lambda chance: (
        chance.choice(_LISTS["numbers"]) if chance.random() < 0.4 else str(chance.randint(1, 240))
    ),
    "block": _one("blocks"), "stair": _one("stairs"), "floor": _one("floors"), "door": _one("doors"),
    "city": _one("towns"), "place": _one("towns"), "province": _one("towns"), "nationality": _one("nations"),
    "id_number": _identity, "email": _email, "phone": _phone, "mobile": _phone,
}  # fmt: skip
