"""CE-EMP-01 and CE-PAD: registered in Ceuta or Melilla on the filing day, by papers that prove it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from validators.facts import Application, Evidence, Fact
from validators.finding import Finding, Outcome, Text
from validators.identity import name_parts
from validators.law.regimes import INE_2020, LEY_39_2015, SSI_1475_2014
from validators.residence import Timeline, read_timeline
from validators.rules import Law, Rule, judge
from validators.rules._answered import current, in_force, of_the_person
from validators.rules._asked import alta, kinds
from validators.rules._certainty import sure
from validators.stays import Stay, certificates, match, stays
from validators.territory import in_territory, postal_code_in_territory
from validators.towns import same_town

_INSTRUCTIONS = "Resolución de 17-2-2020 (BOE-A-2020-4784), apdo. 8.1.1"

PLACE = Rule(
    id="CE-EMP-01",
    basis="Orden SSI/1475/2014, art. 2.b; Real Decreto 576/2013, art. 4.1",
    es="No figura empadronado en Ceuta o Melilla al presentar la solicitud, sino en {town}.",
    gl="Non figura empadroado en Ceuta ou Melilla ao presentar a solicitude, senón en {town}.",
    en="Not registered in Ceuta or Melilla when filing, but in {town}.",
)
UNSIGNED = Rule(
    id="CE-PAD-01",
    basis=f"Real Decreto 1690/1986, art. 61; {_INSTRUCTIONS}",
    es="El certificado de empadronamiento no consta firmado, sellado ni con CSV.",
    gl="O certificado de empadroamento non consta asinado, selado nin con CSV.",
    en="The certificate of registration shows no signature, seal or verification code.",
    since=INE_2020,
)
VOLANTE = Rule(
    id="CE-PAD-02",
    basis=f"Real Decreto 1690/1986, art. 61; {_INSTRUCTIONS}",
    es="Un volante de empadronamiento no basta: aporte el certificado.",
    gl="Un volante de empadroamento non abonda: achegue o certificado.",
    en="An informative note of the register is not enough: provide the certificate.",
    since=INE_2020,
)
REMARKS = Rule(
    id="CE-PAD-04",
    basis=_INSTRUCTIONS,
    es="El certificado lleva observaciones: compruébense.",
    gl="O certificado leva observacións: comprobe.",
    en="The certificate carries remarks: check them.",
    since=INE_2020,
)
VERIFY = Rule(
    id="CE-PAD-06",
    basis=f"{_INSTRUCTIONS}; Ley 39/2015, art. 27.3.c",
    es="Este programa no comprueba el CSV ni la firma en la sede del ayuntamiento: verifíquelos.",
    gl="Este programa non comproba o CSV nin a sinatura na sede do concello: verifíqueos.",
    en="This program does not check the code or signature at the municipality's site: verify them.",
    since=INE_2020,
)
RULES = (
    *UNSIGNED.formerly((SSI_1475_2014, "Real Decreto 1690/1986, art. 61")),
    *VOLANTE.formerly((SSI_1475_2014, "Real Decreto 1690/1986, art. 61")),
    *REMARKS.formerly((SSI_1475_2014, "Real Decreto 1690/1986, arts. 53 y 61")),
    *VERIFY.formerly(
        (SSI_1475_2014, "Real Decreto 1690/1986, art. 61; Ley 11/2007, art. 30.5"),
        (LEY_39_2015, "Real Decreto 1690/1986, art. 61; Ley 39/2015, art. 27.3.c"),
    ),
)

_REGISTERED = Text(
    "Figura empadronado en Ceuta o Melilla al presentar la solicitud.",
    "Figura empadroado en Ceuta ou Melilla ao presentar a solicitude.",
    "Registered in Ceuta or Melilla when filing.",
)
_QUERIED = Text(
    "La consulta al padrón ({source}) muestra el empadronamiento en Ceuta o Melilla al presentar.",
    "A consulta ao padrón ({source}) mostra o empadroamento en Ceuta ou Melilla ao presentar.",
    "The query of the register ({source}) shows the registration in Ceuta or Melilla when filing.",
)
_UNKNOWN = Text(
    "No consta el empadronamiento en Ceuta o Melilla el día de la solicitud.",
    "Non consta o empadroamento en Ceuta ou Melilla o día da solicitude.",
    "Registration in Ceuta or Melilla on the filing day is not shown.",
)
_UNCLEAR = Text(
    "No está claro en qué municipio figuraba empadronado el día de la solicitud.",
    "Non está claro en que concello figuraba empadroado o día da solicitude.",
    "It is not clear in which municipality the person was registered on the filing day.",
)
_MOVED = Text(
    "Consta un cambio de empadronamiento posterior a la solicitud.",
    "Consta un cambio de empadroamento posterior á solicitude.",
    "A change of registration after the filing is recorded.",
)
_LATER = {"review": Outcome.REVIEW, "filing_day": Outcome.NOTICE, "lost": Outcome.NOT_MET}
_HOME = Text(
    "El domicilio de la solicitud no está en Ceuta ni en Melilla.",
    "O domicilio da solicitude non está en Ceuta nin en Melilla.",
    "The home in the application is not in Ceuta or Melilla.",
)
_OTHER_OFFICE = Text(
    "La solicitud se dirige a la otra Dirección Territorial: consta empadronado en {town}.",
    "A solicitude diríxese á outra Dirección Territorial: consta empadroado en {town}.",
    "The application is addressed to the other Territorial Directorate: registered in {town}.",
)
_SEAL = Text(
    "No se aprecia con seguridad si el certificado lleva firma, sello o CSV.",
    "Non se aprecia con seguridade se o certificado leva sinatura, selo ou CSV.",
    "It cannot be told whether the certificate is signed, sealed or has a code.",
)
_ALARMING = re.compile(
    r"\b(baja|baixa|oficio|ofici|ofizio\w*|indebid\w*|indegu\w*|expediente?|espedientea?|caduc\w*|recurs\w*|"
    r"duplicad\w*|anul\w*|ausen\w*|extranjer\w*|estranxeir\w*|estranger\w*|no resid\w*|non resid\w*)\b"
)


@judge("convenio_especial")
def place(application: Application, law: Law) -> Iterator[Finding]:
    """Yield where the person was registered on the filing day, and what speaks against it."""
    if not alta(application, law):
        return
    line = read_timeline(application, law.policy, stays(certificates(application)))
    present = [s for s in line.present if s.end > line.on]
    towns = _apart(present)
    facts = [fact for stay in present for fact in stay.facts]
    inside = {in_territory(town, law.on) for town in towns}
    if not line.present and (asked := _by_query(application, law)):
        yield asked
    elif not present:
        outcome = Outcome.REVIEW if line.present else Outcome.CURE
        yield PLACE.finds(outcome, law, *facts, reason=_UNKNOWN)
    elif len(towns) > 1:
        yield PLACE.finds(Outcome.REVIEW, law, *facts, reason=_UNCLEAR)
    elif inside == {True}:
        yield PLACE.finds(Outcome.MET, law, *facts, reason=_REGISTERED)
        yield from _addressed(application, towns[0], law)
    else:
        yield PLACE.finds(Outcome.REFER, law, *facts, town=towns[0])
    if _moved(application, line):
        yield PLACE.finds(_LATER[law.policy.later_move], law, reason=_MOVED)


def _by_query(application: Application, law: Law) -> Finding | None:
    """Return that a register that was asked shows the person in one of the cities (CE-DOC-06).

    It tells who lives there now: the certificates of the year are owed all the same.
    """
    for answer in of_the_person(application):
        there = list(in_force(answer, law.on)) if current(answer, law) else []
        inside = [in_territory(stay.municipality.value or "", law.on) for stay in there]
        if inside and all(inside):
            facts = [fact for stay in there for fact in (stay.municipality, stay.until)]
            return PLACE.finds(Outcome.MET, law, *facts, reason=_QUERIED, source=answer.source)
    return None


def _addressed(application: Application, town: str, law: Law) -> Iterator[Finding]:
    """Yield a notice where the form is surely addressed to the Directorate of the other city."""
    for form in application.convenio:
        office = form.territorial_office
        if office and office.value and sure(law, office) and not same_town(office.value, town):
            reason = Text(*(text.format(town=town) for text in _OTHER_OFFICE))
            yield PLACE.finds(Outcome.NOTICE, law, office, reason=reason)


def _apart(found: Sequence[Stay]) -> list[str]:
    """Return the different municipalities of *found*."""
    towns: list[str] = []
    for stay in found:
        if not any(same_town(stay.town, town) for town in towns):
            towns.append(stay.town)
    return towns


def _moved(application: Application, line: Timeline) -> bool:
    """Whether a paper, even a volante, shows a move after the filing or a later entry elsewhere."""
    if line.later or any(s.until is not None and s.end > line.on for s in line.present):
        return True
    notes = [
        r for r in application.registrations if not r.official and match(application, r.person) != "different"
    ]
    return any(
        stay.until is None
        and all(stay.since > own.since and not same_town(stay.town, own.town) for own in line.present)
        for stay in stays(notes)
        if line.present
    )


@judge("convenio_especial")
def home(application: Application, law: Law) -> Iterator[Finding]:
    """Yield a review where the form's own address lies outside Ceuta and Melilla."""
    if kinds(application) == {"baja"} and not alta(application, law):
        return
    for form in application.convenio:
        code, city = (form.address.parts.get(name) for name in ("postal_code", "city"))
        outside = code and code.value and not postal_code_in_territory(code.value, law.on)
        if outside or _elsewhere(city, law):
            yield PLACE.finds(Outcome.REVIEW, law, code, city, reason=_HOME)


def _elsewhere(city: Fact[str] | None, law: Law) -> bool:
    """Whether the city of an address, surely read, is neither of the two, whatever else the line says."""
    if city is None or city.value is None or not sure(law, city):
        return False
    words = re.findall(r"[^\W\d_]+", city.value)
    return bool(words) and not any(in_territory(word, law.on) for word in words)


@judge("convenio_especial")
def signed(application: Application, law: Law) -> Iterator[Finding]:
    """Yield whether each certificate is signed, and the reminder that a person verifies its code."""
    own = certificates(application) if alta(application, law) else ()
    for paper in own:
        seal = paper.signed
        if seal is None or seal.value is None or seal.others:
            place = (Evidence(paper.document, "signed"),)
            yield UNSIGNED.finds(Outcome.REVIEW, law, seal, evidence=place, reason=_SEAL)
        elif seal.value:
            yield UNSIGNED.finds(Outcome.MET, law, seal, reason=_SIGNED)
        else:
            yield UNSIGNED.finds(Outcome.CURE, law, seal)
    if own:
        yield VERIFY.finds(Outcome.NOTICE, law, *(paper.signed for paper in own))


_SIGNED = Text(
    "El certificado lleva firma, sello o CSV.",
    "O certificado leva sinatura, selo ou CSV.",
    "The certificate is signed, sealed or has a verification code.",
)


@judge("convenio_especial")
def volantes(application: Application, law: Law) -> Iterator[Finding]:
    """Yield a cure for each volante whose municipality no certificate shows."""
    if not alta(application, law):
        return
    certified = [stay.town for stay in stays(certificates(application))]
    for paper in application.registrations:
        town = paper.municipality.value if paper.municipality else None
        if not paper.official and not any(same_town(town or "", known) for known in certified):
            yield VOLANTE.finds(Outcome.CURE, law, paper.municipality, paper.form)


@judge("convenio_especial")
def remarks(application: Application, law: Law) -> Iterator[Finding]:
    """Yield what the remarks of a certificate ask for: a person reads them where they speak of a baja."""
    if not alta(application, law):
        return
    for paper in application.registrations:
        if paper.notes is not None and (paper.notes.value or paper.notes.confidence < law.policy.acceptance):
            alarming = paper.notes.value is None or bool(_ALARMING.search(_bare(paper.notes)))
            yield REMARKS.finds(Outcome.REVIEW if alarming else Outcome.NOTICE, law, paper.notes)


def _bare(notes: Fact[str]) -> str:
    """Return the words of the remarks in their order, without accents."""
    return " ".join(part for word in (notes.value or "").split() for part in name_parts(word))
