"""Cases as their reports tell them, and letters of every kind on them."""

import copy
import io

import pikepdf
import pytest
from pypdfium2 import PdfDocument

from pipeline.letters.casefile import case_file
from pipeline.letters.choices import AS_IT_IS
from pipeline.letters.compose import letter, pdf

NUMBER = "CEU01-2026-000123"


def field(value, page=1, confidence=0.98):
    return {
        "value": value,
        "text": str(value),
        "confidence": confidence,
        "page": page,
        "box": [0.0, 0.0, 1.0, 1.0],
    }


def finding(rule, outcome, *, es="Falta algo.", person=None, evidence=(("d2", "periods"),)):
    told = {
        "rule": rule,
        "outcome": outcome,
        "reason": {"es": es, "gl": f"{es} (gl)", "en": f"{es} (en)"},
        "basis": "Orden SSI/1475/2014, art. 5.2.b y 5.2.c",
        "law_version": "2026-03-13",
        "evidence": [{"document": paper, "field": name} for paper, name in evidence],
        "certainty": 0.98,
    }
    return told | ({"person": person} if person else {})


def paper(name, file, kind, fields):
    return {
        "id": name,
        "file": file,
        "sha256": "0" * 64,
        "pages": [1, 2],
        "kind": kind,
        "kind_confidence": 0.99,
        "language": "es",
        "reader": "text",
        "fields": fields,
        "flags": [],
    }


ADDRESS = {
    "street_type": "Calle",
    "street_name": "Real",
    "number": "7",
    "postal_code": "51001",
    "city": "Ceuta",
}
PERSON = {"first_surname": "García", "second_surname": "Núñez", "given_name": "Ana", "id_number": "X1234567L"}
SON = {"given_name": "Luis", "first_surname": "García", "relationship": "child"}
WIFE = {"given_name": "Eva", "first_surname": "Ruiz", "relationship": "spouse"}
CONVENIO = {
    "id": "01J0000000000000000000000A",
    "number": NUMBER,
    "procedure": "convenio_especial",
    "filed_on": "2026-03-16",
    "office": "CEU01",
    "status": "routed",
    "returned": None,
    "queue": "cure",
    "documents": [
        paper(
            "d1",
            "solicitud.pdf",
            "ce_application",
            {"request_type": field("alta"), "notification.choice": field("applicant_address")}
            | {f"applicant.{name}": field(value) for name, value in PERSON.items()}
            | {f"applicant.address.{name}": field(value) for name, value in ADDRESS.items()},
        ),
        paper("d2", "padrón.pdf", "padron_certificate", {"periods": field([], page=2)}),
    ],
    "findings": [
        finding("CE-DOC-01", "met", es="Consta el documento de identidad."),
        finding("CE-DOC-03", "cure", es="Falta la declaración responsable.", evidence=()),
        finding("CE-RES-09", "cure", es="Falta el certificado de Málaga."),
        finding("CE-RES-04", "not_met", es="Lleva menos de un año empadronada en España."),
        finding("CE-EMP-01", "refer", es="No figura empadronada en Ceuta ni en Melilla."),
    ],
    "residence": {
        "window": ["2025-03-16", "2026-03-16"],
        "periods": [{"municipality": "Ceuta", "from": "2025-10-01", "to": None}],
        "gaps": [],
        "overlaps": [],
        "chain_start": "2025-10-01",
        "complete_on": "2026-10-01",
    },
    "deadlines": {
        "clock_start": "2026-03-17",
        "resolve_by": "2026-04-30",
        "resolve_by_seat": "2026-04-30",
        "silence": "positive",
        "cure_by": None,
        "provisional": False,
    },
    "fee": {"monthly": "60.00", "from": None},
}
ASISTENCIA = CONVENIO | {
    "procedure": "asistencia_sanitaria",
    "documents": [
        paper(
            "d1",
            "solicitud.pdf",
            "as_application",
            {f"holder.{name}": field(value) for name, value in PERSON.items()}
            | {"beneficiaries": field([SON, WIFE])},
        )
    ],
    "findings": [
        finding("AS-DEC-01", "cure", es="Falta la declaración.", evidence=()),
        finding("AS-BEN-01", "cure", es="Falta el libro de familia.", person="beneficiary-2", evidence=()),
        finding("AS-BEN-04", "not_met", es="Supera los 26 años.", person="beneficiary-2", evidence=()),
        finding("AS-COB-01", "refer", es="Se reconoce de oficio.", evidence=()),
    ],
    "residence": None,
    "deadlines": CONVENIO["deadlines"] | {"silence": "negative"},
    "fee": None,
}
REPORTS = {"convenio_especial": CONVENIO, "asistencia_sanitaria": ASISTENCIA}


@pytest.fixture
def told():
    """Return a function that gives the report of a case, with some keys changed."""
    return lambda procedure="convenio_especial", **changes: copy.deepcopy(REPORTS[procedure]) | changes


def asking(report, kind):
    """Return a report whose application asks for what the letter of a kind gives."""
    found = copy.deepcopy(report)
    given = {"baja": "baja", "variation": "variacion"}.get(kind, "alta")
    for form in found["documents"]:
        form["fields"] |= {"request_type": field(given)} if "request_type" in form["fields"] else {}
    return found


@pytest.fixture
def page():
    """Return a function that gives the page of a letter on a report that asks for it."""

    def made(report, kind="requirement", languages=("es",), choices=AS_IT_IS, **more):
        return pdf(letter(case_file(asking(report, kind)), kind, languages, choices, **more))

    return made


def text_of(data):
    """Return the text of a page in order, without the marks that let long words be cut."""
    sheets = [sheet.get_textpage().get_text_range() for sheet in PdfDocument(data)]
    return " ".join("\n".join(sheets).replace("\u200b", "").replace("\ufffe", "-").split())


def roles_of(data):
    """Return the roles of the structure tree, in reading order."""
    roles = []

    def walk(node):
        if isinstance(node, pikepdf.Array):
            for kid in node:
                walk(kid)
        elif isinstance(node, pikepdf.Dictionary):
            roles.extend([str(node.S)] if "/S" in node else [])
            walk(node.get("/K"))

    with pikepdf.open(io.BytesIO(data)) as opened:
        walk(opened.Root.StructTreeRoot)
    return roles


@pytest.fixture
def text():
    """Return what gives a page's text."""
    return text_of


@pytest.fixture
def roles():
    """Return what gives a page's structure."""
    return roles_of


@pytest.fixture
def found():
    """Return what makes a finding of a report."""
    return finding


@pytest.fixture
def read():
    """Return what makes a field of a report."""
    return field
