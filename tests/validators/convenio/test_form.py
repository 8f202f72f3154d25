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
        procedure=make.fact("Convenio especial"),
        represented_signature=both,
        representative_signature=both,
    )
    form = make.form(make.person(), representative=agent)
    assert routed(convenio=(form,), representations=(proof,)) == "approve"


@pytest.mark.parametrize(
    ("matter", "day", "queue"),
    [
        ("Convenio especial de asistencia sanitaria", "2026-03-16", "approve"),
        ("Convenio especial de asistencia sanitaria", "2026-03-17", "review"),
        ("PRESTACIÓN DE ASISTENCIA MÉDICA", "2026-03-10", "approve"),
        ("Todo trámite salvo el de asistencia sanitaria", "2026-03-10", "review"),
        ("Convenio especial con la Seguridad Social", "2026-03-10", "review"),
        ("Licencia de obras", "2026-03-10", "review"),
        ("Solicitud de alta en el convenio especial (Orden SSI/1475/2014), INGESA", "2026-03-10", "approve"),
        ("Reclamación por asistencia sanitaria", "2026-03-10", "review"),
        ("Baja del convenio especial de asistencia sanitaria", "2026-03-10", "review"),
        ("Asistencia sanitaria de mi hija", "2026-03-10", "review"),
        (None, "2026-03-10", "review"),
    ],
)
def test_a_power_reaches_as_far_as_it_says(matter, day, queue, make: Any, routed: Callable[..., str]):
    """Given for this, and not after 16 March, the filing; the Social Security's convenio is another."""
    agent = make.person(number="Y7654321G", given_name=make.fact("Omar"), birth_date=None)
    signed = Signature(present=make.fact(True), on=make.fact(dt.date.fromisoformat(day)))
    proof = Representation(
        document="d8",
        represented=make.person(),
        representative=agent,
        procedure=make.fact(matter) if matter else None,
        represented_signature=signed,
        representative_signature=signed,
    )
    form = make.form(make.person(), representative=agent)
    assert routed(convenio=(form,), representations=(proof,)) == queue


@pytest.mark.parametrize(
    ("seen_too", "queue"),
    [("ES09121000418450200051332", "approve"), ("ES7921000813610123456789", "review")],
)
def test_another_reading_of_an_account_counts_where_it_could_be_one(
    seen_too, queue, make: Any, routed: Callable[..., str]
):
    """Check digits that fail make no account: such a reading is no second one."""
    iban = make.fact("ES9121000418450200051332", others=[seen_too])
    own = {"payment_method": make.fact("direct_debit"), "account_holder": make.person()}
    assert routed(convenio=(make.form(make.person(), iban=iban, **own),)) == queue


def test_a_proof_whose_signature_is_not_surely_seen_is_shown_there(make: Any):
    """Who represents whom is clear: what has to be looked at is the signature."""
    agent = make.person(number="Y7654321G", given_name=make.fact("Omar"), birth_date=None)
    doubt = make.fact(False, 0.5, where="d8")
    proof = Representation(
        document="d8",
        represented=make.person(),
        representative=agent,
        represented_signature=Signature(present=doubt),
        representative_signature=Signature(present=make.fact(True, where="d8")),
    )
    form = make.form(make.person(), representative=agent)
    findings = make.judge(make.in_order(convenio=(form,), representations=(proof,)))
    (told,) = (one for one in findings if one.rule == "CE-REP-01")
    assert told.reason.en.startswith("Whether the proof of representation is signed")
    assert {place.document for place in told.evidence} == {"d8"}


@pytest.mark.parametrize(
    ("zone", "queue"), [((True, 0.97), "approve"), ((True, 0.89), "review"), ((False, 0.97), "review")]
)
def test_a_number_read_in_two_ways_is_settled_by_the_proved_zone_of_the_own_card(
    make: Any, zone: tuple[bool, float], queue: str
):
    """One reader took the Z for a 2, which the letter of a NIE cannot tell; the card's zone can."""
    own = make.person(number="Z1496358Y")
    read = replace(own, id_number=make.fact("21496358Y", 0.531, others=["Z1496358Y"]))
    case = make.in_order(
        who=own,
        applicant=read,
        convenio=(make.form(read),),
        identities=(
            make.card(own, number=make.fact("Z1496358Y", where="d2"), mrz_valid=make.fact(*zone, where="d2")),
        ),
    )
    assert make.queue(make.judge(case)) == queue


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
