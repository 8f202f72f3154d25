"""Identity, registration and export papers of each beneficiary: what the holder shows, each one shows.

Source: RD 1192/2012 art. 6.3 ("además de los documentos previstos en los párrafos a), b) y c)"); docs/law.md
AS-ID-01 to 04, AS-PAD-01, AS-EXP-01 and AS-COB-02. The rules are those of the holder, asked of the person.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from validators.facts import Application, Fact, Named, Person
from validators.finding import Finding, Outcome, Text
from validators.identity import person_of, same_person
from validators.kinship import recognised
from validators.law import whole
from validators.rules import Law, asistencia_export, asistencia_identity, asistencia_right, judge
from validators.rules._age import reached
from validators.rules._beneficiary import Claim, claims
from validators.rules._certainty import empty, known, sure, ticked
from validators.rules._registered import standing
from validators.rules.asistencia_identity import OTHER, SPANIARD
from validators.rules.asistencia_residence import REGISTERED

_NATIONALITY = Text(
    "No consta la nacionalidad de la persona beneficiaria.",
    "Non consta a nacionalidade da persoa beneficiaria.",
    "The beneficiary's nationality is missing.",
)
_NO_DNI = Text(
    "Falta el DNI en vigor de la persona beneficiaria.",
    "Falta o DNI en vigor da persoa beneficiaria.",
    "The beneficiary's valid DNI is missing.",
)
_LIVES_AT = Text(
    "Consta el empadronamiento de la persona beneficiaria.",
    "Consta o empadroamento da persoa beneficiaria.",
    "The beneficiary's registration is shown.",
)


@judge("asistencia_sanitaria")
def identity(application: Application, law: Law) -> Iterator[Finding]:
    """AS-ID-01 to 04 and AS-COB-02 for each beneficiary; a young Spaniard is known by the family record."""
    for claim in claims(application):
        nation = _nationality(application, claim.person, law)
        if nation is None or nation.value is None or not sure(law, nation):
            blank = empty(law, nation) == "yes"
            outcome = Outcome.CURE if blank else Outcome.REVIEW
            yield OTHER.finds(outcome, law, nation, reason=_NATIONALITY, about=claim.about)
        elif not _young_spaniard(claim, nation.value, law):
            case = _as_applicant(application, claim, nation)
            for judgement in (asistencia_identity.papers, asistencia_right.permits):
                yield from _about(claim, judgement.function(case, law))


@judge("asistencia_sanitaria")
def export(application: Application, law: Law) -> Iterator[Finding]:
    """AS-EXP-01 for each beneficiary whose nationality is surely read; `identity` speaks of the others."""
    for claim in claims(application):
        nation = _nationality(application, claim.person, law)
        if nation is not None and nation.value is not None and sure(law, nation):
            case = _as_applicant(application, claim, nation)
            yield from _about(claim, asistencia_export.not_exportable.function(case, law))


@judge("asistencia_sanitaria")
def registration(application: Application, law: Law) -> Iterator[Finding]:
    """AS-PAD-01 for each beneficiary: who opposes the query brings a certificate that names them."""
    for claim in claims(application):
        shown = _entries(application, claim.person, law)
        if shown:
            yield REGISTERED.finds(Outcome.MET, law, *shown, reason=_LIVES_AT, about=claim.about)
        elif ticked(law, claim.form.opposes_queries) == "yes":
            opposed, doubtful = claim.form.opposes_queries, _doubtful(application, claim.person, law)
            outcome = Outcome.REVIEW if doubtful else Outcome.CURE
            yield REGISTERED.finds(outcome, law, opposed, *doubtful, about=claim.about)


def _nationality(application: Application, person: Person, law: Law) -> Fact[str] | None:
    """Return the nationality that the form gives, else the person's own paper; both where they differ."""
    cards = [c.nationality for c in application.identities if same_person(person, person_of(c)) == "same"]
    said = [fact for fact in cards if fact is not None and fact.value is not None]
    written = person.nationality
    first = written if known(written) and sure(law, written) else next(iter(said), written)
    if first is None or first.value is None:
        return first
    every = (*said, written) if written else said
    others = tuple(dict.fromkeys(f.value for f in every if f.value and f.value != first.value))
    return replace(first, others=(*first.others, *others))


def _young_spaniard(claim: Claim, nation: str, law: Law) -> bool:
    """Whether the person is a Spaniard surely too young to need a DNI."""
    born = claim.person.birth_date
    if nation != "ESP" or born is None or born.value is None or not sure(law, born):
        return False
    return reached(born.value, whole("inss-service", "identity_age", on=law.on), law) is False


def _as_applicant(application: Application, claim: Claim, nation: Fact[str]) -> Application:
    """Return the case as if the beneficiary were the applicant, with the papers that are not others'."""
    person = replace(claim.person, nationality=nation)
    return replace(
        application,
        applicant=person,
        asistencia=(),
        identities=tuple(
            c for c in application.identities if same_person(person, person_of(c)) != "different"
        ),
        non_exports=tuple(p for p in application.non_exports if same_person(person, p.person) == "same"),
        permits=tuple(p for p in application.permits if same_person(person, p.person) == "same"),
    )


def _about(claim: Claim, findings: Iterator[Finding]) -> Iterator[Finding]:
    """Yield findings of the holder's rules as findings about the beneficiary, whom the reason names too."""
    for finding in findings:
        missing = finding.rule == SPANIARD.id and finding.reason.en == SPANIARD.en
        reason = _NO_DNI if missing else finding.reason
        yield replace(finding, about=claim.about, reason=reason)


def _doubtful(application: Application, person: Person, law: Law) -> list[Fact[Any] | None]:
    """Return what is not surely read in register papers that are, or may be, about the person."""
    return [
        fact
        for paper in application.registrations
        if same_person(person, paper.person) != "different"
        for fact in (
            paper.signed,
            paper.issued_on,
            *(date for stay in paper.periods for date in (stay.since, stay.until)),
        )
        if fact is not None and not sure(law, fact)
    ]


def _entries(application: Application, person: Person, law: Law) -> list[Fact[Any] | None]:
    """Return what the register papers with a standing entry say that name the person, alone or in a home."""
    found: list[Fact[Any] | None] = []
    for paper in application.registrations:
        lines = (
            Named(name=one.name, birth_date=one.birth_date, id_number=one.id_number)
            for one in paper.residents
        )
        named = any(recognised(person, line) == "same" for line in lines)
        if named or same_person(person, paper.person) == "same":
            entries = standing(paper, application, law)
            found += [paper.municipality, *entries] if entries else []
    return found
