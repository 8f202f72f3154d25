"""The papers of one submission, by the file names a person would give them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from desk.demo.cards import foreigner_card, national_card
from desk.demo.forms import asistencia, convenio, declaration, fill
from desk.demo.letters import non_export_letter
from desk.demo.people import Human
from desk.demo.register import COUNTRIES, Certificate, Stay, certificate

_UNTIL = dt.date(2031, 5, 14)
_OFFICES = {"Ceuta": "ceuta", "Melilla": "melilla"}

Entry = tuple[str, Sequence[Stay]]
"""A municipality and the person's entries in its register."""


def convenio_papers(
    human: Human, *, town: str, filed_on: dt.date, register: Sequence[Entry], language: str = "es"
) -> dict[str, bytes]:
    """Return all that the convenio especial asks for, by file name; the certificates follow *register*."""
    signed_on = filed_on - dt.timedelta(days=3)
    nationality = COUNTRIES[human.nationality][1].capitalize()
    form = convenio(human, office=_OFFICES[town], signed_on=signed_on)
    sworn = declaration(human, nationality=nationality, place=town, signed_on=signed_on)
    papers = {
        "solicitud.pdf": fill(f"ce_application_{language}", form),
        "tie.pdf": foreigner_card(human, until=_UNTIL, permit="RESIDENCIA TEMPORAL"),
        "declaracion.pdf": fill(f"no_coverage_declaration_{language}", sworn),
        "no_exportacion.pdf": non_export_letter(human, issued_on=filed_on - dt.timedelta(days=40)),
    }
    for municipality, stays in register:
        papers[f"padron_{municipality.lower()}.pdf"] = certificate(
            Certificate(
                human=human,
                municipality=municipality,
                issued_on=filed_on - dt.timedelta(days=7),
                stays=tuple(stays),
            )
        )
    return papers


def asistencia_papers(holder: Human, *, province: str, filed_on: dt.date) -> dict[str, bytes]:
    """Return an application to the INSS for a holder, by file name."""
    signed_on = filed_on - dt.timedelta(days=3)
    form = asistencia(holder, province=province, signed_on=signed_on)
    sworn = declaration(holder, nationality="Española", place=province, signed_on=signed_on)
    return {
        "solicitud_6071.pdf": fill("as_application_es", form),
        "dni.pdf": national_card(holder, until=_UNTIL),
        "declaracion.pdf": fill("no_coverage_declaration_es", sworn),
    }
