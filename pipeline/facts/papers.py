"""What the papers of one plain kind each say: cards, declarations, powers, permits, mandates, absences."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.facts.fields import Paper, day, person, signature, text, yes
from validators.facts import (
    Absence,
    Declaration,
    Evidence,
    Fact,
    Identity,
    Mandate,
    NonExport,
    Permit,
    Representation,
)


def identity(paper: Paper) -> Identity:
    """Return an identity paper, or one side of it."""
    return Identity(
        document=paper.id,
        kind=paper.fact("document", text),
        number=paper.fact("number", text),
        support_number=paper.fact("support_number", text),
        surnames=paper.fact("surnames", text),
        given_name=paper.fact("given_name", text),
        nationality=paper.fact("nationality", text),
        birth_date=paper.fact("birth_date", day),
        expires_on=paper.fact("expires_on", day),
        permit=paper.fact("permit", text),
        mrz_valid=paper.fact("mrz_valid", yes),
    )


def declaration(paper: Paper) -> Declaration:
    """Return the declaration of no other cover."""
    return Declaration(
        document=paper.id,
        declarant=person(paper, "declarant."),
        declares=paper.fact("declares_no_coverage", yes),
        nationality=paper.fact("nationality", text),
        signature=signature(paper, "signed", "signed_on"),
    )


def representation(paper: Paper) -> Representation:
    """Return the standard representation form."""
    return Representation(
        document=paper.id,
        represented=person(paper, "represented."),
        representative=person(paper, "representative."),
        procedure=paper.fact("procedure", text),
        represented_signature=signature(paper, "signature.represented", "signed_on"),
        representative_signature=signature(paper, "signature.representative", "signed_on"),
    )


def non_export(paper: Paper) -> NonExport:
    """Return a foreign institution's word on the right to care."""
    return NonExport(
        document=paper.id,
        person=person(paper, "person."),
        country=paper.fact("country", text),
        issued_on=paper.fact("issued_on", day),
        not_exportable=paper.fact("not_exportable", yes),
        legalised=paper.fact("legalised", yes),
    )


def permit(paper: Paper) -> Permit:
    """Return an authorisation to reside."""
    return Permit(
        document=paper.id,
        person=person(paper, "person."),
        number=paper.fact("number", text),
        permit=paper.fact("permit", text),
        valid_from=paper.fact("valid_from", day),
        valid_until=paper.fact("valid_until", day),
    )


def mandate(paper: Paper) -> Mandate:
    """Return a bank's paper."""
    return Mandate(
        document=paper.id, iban=paper.fact("iban", text), holder_name=paper.fact("holder_name", text)
    )


def absences(paper: Paper) -> Iterator[Absence]:
    """Yield the stays abroad that a statement or stamps give."""
    place = (Evidence(paper.id, "absences"),)
    for row, sure in paper.rows("absences"):
        yield Absence(
            since=Fact(value=day(row.get("from")), confidence=sure, evidence=place),
            until=Fact(value=day(row.get("to")), confidence=sure, evidence=place),
            country=text(row.get("country")),
        )
