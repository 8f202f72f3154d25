"""CE-RES-10, 11 and 14: double entries, and dates of the register that are not surely read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from validators.facts import Application
from validators.finding import Finding, Outcome, Text
from validators.law.regimes import INE_2020, SSI_1475_2014
from validators.residence import Timeline, doubles, read_timeline
from validators.rules import Law, Rule, judge
from validators.rules._asked import alta
from validators.rules.residence import appealed
from validators.stays import Stay, certificates, match, stays, undated
from validators.territory import in_territory
from validators.towns import same_town
from validators.year import deciding, variants, verdict

_INSTRUCTIONS = "Resolución de 17-2-2020 (BOE-A-2020-4784), apdo."

TRANSIENT = Rule(
    id="CE-RES-10",
    basis=f"{_INSTRUCTIONS} 8.1.1",
    es="Doble inscripción transitoria en {one} y {other} ({days} días): no interrumpe.",
    gl="Dobre inscrición transitoria en {one} e {other} ({days} días): non interrompe.",
    en="Temporary double entry in {one} and {other} ({days} days): no interruption.",
    since=INE_2020,
)
DUPLICATE = Rule(
    id="CE-RES-11",
    basis="Real Decreto 1690/1986, art. 71",
    es="Inscripción duplicada en {one} y {other} ({days} días) pendiente de aclarar.",
    gl="Inscrición duplicada en {one} e {other} ({days} días) pendente de aclarar.",
    en="Duplicate entry in {one} and {other} ({days} days), unresolved.",
)
UNCERTAIN = Rule(
    id="CE-RES-14",
    basis="Orden SSI/1475/2014, art. 5.2.b",
    es="Fecha decisiva dudosa en el documento del padrón.",
    gl="Data decisiva dubidosa no documento do padrón.",
    en="A decisive date in the register document is doubtful.",
)
RULES = (*TRANSIENT.formerly((SSI_1475_2014, "Real Decreto 1690/1986, arts. 70 y 71")),)


@judge("convenio_especial")
def double_entries(application: Application, law: Law) -> Iterator[Finding]:
    """Yield what each double registration that touches the year means."""
    if not alta(application, law):
        return
    line = read_timeline(application, law.policy, stays(certificates(application)))
    for one, other, stretch in doubles(line):
        if stretch.until < line.opens:
            continue
        settled = "duplicate" in {one.cause_out, other.cause_out}
        both_open = min(one.end, other.end) > line.on
        brief = stretch.days <= law.policy.transient_overlap_days
        clear = not both_open and (brief or settled)
        rule, outcome = (TRANSIENT, Outcome.MET) if clear else (DUPLICATE, Outcome.REVIEW)
        yield rule.finds(
            outcome, law, *one.facts, *other.facts, one=one.town, other=other.town, days=stretch.days
        )


@judge("convenio_especial")
def doubtful_dates(application: Application, law: Law) -> Iterator[Finding]:
    """Yield a review where a deciding date is unreadable, badly read, or read in two ways that matter.

    An alta on the day of birth that is no alta by birth, or the other way round, is likely the wrong date.
    """
    if not alta(application, law):
        return
    own = certificates(application)
    found = stays(own)
    line = read_timeline(application, law.policy, found)
    doubtful = [f for f in deciding(line, law.policy.acceptance) if f.confidence < law.policy.acceptance]
    born = application.applicant.birth_date
    doubtful += [
        s.since_fact
        for s in line.stays
        if born and born.value and (s.since == born.value) != (s.cause_in == "birth")
    ]
    lost = [p.since for p in undated(own) if not _over(p.until.value, p.until.confidence, line, law)]
    if doubtful or lost:
        yield UNCERTAIN.finds(Outcome.REVIEW, law, *doubtful, *lost)
        return
    said = _answer(application, law, found)
    other = next((v for v in variants(found) if _answer(application, law, v) != said), None)
    if other is not None:
        yield UNCERTAIN.finds(Outcome.REVIEW, law, *(fact for stay in found for fact in stay.facts))


@judge("convenio_especial")
def notes_against_certificates(application: Application, law: Law) -> Iterator[Finding]:
    """Yield a review where a volante tells of a certified stay otherwise, in a way that matters.

    A volante proves nothing by itself (CE-PAD-02), but it comes from the same register.
    """
    if not alta(application, law):
        return
    found = stays(certificates(application))
    said = _answer(application, law, found)
    for note in application.registrations:
        if note.official or match(application, note.person) == "different":
            continue
        for stay in found:
            told = [n for n in stays((note,)) if same_town(n.town, stay.town) and n.end > stay.since]
            others = tuple(sorted((*(s for s in found if s is not stay), *told), key=lambda s: s.key))
            if told and _answer(application, law, others) != said:
                facts = [fact for one in (stay, *told) for fact in one.facts]
                yield UNCERTAIN.finds(Outcome.REVIEW, law, *facts, reason=_NOTE)
                return


_NOTE = Text(
    "Un volante del padrón da fechas distintas de las del certificado: aclare cuál es la buena.",
    "Un volante do padrón dá datas distintas das do certificado: aclare cal é a boa.",
    "An informative register note (volante) gives other dates than the certificate: find out which is right.",
)


def _over(until: dt.date | None, confidence: float, line: Timeline, law: Law) -> bool:
    """Whether a stay surely ended before the year began."""
    return until is not None and confidence >= law.policy.acceptance and until < line.opens


def _answer(application: Application, law: Law, found: Sequence[Stay]) -> tuple[object, ...]:
    """Return what one reading of the stays leads to, to compare readings."""
    line = read_timeline(application, law.policy, found)
    said = verdict(line, law.policy, appealed=appealed(application))
    long = [d for d in doubles(line) if d.stretch.days > law.policy.transient_overlap_days]
    home = frozenset(in_territory(s.town, law.on) for s in line.present)
    return (said and said.outcome, bool(long), home, bool(line.later))
