"""Who files for somebody else before the INSS shows a signed paper and an identity paper.

Source: Ley 39/2015 art. 5.3 to 5.6; docs/law.md AS-REP-01.
"""

from __future__ import annotations

from collections.abc import Iterator

from validators.facts import Application, AsistenciaRequest, Person
from validators.finding import Finding, Outcome, Text
from validators.identity import same_person
from validators.law.regimes import LEY_39_2015, RD_1192_2012
from validators.rules import Law, Rule, judge
from validators.rules._age import of_age
from validators.rules._certainty import by_hand, cure_if, known, named, ticked
from validators.rules._parents import parent_acts
from validators.rules._power import OTHER_MATTER, covers

REPRESENTED = Rule(
    id="AS-REP-01",
    basis="Ley 39/2015, art. 5.3 a 5.6",
    es="Falta acreditar la representación con un documento firmado por la persona representada.",
    gl="Falta acreditar a representación cun documento asinado pola persoa representada.",
    en="A document signed by the represented person to prove the representation is missing.",
    since=LEY_39_2015,
)
RULES = (*REPRESENTED.formerly((RD_1192_2012, "Ley 30/1992, art. 32")),)
_IS_REPRESENTED = Text(
    "La representación está acreditada.", "A representación está acreditada.", "The representation is proved."
)
_PARENT = Text(
    "Por la persona menor actúa su padre o su madre, que la representa por ley.",
    "Pola persoa menor actúa o seu pai ou a súa nai, que a representa por lei.",
    "A parent acts for the minor, whom the law makes the representative.",
)
_WHOM = Text(
    "No consta con certeza quién representa a quién.",
    "Non consta con certeza quen representa a quen.",
    "It is not certain who represents whom.",
)


@judge("asistencia_sanitaria")
def representative(application: Application, law: Law) -> Iterator[Finding]:
    """AS-REP-01: a named representative needs a signed paper; a paper without one named is looked at."""
    for form in application.asistencia:
        if named(form.representative):
            papers = application.representations
            if not papers and of_age(application, law)[0] == "no" and parent_acts(application, law):
                yield REPRESENTED.finds(Outcome.MET, law, *of_age(application, law)[1], reason=_PARENT)
            else:
                yield _proved(application, form, law) if papers else _unproved(form.representative, law)
        elif application.representations or by_hand(form.representative):
            yield REPRESENTED.finds(Outcome.REVIEW, law, *by_hand(form.representative), reason=_WHOM)


def _proved(application: Application, form: AsistenciaRequest, law: Law) -> Finding:
    """Return the finding for the papers of representation that came."""
    fitting = [
        paper
        for paper in application.representations
        if same_person(form.holder, paper.represented) == "same"
        and same_person(form.representative, paper.representative) == "same"
    ]
    if not fitting:
        return REPRESENTED.finds(Outcome.REVIEW, law, form.representative.id_number, reason=_WHOM)
    paper = next((one for one in fitting if covers(application, one, law)), fitting[0])
    signed = paper.represented_signature.present
    if ticked(law, signed) != "yes":
        return REPRESENTED.finds(cure_if(law, signed), law, signed)
    if not covers(application, paper, law):
        return REPRESENTED.finds(Outcome.REVIEW, law, paper.procedure, signed, reason=OTHER_MATTER)
    return REPRESENTED.finds(Outcome.MET, law, signed, reason=_IS_REPRESENTED)


def _unproved(agent: Person, law: Law) -> Finding:
    """Return what is asked for: the paper, if it is sure that somebody is named, else a person's look."""
    told = [fact for fact in (agent.first_surname, agent.given_name, agent.id_number) if known(fact)]
    surest = max(told, key=lambda fact: fact.confidence if fact else 0.0)
    return REPRESENTED.finds(Outcome.CURE, law, surest)
