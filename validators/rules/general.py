"""What holds for every case: papers that cannot be read, one procedure, one application, a filing date.

Source: docs/law.md section 13; Ley 39/2015 arts. 16, 57, 66 and 68.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator

from validators.facts import Application, Evidence, Filing
from validators.finding import Finding, Outcome, Text
from validators.law import whole
from validators.law.regimes import ALWAYS, LEY_39_2015
from validators.residence import residence
from validators.rules import BEGINS, Law, Rule, judge
from validators.rules._certainty import fact_of, sure
from validators.rules._illegible import sentence
from validators.rules._oddities import words

UNREADABLE = Rule(
    id="GEN-UNREADABLE",
    basis="Ley 39/2015, art. 68.1",
    es="No se puede leer un documento.",
    gl="Non se pode ler un documento.",
    en="A document cannot be read.",
    since=LEY_39_2015,
)
_UNKNOWN_PAPER = Text(
    "Hay un documento que el programa no reconoce: léalo.",
    "Hai un documento que o programa non recoñece: léao.",
    "There is a paper that the program does not recognise: read it.",
)
_WEIGHTY_PAPER = Text(
    "Hay un documento que el programa no reconoce y que puede decidir el caso: léalo.",
    "Hai un documento que o programa non recoñece e que pode decidir o caso: léao.",
    "There is a paper that the program does not recognise and that may decide the case: read it.",
)
_HAND = Text(
    "Hay datos escritos a mano que el programa no lee: léalos usted en el papel.",
    "Hai datos escritos á man que o programa non le: léaos vostede no papel.",
    "There are entries written by hand, which the program does not read: please read them on the paper.",
)
_ASIDE = frozenset(
    {"block", "stair", "floor", "door", "place", "phone", "mobile", "institution", "permit", "support_number"}
)
"""Last parts of the names of fields on which no right and no deadline stands."""
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
FORMAT = Rule(
    id="GEN-FORMAT",
    basis="Ley 39/2015, art. 16.5 y 26",
    es="Formato irregular del archivo: {flag_es}.",
    gl="Formato irregular do ficheiro: {flag_gl}.",
    en="Irregular file format: {flag_en}.",
    since=LEY_39_2015,
)
RULES = (
    *UNREADABLE.formerly((ALWAYS, "Ley 30/1992, art. 71.1")),
    *PROCEDURE.formerly((ALWAYS, "Ley 30/1992, art. 70.1.b")),
    *SPLIT.formerly((ALWAYS, "Ley 30/1992, arts. 70.2 y 73")),
    *FILED.formerly((ALWAYS, "Ley 30/1992, arts. 38.3 y 70.1.c")),
    *FORMAT.formerly((ALWAYS, "Ley 30/1992, art. 45; Ley 11/2007, arts. 24 y 30")),
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
_JUDGED = frozenset(
    {
        "social_security_worker",
        "pensioner",
        "unemployment_benefit",
        "periodic_benefit",
        "exhausted_benefit",
        "mutual_insurance",
        "maritime",
        "foreign_cover",
        "european_card",
        "health_card",
        "international_protection",
        "temporary_protection",
        "statelessness",
    }
)
"""What other rules stop a case for by a paper's own words, so that it need not be looked at once more."""
_VOID = Text(
    "Un documento lleva una marca de anulado, sin validez o borrador.",
    "Un documento leva unha marca de anulado, sen validez ou borrador.",
    "A paper is marked as void, a draft or a specimen.",
)
_BESIDE = Text(
    "Alguien ha escrito en un impreso fuera de sus casillas: léalo.",
    "Alguén escribiu nun impreso fóra dos seus recadros: léao.",
    "Somebody wrote on a form outside its boxes: read it.",
)
_RESERVED = Text(
    "El certificado dice algo que lo limita o lo deja en duda: léalo.",
    "O certificado di algo que o limita ou o deixa en dúbida: léao.",
    "The certificate says something that limits it or leaves it in doubt: read it.",
)
_UNFORESEEN = Text(
    "Un escrito dice más de lo que el programa entiende: léalo.",
    "Un escrito di máis do que o programa entende: léao.",
    "A paper says more than the program understands: read it.",
)
_MORE = "unforeseen"
"""The subject of a mention of words that nobody foresaw in such a paper."""
_HELD = "executable-inside"
_ALTERED = frozenset(
    {
        "changed-after-signing",
        "signature-broken",
        "hidden-text",
        "ambiguous-text",
        "several-versions",
        "pages-missing",
        _HELD,
    }
)
_ASKED = {"malware": Outcome.REVIEW, "blank": Outcome.NOTICE}
"""What an unreadable paper asks for but a better one: an empty sheet nothing, where none may be missing."""
_OFFICE = frozenset({"office", "option"})
_SOURCES = {
    "office": ("según la oficina", "segundo a oficina", "according to the office"),
    "option": ("según la oficina", "segundo a oficina", "according to the office"),
    "package": ("según quien la envía", "segundo quen a envía", "according to the sender"),
    "stamp": ("según un sello o justificante", "segundo un selo ou xustificante", "by a stamp or receipt"),
    "reception": ("día de recepción", "día de recepción", "day of reception"),
}


@judge(since=ALWAYS)
def unreadable(application: Application, law: Law) -> Iterator[Finding]:
    """GEN-UNREADABLE: asked for again; looked at where it could hold the certificate that is missing.

    A readable paper of no known kind is told, so that nobody decides without having seen it; one in which
    an authority or a person states something is looked at first.
    """
    open_year = _could_decide(application, law)
    for member in application.unreadable:
        outcome = Outcome.REVIEW if open_year else _ASKED.get(member.code, Outcome.CURE)
        place, said = (Evidence(member.document, "kind"),), sentence(member.code)
        yield UNREADABLE.finds(outcome, law, evidence=place, reason=said)
    stating = _mentioning(application, {"weighty_paper"}) - _mentioning(application, _JUDGED)
    more = _mentioning(application, {_MORE}) - _stopped(application, law)
    for document in application.papers.get("other", ()):
        weighty = document in stating | more
        outcome, reason = (Outcome.REVIEW, _WEIGHTY_PAPER) if weighty else (Outcome.NOTICE, _UNKNOWN_PAPER)
        yield UNREADABLE.finds(outcome, law, evidence=(Evidence(document, "title"),), reason=reason)


@judge(since=ALWAYS)
def by_hand(application: Application, law: Law) -> Iterator[Finding]:
    """GEN-UNREADABLE: what is written by hand is read by a person before anything is proposed."""
    if application.by_hand:
        weighty = any(place.field.rpartition(".")[2] not in _ASIDE for place in application.by_hand)
        outcome = Outcome.REVIEW if weighty else Outcome.NOTICE
        yield UNREADABLE.finds(outcome, law, evidence=application.by_hand, reason=_HAND)


def _mentioning(application: Application, subjects: Collection[str]) -> set[str]:
    """Return the documents whose text touches one of *subjects*."""
    return {m.evidence.document for m in application.mentions if m.subject in subjects}


def _stopped(application: Application, law: Law) -> set[str]:
    """Return the documents by whose own words another rule stops the applicant's case for sure."""
    return {
        m.evidence.document
        for m in application.mentions
        if m.subject in _JUDGED and m.whose == "applicant" and sure(law, fact_of(m))
    }


def _could_decide(application: Application, law: Law) -> bool:
    """Whether the certificates that were read leave the year open: a further one may close it."""
    if application.procedure == "unknown":
        return True
    shown = residence(application, law.policy)
    return shown is not None and (shown.complete_on is None or shown.complete_on >= law.on)


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


@judge(since=ALWAYS)
def file_format(application: Application, law: Law) -> Iterator[Finding]:
    """GEN-FORMAT: told, so that such a file is opened with care; one that was altered is looked at.

    So is a paper that counts more pages than came, and a program, though nobody can read it.
    """
    unread = {member.document for member in application.unreadable}
    for document, flag in application.flags:
        if document not in unread or flag == _HELD:
            outcome = Outcome.REVIEW if flag in _ALTERED else Outcome.NOTICE
            said, place = words(flag), (Evidence(document, "kind"),)
            yield FORMAT.finds(
                outcome, law, evidence=place, flag_es=said.es, flag_gl=said.gl, flag_en=said.en
            )


@judge(since=ALWAYS)
def void(application: Application, law: Law) -> Iterator[Finding]:
    """GEN-FORMAT: a paper that bears a mark of being void, a draft or a specimen is looked at."""
    for mention in application.mentions:
        if mention.subject == "void_mark":
            yield FORMAT.finds(Outcome.REVIEW, law, fact_of(mention), reason=_VOID)


@judge(since=ALWAYS)
def own_words(application: Application, law: Law) -> Iterator[Finding]:
    """GEN-UNREADABLE: what stands beside a form, limits a paper or was not foreseen, a person reads."""
    read_by_a_person = {"written_beside": _BESIDE, "reservation": _RESERVED, _MORE: _UNFORESEEN}
    seen = {*application.papers.get("other", ()), *_stopped(application, law)}
    for mention in application.mentions:
        told = mention.subject == _MORE and mention.evidence.document in seen
        if mention.subject in read_by_a_person and not told:
            reason = read_by_a_person[mention.subject]
            yield UNREADABLE.finds(Outcome.REVIEW, law, fact_of(mention), reason=reason)
