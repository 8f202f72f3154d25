"""Mandates, permits, absences, consular papers, receipts and the papers of beneficiaries."""

from __future__ import annotations

import hashlib
from importlib import import_module
from importlib.resources import files

import pytest
import yaml

SHA = hashlib.sha256(b"solicitud").hexdigest()

PAPERS = {
    "sepa_mandate": (
        "ORDEN DE DOMICILIACIÓN DE ADEUDO DIRECTO SEPA",
        "Referencia de la orden de domiciliación: INGESA-000123",
        "Identificador del acreedor: ES02ZZZ12345678",
        "Nombre del acreedor: INSTITUTO NACIONAL DE GESTIÓN SANITARIA",
        "Nombre del deudor: TERESA LLEDÓ IBARRA",
        "Dirección del deudor: CALLE REAL 12, CEUTA",
        "Swift BIC: CAIXESBBXXX",
        "Número de cuenta IBAN: ES91 2100 0418 4502 0005 1332",
        "Tipo de pago: Pago recurrente",
    ),
    "residence_permit": (
        "DELEGACIÓN DEL GOBIERNO EN CEUTA",
        "OFICINA DE EXTRANJERÍA",
        "RESOLUCIÓN DE CONCESIÓN DE AUTORIZACIÓN",
        "Apellidos: BENALI",
        "Nombre: OMAR",
        "N.I.E.: X0000000T",
        "RESUELVE conceder la autorización de residencia temporal por arraigo social, con",
        "vigencia desde el 1 de julio de 2025 hasta el 30 de junio de 2026.",
    ),
    "absence_statement": (
        "DECLARACIÓN RESPONSABLE DE ESTANCIAS EN EL EXTRANJERO",
        "Apellidos: BENALI",
        "Nombre: OMAR",
        "Declara que ha estado fuera de España los siguientes días:",
        "Del 10/01/2025 al 25/01/2025, en Marruecos.",
        "Del 3 de agosto de 2025 al 2 de septiembre de 2025, en Francia.",
        "En Ceuta, a 4 de marzo de 2026",
    ),
    "consular_deregistration": (
        "CONSULADO GENERAL DE ESPAÑA EN TÁNGER (MARRUECOS)",
        "CERTIFICADO DE BAJA EN EL REGISTRO DE MATRÍCULA CONSULAR",
        "Apellidos: LLEDÓ IBARRA",
        "Nombre: TERESA",
        "Fue dada de alta como residente el 2 de mayo de 2010 y causó baja el 12 de enero de 2026.",
        "Tánger, 14 de enero de 2026",
    ),
    "filing_receipt": (
        "JUSTIFICANTE DE PRESENTACIÓN",
        "Número de registro: REGAGE26e00012345678",
        "Fecha y hora de presentación: 16/03/2026 10:15:22",
        "Oficina de registro: Registro Electrónico de la Seguridad Social",
        "Documentos adjuntos:",
        "solicitud.pdf",
        f"SHA-256: {SHA[:32]}",
        f"{SHA[32:]}",
    ),
    "family_record": (
        "REGISTRO CIVIL DE CEUTA",
        "CERTIFICACIÓN LITERAL DE INSCRIPCIÓN DE NACIMIENTO",
        "Tomo 12, página 34",
    ),
    "partner_registration": (
        "CERTIFICADO DE INSCRIPCIÓN DE PAREJA DE HECHO",
        "Fecha de inscripción: 4/5/2021",
    ),
    "court_decision": (
        "JUZGADO DE PRIMERA INSTANCIA N.º 2 DE CEUTA",
        "SENTENCIA N.º 123/2024",
        "sobre divorcio contencioso, se declara el divorcio",
    ),
    "disability_certificate": (
        "CERTIFICADO DEL GRADO DE DISCAPACIDAD",
        "Apellidos: LLEDÓ",
        "Nombre: ANA",
        "Grado de discapacidad: 67 %",
    ),
    "income_declaration": (
        "DECLARACIÓN RESPONSABLE DE INGRESOS",
        "Ejercicio: 2025",
        "Ingresos anuales: 7.250,40 €",
    ),
    "non_export_certificate": (
        "CASS, Caixa Andorrana de Seguretat Social",
        "Andorra",
        "Certifica que el derecho a las prestaciones no es exportable.",
    ),
    "padron_certificate": (
        "AYUNTAMIENTO DE CEUTA",
        "CERTIFICADO DE EMPADRONAMIENTO INDIVIDUAL",
        "CERTIFICA: que D. OMAR BENALI, con NIE X0000000T, nacido el 14/02/1991 en Nador (Marruecos),",
        "marroquí, figura inscrito en el Padrón Municipal con fecha de alta 1 de marzo de 2019.",
        "Nombre: OMAR  Apellidos: BENALI",
    ),
}
OURS = (
    "absence_statement",
    "consular_deregistration",
    "court_decision",
    "disability_certificate",
    "family_record",
    "filing_receipt",
    "identity_document",
    "income_declaration",
    "non_export_certificate",
    "partner_registration",
    "residence_permit",
    "sepa_mandate",
)


def the_kind(name):
    return import_module(f"extractors.kinds.{name}").KIND


def values(kind, pages):
    return {name: field.value for name, field in the_kind(kind).read(pages).items()}


@pytest.mark.parametrize("paper", PAPERS)
def test_each_paper_is_taken_by_its_own_kind_alone(letter, paper):
    """A paper's own kind is sure of it, and every other of these kinds leaves it."""
    page = letter(*PAPERS[paper])[0]
    claims = {kind for kind in OURS if the_kind(kind).starts(page) >= 0.3}
    assert claims == {paper} & set(OURS)


@pytest.mark.parametrize("kind", OURS)
def test_the_official_forms_are_none_of_these(blank_forms, kind):
    """The printed forms ask for accounts, identity and family under their own titles."""
    assert max(the_kind(kind).starts(page) for pages in blank_forms.values() for page in pages) < 0.3


def test_a_mandate_gives_the_debtors_account(letter):
    """The creditor's identifier is no account."""
    assert values("sepa_mandate", letter(*PAPERS["sepa_mandate"])) == {
        "iban": "ES9121000418450200051332",
        "holder_name": "TERESA LLEDÓ IBARRA",
    }


def test_an_account_whose_digits_do_not_hold_is_doubted(letter):
    """The number stays as read."""
    lines = [line.replace("1332", "1333") for line in PAPERS["sepa_mandate"]]
    found = the_kind("sepa_mandate").read(letter(*lines))["iban"]
    assert (found.value, found.confidence) == ("ES9121000418450200051333", 0.4)


def test_a_second_page_belongs_to_the_first_when_it_says_so(letter):
    """A resolution goes on over its pages, and not over somebody else's."""
    first = letter(*PAPERS["residence_permit"])[0]
    second, third = (letter("Fundamentos de derecho", f"Página {n} de 3")[0] for n in (2, 3))
    kind = the_kind("residence_permit")
    assert kind.continues(second, [first]) >= 0.5
    assert kind.continues(third, [first]) == 0
    assert kind.continues(letter("Yo, el abajo firmante")[0], [first]) == 0


def test_stays_on_a_second_page_belong_to_the_statement(letter):
    """No stay is lost because the table is long."""
    first = letter(*PAPERS["absence_statement"])[0]
    second = letter("Del 01/12/2025 al 09/12/2025, en Portugal.")[0]
    kind = the_kind("absence_statement")
    assert kind.continues(second, [first]) >= 0.5
    assert len(kind.read([first, second])["absences"].value) == 3


def test_two_accounts_are_not_settled(letter):
    """A paper with two accounts leaves the choice to a person."""
    found = the_kind("sepa_mandate").read(
        letter(*PAPERS["sepa_mandate"], "IBAN: ES79 2100 0813 6101 2345 6789")
    )["iban"]
    assert (found.confidence, len(found.readings)) == (0.5, 2)


def test_a_permit_gives_its_span(letter):
    """Whose, which and from when to when, from the sentence that grants it."""
    assert values("residence_permit", letter(*PAPERS["residence_permit"])) == {
        "person.first_surname": "BENALI",
        "person.given_name": "OMAR",
        "number": "X0000000T",
        "permit": "autorización de residencia temporal por arraigo social",
        "valid_from": "2025-07-01",
        "valid_until": "2026-06-30",
    }


def test_absences_keep_their_order_place_and_country(letter):
    """The day of signature is no stay."""
    found = the_kind("absence_statement").read(letter(*PAPERS["absence_statement"]))["absences"]
    assert found.value == [
        {"from": "2025-01-10", "to": "2025-01-25", "country": "MAR"},
        {"from": "2025-08-03", "to": "2025-09-02", "country": "FRA"},
    ]
    assert found.items[0].box.y0 < found.items[1].box.y0


def test_absences_in_a_table(sheet):
    """Country, day out, day back in columns."""
    pages = sheet(
        [
            (60, 80, "DECLARACIÓN DE AUSENCIAS", 12),
            (60, 110, "País", 9),
            (200, 110, "Salida", 9),
            (320, 110, "Entrada", 9),
            (60, 130, "Marruecos", 9),
            (200, 130, "02/01/2025", 9),
            (320, 130, "20/01/2025", 9),
            (60, 150, "Portugal", 9),
            (200, 150, "05/05/2025", 9),
            (320, 150, "09/05/2025", 9),
        ]
    )
    assert values("absence_statement", pages)["absences"] == [
        {"from": "2025-01-02", "to": "2025-01-20", "country": "MAR"},
        {"from": "2025-05-05", "to": "2025-05-09", "country": "PRT"},
    ]


def test_a_return_before_the_departure_is_doubted(letter):
    """Days in the wrong order are kept as read, unsure."""
    lines = [line.replace("al 25/01/2025", "al 05/01/2025") for line in PAPERS["absence_statement"]]
    found = the_kind("absence_statement").read(letter(*lines))["absences"]
    assert [item.confidence <= 0.3 for item in found.items] == [True, False]


def test_a_consulates_paper_gives_the_day_of_the_baja(letter):
    """Not the day of the alta, nor that of the certificate."""
    assert values("consular_deregistration", letter(*PAPERS["consular_deregistration"])) == {
        "person.first_surname": "LLEDÓ",
        "person.second_surname": "IBARRA",
        "person.given_name": "TERESA",
        "country": "MAR",
        "from": "2026-01-12",
    }


def test_a_receipt_gives_number_moment_and_files(letter):
    """A digest over two lines is one digest."""
    assert values("filing_receipt", letter(*PAPERS["filing_receipt"])) == {
        "entry_number": "REGAGE26e00012345678",
        "filed_at": "2026-03-16T10:15:22",
        "office": "Registro Electrónico de la Seguridad Social",
        "documents": [{"name": "solicitud.pdf", "sha256": SHA}],
    }


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("family_record", {"record": "birth"}),
        ("partner_registration", {"proof": "register", "registered_on": "2021-05-04"}),
        ("court_decision", {"subject": "divorce"}),
        (
            "disability_certificate",
            {"person.first_surname": "LLEDÓ", "person.given_name": "ANA", "degree": 67},
        ),
        ("income_declaration", {"year": 2025, "annual_income": "7250.40"}),
    ],
)
def test_the_papers_of_beneficiaries_give_what_is_labelled(letter, kind, expected):
    """Only what a label or a title says is read."""
    assert values(kind, letter(*PAPERS[kind])) == expected


def test_every_printed_word_of_the_data_files_is_text():
    """A bare `no` or `n` in a data file would be read as something else."""
    found = [f for f in files("extractors.kinds").iterdir() if f.name.endswith(".yaml")]
    leaves = [leaf for file in found for leaf in _leaves(yaml.safe_load(file.read_text(encoding="utf-8")))]
    assert len(found) >= 12
    assert {type(leaf) for leaf in leaves} <= {str, int}


def _leaves(node):
    if isinstance(node, dict):
        return [leaf for value in node.values() for leaf in _leaves(value)]
    return [leaf for value in node for leaf in _leaves(value)] if isinstance(node, list) else [node]


@pytest.mark.parametrize(("verb", "sure"), [("CONCEDER", True), ("DENEGAR", False)])
def test_a_decision_under_a_bare_title_is_a_permit_only_when_it_grants(letter, verb, sure):
    """ "RESOLUCIÓN" says nothing by itself; a refusal of residence is no authorisation to reside."""
    pages = letter(
        "OFICINA DE EXTRANJERÍA EN CEUTA",
        "RESOLUCIÓN",
        f"Se resuelve {verb} a Ana Prueba Ejemplo, NIE X1234567L,",
        "autorización de residencia de larga duración, con validez hasta el 14/05/2031.",
    )

    assert (the_kind("residence_permit").starts(pages[0]) >= 0.8) is sure
