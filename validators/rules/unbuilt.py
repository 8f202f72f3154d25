"""Cases of the law that this version does not judge yet: wherever one appears, a person decides.

Each line names the rule of docs/law.md, its article, what it is about, and how the subject is noticed.
Nothing here proposes anything: every finding is a `review`, so no such case is ever proposed for approval.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from validators.dates import age
from validators.facts import Application, AsistenciaRequest, Evidence, Fact, Procedure
from validators.finding import Finding, Outcome
from validators.law import moves_freely, whole
from validators.rules import Law, Rule, judge
from validators.rules._certainty import fact_of, known, ticked

Seen = Iterator[Fact[Any]]
Subject = Callable[[Application, Law], Seen]

AS: tuple[Procedure, ...] = ("asistencia_sanitaria", "unknown")
CE: tuple[Procedure, ...] = ("convenio_especial", "unknown")
ALL: tuple[Procedure, ...] = ("asistencia_sanitaria", "convenio_especial", "unknown")


class Unbuilt(NamedTuple):
    """A rule not judged yet, the procedures it is watched in, and its subject where it appears."""

    rule: Rule
    procedures: tuple[Procedure, ...]
    subject: Subject


def _mentioned(*subjects: str) -> Subject:
    """Notice a subject that some paper's text touches."""

    def seen(application: Application, law: Law) -> Seen:
        del law
        yield from (fact_of(mention) for mention in application.mentions if mention.subject in subjects)

    return seen


def _paper(kind: str) -> Subject:
    """Notice a kind of paper in the package."""

    def seen(application: Application, law: Law) -> Seen:
        del law
        for document in application.papers.get(kind, ()):
            yield Fact(value=True, evidence=(Evidence(document, "kind"),))

    return seen


def _either(*subjects: Subject) -> Subject:
    """Notice any of several subjects."""

    def seen(application: Application, law: Law) -> Seen:
        for subject in subjects:
            yield from subject(application, law)

    return seen


def _relative(slug: str) -> Subject:
    """Notice a beneficiary of one relationship, alone or among several boxes ticked."""

    def seen(application: Application, law: Law) -> Seen:
        del law
        for form in application.asistencia:
            for beneficiary in form.beneficiaries:
                relation = beneficiary.relationship
                value = relation.value if relation else None
                if relation and value and slug in ([value] if isinstance(value, str) else value):
                    yield relation

    return seen


def _box(read: Callable[[AsistenciaRequest], Fact[bool] | None]) -> Subject:
    """Notice a box of the INSS form that is not surely empty."""

    def seen(application: Application, law: Law) -> Seen:
        for form in application.asistencia:
            box = read(form)
            if ticked(law, box) != "no":
                yield box or Fact(value=None, evidence=(Evidence(form.document, "request"),))

    return seen


def _beneficiary(application: Application, law: Law) -> Seen:
    """Notice any beneficiary named in the form, whatever the boxes say."""
    del law
    for form in application.asistencia:
        for beneficiary in form.beneficiaries:
            person = beneficiary.person
            facts = (person.id_number, person.first_surname, person.given_name, person.birth_date)
            yield next(
                (f for f in facts if f),
                Fact(value=None, evidence=(Evidence(form.document, "beneficiaries"),)),
            )


def _disabled(application: Application, law: Law) -> Seen:
    """Notice a beneficiary whose disability box is not surely empty."""
    for form in application.asistencia:
        for beneficiary in form.beneficiaries:
            box = beneficiary.disability
            if box is not None and ticked(law, box) != "no":
                yield box


def _earlier_holder(application: Application, law: Law) -> Seen:
    """Notice an earlier holder named in the form."""
    del law
    for form in application.asistencia:
        person = form.previous_holder
        yield from (f for f in (person.id_number, person.first_surname, person.given_name) if f and known(f))


def _minor(application: Application, law: Law) -> Seen:
    """Notice a holder under age, who cannot sign alone."""
    born = application.applicant.birth_date
    if born and born.value and age(born.value, law.on) < whole("rd-180-2026", "majority_years", on=law.on):
        yield born


def _foreign_letter(application: Application, law: Law) -> Seen:
    """Notice a letter of an institution outside the Union, which may need legalisation."""
    for paper in application.non_exports:
        country = paper.country
        if country is None or country.value is None or not moves_freely(country.value, on=law.on):
            yield country or Fact(value=None, evidence=(Evidence(paper.document, "country"),))


def _absences(application: Application, law: Law) -> Seen:
    """Notice stays abroad that the papers declare."""
    del law
    yield from (absence.since for absence in application.absences)


def _death(application: Application, law: Law) -> Seen:
    """Notice a registration that ended with a death."""
    del law
    for registration in application.registrations:
        yield from (period.until for period in registration.periods if period.cause_out == "death")


def _of(
    number: str, basis: str, es: str, gl: str, en: str, procedures: tuple[Procedure, ...], subject: Subject
) -> Unbuilt:
    """Return one line of the table, its reasons made from what the rule is about."""
    rule = Rule(
        id=number,
        basis=basis,
        es=f"Supuesto que esta versión aún no valora: {es}. Debe decidir una persona.",
        gl=f"Suposto que esta versión aínda non valora: {gl}. Debe decidir unha persoa.",
        en=f"Not yet judged by this version: {en}. A person must decide.",
    )
    return Unbuilt(rule, procedures, subject)


R1192 = "RD 1192/2012"
R180 = "RD 180/2026"
UNBUILT = (
    _of("AS-BEN-01", f"{R1192}, art. 3.1.a", "cónyuge", "cónxuxe", "spouse", AS,
        _either(_relative("spouse"), _paper("family_record"))),
    _of("AS-BEN-02", f"{R1192}, art. 6.3.b; RDL 7/2018, DA única.2", "pareja de hecho", "parella de feito",
        "registered partner", AS, _either(_relative("partner"), _paper("partner_registration"))),
    _of("AS-BEN-03", f"{R1192}, art. 3.1.b", "ex cónyuge o separación", "excónxuxe ou separación",
        "former spouse or separation", AS, _either(_relative("ex_spouse"), _paper("court_decision"))),
    _of("AS-BEN-04", f"{R1192}, art. 3.1.c", "descendiente", "descendente", "descendant", AS,
        _relative("child")),
    _of("AS-BEN-05", f"{R1192}, art. 3.1.c", "beneficiario con discapacidad",
        "beneficiario con discapacidade", "beneficiary with a disability", AS, _disabled),
    _of("AS-BEN-06", f"{R1192}, art. 6.3.e", "tutela o acogimiento de un beneficiario",
        "tutela ou acollemento dun beneficiario", "ward or foster child", AS, _relative("ward")),
    _of("AS-BEN-07", f"{R1192}, art. 6.3.f", "hermano o hermana", "irmán ou irmá", "sibling", AS,
        _relative("sibling")),
    _of("AS-BEN-08", f"{R1192}, art. 3.2", "dependencia económica y convivencia",
        "dependencia económica e convivencia", "dependency and cohabitation", AS,
        _either(_beneficiary, _paper("income_declaration"))),
    _of("AS-BEN-09", f"{R1192}, art. 3.3", "derecho propio y residencia de un beneficiario",
        "dereito propio e residencia dun beneficiario", "own right and residence of a beneficiary", AS,
        _either(_beneficiary, _box(lambda form: form.for_beneficiary))),
    _of("AS-BEN-10", f"{R1192}, art. 3.5", "beneficiario de un solo titular", "beneficiario dun só titular",
        "beneficiary of one holder only", AS, _beneficiary),
    _of("AS-BEN-11", "INSS, modelo 6-071", "cambio de titular", "cambio de titular", "change of holder", AS,
        _either(_box(lambda form: form.change_of_holder), _earlier_holder)),
    _of("AS-BEN-12", "INSS, modelo 6-071", "solicitud del propio beneficiario",
        "solicitude do propio beneficiario", "application by the beneficiary", AS,
        _box(lambda form: form.filed_by_beneficiary)),
    _of("AS-ID-05", f"{R1192}, art. 6.1", "legalización de documentos extranjeros",
        "legalización de documentos estranxeiros", "legalisation of foreign papers", AS, _foreign_letter),
    _of("AS-REP-02", "Ley 39/2015, art. 6", "poder de representación", "poder de representación",
        "power of attorney", ALL, _mentioned("power_of_attorney")),
    _of("AS-REP-03", "Código Civil, art. 250", "tutela, guarda o medidas de apoyo",
        "tutela, garda ou medidas de apoio", "guardianship, care or support measures", ALL,
        _either(_mentioned("guardianship", "support_measures"), _paper("court_decision"))),
    _of("AS-TUT-01", f"{R1192}, art. 2.2", "menor tutelado por la Administración",
        "menor tutelado pola Administración", "minor under administrative guardianship", ALL,
        _mentioned("desamparo")),
    _of("CE-EXT-01", "RD 576/2013, art. 7.1.a", "fallecimiento", "falecemento", "death", ALL, _death),
    _of("CE-VET-01", "RD 576/2013, art. 7.3", "convenio anterior extinguido", "convenio anterior extinguido",
        "earlier convenio that ended", CE, _mentioned("earlier_convenio")),
    _of("CAT-10", "Ley 40/2006; RD 8/2008, art. 26", "español de origen retornado",
        "español de orixe retornado", "returned Spaniard by origin", ALL,
        _either(_paper("consular_deregistration"), _mentioned("returned_emigrant"))),
    _of("CAT-11", "RD 8/2008, art. 26", "español de origen en estancia temporal",
        "español de orixe en estadía temporal", "Spaniard by origin on a temporary stay", AS,
        _paper("consular_deregistration")),
    _of("CAT-12", "RD 8/2008, art. 26.6", "familiar de español retornado", "familiar de español retornado",
        "family of a returned Spaniard", AS, _mentioned("returned_emigrant")),
    _of("CAT-13", f"{R1192}, DA 2.1; Ley 16/2003, art. 3.1", "cobertura extranjera (S1, TSE)",
        "cobertura estranxeira (S1, TSE)", "foreign cover (S1, EHIC)", AS,
        _mentioned("foreign_cover", "health_card")),
    _of("CAT-15", "RDLeg 1/2013; RD 383/1984", "discapacidad reconocida", "discapacidade recoñecida",
        "recognised disability", ALL, _paper("disability_certificate")),
    _of("CAT-16", "Ley 16/2003, art. 3.4", "mutualismo administrativo", "mutualismo administrativo",
        "civil servants' mutual scheme", AS, _mentioned("mutual_insurance")),
    _of("CAT-18", f"{R180}, art. 4.a", "titular menor de edad", "titular menor de idade", "holder under age",
        AS, _minor),
    _of("CAT-19", f"{R180}, art. 4.b", "embarazo, parto y posparto", "embarazo, parto e posparto",
        "pregnancy, birth and postpartum", AS, _mentioned("pregnancy")),
    _of("CAT-20", f"{R180}, art. 4.c y 4.d", "protección internacional o temporal, apatridia",
        "protección internacional ou temporal, apatridia",
        "international or temporary protection, statelessness", AS,
        _mentioned("international_protection", "temporary_protection", "statelessness")),
    _of("CAT-21", f"{R180}, art. 4.f", "víctima de trata", "vítima de trata", "victim of trafficking", AS,
        _mentioned("trafficking")),
    _of("CAT-22", f"{R180}, art. 4.e, g, h, i", "violencia de género o sexual",
        "violencia de xénero ou sexual", "gender or sexual violence", AS,
        _mentioned("gender_violence", "sexual_violence")),
    _of("CAT-24", "RDLeg 8/2015, art. 51", "estancias en el extranjero", "estadías no estranxeiro",
        "stays abroad", AS, _either(_absences, _paper("absence_statement"))),
)  # fmt: skip
RULES: tuple[Rule, ...] = tuple(line.rule for line in UNBUILT)


@judge()
def not_yet_judged(application: Application, law: Law) -> Iterator[Finding]:
    """Send a case to a person for every rule of the table whose subject appears."""
    for line in UNBUILT:
        if application.procedure in line.procedures:
            yield from _asked(line.rule, line.subject(application, law), law)


def _asked(rule: Rule, seen: Iterable[Fact[Any]], law: Law) -> Iterator[Finding]:
    """Yield one finding for all places in which the subject was seen."""
    facts = tuple(seen)
    if facts:
        yield rule.finds(Outcome.REVIEW, law, *facts)
