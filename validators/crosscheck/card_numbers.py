"""What a card adds to the numbers in the forms: the same number, read at another place, of the same person.

    raised = numbered(application, least=0.9)    # the application, its numbers as sure as the cards make them

A number that a form gives is raised only by a card whose machine readable zone holds on what was read to the
letter, whose number is sure and read in one way, and whose bearer has the form's very name and no other day
of birth. Then the doubt about it is settled: that a number was misread into just the one that stands in the
person's own card is as unlikely as that a wrong one was written and misread into the right one. A card of
somebody else, a card that contradicts itself and a number that differs raise nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from validators.crosscheck.corroboration import combined
from validators.facts import (
    Application,
    AsistenciaRequest,
    Beneficiary,
    ConvenioRequest,
    Declaration,
    Fact,
    Identity,
    Person,
    Representation,
)
from validators.identity import births_match, full_name, names_match, person_of
from validators.numbers import check_letter_holds, plain

_STRUCK = 0.85
"""Certainty at most of a number that both readers see and a line goes through: no card speaks of that."""
_SPOILT = 0.5
"""Certainty at most of a number over which something is written, and of one that is hardly read at all."""
_EITHER = 0.5
"""Certainty of each of a place's two readings that differ in a first 2 or Z, before the card is looked at."""


def numbered(application: Application, *, least: float) -> Application:
    """Return *application* with its numbers as sure as cards make them that are themselves *least* sure."""
    cards = tuple(card for card in application.identities if _proves(card, least))
    if not cards:
        return application
    return replace(
        application,
        applicant=_raised(application.applicant, cards),
        convenio=tuple(_of_convenio(form, cards) for form in application.convenio),
        asistencia=tuple(_of_asistencia(form, cards) for form in application.asistencia),
        declarations=tuple(_of_declaration(paper, cards) for paper in application.declarations),
        representations=tuple(_of_representation(paper, cards) for paper in application.representations),
    )


def _proves(card: Identity, least: float) -> bool:
    """Whether a card's number stands surely in a zone that holds: of one side, not of two put together."""
    number, zone = card.number, card.mrz_valid
    if number is None or zone is None or not number.value or zone.value is not True:
        return False
    read = {place.document for place in number.evidence}
    sides = {place.document for place in zone.evidence}
    surely = all(not fact.others and fact.confidence >= least for fact in (number, zone))
    return surely and bool(sides) and sides <= read and check_letter_holds(number.value) is not False


def _raised(person: Person, cards: Iterable[Identity]) -> Person:
    """Return the person with the number that the surest of their own cards shows too."""
    number = person.id_number
    if number is None or number.value is None or number.hand:
        return person
    found = [one for card in cards if _same(person, card) and (one := _settled(number, card)) is not None]
    return replace(person, id_number=max(found, key=lambda one: one.confidence)) if found else person


def _same(person: Person, card: Identity) -> bool:
    """Whether a card bears the person's name, in each way that it was read, and no other day of birth."""
    bearer = person_of(card)
    surnames, given = (
        [one for one in (fact.value, *fact.others) if one] if fact else []
        for fact in (card.surnames, card.given_name)
    )
    names = [f"{first} {last}" for first in given for last in surnames]
    named = bool(names) and all(names_match(full_name(person), name) == "same" for name in names)
    born = bearer.birth_date.others if bearer.birth_date else ()
    return named and not born and births_match(person, bearer) != "different"


def _settled(number: Fact[str], card: Identity) -> Fact[str] | None:
    """Return the number as sure as form and card together make it; None where the card does not settle it.

    Where a form's place was read with a 2 in front and with a Z, which no check letter tells apart, the one
    is told that the card shows.
    """
    shown = card.number
    if shown is None or shown.value is None or number.value is None:
        return None
    said = {plain(text) for text in (number.value, *number.others)}
    wanted, own = plain(shown.value), plain(number.value)
    rivals = said - {wanted}
    if wanted not in said or any(check_letter_holds(one) and not _twins(one, wanted) for one in rivals):
        return None
    if number.confidence <= (_SPOILT if rivals else _STRUCK):
        return None
    sure = number.confidence if own == wanted else min(_EITHER, number.confidence)
    return Fact(
        value=number.value if own == wanted else shown.value,
        confidence=combined(sure, shown.confidence),
        evidence=tuple(dict.fromkeys((*number.evidence, *shown.evidence))),
    )


def _twins(one: str, other: str) -> bool:
    """Whether two numbers are the same but for a 2 and a Z in front, which the check letter counts alike."""
    return {one[:1], other[:1]} == {"2", "Z"} and one[1:] == other[1:]


def _of_convenio(form: ConvenioRequest, cards: Iterable[Identity]) -> ConvenioRequest:
    """Return the form with the numbers of its applicant, representative and account holder."""
    return replace(
        form,
        applicant=_raised(form.applicant, cards),
        representative=_raised(form.representative, cards),
        account_holder=_raised(form.account_holder, cards),
    )


def _of_asistencia(form: AsistenciaRequest, cards: Iterable[Identity]) -> AsistenciaRequest:
    """Return the form with the numbers of its holder, representative and beneficiaries."""
    return replace(
        form,
        holder=_raised(form.holder, cards),
        representative=_raised(form.representative, cards),
        beneficiaries=tuple(_of_beneficiary(line, cards) for line in form.beneficiaries),
    )


def _of_beneficiary(line: Beneficiary, cards: Iterable[Identity]) -> Beneficiary:
    """Return the line with the beneficiary's number."""
    return replace(line, person=_raised(line.person, cards))


def _of_declaration(paper: Declaration, cards: Iterable[Identity]) -> Declaration:
    """Return the declaration with the number of whoever declares."""
    return replace(paper, declarant=_raised(paper.declarant, cards))


def _of_representation(paper: Representation, cards: Iterable[Identity]) -> Representation:
    """Return the paper with the numbers of both."""
    return replace(
        paper,
        represented=_raised(paper.represented, cards),
        representative=_raised(paper.representative, cards),
    )
