"""One thing amiss in the declaration or the certificate of no export, and the queue it leads to."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from validators.facts import Person, Signature

OTHER = {"first_surname": "Ortega", "second_surname": "Ruiz", "given_name": "Luis"}
Change = Callable[[Any], dict[str, Any]]


def someone_else(make: Any, number: str = "Y7654321G") -> Person:
    names = {name: make.fact(value) for name, value in OTHER.items()}
    return make.person(number=number, born=dt.date(1970, 1, 5), **names)


CASES: dict[str, tuple[str, Change]] = {
    "no declaration": ("cure", lambda _: {"declarations": ()}),
    "a declaration that denies nothing": (
        "cure",
        lambda make: {"declarations": (make.declaration(make.person(), declares=make.fact(False)),)},
    ),
    "a declaration whose box was not found": (
        "review",
        lambda make: {"declarations": (make.declaration(make.person(), declares=None),)},
    ),
    "an unsigned declaration": (
        "cure",
        lambda make: {
            "declarations": (make.declaration(make.person(), signature=Signature(present=make.fact(False))),)
        },
    ),
    "the declaration of another person": (
        "review",
        lambda make: {"declarations": (make.declaration(someone_else(make)),)},
    ),
    "no certificate of no export": ("cure", lambda _: {"non_exports": ()}),
    "an exportable right": (
        "refuse",
        lambda make: {"non_exports": (make.letter(make.person(), not_exportable=make.fact(False)),)},
    ),
    "a certificate of no export that decides nothing": (
        "review",
        lambda make: {"non_exports": (make.letter(make.person(), not_exportable=make.fact(None)),)},
    ),
    "a certificate of no export of another country": (
        "review",
        lambda make: {"non_exports": (make.letter(make.person(), country=make.fact("FRA")),)},
    ),
    "a certificate of no export of another person": (
        "review",
        lambda make: {"non_exports": (make.letter(someone_else(make)),)},
    ),
    "a country that is in no table": (
        "review",
        lambda make: {"who": make.person(nationality=make.fact("NPL"))},
    ),
    "no nationality anywhere": ("review", lambda make: {"who": make.person(nationality=None)}),
}


@pytest.mark.parametrize("name", CASES)
def test_one_change_leads_to_its_queue(name: str, make: Any, routed: Callable[..., str]):
    """A case in order is approved; with one thing amiss it goes where that thing is settled."""
    expected, change = CASES[name]
    assert routed(**change(make)) == expected
