"""One thing amiss about the person who asks, and the queue it leads to."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from validators.facts import Evidence, Mention, Person

OTHER = {"first_surname": "Ortega", "second_surname": "Ruiz", "given_name": "Luis"}
Change = Callable[[Any], dict[str, Any]]


def someone_else(make: Any, number: str = "Y7654321G") -> Person:
    names = {name: make.fact(value) for name, value in OTHER.items()}
    return make.person(number=number, born=dt.date(1970, 1, 5), **names)


def mention(subject: str, confidence: float = 0.97) -> Mention:
    return Mention(subject=subject, evidence=Evidence("d9", subject), confidence=confidence)


CASES: dict[str, tuple[str, Change]] = {
    "a Spaniard": ("review", lambda make: {"applicant": make.person(nationality=make.fact("ESP"))}),
    "a minor": ("refer", lambda make: {"who": make.person(born=dt.date(2008, 3, 17))}),
    "a pregnancy": ("refer", lambda _: {"mentions": (mention("pregnancy"),)}),
    "a pregnancy that may be a misreading": (
        "review",
        lambda _: {"mentions": (mention("pregnancy", 0.5),)},
    ),
    "a worker": ("refer", lambda _: {"mentions": (mention("social_security_worker"),)}),
    "a mutualist": ("refuse", lambda _: {"mentions": (mention("mutual_insurance"),)}),
    "cover from abroad": ("refuse", lambda _: {"mentions": (mention("foreign_cover"),)}),
    "a health card": ("review", lambda _: {"mentions": (mention("health_card"),)}),
    "a passport alone": (
        "review",
        lambda make: {
            "identities": (make.card(make.person(), kind=make.fact("passport"), support_number=None),)
        },
    ),
    "an expired card": (
        "review",
        lambda make: {"identities": (make.card(make.person(), expires_on=make.fact(dt.date(2026, 3, 15))),)},
    ),
    "a card of another person": (
        "review",
        lambda make: {"identities": (make.card(someone_else(make), surnames=make.fact("Ortega Ruiz")),)},
    ),
    "no identity paper": ("cure", lambda _: {"identities": ()}),
}


@pytest.mark.parametrize("name", CASES)
def test_one_change_leads_to_its_queue(name: str, make: Any, routed: Callable[..., str]):
    """A case in order is approved; with one thing amiss it goes where that thing is settled."""
    expected, change = CASES[name]
    assert routed(**change(make)) == expected
