"""CE-DOC-04: nationals of some countries show that their own right to care cannot be exported."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from validators.facts import Application, NonExport, Person
from validators.finding import Finding, Outcome, Text
from validators.identity import births_match, full_name, names_match
from validators.nationality import Nationality, nationality
from validators.rules import Law, Rule, judge
from validators.rules._asked import alta
from validators.rules._certainty import Answer, known, sure, ticked
from validators.rules._export_duty import duty
from validators.rules._stale import current
from validators.stays import certificates, match, registered_as, stays
from validators.towns import is_country

NOT_EXPORTABLE = Rule(
    id="CE-DOC-04",
    basis="Orden SSI/1475/2014, art. 5.2.c",
    es="Falta el certificado de la institución del país de procedencia de que el derecho no es exportable.",
    gl="Falta o certificado da institución do país de procedencia de que o dereito non é exportable.",
    en="The certificate from the country the person came from, that the right cannot be exported, is "
    "missing.",
)

_EXEMPT = Text(
    "Su nacionalidad no obliga a aportar certificado de no exportación.",
    "A súa nacionalidade non obriga a achegar certificado de non exportación.",
    "The nationality does not call for a non-export certificate.",
)
_SHOWN = Text(
    "Consta que el derecho no es exportable.",
    "Consta que o dereito non é exportable.",
    "The papers show that the right cannot be exported.",
)
_COUNTRY = Text(
    "No se conoce con seguridad la nacionalidad, o el país no está entre los verificados.",
    "Non se coñece con seguridade a nacionalidade, ou o país non está entre os verificados.",
    "The nationality is not known with certainty, or the country is not among those verified.",
)
_PROVENANCE = Text(
    "El país de procedencia no es el de nacionalidad: revise qué institución debe certificar.",
    "O país de procedencia non é o da nacionalidade: revise que institución debe certificar.",
    "The country the person came from is not that of nationality: check which institution must certify.",
)
_WANTED: Mapping[str, Text] = MappingProxyType(
    {
        "nationality": Text(
            "El certificado de no exportación es de otro país: aporte el del país de su nacionalidad.",
            "O certificado de non exportación é doutro país: achegue o do país da súa nacionalidade.",
            "The non-export certificate is of another country: provide that of your country of nationality.",
        ),
        "provenance": Text(
            "El certificado de no exportación es de otro país: aporte el del país de procedencia.",
            "O certificado de non exportación é doutro país: achegue o do país de procedencia.",
            "The non-export certificate is of another country: provide that of the country you came from.",
        ),
    }
)
"""What is asked for by each reading of setting 12 under which one country alone may certify."""
_LETTER = Text(
    "El certificado de no exportación no es concluyente o no es con seguridad de la persona solicitante.",
    "O certificado de non exportación non é concluínte ou non é con seguridade da persoa solicitante.",
    "The non-export certificate is not conclusive, or not with certainty the applicant's.",
)


@judge("convenio_especial")
def export(application: Application, law: Law) -> Iterator[Finding]:
    """Yield whether the right in the country of provenance is shown not to be exportable.

    Without an identity paper nor a nationality elsewhere, CE-DOC-01 asks for the paper that will tell.
    """
    if not alta(application, law):
        return
    nations = nationality(application)
    owed = _duty(nations, law)
    if not nations.values and not application.identities:
        return
    if owed in {"review", "unknown"} or not nations.values:
        yield NOT_EXPORTABLE.finds(Outcome.REVIEW, law, *nations.facts, reason=_COUNTRY)
    elif owed == "none":
        yield NOT_EXPORTABLE.finds(Outcome.MET, law, nations.fact, reason=_EXEMPT)
    elif not application.non_exports:
        yield NOT_EXPORTABLE.finds(Outcome.CURE, law, *nations.facts)
    else:
        yield from _certified(application, nations, law)
    if owed in {"required", "none"} and nations.values != {"ESP"}:
        yield from _provenance(application, nations, law)


def _duty(nations: Nationality, law: Law) -> str:
    """Return the duty of the applicant's nationality; two nationalities are for a person to weigh."""
    if len(nations.values) != 1:
        return "review"
    return duty(next(iter(nations.values)), "convenio_especial", law)


def _certified(application: Application, nations: Nationality, law: Law) -> Iterator[Finding]:
    """Yield the finding on the certificates that came: one that surely says no, about the applicant.

    Where all of them surely say that the right is exportable there is nothing to doubt: CE-COB-01 decides.
    """
    papers = application.non_exports
    if all(_says(application, p, law, "no") for p in papers):
        return
    good = [p for p in papers if _says(application, p, law, "yes")]
    facts = [f for p in papers for f in (p.not_exportable, p.country)]
    if not good or len(good) < len(papers):
        yield NOT_EXPORTABLE.finds(Outcome.REVIEW, law, *facts, reason=_LETTER)
        return
    elsewhere = _elsewhere(application, nations, law, {p.country.value for p in good if p.country})
    outcome, reason = (Outcome.MET, _SHOWN) if elsewhere is None else (elsewhere, _PROVENANCE)
    if outcome is Outcome.CURE:
        reason = _WANTED[law.policy.certifying_country]
    yield NOT_EXPORTABLE.finds(outcome, law, *facts, nations.fact, reason=reason)


def _says(application: Application, paper: NonExport, law: Law, answer: Answer) -> bool:
    """Whether a certificate surely says of the applicant's right that it is not exportable, or is (`no`).

    One that bears a number is theirs by that number.
    """
    numbered = known(paper.person.id_number)
    whose = registered_as(application, paper.person) if numbered else match(application, paper.person)
    if whose == "different" or (numbered and whose != "same") or ticked(law, paper.not_exportable) != answer:
        return False
    named = _named(application.applicant, paper.person, law)
    issued = paper.issued_on
    dated = known(issued) and current(issued, application.filing.received_on, law)
    return named and sure(law, paper.country) and dated


def _named(applicant: Person, named: Person, law: Law) -> bool:
    """Whether a letter names the applicant: the whole name, or the date of birth where no name was read.

    The name with another date of birth may be a namesake's.
    """
    by_name = names_match(full_name(applicant), full_name(named))
    by_birth = births_match(applicant, named)
    sure_birth = by_birth == "same" and sure(law, named.birth_date)
    return (by_name == "same" and by_birth != "different") or (sure_birth and not full_name(named))


def _elsewhere(
    application: Application, nations: Nationality, law: Law, certified: set[str | None]
) -> Outcome | None:
    """Return what follows where another country certified than that of the nationality; None where it may.

    The Orden binds by nationality and asks for the certificate of the country of provenance.
    """
    reading = law.policy.certifying_country
    if reading == "provenance" and (came_from := _origins(application)):
        return None if certified <= came_from else Outcome.CURE
    if certified == nations.values:
        return None
    return Outcome.CURE if reading == "nationality" else Outcome.REVIEW


def _origins(application: Application) -> set[str | None]:
    """Return the countries from which the register says that the person came."""
    return {s.origin for s in stays(certificates(application)) if is_country(s.origin)}


def _provenance(application: Application, nations: Nationality, law: Law) -> Iterator[Finding]:
    """Yield a review where the register says that the person came from another country than their own.

    By the reading of the nationality that does not matter; by that of the provenance its certificate was
    compared already, and who owes none by nationality owes none.
    """
    origins = _origins(application)
    if law.policy.certifying_country != "review" or not origins or origins <= nations.values:
        return
    yield NOT_EXPORTABLE.finds(Outcome.REVIEW, law, *nations.facts, reason=_PROVENANCE)
