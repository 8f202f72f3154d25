"""Cases of the law that this version does not judge yet: wherever one appears, a person decides.

The table `validators/law/unbuilt.yaml` names each rule of docs/law.md, its article, what it is about
and how its subject is noticed. Every finding is a `review`, so no such case is proposed for approval.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from validators.dates import age
from validators.facts import Application, Evidence, Fact, Procedure
from validators.finding import Finding, Outcome
from validators.law import moves_freely, whole
from validators.rules import Law, Rule, judge
from validators.rules._certainty import fact_of, known, ticked
from validators.tables import Table, read

Facts = Iterator[Fact[Any]]
_BOTH: tuple[Procedure, ...] = ("asistencia_sanitaria", "convenio_especial")
_WATCHED: Mapping[str, tuple[Procedure, ...]] = MappingProxyType(
    {
        # an unknown procedure may be either
        "both": (*_BOTH, "unknown"),
        **{procedure: (procedure, "unknown") for procedure in _BOTH},
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unbuilt:
    """One line of the table: the rule, the procedures it is watched in, and what brings it up.

    `mentions`, `papers`, `relationships` and `boxes` are slugs of the contract and of the facts;
    `noticed` names functions of this module.
    """

    rule: Rule
    procedures: tuple[Procedure, ...]
    mentions: frozenset[str]
    papers: frozenset[str]
    relationships: frozenset[str]
    boxes: tuple[str, ...]
    noticed: tuple[str, ...]

    def seen(self, application: Application, law: Law) -> Facts:
        """Yield a fact for every place in which the subject appears."""
        yield from (fact_of(mention) for mention in application.mentions if mention.subject in self.mentions)
        for kind in sorted(self.papers):
            yield from (_place(document, "kind") for document in application.papers.get(kind, ()))
        yield from _related(application, self.relationships)
        for box in self.boxes:
            yield from _not_empty(application, law, box)
        for name in self.noticed:
            yield from NOTICED[name](application, law)


def _place(document: str, field: str) -> Fact[bool]:
    """Return the fact that something stands in a document."""
    return Fact(value=True, evidence=(Evidence(document, field),))


def _related(application: Application, slugs: frozenset[str]) -> Facts:
    """Yield the relationship of every beneficiary that is one of *slugs*, alone or among boxes ticked."""
    for form in application.asistencia:
        for relation in (beneficiary.relationship for beneficiary in form.beneficiaries):
            if relation is not None and relation.value is not None:
                said = {relation.value} if isinstance(relation.value, str) else set(relation.value)
                if said & slugs:
                    yield relation


def _not_empty(application: Application, law: Law, name: str) -> Facts:
    """Yield a box of the INSS form that is not surely empty."""
    for form in application.asistencia:
        box: Fact[bool] | None = getattr(form, name)
        if ticked(law, box) != "no":
            yield box or _place(form.document, "request")


def _beneficiary(application: Application, law: Law) -> Facts:
    """Yield every beneficiary named in the form, whatever the boxes say."""
    del law
    for form in application.asistencia:
        for person in (beneficiary.person for beneficiary in form.beneficiaries):
            facts = (person.id_number, person.first_surname, person.given_name, person.birth_date)
            yield next((fact for fact in facts if fact), _place(form.document, "beneficiaries"))


def _disabled(application: Application, law: Law) -> Facts:
    """Yield the disability box of a beneficiary that is not surely empty."""
    for form in application.asistencia:
        boxes = (beneficiary.disability for beneficiary in form.beneficiaries)
        yield from (box for box in boxes if box is not None and ticked(law, box) != "no")


def _earlier_holder(application: Application, law: Law) -> Facts:
    """Yield what the form says of an earlier holder."""
    del law
    for person in (form.previous_holder for form in application.asistencia):
        facts = (person.id_number, person.first_surname, person.given_name)
        yield from (fact for fact in facts if fact and known(fact))


def _minor(application: Application, law: Law) -> Facts:
    """Yield the birth of a holder under age, who cannot sign alone."""
    born = application.applicant.birth_date
    if born and born.value and age(born.value, law.on) < whole("rd-180-2026", "majority_years", on=law.on):
        yield born


def _foreign_letter(application: Application, law: Law) -> Facts:
    """Yield the country of a letter from outside the Union, which may need legalisation."""
    for paper in application.non_exports:
        country = paper.country
        if country is None or country.value is None or not moves_freely(country.value, on=law.on):
            yield country or _place(paper.document, "country")


def _absences(application: Application, law: Law) -> Facts:
    """Yield stays abroad that the papers declare."""
    del law
    yield from (absence.since for absence in application.absences)


def _death(application: Application, law: Law) -> Facts:
    """Yield the end of a registration that ended with a death."""
    del law
    for registration in application.registrations:
        yield from (period.until for period in registration.periods if period.cause_out == "death")


NOTICED: Mapping[str, Callable[[Application, Law], Facts]] = MappingProxyType(
    {
        "absences": _absences,
        "beneficiary": _beneficiary,
        "death": _death,
        "disabled": _disabled,
        "earlier_holder": _earlier_holder,
        "foreign_letter": _foreign_letter,
        "minor": _minor,
    }
)
_SLUGS = ("mentions", "papers", "relationships", "boxes", "noticed")


def _line(number: str, table: Table) -> Unbuilt:
    """Return one line of the table, the reasons made from what the rule is about."""
    table.expect("basis", "es", "gl", "en", "procedures", optional=_SLUGS)
    slugs = {name: tuple(table.text(name).split()) if name in table else () for name in _SLUGS}
    if table.text("procedures") not in _WATCHED:
        raise table.wrong(f"one of {sorted(_WATCHED)} is needed", "procedures")
    if not any(slugs.values()) or not set(slugs["noticed"]) <= set(NOTICED):
        raise table.wrong(f"{number} is never noticed, or by a function that is not there", "noticed")
    return Unbuilt(
        rule=Rule(
            id=number,
            basis=table.text("basis"),
            es=f"Supuesto que esta versión aún no valora: {table.text('es')}. Debe decidir una persona.",
            gl=f"Suposto que esta versión aínda non valora: {table.text('gl')}. Debe decidir unha persoa.",
            en=f"Not yet judged by this version: {table.text('en')}. A person must decide.",
        ),
        procedures=_WATCHED[table.text("procedures")],
        mentions=frozenset(slugs["mentions"]),
        papers=frozenset(slugs["papers"]),
        relationships=frozenset(slugs["relationships"]),
        boxes=slugs["boxes"],
        noticed=slugs["noticed"],
    )


def _table() -> Iterator[Unbuilt]:
    """Yield the lines of the table in order."""
    table = read(files("validators.law").joinpath("unbuilt.yaml")).expect(
        "description", "checked_on", "rules"
    )
    named = table.table("rules")
    yield from (_line(number, named.table(number)) for number in named)


UNBUILT = tuple(_table())
RULES = tuple(line.rule for line in UNBUILT)


@judge()
def not_yet_judged(application: Application, law: Law) -> Iterator[Finding]:
    """Send a case to a person for every rule of the table whose subject appears."""
    for line in UNBUILT:
        facts = tuple(line.seen(application, law)) if application.procedure in line.procedures else ()
        if facts:
            yield line.rule.finds(Outcome.REVIEW, law, *facts)
