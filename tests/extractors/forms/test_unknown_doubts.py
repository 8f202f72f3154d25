import pytest

from extractors.document import Field
from extractors.forms import addresses
from extractors.forms.shapes import shaped
from extractors.lines import Box

HIGH = 841.89
TITLE = "SOLICITUD DE CONVENIO ESPECIAL DE PRESTACIÓN DE ASISTENCIA SANITARIA"
DECLARATION = "DECLARACIÓN RESPONSABLE DE NO TENER COBERTURA SANITARIA"


def _typed(*texts, size=9):
    """Draw lines of typed text, one below the other."""

    def draw(canvas):
        canvas.setFont("Helvetica", size)
        for at, text in enumerate(texts):
            canvas.drawString(40, HIGH - 60 - 16 * at, text)

    return draw


def _table(*rows, before=(TITLE, "1. DATOS DEL SOLICITANTE")):
    """Draw a table as a word processor does: label and answer in two tight lines of one cell."""

    def draw(canvas):
        _typed(*before)(canvas)
        for down, row in enumerate(rows):
            wide = 510 / len(row)
            for across, (label, answer) in enumerate(row):
                left, top = 40 + across * wide, HIGH - 100 - 26 * down
                canvas.rect(left, top - 26, wide, 26)
                canvas.drawString(left + 2, top - 11, label)
                canvas.drawString(left + 2, top - 22.5, answer)

    return draw


def _field(value):
    """A sure field of *value*."""
    return Field(value=value, text=str(value), confidence=0.95, page=1, box=Box(0, 0, 1, 1))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("applicant.address.number", "Y-2345678-Z"),
        ("applicant.address.number", "Real"),
        ("applicant.address.floor", "calle Real 12"),
        ("applicant.address.floor", "Puerta C"),
        ("applicant.second_surname", "No tiene"),
        ("applicant.first_surname", "como consta en el pasaporte"),
        ("applicant.address.postal_code", "99001"),
        ("applicant.address.postal_code", "5100"),
        ("applicant.address.city", "51001 Ceuta"),
        ("applicant.address.street_name", "Y2345678Z"),
        ("applicant.id_number", "DOCUMENTO"),
        ("account.iban", "ES9121000418450200051333"),
        ("notification.mobile", "61234"),
        ("notification.email", "correo.example"),
        ("applicant.given_name", "Salma. Documento: pasaporte"),
        ("applicant.first_surname", "NOURI 1984"),
    ],
)
def test_a_value_that_cannot_be_its_field_is_none_of_it(name, value):
    """What a neighbour's label let in is kept as text, without value and in doubt."""
    field = shaped(name, _field(value))
    assert (field.value, field.text) == (None, value)
    assert field.confidence <= 0.3


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("applicant.address.number", "12"),
        ("applicant.address.number", "s/n"),
        ("applicant.address.number", "12 bis"),
        ("applicant.address.floor", "2º"),
        ("applicant.address.door", "izquierda"),
        ("applicant.address.postal_code", "51001"),
        ("applicant.id_number", "Y2345678Z"),
        ("applicant.id_number", "AB1234567"),
        ("account.iban", "ES9121000418450200051332"),
        ("notification.mobile", "+34612345678"),
        ("notification.email", "yo@correo.example"),
        ("applicant.first_surname", "DE LA O"),
        ("applicant.given_name", "Mª. Ángeles"),
    ],
)
def test_a_value_in_the_shape_of_its_field_keeps_its_certainty(name, value):
    """The shapes let all real values through."""
    assert shaped(name, _field(value)) == _field(value)


def test_a_bare_number_beside_the_document_is_the_documents(fill, read):
    """ "Número" in the row of the document never is the number of the house."""
    rows = [
        [("Documento", "[ ] DNI   [X] NIE"), ("Número", "Y-2345678-Z")],
        [("Calle", "Real"), ("Piso", "2"), ("Número", "12")],
    ]
    said = read("ce_application", fill.drawn(_table(*rows)))
    assert said["applicant.id_number"].value == "Y2345678Z"
    assert said["applicant.address.number"].value == "12"


def test_a_bare_number_beside_neither_is_of_nobody(fill, read):
    """Without words about a document or a home in its row, the number is left alone."""
    said = read("ce_application", fill.drawn(_table([("Nombre", "Ana"), ("Número", "1234567")])))
    assert "applicant.address.number" not in said
    assert "applicant.id_number" not in said


def test_an_answer_close_under_its_label_in_the_cell_is_read(fill, read):
    """Label and answer fill a tight cell from border to border."""
    rows = [[("Primer apellido", "EL KHATTABI"), ("Segundo apellido", "NOURI"), ("Nombre", "YASMINE")]]
    said = read("ce_application", fill.drawn(_table(*rows)))
    leaves = ("first_surname", "second_surname", "given_name")
    assert [said[f"applicant.{leaf}"].value for leaf in leaves] == ["EL KHATTABI", "NOURI", "YASMINE"]


def test_an_empty_label_in_running_text_is_never_surely_empty(fill, read):
    """Only a place to write that is seen empty proves that nothing was written."""
    said = read(
        "ce_application",
        fill.drawn(_typed(TITLE, "1. DATOS DEL SOLICITANTE", "Nombre: Ana. Segundo apellido:", "y nada más")),
    )
    assert said["applicant.second_surname"].value is None
    assert said["applicant.second_surname"].confidence <= 0.3


def test_an_empty_drawn_cell_is_surely_empty(fill, read):
    """A cell with its label and white below it was left open."""

    def draw(canvas):
        _typed(TITLE, "1. DATOS DEL SOLICITANTE")(canvas)
        canvas.rect(40, HIGH - 140, 200, 34)
        canvas.drawString(43, HIGH - 115, "Segundo apellido")

    assert read("ce_application", fill.drawn(draw))["applicant.second_surname"].confidence >= 0.9


def test_several_answers_in_one_line_end_with_their_sentences(fill, read):
    """Full stops, clauses and the next label end an answer."""
    text = "Primer apellido: NOURI. Nombre: Salma, con residencia legal. Nacionalidad: Marruecos."
    said = read("no_coverage_declaration", fill.drawn(_typed(DECLARATION, "Datos personales", text)))
    assert said["declarant.first_surname"].value == "NOURI"
    assert said["declarant.given_name"].value == "Salma"
    assert said["declarant.given_name"].confidence <= 0.85
    assert said["nationality"].value == "MAR"


def test_a_full_name_with_a_clause_behind_it_is_cut(fill, read):
    """ "con NIE ..." after the comma is no given name."""
    text = "Nombre y apellidos: Mohamed El Khattabi, con NIE Y-2345678-Z, nacido en Nador"
    said = read("ce_application", fill.drawn(_typed(TITLE, "1. DATOS DEL SOLICITANTE", text)))
    assert said["applicant.given_name"].value == "Mohamed"
    assert said["applicant.given_name"].confidence < 0.9


def test_an_answer_that_runs_into_the_next_line_is_in_doubt(fill, read):
    """The end of a name may stand at the start of the next line."""
    text = "Primer apellido: RUIZ   Segundo apellido: SANZ   Nombre: María de los Ángeles Inmaculada"
    wide = f"{'-' * 20} {'x' * 75} ----"
    lines = (TITLE, wide, "1. DATOS DEL SOLICITANTE", text, "Concepción-Encarnación-Remedios de la Santísima")
    said = read("ce_application", fill.drawn(_typed(*lines, size=10)))
    assert said["applicant.given_name"].confidence <= 0.5


def test_what_wrapped_is_found_by_its_own_shape(fill, read):
    """Mobile, mail and account are known wherever they stand in their section, never with full certainty."""
    lines = (TITLE, "2. NOTIFICACIONES", "Se avisará al móvil", "612 345 678 y al correo yo@correo.example")
    bank = ("3. DATOS BANCARIOS", "Se cargará en la cuenta ES91 2100 0418 4502 0005 1332 de Karim Benali")
    said = read("ce_application", fill.drawn(_typed(*lines, *bank)))
    found = {name: said[name].value for name in ("notification.mobile", "notification.email", "account.iban")}
    assert found == {
        "notification.mobile": "612345678",
        "notification.email": "yo@correo.example",
        "account.iban": "ES9121000418450200051332",
    }
    assert max(said[name].confidence for name in found) <= 0.85


def test_two_accounts_on_one_paper_are_neither(fill, read):
    """Of the office's account and the payer's none is chosen."""
    lines = (
        "3. DATOS BANCARIOS",
        "Pago desde ES91 2100 0418 4502 0005 1332",
        "a GB82 WEST 1234 5698 7654 32",
    )
    assert "account.iban" not in read("ce_application", fill.drawn(_typed(TITLE, *lines)))


def test_the_closing_line_gives_the_day_of_the_signature(fill, read):
    """ "Ceuta, a 13 de marzo de 2026" above the signature is the day of signing."""
    lines = (TITLE, "1. DATOS DEL SOLICITANTE", "Nombre: Ana", "Ceuta, a 13 de marzo de 2026", "Firma: Ana")
    said = read("ce_application", fill.drawn(_typed(*lines)))
    assert said["signature.applicant_date"].value == "2026-03-13"


def test_a_home_in_one_cell_is_split_with_doubt(fill, read):
    """Street and number, post code and town fall apart, and never pass for certain."""
    row = [("Domicilio (calle y número)", "Calle Real 12"), ("C.P. y localidad", "51001 Ceuta")]
    said = read("ce_application", fill.drawn(_table(row)))
    home = {name.rsplit(".", 1)[1]: field for name, field in said.items() if ".address." in name}
    assert {leaf: field.value for leaf, field in home.items()} == {
        "street_type": "Calle",
        "street_name": "Real",
        "number": "12",
        "postal_code": "51001",
        "city": "Ceuta",
    }
    assert max(field.confidence for field in home.values()) <= 0.85


@pytest.mark.parametrize("text", ["El mismo que el del padrón", "Apartado 40, Ceuta", "Real"])
def test_a_home_that_is_no_street_and_number_is_left_open(text):
    """What cannot be split gives no part of an address."""
    assert [(leaf, value) for leaf, value, sure in addresses.street(text)] == [("street_name", None)]
