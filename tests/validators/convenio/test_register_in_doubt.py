"""One thing amiss in the register's papers of a case in order, and the queue it leads to."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from validators.facts import Person

DAY = dt.date(2026, 3, 16)
OTHER = {"first_surname": "Ortega", "second_surname": "Ruiz", "given_name": "Luis"}
Change = Callable[[Any], dict[str, Any]]


def someone_else(make: Any, number: str = "Y7654321G") -> Person:
    names = {name: make.fact(value) for name, value in OTHER.items()}
    return make.person(number=number, born=dt.date(1970, 1, 5), **names)


def old(make: Any, **changes: Any) -> Any:
    return make.certificate(make.stay("Ceuta", dt.date(2019, 5, 10)), **changes)


CASES: dict[str, tuple[str, Change]] = {
    "a case in order": ("approve", lambda _: {}),
    "no certificate": ("cure", lambda _: {"registrations": ()}),
    "the certificate of another person": (
        "review",
        lambda make: {"registrations": (old(make, person=someone_else(make)),)},
    ),
    "a certificate with the person's number and another birth date": (
        "review",
        lambda make: {"registrations": (old(make, person=make.person(born=dt.date(1958, 4, 3))),)},
    ),
    "a certificate that names nobody": (
        "review",
        lambda make: {"registrations": (old(make, person=Person()),)},
    ),
    "only another municipality": (
        "refer",
        lambda make: {"registrations": (make.certificate(make.stay("Málaga", dt.date(2019, 5, 10))),)},
    ),
    "a municipality that cannot be read": (
        "review",
        lambda make: {
            "registrations": (
                make.certificate(
                    make.replace(
                        make.stay("Ceuta", dt.date(2019, 5, 10)), municipality=make.fact(None, confidence=0.0)
                    )
                ),
            )
        },
    ),
    "an alta that cannot be read": (
        "review",
        lambda make: {
            "registrations": (
                make.certificate(
                    make.replace(make.stay("Ceuta", DAY), since=make.fact(None, confidence=0.0))
                ),
            )
        },
    ),
    "an end that cannot be read": (
        "review",
        lambda make: {
            "registrations": (
                make.certificate(
                    make.replace(
                        make.stay("Ceuta", dt.date(2019, 5, 10)), until=make.fact(None, confidence=0.0)
                    )
                ),
            )
        },
    ),
    "an alta read badly": (
        "review",
        lambda make: {
            "registrations": (
                make.certificate(
                    make.replace(
                        make.stay("Ceuta", DAY), since=make.fact(dt.date(2019, 5, 10), confidence=0.6)
                    )
                ),
            )
        },
    ),
    "a stay that ended": (
        "cure",
        lambda make: {
            "registrations": (
                make.certificate(make.stay("Ceuta", dt.date(2019, 5, 10), dt.date(2026, 2, 1))),
            )
        },
    ),
    "a stay that ends on the filing day": (
        "review",
        lambda make: {"registrations": (make.certificate(make.stay("Ceuta", dt.date(2019, 5, 10), DAY)),)},
    ),
    "an alta after the filing": (
        "review",
        lambda make: {
            "registrations": (
                make.certificate(
                    make.stay("Ceuta", DAY + dt.timedelta(days=1)),
                    issued_on=make.fact(DAY + dt.timedelta(days=2)),
                ),
            )
        },
    ),
    "a certificate without date of issue": (
        "cure",
        lambda make: {"registrations": (old(make, issued_on=None),)},
    ),
    "a date of issue that cannot be read": (
        "review",
        lambda make: {"registrations": (old(make, issued_on=make.fact(None, confidence=0.0)),)},
    ),
    "a date of issue read badly": (
        "review",
        lambda make: {"registrations": (old(make, issued_on=make.fact(DAY, confidence=0.5)),)},
    ),
    "a date of issue years ahead": (
        "review",
        lambda make: {"registrations": (old(make, issued_on=make.fact(dt.date(2062, 3, 2))),)},
    ),
    "a certificate one day older than three months": (
        "cure",
        lambda make: {"registrations": (old(make, issued_on=make.fact(dt.date(2025, 12, 15))),)},
    ),
    "an unsigned certificate": (
        "cure",
        lambda make: {"registrations": (old(make, signed=make.fact(False)),)},
    ),
    "a certificate that may be unsigned": (
        "review",
        lambda make: {"registrations": (old(make, signed=make.fact(True, confidence=0.5)),)},
    ),
    "a certificate whose signature nobody looked for": (
        "review",
        lambda make: {"registrations": (old(make, signed=None),)},
    ),
    "remarks on a baja de oficio": (
        "review",
        lambda make: {
            "registrations": (
                old(make, notes=make.fact("Consta expediente de baja de oficio en tramitación.")),
            )
        },
    ),
    "a volante that shows a newer entry elsewhere": (
        "review",
        lambda make: {
            "registrations": (
                old(make),
                make.certificate(make.stay("Algeciras", dt.date(2026, 2, 1)), official=False),
            )
        },
    ),
    "an open entry elsewhere in a newer certificate": (
        "refer",
        lambda make: {
            "registrations": (
                old(make, issued_on=make.fact(dt.date(2026, 1, 10))),
                make.certificate(make.stay("Algeciras", dt.date(2026, 2, 1)), person=make.person()),
            )
        },
    ),
    "two certificates of one town that give different altas": (
        "review",
        lambda make: {
            "registrations": (
                old(make),
                make.certificate(make.stay("Ceuta", dt.date(2025, 11, 1)), document="d7"),
            )
        },
    ),
    "a certificate from before the move, and nothing on the weeks between": (
        "cure",
        lambda make: {
            "registrations": (
                make.certificate(
                    make.stay("Málaga", dt.date(2019, 5, 10)), issued_on=make.fact(dt.date(2025, 8, 1))
                ),
                make.certificate(
                    make.stay("Ceuta", dt.date(2025, 9, 10), cause_in="residence_change", origin="Málaga")
                ),
            )
        },
    ),
    "a baja to abroad joined to the next day's alta": (
        "review",
        lambda make: {
            "registrations": (
                make.certificate(
                    make.stay("Ceuta", dt.date(2019, 5, 10), dt.date(2025, 9, 1), cause_out="abroad"),
                    make.stay("Ceuta", dt.date(2025, 9, 2)),
                ),
            )
        },
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_one_change_leads_to_its_queue(name: str, make: Any, routed: Callable[..., str]):
    """A case in order is approved; with one thing amiss it goes where that thing is settled."""
    expected, change = CASES[name]
    assert routed(**change(make)) == expected
