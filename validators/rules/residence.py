"""CE-RES-01 to 09 and 13: the year of residence that the registers prove, or what breaks it."""

from __future__ import annotations

from collections.abc import Iterator

from validators.dates import day_after
from validators.facts import Application
from validators.finding import Finding, Outcome, Text
from validators.law.regimes import INE_2020, LEY_39_2015, SSI_1475_2014
from validators.residence import Timeline, read_timeline
from validators.rules import Law, Rule, judge
from validators.rules._asked import alta
from validators.stays import Stay, certificates, stays
from validators.year import Verdict, deciding, verdict

_YEAR = "Orden SSI/1475/2014, art. 2.a"
_INSTRUCTIONS = "Resolución de 17-2-2020 (BOE-A-2020-4784), apdo."

NOT_SHOWN = Rule(
    id="CE-RES-01",
    basis="Orden SSI/1475/2014, art. 2.a; Real Decreto 576/2013, art. 3.a",
    es="No acredita un año continuado de residencia efectiva anterior a la solicitud.",
    gl="Non acredita un ano continuado de residencia efectiva anterior á solicitude.",
    en="One continuous year of effective residence before the application is not proved.",
)
PROVED = Rule(
    id="CE-RES-02",
    basis="Orden SSI/1475/2014, arts. 2.a y 5.2.b",
    es="Acredita un año continuado de empadronamiento: desde el {start}, completo el {complete}.",
    gl="Acredita un ano continuado de empadroamento: desde o {start}, completo o {complete}.",
    en="One continuous year of registration is proved: since {start}, complete on {complete}.",
)
SAME_DAY = Rule(
    id="CE-RES-03",
    basis="Código Civil, art. 5.1; Ley 39/2015, art. 30.4",
    es="El año desde el {start} se cumple el mismo día de la solicitud ({complete}).",
    gl="O ano desde o {start} cúmprese o mesmo día da solicitude ({complete}).",
    en="The year from {start} is complete on the very day of filing ({complete}).",
    since=LEY_39_2015,
)
SHORT = Rule(
    id="CE-RES-04",
    basis=_YEAR,
    es="Lleva menos de un año de empadronamiento en España: desde el {start}; el año se cumple el "
    "{complete}.",
    gl="Leva menos dun ano de empadroamento en España: desde o {start}; o ano cúmprese o {complete}.",
    en="Registered in Spain for less than a year: since {start}; the year is complete on {complete}.",
)
GAP = Rule(
    id="CE-RES-05",
    basis=f"{_INSTRUCTIONS} 5.2.1",
    es="Hueco de {days} días entre la baja del {since} y el alta del {until}: deberían coincidir.",
    gl="Oco de {days} días entre a baixa do {since} e a alta do {until}: deberían coincidir.",
    en="A gap of {days} days between the baja of {since} and the alta of {until}: they should coincide.",
    since=INE_2020,
)
LAPSED = Rule(
    id="CE-RES-06",
    basis=f"{_INSTRUCTIONS} 5.1.3 y 6.8",
    es="{days} días sin inscripción ({since} a {until}) por caducidad u omisión: no prueba ausencia.",
    gl="{days} días sen inscrición ({since} a {until}) por caducidade ou omisión: non proba ausencia.",
    en="{days} days without an entry ({since} to {until}), lapsed or omitted: this does not prove absence.",
    since=INE_2020,
)
IMPROPER = Rule(
    id="CE-RES-07",
    basis="Real Decreto 1690/1986, art. 72",
    es="El Ayuntamiento de {town} dio la baja el {until} al declarar que no residía allí.",
    gl="O Concello de {town} deu a baixa o {until} ao declarar que non residía alí.",
    en="The municipality of {town} ended the entry on {until}, finding that the person did not live there.",
)
ABROAD = Rule(
    id="CE-RES-08",
    basis=f"{_INSTRUCTIONS} 5.2.1",
    es="Consta traslado al extranjero o desde él dentro del año ({until}).",
    gl="Consta traslado ao estranxeiro ou desde el dentro do ano ({until}).",
    en="A move to or from abroad is registered within the year ({until}).",
    since=INE_2020,
)
UNCERTIFIED = Rule(
    id="CE-RES-09",
    basis="Orden SSI/1475/2014, art. 5.2.b",
    es="Falta el certificado de {town} entre el {since} y el {until}.",
    gl="Falta o certificado de {town} entre o {since} e o {until}.",
    en="The certificate of {town} between {since} and {until} is missing.",
)
REFILE = Rule(
    id="CE-RES-13",
    basis=_YEAR,
    es="El año debe cumplirse antes de la solicitud; puede presentar otra desde el {next}.",
    gl="O ano debe cumprirse antes da solicitude; pode presentar outra desde o {next}.",
    en="The year must be complete before filing; another application may be filed from {next}.",
)
RULES = (
    *SAME_DAY.formerly((SSI_1475_2014, "Código Civil, art. 5.1; Ley 30/1992, art. 48.2")),
    *GAP.formerly((SSI_1475_2014, "Real Decreto 1690/1986, art. 70")),
    *LAPSED.formerly((SSI_1475_2014, "Ley 7/1985, art. 16.1; Real Decreto 1690/1986, arts. 53 y 73")),
    *ABROAD.formerly((SSI_1475_2014, "Orden SSI/1475/2014, art. 2.a; Real Decreto 1690/1986, art. 70")),
)

_RULES = {rule.id: rule for rule in (PROVED, SAME_DAY, SHORT, GAP, LAPSED, IMPROPER, ABROAD, UNCERTIFIED)}
_ADVISED = {SHORT.id, IMPROPER.id, ABROAD.id}


@judge("convenio_especial")
def year(application: Application, law: Law) -> Iterator[Finding]:
    """Yield whether the year is proved, and what weakens the proof."""
    if not alta(application, law):
        return
    found = stays(certificates(application))
    line = read_timeline(application, law.policy, found)
    facts = tuple(deciding(line, law.policy.acceptance))
    said = verdict(line, law.policy, appealed=appealed(application))
    if said is None:
        outcome = Outcome.NOT_MET if line.later else Outcome.CURE
        yield NOT_SHOWN.finds(outcome, law, *facts)
        return
    yield _RULES[said.rule].finds(said.outcome, law, *facts, reason=_reason(said), **said.words)
    if said.rule in _ADVISED and said.outcome is Outcome.NOT_MET and line.complete_on:
        yield REFILE.finds(Outcome.NOT_MET, law, *facts, next=day_after(line.complete_on))
    yield from _flags(line, law, said)


def _reason(said: Verdict) -> Text | None:
    """Return the sentence for a certificate of a municipality that no paper names, or a lapse by a setting.

    None where the rule's own sentence says it.
    """
    if said.rule == LAPSED.id and said.outcome is not Outcome.REVIEW:
        return _BROKEN if said.outcome is Outcome.NOT_MET else _BRIDGED
    if said.rule != UNCERTIFIED.id or said.words["town"] is not None:
        return None
    since, until = (f"{said.words[name]:%d/%m/%Y}" for name in ("since", "until"))
    return Text(
        f"No consta dónde figuró en el padrón entre el {since} y el {until}: falta ese certificado.",
        f"Non consta onde figurou no padrón entre o {since} e o {until}: falta ese certificado.",
        f"No paper shows where the person was registered between {since} and {until}: that certificate is "
        f"missing.",
    )


def _flags(line: Timeline, law: Law, said: Verdict) -> Iterator[Finding]:
    """Yield notices on joints that are not as they should be, and on years that end around 29 February."""
    for one, other in _joints(line):
        facts, days = (*one.facts, *other.facts), (other.since - one.end).days
        if days > 0:
            yield GAP.finds(Outcome.NOTICE, law, *facts, days=days, since=one.end, until=other.since)
        elif _causes_differ(one, other):
            yield GAP.finds(Outcome.NOTICE, law, *facts, reason=_CAUSES)
    start = line.start
    if said.rule == PROVED.id and start is not None and start >= line.opens:
        yield SAME_DAY.finds(Outcome.NOTICE, law, *line.chain[0].facts, reason=_LEAP)


_LEAP = Text(
    "Por el 29 de febrero, contado hacia atrás el año se cumpliría el mismo día de la solicitud.",
    "Polo 29 de febreiro, contado cara atrás o ano cumpriríase o mesmo día da solicitude.",
    "Because of 29 February, counted backwards the year would be complete on the very filing day.",
)
_BROKEN = Text(
    "{days} días sin inscripción ({since} a {until}): interrumpen el año, según el criterio de la oficina.",
    "{days} días sen inscrición ({since} a {until}): interrompen o ano, segundo o criterio da oficina.",
    "{days} days without an entry ({since} to {until}): they break the year, by the office's reading of the "
    "law.",
)
_BRIDGED = Text(
    "{days} días sin inscripción ({since} a {until}) por caducidad: no interrumpen, según el criterio de la "
    "oficina.",
    "{days} días sen inscrición ({since} a {until}) por caducidade: non interrompen, segundo o criterio da "
    "oficina.",
    "{days} days without an entry ({since} to {until}), lapsed: no break, by the office's reading of the "
    "law.",
)
_CAUSES = Text(
    "Las causas de la baja y del alta siguiente no concuerdan, aunque las fechas enlazan.",
    "As causas da baixa e da alta seguinte non concordan, aínda que as datas enlazan.",
    "The causes of the baja and of the next alta disagree, although the dates join.",
)


def _joints(line: Timeline) -> Iterator[tuple[Stay, Stay]]:
    """Yield each place inside the year where one stay ends and the next takes over."""
    for place in range(1, len(line.chain)):
        one, other = max(line.chain[:place], key=lambda s: (s.end, s.key)), line.chain[place]
        if other.since >= line.opens and one.end <= other.since:
            yield one, other


def _causes_differ(one: Stay, other: Stay) -> bool:
    """Whether a stay ended by a move and the next did not begin by one, or the other way round."""
    causes = {one.cause_out, other.cause_in}
    return None not in causes and len(causes) > 1 and "residence_change" in causes


def appealed(application: Application) -> bool:
    """Whether some paper speaks of an appeal, however badly read."""
    return any(mention.subject == "appeal" for mention in application.mentions)
