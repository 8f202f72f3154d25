"""What holds for every case: one procedure, one application, a filing date.

Source: docs/law.md section 13; Ley 39/2015 arts. 16, 57 and 66.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from validators.facts import Application, Evidence, Filing
from validators.finding import Finding, Outcome, Text
from validators.law import whole
from validators.law.regimes import ALWAYS, LEY_39_2015
from validators.rules import BEGINS, Law, Rule, judge
from validators.rules._certainty import sure

PROCEDURE = Rule(
    id="GEN-PROCEDURE",
    basis="Ley 39/2015, art. 66.1.c",
    es="No se reconoce el procedimiento, o hay documentos de los dos.",
    gl="Non se recoñece o procedemento, ou hai documentos dos dous.",
    en="The procedure is not recognised, or there are papers of both.",
    since=LEY_39_2015,
)
SPLIT = Rule(
    id="GEN-SPLIT",
    basis="Ley 39/2015, art. 57 y 66.2",
    es="Hay más de una solicitud en el envío.",
    gl="Hai máis dunha solicitude no envío.",
    en="There is more than one application in the filing.",
    since=LEY_39_2015,
)
FILED = Rule(
    id="GEN-FILED",
    basis="Ley 39/2015, art. 16.3 y 66.1.d",
    es="Fecha de presentación por confirmar: {filed} ({source_es}).",
    gl="Data de presentación por confirmar: {filed} ({source_gl}).",
    en="Filing date to be confirmed: {filed} ({source_en}).",
    since=LEY_39_2015,
)
RULES = (
    *PROCEDURE.formerly((ALWAYS, "Ley 30/1992, art. 70.1.b")),
    *SPLIT.formerly((ALWAYS, "Ley 30/1992, arts. 70.2 y 73")),
    *FILED.formerly((ALWAYS, "Ley 30/1992, arts. 38.3 y 70.1.c")),
)
_NOT_YET = Text(
    "El {filed} este procedimiento no existía: rige desde el {begins}.",
    "O {filed} este procedemento non existía: rexe desde o {begins}.",
    "On {filed} this procedure did not exist: it is in force from {begins}.",
)
OTHER_DAY = Text(
    "La regla {rule} no regía el día de la solicitud: debe decidir una persona.",
    "A regra {rule} non rexía o día da solicitude: debe decidir unha persoa.",
    "Rule {rule} was not in force on the day of the application: a person must decide.",
)
_OFFICE = frozenset({"office", "option"})
_SOURCES = {
    "office": ("según la oficina", "segundo a oficina", "according to the office"),
    "option": ("según la oficina", "segundo a oficina", "according to the office"),
    "package": ("según quien la envía", "segundo quen a envía", "according to the sender"),
    "stamp": ("según un sello o justificante", "segundo un selo ou xustificante", "by a stamp or receipt"),
    "reception": ("día de recepción", "día de recepción", "day of reception"),
}


@judge(since=ALWAYS)
def procedure(application: Application, law: Law) -> Iterator[Finding]:
    """GEN-PROCEDURE: one procedure, shown by its form or stated, no paper of the other, and begun."""
    begins = BEGINS[application.procedure]
    if law.day < begins:
        yield PROCEDURE.finds(Outcome.REVIEW, law, reason=_NOT_YET, filed=law.day, begins=begins)
    if application.procedure == "unknown" or (application.convenio and application.asistencia):
        places = [Evidence(form.document, "kind") for form in application.convenio]
        places += [Evidence(form.document, "kind") for form in application.asistencia]
        yield PROCEDURE.finds(Outcome.REVIEW, law, evidence=places)


@judge(since=ALWAYS)
def one_application(application: Application, law: Law) -> Iterator[Finding]:
    """GEN-SPLIT: two forms of one procedure are two applications until a person says otherwise."""
    for forms in (application.convenio, application.asistencia):
        if len(forms) > 1:
            yield SPLIT.finds(
                Outcome.REVIEW, law, evidence=[Evidence(form.document, "kind") for form in forms]
            )


@judge(since=ALWAYS)
def filing_date(application: Application, law: Law) -> Iterator[Finding]:
    """GEN-FILED: told where the office did not say it; looked at where sources differ or it cannot be."""
    filing = application.filing
    doubtful = _impossible(application, law) or _contradicted(filing, law)
    if doubtful or filing.source not in _OFFICE:
        es, gl, en = _SOURCES[filing.source]
        outcome = Outcome.REVIEW if doubtful else Outcome.NOTICE
        yield FILED.finds(
            outcome, law, *filing.stated, filed=filing.filed_on, source_es=es, source_gl=gl, source_en=en
        )


def _impossible(application: Application, law: Law) -> bool:
    """Whether the filing lies after the reception, or before there was such a procedure."""
    return law.on > application.filing.received_on or law.on < BEGINS[application.procedure]


def _contradicted(filing: Filing, law: Law) -> bool:
    """Whether another source gives another day, or the sender's day is far from the reception.

    The office's word stands against the sender's, not against a stamp in the papers. A doubtful stamp that
    says the office's day, as one printed over a form's own words, only confirms it.
    """
    far = dt.timedelta(days=whole("product", "filing_gap_days", on=law.on))
    if filing.source == "package" and abs(filing.received_on - filing.filed_on) > far:
        return True
    weighty = [day for day in filing.stated if day.evidence or filing.source not in _OFFICE]
    told = filing.source in _OFFICE
    return any(day.value != filing.filed_on or day.others or not (told or sure(law, day)) for day in weighty)
