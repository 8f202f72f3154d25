"""Papers that no rule can judge: nobody could read them, knows their kind, or foresaw what they say.

Source: docs/law.md section 13; Ley 39/2015 art. 68.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from validators.facts import Application, Evidence
from validators.finding import Finding, Outcome, Text
from validators.law.regimes import ALWAYS, LEY_39_2015
from validators.residence import residence
from validators.rules import Law, Rule, judge
from validators.rules._certainty import fact_of, sure
from validators.rules._illegible import sentence

UNREADABLE = Rule(
    id="GEN-UNREADABLE",
    basis="Ley 39/2015, art. 68.1",
    es="No se puede leer un documento.",
    gl="Non se pode ler un documento.",
    en="A document cannot be read.",
    since=LEY_39_2015,
)
RULES = UNREADABLE.formerly((ALWAYS, "Ley 30/1992, art. 71.1"))
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
_ASKED = {"malware": Outcome.REVIEW, "blank": Outcome.NOTICE}
"""What an unreadable paper asks for but a better one: an empty sheet nothing, where none may be missing."""


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
