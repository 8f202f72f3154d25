"""A convenio case in order, from which each test changes one thing."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest

from pipeline.routing import queue
from validators.assess import assess
from validators.calendar import Calendars
from validators.facts import (
    Address,
    Application,
    ConvenioRequest,
    Declaration,
    Evidence,
    Fact,
    Filing,
    Identity,
    NonExport,
    Period,
    Person,
    Registration,
    Signature,
)
from validators.finding import Finding
from validators.policy import Policy

FILED = dt.date(2026, 3, 16)
BORN = dt.date(1985, 4, 3)


def fact(value: Any, confidence: float = 0.99, others: Sequence[Any] = (), where: str = "d1") -> Fact[Any]:
    return Fact(
        value=value, confidence=confidence, evidence=(Evidence(where, "field"),), others=tuple(others)
    )


def person(number: str = "X1234567L", born: dt.date = BORN, **changes: Any) -> Person:
    parts = {
        "first_surname": fact("Benali"),
        "second_surname": fact("Haddad"),
        "given_name": fact("Nadia"),
        "id_type": fact("foreigner_card"),
        "id_number": fact(number),
        "birth_date": fact(born),
        "nationality": fact("MAR"),
    }
    return Person(**(parts | changes))


def stay(town: str, since: dt.date, until: dt.date | None = None, **causes: Any) -> Period:
    return Period(municipality=fact(town), since=fact(since), until=fact(until), **causes)


def certificate(*periods: Period, town: str = "Ceuta", **changes: Any) -> Registration:
    parts = {
        "document": "d3",
        "official": True,
        "person": person(),
        "form": fact("historical"),
        "municipality": fact(periods[0].municipality.value if periods else town),
        "issued_on": fact(FILED - dt.timedelta(days=6)),
        "periods": periods,
        "signed": fact(True),
    }
    return Registration(**(parts | changes))


def form(who: Person, **changes: Any) -> ConvenioRequest:
    home = {"street_name": "Real", "number": "3", "postal_code": "51001", "city": "Ceuta"}
    parts = {
        "document": "d1",
        "applicant": who,
        "request_type": fact("alta"),
        "address": Address(parts={name: fact(value) for name, value in home.items()}),
        "notification_choice": fact("applicant_address"),
        "payment_method": fact("deposit"),
        "applicant_signature": Signature(present=fact(True), on=fact(FILED)),
        "representative_signature": Signature(present=fact(False)),
        "territorial_office": fact("ceuta"),
    }
    return ConvenioRequest(**(parts | changes))


def card(who: Person, **changes: Any) -> Identity:
    parts = {
        "document": "d2",
        "kind": fact("tie"),
        "number": who.id_number,
        "support_number": fact("E12345678"),
        "surnames": fact("Benali Haddad"),
        "given_name": who.given_name,
        "nationality": who.nationality,
        "birth_date": who.birth_date,
        "expires_on": fact(dt.date(2029, 1, 1)),
        "permit": fact("RESIDENCIA TEMPORAL"),
        "mrz_valid": fact(True),
    }
    return Identity(**(parts | changes))


def declaration(who: Person, **changes: Any) -> Declaration:
    signed = Signature(present=fact(True), on=fact(FILED))
    parts = {"document": "d4", "declarant": who, "declares": fact(True), "signature": signed}
    return Declaration(**(parts | changes))


def letter(who: Person, **changes: Any) -> NonExport:
    parts = {
        "document": "d5",
        "person": who,
        "country": fact("MAR"),
        "issued_on": fact(FILED - dt.timedelta(days=30)),
        "not_exportable": fact(True),
    }
    return NonExport(**(parts | changes))


def in_order(filed_on: dt.date = FILED, who: Person | None = None, **changes: Any) -> Application:
    someone = who or person()
    parts = {
        "procedure": "convenio_especial",
        "filing": Filing(filed_on=filed_on, source="office", received_on=filed_on),
        "applicant": someone,
        "office": "CEU01",
        "convenio": (form(someone),),
        "registrations": (
            certificate(
                stay("Ceuta", dt.date(2019, 5, 10), cause_in="abroad", origin="MAR"),
                person=someone,
                issued_on=fact(filed_on - dt.timedelta(days=6)),
            ),
        ),
        "identities": (card(someone),),
        "declarations": (declaration(someone, signature=Signature(present=fact(True), on=fact(filed_on))),),
        "non_exports": (letter(someone, issued_on=fact(filed_on - dt.timedelta(days=30))),),
    }
    return Application(**(parts | changes))


def judge(application: Application, policy: Policy | None = None) -> tuple[Finding, ...]:
    return assess(application, policy or Policy(), Calendars.shipped()).findings


class Parts:
    """The makers above, for tests."""

    fact = staticmethod(fact)
    person = staticmethod(person)
    stay = staticmethod(stay)
    certificate = staticmethod(certificate)
    form = staticmethod(form)
    card = staticmethod(card)
    declaration = staticmethod(declaration)
    letter = staticmethod(letter)
    in_order = staticmethod(in_order)
    judge = staticmethod(judge)
    replace = staticmethod(replace)
    queue = staticmethod(queue)

    @staticmethod
    def outcomes(findings: Sequence[Finding], rule: str) -> set[str]:
        return {finding.outcome.value for finding in findings if finding.rule == rule}


@pytest.fixture
def make() -> type[Parts]:
    """What a case is made of."""
    return Parts


@pytest.fixture
def routed() -> Callable[..., str]:
    """Judge a case in order, but for the given changes, and tell its queue."""
    return lambda **changes: queue(judge(in_order(**changes)))
