"""CE-RES-19 and 20: other signs of residence, and entries that fell due for renewal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from validators.dates import add_years
from validators.facts import Application, Evidence, Fact
from validators.finding import Finding, Outcome, Text
from validators.law import whole
from validators.law.regimes import INE_2020, LEY_39_2015, SSI_1475_2014
from validators.renewal import must_renew
from validators.residence import read_timeline
from validators.rules import Law, Rule, judge
from validators.rules._answered import lives_in
from validators.rules._asked import alta
from validators.stays import Stay, certificates, stays
from validators.year import verdict

_INSTRUCTIONS = "Resolución de 17-2-2020 (BOE-A-2020-4784), apdo."

OTHER_PROOF = Rule(
    id="CE-RES-19",
    basis="Ley 39/2015, art. 77.1; Orden SSI/1475/2014, art. 5.2.b",
    es="Se aporta otra prueba de residencia distinta del padrón: valórela.",
    gl="Achégase outra proba de residencia distinta do padrón: valórea.",
    en="Proof of residence other than the register is provided: assess it.",
    since=LEY_39_2015,
)
RENEWAL = Rule(
    id="CE-RES-20",
    basis=f"Ley 7/1985, art. 16.1; {_INSTRUCTIONS} 6.7 y 6.8",
    es="El plazo de renovación de la inscripción ({mark}) venció tras expedirse el certificado ({issued}).",
    gl="O prazo de renovación da inscrición ({mark}) venceu tras expedirse o certificado ({issued}).",
    en="The entry's renewal fell due ({mark}) after the certificate was issued ({issued}).",
    since=INE_2020,
)
RULES = (
    *OTHER_PROOF.formerly((SSI_1475_2014, "Ley 30/1992, art. 80.1; Orden SSI/1475/2014, art. 5.2.b")),
    *RENEWAL.formerly((SSI_1475_2014, "Ley 7/1985, art. 16.1")),
)


@judge("convenio_especial")
def other_proof(application: Application, law: Law) -> Iterator[Finding]:
    """Yield a review where the register falls short and another paper may show an older residence."""
    if not alta(application, law):
        return
    line = read_timeline(application, law.policy, stays(certificates(application)))
    said = verdict(line, law.policy, appealed=False)
    if said is None or said.outcome is Outcome.MET:
        return
    start = line.start or law.on
    older = [p.valid_from for p in application.permits if _before(p.valid_from, start)]
    unread = application.papers.get("other", ()) if said.outcome is Outcome.NOT_MET else ()
    if older or unread:
        places = [Evidence(document, "title") for document in unread]
        yield OTHER_PROOF.finds(Outcome.REVIEW, law, *older, evidence=places)


def _before(fact: Fact[dt.date] | None, day: dt.date) -> bool:
    """Whether a date was read and lies before *day*."""
    return fact is not None and fact.value is not None and fact.value < day


@judge("convenio_especial")
def renewal(application: Application, law: Law) -> Iterator[Finding]:
    """Yield what the two-year renewal of non-EU residents means for an entry that is still open.

    A certificate without date of issue is asked for again by CE-RES-16.
    """
    own = certificates(application)
    line = read_timeline(application, law.policy, stays(own))
    if not alta(application, law) or not must_renew(application, law.policy.acceptance, law.on):
        return
    years = whole("lbrl-1985", "renewal_years", on=law.on)
    for stay in line.present:
        mark, issued = add_years(stay.since, years), stay.certified_on
        if mark <= law.on and stay.until is None and issued is not None:
            late = issued < mark and not _seen_after(application, law, stay, mark)
            outcome = Outcome.REVIEW if late else Outcome.NOTICE
            reason = None if late else _active(mark, queried=issued < mark)
            yield RENEWAL.finds(outcome, law, *stay.facts, reason=reason, mark=mark, issued=issued)


def _seen_after(application: Application, law: Law, stay: Stay, mark: dt.date) -> bool:
    """Whether a register that was asked shows the entry alive on a day after its renewal fell due."""
    answer = lives_in(application, law, stay.town)
    return answer is not None and answer.as_of is not None and answer.as_of >= mark


def _active(mark: dt.date, *, queried: bool) -> Text:
    """Return the sentence for an entry that is shown alive after its renewal fell due, and by what."""
    shown = _ASKED if queried else _CERTIFIED
    return Text(*(text.format(mark=f"{mark:%d/%m/%Y}") for text in shown))


_CERTIFIED = Text(
    "La renovación venció el {mark}; el certificado posterior muestra la inscripción activa.",
    "A renovación venceu o {mark}; o certificado posterior mostra a inscrición activa.",
    "Renewal fell due on {mark}; the later certificate shows the entry still active.",
)
_ASKED = Text(
    "La renovación venció el {mark}; el padrón consultado muestra después la inscripción activa.",
    "A renovación venceu o {mark}; o padrón consultado mostra despois a inscrición activa.",
    "Renewal fell due on {mark}; the register that was asked later shows the entry still active.",
)
