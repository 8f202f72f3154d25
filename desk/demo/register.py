"""A certificate of the municipal register, in the running text that many town halls write."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from hashlib import sha256

from desk.demo.people import Human
from desk.demo.sheet import Face, Sheet

MONTHS = (
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()  # noqa: SIM905
)
COUNTRIES = {
    "MAR": ("Marruecos", "marroquí"),
    "BRA": ("Brasil", "brasileña"),
    "PER": ("Perú", "peruana"),
    "ESP": ("España", "española"),
}
"""Name and the adjective of a nationality, for the people of the demonstration."""
_CAUSES = {
    "residence_change": "cambio de residencia",
    "omission": "omisión",
    "abroad": "cambio de residencia",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """One entry of the register; `origin` is a town, or an alpha-3 code when `cause_in` is `abroad`.

    `remark` is what the officer adds to a closed one in words of their own.
    """

    since: dt.date
    until: dt.date | None = None
    cause_in: str = "abroad"
    cause_out: str = ""
    origin: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """What a municipality certifies about one person."""

    human: Human
    municipality: str
    issued_on: dt.date
    stays: tuple[Stay, ...]
    signed: bool = True


def long_day(day: dt.date) -> str:
    """Return a day in words and figures: 2 de marzo de 2026."""
    return f"{day.day} de {MONTHS[day.month - 1]} de {day.year}"


def authority(municipality: str) -> str:
    """Return who keeps the register there: Ceuta and Melilla are autonomous cities."""
    autonomous = municipality in {"Ceuta", "Melilla"}
    return f"Ciudad Autónoma de {municipality}" if autonomous else f"Ayuntamiento de {municipality}"


def certificate(paper: Certificate) -> bytes:
    """Return the certificate as a PDF of one page."""
    sheet = Sheet(Face(plain="Times-Roman", bold="Times-Bold", size=11.5))
    sheet.text(300, 70, authority(paper.municipality).upper(), size=14, bold=True, align="middle")
    sheet.text(300, 86, "Negociado de Estadística y Padrón", size=10, align="middle")
    sheet.rule(70, 98, 525)
    sheet.text(300, 140, "CERTIFICADO DE EMPADRONAMIENTO INDIVIDUAL", size=13, bold=True, align="middle")
    lines = [
        f"El/La Secretario/a General, {authority(paper.municipality)}, CERTIFICA:",
        *_facts(paper),
        (
            "Y para que conste y surta efectos donde proceda, a petición de la persona interesada, se expide "
            f"el presente certificado en {paper.municipality}, a {long_day(paper.issued_on)}."
        ),
    ]
    at = 180.0
    for words in lines:
        at = sheet.paragraph(80, at, words, 435) + 6
    sheet.text(80, at + 30, "LA SECRETARÍA GENERAL", size=10, bold=True)
    if paper.signed:
        sheet.sign((80, at + 40, 250, at + 100), f"secretaría {paper.municipality}")
        sheet.seal(390, at + 70, ("PADRÓN", "MUNICIPAL", paper.municipality.upper()))
        sheet.text(80, 790, f"Código seguro de verificación (CSV): {code(paper)}", size=8)
    return sheet.done()


def code(paper: Certificate) -> str:
    """Return a verification code, the same for the same certificate."""
    said = f"{paper.municipality} {paper.human.id_number} {paper.issued_on}"
    return sha256(said.encode()).hexdigest()[:16].upper()


def _facts(paper: Certificate) -> list[str]:
    """Return the paragraphs about the person and each entry."""
    human = paper.human
    born = "nacida" if human.sex == "F" else "nacido"
    kind = {"dni": "DNI", "foreigner_card": "NIE", "passport": "pasaporte"}[human.id_type]
    nationality = COUNTRIES[human.nationality][1]
    about = (
        f"Que según los datos del Padrón Municipal de Habitantes, {human.full_name}, con {kind} "
        f"{human.id_number}, {born} el {long_day(human.birth_date)}, de nacionalidad {nationality}, "
    )
    return [about + _entry(paper, stay) for stay in paper.stays]


def _entry(paper: Certificate, stay: Stay) -> str:
    """Return what is said of one entry, open or closed."""
    cause = f"por {_CAUSES[stay.cause_in]}"
    if stay.origin:
        cause += f", procedente de {COUNTRIES.get(stay.origin, (stay.origin,))[0]}"
    if stay.until is None:
        return (
            f"figura inscrita a la fecha de este certificado, en la dirección {paper.human.home.line}, "
            f"{paper.human.home.postal_code} {paper.municipality}, con fecha de alta {long_day(stay.since)}, "
            f"{cause}."
        )
    left = f" por {_CAUSES[stay.cause_out]}" if stay.cause_out else ""
    return (
        f"estuvo inscrita en este municipio desde el {long_day(stay.since)}, fecha de su alta {cause}, "
        f"hasta el {long_day(stay.until)}, en que causó baja{left}. {stay.remark}".rstrip()
    )
