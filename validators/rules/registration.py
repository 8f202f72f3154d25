"""CE-EMP-01: registered in Ceuta or Melilla on the filing day, and what speaks against it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from validators.authorities import authorities
from validators.facts import Application, Fact
from validators.finding import Finding, Outcome, Text
from validators.provinces import province_of, province_of_postal_code
from validators.residence import Timeline, read_timeline
from validators.rules import Law, Rule, judge
from validators.rules._answered import current, in_force, of_the_person
from validators.rules._asked import alta, kinds
from validators.rules._catalogue import sends
from validators.rules._certainty import sure
from validators.stays import Stay, certificates, match, stays
from validators.territory import in_territory, postal_code_in_territory
from validators.towns import same_town

PLACE = Rule(
    id="CE-EMP-01",
    basis="Orden SSI/1475/2014, art. 2.b; Real Decreto 576/2013, art. 4.1",
    es="No figura en el padrón de Ceuta o Melilla al presentar la solicitud, sino en el de {town}. "
    "Organismo: "
    "{authority_es}.",
    gl="Non figura no padrón de Ceuta ou Melilla ao presentar a solicitude, senón no de {town}. Organismo: "
    "{authority_gl}.",
    en="Not on the register of Ceuta or Melilla when filing, but on that of {town}. Body: {authority_en}.",
)

_REGISTERED = Text(
    "Figura en el padrón de Ceuta o Melilla al presentar la solicitud.",
    "Figura no padrón de Ceuta ou Melilla ao presentar a solicitude.",
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
    "No está claro en qué padrón figuraba el día de la solicitud.",
    "Non está claro en que padrón figuraba o día da solicitude.",
    "It is not clear in which municipality the person was registered on the filing day.",
)
_MOVED = Text(
    "Consta un cambio de empadronamiento posterior a la solicitud.",
    "Consta un cambio de empadroamento posterior á solicitude.",
    "A change of registration after the filing is recorded.",
)
_LATER = {"review": Outcome.REVIEW, "filing_day": Outcome.NOTICE, "lost": Outcome.NOT_MET}
_TWO_CITIES = Text(
    "El código postal del domicilio es de una ciudad y su nombre el de la otra.",
    "O código postal do domicilio é dunha cidade e o seu nome o da outra.",
    "The postal code of the address is of one city and its name is that of the other.",
)
_HOME = Text(
    "El domicilio de la solicitud no está en Ceuta ni en Melilla.",
    "O domicilio da solicitude non está en Ceuta nin en Melilla.",
    "The address in the application is not in Ceuta or Melilla.",
)
_AWAY = Text(
    "El certificado no muestra un empadronamiento vigente en Ceuta o Melilla: el convenio puede extinguirse.",
    "O certificado non mostra un empadroamento vixente en Ceuta ou Melilla: o convenio pode extinguirse.",
    "The certificate shows no entry in force in Ceuta or Melilla: the agreement may come to an end.",
)
_OTHER_OFFICE = Text(
    "La solicitud se dirige a la otra Dirección Territorial: consta en el padrón de {town}.",
    "A solicitude diríxese á outra Dirección Territorial: consta no padrón de {town}.",
    "The application is addressed to the other Territorial Directorate: registered in {town}.",
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
    elif len(towns) > 1 or not all(towns):
        yield PLACE.finds(Outcome.REVIEW, law, *facts, reason=_UNCLEAR)
    elif inside == {True}:
        yield PLACE.finds(Outcome.MET, law, *facts, reason=_REGISTERED)
        yield from _addressed(application, towns[0], law)
    else:
        yield sends(PLACE, Outcome.REFER, law, authorities()["community"], *facts, town=towns[0])
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
def moved_away(application: Application, law: Law) -> Iterator[Finding]:
    """Yield a review where a certificate beside a change of data shows no entry in the cities any more."""
    if kinds(application) != {"variacion"} or alta(application, law):
        return
    found = stays(certificates(application))
    line = read_timeline(application, law.policy, found)
    live = [stay.town for stay in line.present if stay.end > law.on]
    elsewhere = [*live, *(stay.town for stay in line.later)]
    if found and not (live and all(in_territory(town, law.on) for town in elsewhere)):
        yield PLACE.finds(Outcome.REVIEW, law, *found[-1].facts, reason=_AWAY)


@judge("convenio_especial")
def home(application: Application, law: Law) -> Iterator[Finding]:
    """Yield a review where the form's own address lies outside Ceuta and Melilla, or in both of them."""
    if kinds(application) == {"baja"} and not alta(application, law):
        return
    for form in application.convenio:
        code, city = (form.address.parts.get(name) for name in ("postal_code", "city"))
        outside = code and code.value and not postal_code_in_territory(code.value, law.on)
        if outside or _elsewhere(city, law):
            yield PLACE.finds(Outcome.REVIEW, law, code, city, reason=_HOME)
        elif _at_odds(code, city):
            yield PLACE.finds(Outcome.REVIEW, law, code, city, reason=_TWO_CITIES)


def _at_odds(code: Fact[str] | None, city: Fact[str] | None) -> bool:
    """Whether a postal code and a city that is a province's name are of two provinces."""
    if not (code and code.value and city and city.value):
        return False
    provinces = {province_of_postal_code(code.value.strip()), province_of(city.value)} - {None}
    return len(provinces) > 1


def _elsewhere(city: Fact[str] | None, law: Law) -> bool:
    """Whether the city of an address, surely read, is neither of the two, whatever else the line says."""
    if city is None or city.value is None or not sure(law, city):
        return False
    words = re.findall(r"[^\W\d_]+", city.value)
    return bool(words) and not any(in_territory(word, law.on) for word in words)
