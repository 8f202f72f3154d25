"""One thing amiss in the official form, and the queue it leads to."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from validators.facts import Address, Person, Representation, Signature

DAY = dt.date(2026, 3, 16)
OTHER = {"first_surname": "Ortega", "second_surname": "Ruiz", "given_name": "Luis"}
Change = Callable[[Any], dict[str, Any]]


def someone_else(make: Any, number: str = "Y7654321G") -> Person:
    names = {name: make.fact(value) for name, value in OTHER.items()}
    return make.person(number=number, born=dt.date(1970, 1, 5), **names)


CASES: dict[str, tuple[str, Change]] = {
    "no form": ("cure", lambda _: {"convenio": ()}),
    "no box ticked": (
        "cure",
        lambda make: {"convenio": (make.form(make.person(), request_type=make.fact(None)),)},
    ),
    "two boxes ticked": (
        "review",
        lambda make: {"convenio": (make.form(make.person(), request_type=make.fact(["alta", "baja"])),)},
    ),
    "an unsigned form": (
        "cure",
        lambda make: {
            "convenio": (make.form(make.person(), applicant_signature=Signature(present=make.fact(False))),)
        },
    ),
    "a form signed after it was filed": (
        "review",
        lambda make: {
            "convenio": (
                make.form(
                    make.person(),
                    applicant_signature=Signature(
                        present=make.fact(True), on=make.fact(DAY + dt.timedelta(days=1))
                    ),
                ),
            )
        },
    ),
    "a home elsewhere": (
        "review",
        lambda make: {
            "convenio": (
                make.form(
                    make.person(),
                    address=Address(
                        parts={"street_name": make.fact("Mayor"), "postal_code": make.fact("28001")}
                    ),
                ),
            )
        },
    ),
    "another address ticked and none given": (
        "cure",
        lambda make: {
            "convenio": (make.form(make.person(), notification_choice=make.fact("other_address")),)
        },
    ),
    "a direct debit without account": (
        "cure",
        lambda make: {
            "convenio": (
                make.form(
                    make.person(),
                    payment_method=make.fact("direct_debit"),
                    iban=make.fact(None),
                    account_holder=make.person(),
                ),
            )
        },
    ),
    "the account of another person": (
        "cure",
        lambda make: {
            "convenio": (
                make.form(
                    make.person(),
                    payment_method=make.fact("direct_debit"),
                    iban=make.fact("ES9121000418450200051332"),
                    account_holder=someone_else(make),
                ),
            )
        },
    ),
    "a representative without proof": (
        "cure",
        lambda make: {"convenio": (make.form(make.person(), representative=someone_else(make)),)},
    ),
    "a representative whose proof nobody signed": (
        "cure",
        lambda make: {
            "convenio": (make.form(make.person(), representative=someone_else(make)),),
            "representations": (
                Representation(
                    document="d8",
                    represented=make.person(),
                    representative=someone_else(make),
                    represented_signature=Signature(present=make.fact(False)),
                ),
            ),
        },
    ),
    "a baja without identity paper": (
        "cure",
        lambda make: {
            "convenio": (make.form(make.person(), request_type=make.fact("baja")),),
            "identities": (),
        },
    ),
    "a baja that may be an alta": (
        "review",
        lambda make: {
            "convenio": (make.form(make.person(), request_type=make.fact("baja", others=["alta"])),),
            "registrations": (),
        },
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_one_change_leads_to_its_queue(name: str, make: Any, routed: Callable[..., str]):
    """A case in order is approved; with one thing amiss it goes where that thing is settled."""
    expected, change = CASES[name]
    assert routed(**change(make)) == expected


def test_a_baja_needs_only_identity_and_signature(make: Any, routed: Callable[..., str]):
    """Papers b and c of the Orden are for those who enter, not for those who leave."""
    leaving = make.form(make.person(), request_type=make.fact("baja"), payment_method=make.fact(None))
    assert routed(convenio=(leaving,), registrations=(), declarations=(), non_exports=()) == "approve"


def test_a_variation_needs_only_what_changes_and_identity(make: Any, routed: Callable[..., str]):
    """A change of data is recorded without proving the year again."""
    changed = make.form(make.person(), request_type=make.fact("variacion"), payment_method=make.fact(None))
    assert routed(convenio=(changed,), registrations=(), declarations=(), non_exports=()) == "approve"


def test_a_signed_power_lets_another_person_act(make: Any, routed: Callable[..., str]):
    """A standard form signed by both proves the representation."""
    agent = make.person(number="Y7654321G", given_name=make.fact("Omar"), birth_date=None)
    both = Signature(present=make.fact(True))
    proof = Representation(
        document="d8",
        represented=make.person(),
        representative=agent,
        represented_signature=both,
        representative_signature=both,
    )
    form = make.form(make.person(), representative=agent)
    assert routed(convenio=(form,), representations=(proof,)) == "approve"


def test_one_s_own_account_is_accepted(make: Any, routed: Callable[..., str]):
    """The subscriber's own account needs no bank paper."""
    form = make.form(
        make.person(),
        payment_method=make.fact("direct_debit"),
        iban=make.fact("ES9121000418450200051332"),
        account_holder=make.person(birth_date=None),
    )
    assert routed(convenio=(form,)) == "approve"


@pytest.mark.parametrize(
    ("number", "surname", "queue"),
    [("X1234567L", 0.97, "approve"), ("X7654321M", 0.97, "review"), ("X1234567L", 0.89, "review")],
)
def test_a_doubtful_number_of_the_account_is_settled_by_the_very_same_one_in_the_form(
    make: Any, routed: Callable[..., str], number: str, surname: float, queue: str
):
    """Read at 0.89, it is as sure as the applicant's own that it repeats; other values are not."""
    person = make.person()
    own = replace(person, id_number=make.fact("X1234567L"))
    holder = replace(
        own,
        birth_date=None,
        id_number=replace(make.fact(number), confidence=0.89),
        first_surname=replace(person.first_surname, confidence=surname),
    )
    form = make.form(
        own,
        payment_method=make.fact("direct_debit"),
        iban=make.fact("ES9121000418450200051332"),
        account_holder=holder,
    )
    assert routed(convenio=(form,)) == queue
