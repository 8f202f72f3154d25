"""AS-EXP-01: nationals of some countries, and who has just come from one, show what they cannot export.

Source: RD 1192/2012 art. 6.2.e (kept by RDL 7/2018, DT 2ª); docs/law.md AS-EXP-01 ("nationality or
provenance"). Which of the two binds where they differ is `Policy.certifying_country`, as before INGESA.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from validators.dates import add_months
from validators.facts import Application, Fact, NonExport
from validators.finding import Finding, Outcome, Text
from validators.identity import same_person
from validators.law import whole
from validators.law.regimes import RD_1192_2012, RDL_7_2018
from validators.rules import Law, Rule, judge
from validators.rules._beneficiary import of_a_beneficiary
from validators.rules._certainty import known, sure, ticked
from validators.rules._export_duty import duty
from validators.rules._nationality import stated
from validators.rules._stale import current
from validators.stays import match
from validators.towns import is_country

NO_EXPORT = Rule(
    id="AS-EXP-01",
    basis="RD 1192/2012, art. 6.2.e (RDL 7/2018, DT 2ª); Ley 16/2003, art. 3.2.c",
    es="Falta el certificado de no exportación del derecho.",
    gl="Falta o certificado de non exportación do dereito.",
    en="Non-export certificate missing.",
    since=RDL_7_2018,
)
RULES = (*NO_EXPORT.formerly((RD_1192_2012, "RD 1192/2012, art. 6.2.e")),)
_COUNTRY = Text(
    "La nacionalidad no consta con certeza, o el país no está en la tabla de convenios.",
    "A nacionalidade non consta con certeza, ou o país non está na táboa de convenios.",
    "The nationality is not certain, or the country is not in the table of conventions.",
)
_LETTER = Text(
    "El certificado de no exportación no es concluyente, o no es del país o de la persona.",
    "O certificado de non exportación non é concluínte, ou non é do país ou da persoa.",
    "The non-export certificate is not conclusive, or not of the country or person.",
)
_HAS_LETTER = Text(
    "Consta el certificado de no exportación.",
    "Consta o certificado de non exportación.",
    "The non-export certificate is there.",
)
_PROVENANCE = Text(
    "Acaba de llegar de un país ({country}) que puede mantener la cobertura, y su institución no certifica.",
    "Acaba de chegar dun país ({country}) que pode manter a cobertura, e a súa institución non certifica.",
    "Has just come from a country ({country}) that may go on covering, whose institution certifies nothing.",
)
_STATELESS = "XXA"


@judge("asistencia_sanitaria")
def not_exportable(application: Application, law: Law) -> Iterator[Finding]:
    """Yield what the nationality asks for, and what the country does from which the person has just come."""
    nationality = application.applicant.nationality
    if stated(application, law) == "unsure":
        yield NO_EXPORT.finds(Outcome.REVIEW, law, nationality, reason=_COUNTRY)
    elif nationality is not None and nationality.value is not None:
        came_from = _came_from(application, nationality.value, law)
        yield from _duty(application, nationality, nationality.value, came_from, law)
        yield from _provenance(application, came_from, law)


def _duty(
    application: Application,
    nationality: Fact[str],
    country: str,
    came_from: dict[str, Fact[dt.date]],
    law: Law,
) -> Iterator[Finding]:
    """Yield the findings for a nationality surely read; a beneficiary's letter is not the holder's."""
    owed = duty(country, "asistencia_sanitaria", law)
    by_provenance = law.policy.certifying_country == "provenance" and bool(came_from)
    if owed in {"review", "unknown"}:
        yield NO_EXPORT.finds(Outcome.REVIEW, law, nationality, reason=_COUNTRY)
    elif owed == "required" and not _letters(application) and not by_provenance:
        yield NO_EXPORT.finds(Outcome.CURE, law, nationality)
    fitting = set(came_from) if by_provenance else {country, *came_from}
    for paper in _letters(application):
        yield _export_paper(paper, application, nationality, fitting, law)


def _letters(application: Application) -> list[NonExport]:
    """Return the letters but those that are surely a beneficiary's."""
    return [p for p in application.non_exports if not of_a_beneficiary(application, p.person)]


def _export_paper(
    paper: NonExport, application: Application, nationality: Fact[str], fitting: set[str], law: Law
) -> Finding:
    """Return the finding for one foreign institution's letter."""
    word, country = paper.not_exportable, paper.country
    ours = same_person(application.applicant, paper.person) == "same"
    dated = known(paper.issued_on) and current(paper.issued_on, application.filing.received_on, law)
    home = sure(law, country) and country is not None and country.value in fitting
    if not (ours and home and dated and ticked(law, word) == "yes"):
        return NO_EXPORT.finds(Outcome.REVIEW, law, word, country, nationality, reason=_LETTER)
    return NO_EXPORT.finds(Outcome.MET, law, word, country, nationality, reason=_HAS_LETTER)


def _provenance(application: Application, came_from: dict[str, Fact[dt.date]], law: Law) -> Iterator[Finding]:
    """Yield a finding for each country just left whose institution has sent no letter."""
    if law.policy.certifying_country == "nationality":
        return
    outcome = Outcome.CURE if law.policy.certifying_country == "provenance" else Outcome.REVIEW
    certified = {paper.country.value for paper in _letters(application) if paper.country}
    for country, day in came_from.items():
        if country not in certified:
            yield NO_EXPORT.finds(outcome, law, day, reason=_PROVENANCE, country=country)


def _came_from(application: Application, nationality: str, law: Law) -> dict[str, Fact[dt.date]]:
    """Return the countries with the duty, but for that of the nationality, that the person left of late."""
    if nationality == _STATELESS:
        return {}
    months = whole("inss-service", "recent_provenance_months", on=law.on)
    since = add_months(law.on, -months)
    return {
        country: day
        for country, day in _arrivals(application)
        if day.value is not None and day.value >= since and country != nationality
        if duty(country, "asistencia_sanitaria", law) == "required"
    }


def _arrivals(application: Application) -> Iterator[tuple[str, Fact[dt.date]]]:
    """Yield each country from which a register or a consulate says that the person came, and when."""
    for paper in application.registrations:
        if match(application, paper.person) == "same":
            for stay in paper.periods:
                if stay.origin and is_country(stay.origin):
                    yield stay.origin, stay.since
    for left in application.consular_exits:
        if left.left_on and left.country and left.country.value and match(application, left.person) == "same":
            yield left.country.value, left.left_on
