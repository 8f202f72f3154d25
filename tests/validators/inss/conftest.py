"""A clean INSS application of a Spaniard in Ceuta; each test spoils one thing."""

import datetime as dt
from dataclasses import replace

import pytest

from pipeline.routing import queue
from validators.assess import assess
from validators.calendar import Calendars
from validators.facts import (
    Address,
    Application,
    AsistenciaRequest,
    Declaration,
    Evidence,
    Fact,
    Filing,
    Identity,
    Person,
    Signature,
)
from validators.policy import Policy

FILED = dt.date(2026, 3, 16)


def fact(value, name="x", document="d1"):
    return Fact(value=value, evidence=(Evidence(document, name),))


def person(number="12345678Z", nationality="ESP"):
    return Person(
        first_surname=fact("Ruiz"),
        second_surname=fact("Soto"),
        given_name=fact("Ana"),
        id_type=fact("dni" if nationality == "ESP" else "foreigner_card"),
        id_number=fact(number),
        birth_date=fact(dt.date(1980, 1, 2)),
        nationality=fact(nationality),
    )


def card(kind="dni", number="12345678Z", nationality="ESP", **facts):
    said = {
        "document": "d2",
        "kind": fact(kind),
        "number": fact(number),
        "surnames": fact("RUIZ SOTO"),
        "given_name": fact("ANA"),
        "nationality": fact(nationality),
        "birth_date": fact(dt.date(1980, 1, 2)),
        "expires_on": fact(dt.date(2030, 1, 1)),
    }
    return Identity(**(said | facts))


def clean(number="12345678Z", nationality="ESP", cards=None):
    holder = person(number, nationality)
    return Application(
        procedure="asistencia_sanitaria",
        filing=Filing(filed_on=FILED, source="office", received_on=FILED),
        applicant=holder,
        office="CEU01",
        asistencia=(
            AsistenciaRequest(
                document="d1",
                holder=holder,
                for_holder=fact(True),
                for_beneficiary=fact(False),
                change_of_holder=fact(False),
                filed_by_beneficiary=fact(False),
                address=Address(
                    parts={
                        "street_name": fact("Real"),
                        "postal_code": fact("51001"),
                        "city": fact("Ceuta"),
                    }
                ),
                province=fact("Ceuta"),
                opposes_queries=fact(False),
                holder_signature=Signature(present=fact(True), on=fact(FILED)),
            ),
        ),
        identities=(card(),) if cards is None else cards,
        declarations=(
            Declaration(
                document="d3",
                declarant=replace(holder, birth_date=None),
                declares=fact(True),
                signature=Signature(present=fact(True)),
            ),
        ),
        papers={"as_application": ("d1",), "identity_document": ("d2",), "no_coverage_declaration": ("d3",)},
    )


class Judged:
    """The findings of one application, by rule."""

    def __init__(self, application):
        self.findings = assess(application, Policy(), Calendars.shipped()).findings
        self.queue = queue(self.findings)

    def outcomes(self, rule):
        return {str(finding.outcome) for finding in self.findings if finding.rule == rule}


@pytest.fixture
def spaniard():
    return clean()


@pytest.fixture
def foreigner():
    """Return a function that makes a clean application of another nationality with a NIE."""

    def made(nationality, *cards):
        return clean(
            "X1234567L",
            nationality,
            tuple(
                card(kind, "X1234567L", nationality, permit=fact("Residencia y trabajo")) for kind in cards
            ),
        )

    return made


@pytest.fixture
def judged():
    return Judged


@pytest.fixture
def with_form():
    """Return a function that changes fields of the application's form."""

    def changed(application, **fields):
        return replace(application, asistencia=(replace(application.asistencia[0], **fields),))

    return changed
