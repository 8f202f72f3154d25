import pytest

from extractors.kinds import kinds
from extractors.reading.files.pdf import pages
from tests.extractors.forms.typed import HIGH, PRINTED, SAYS, TYPED, lines

NAMES = [
    ("Segundo apellido", "second_surname", 2),
    ("Primer apellido", "first_surname", 2),
    ("Nombre", "given_name", 2),
]
LAYOUT = [
    ("ticks", ["BAJA", "ALTA", "VARIACIÓN DE DATOS"]),
    ("heading", "I. DATOS DE LA PERSONA SOLICITANTE"),
    ("cells", NAMES, "applicant"),
    ("ticks", ["D.N.I.", "Pasaporte", "N.I.E."]),
    (
        "cells",
        [("Fecha de nacimiento", "birth_date", 3), ("Nº de documento", "id_number", 2), ("Sexo", "sex", 1)],
        "applicant",
    ),
    (
        "cells",
        [("Tipo de vía", "street_type", 1), ("Nombre de la vía", "street_name", 4), ("Número", "number", 1)],
        "applicant.address",
    ),
    ("cells", [("Código postal", "postal_code", 1), ("Localidad", "city", 3)], "applicant.address"),
    ("heading", "II. REPRESENTANTE"),
    ("cells", NAMES, "representative"),
    ("heading", "III. DATOS A EFECTOS DE NOTIFICACIONES"),
    ("cells", [("Teléfono móvil", "mobile", 1), ("Correo electrónico", "email", 2)], "notification"),
    ("heading", "IV. FORMA DE PAGO"),
    ("ticks", ["INGRESO EN CUENTA", "DOMICILIACIÓN BANCARIA"]),
    ("heading", "V. TITULAR DE LA CUENTA"),
    ("cells", NAMES, "account"),
    ("cells", [("Código IBAN", "iban", 1)], "account"),
    ("heading", "LA PERSONA SOLICITANTE"),
    ("cells", [("Fecha", "applicant_date", 1)], "signature"),
]


def _edition(canvas, values, font, row, box_first, fields):
    """Draw our other edition: other order, other proportions, boxes before or after their options."""
    top = 60.0
    canvas.setFont(font, 13)
    canvas.drawCentredString(
        300, HIGH - 44, "Solicitud de convenio especial de prestación de asistencia sanitaria"
    )
    for kind, what, *prefix in LAYOUT:
        if kind == "heading":
            canvas.setFont(font, 9.5)
            canvas.drawString(50, HIGH - top - 16, what)
            top += 20
        elif kind == "ticks":
            _ticks(canvas, what, values, top, font, box_first, fields)
            top += 22
        else:
            _cells(canvas, what, prefix[0], values, top, row, font, fields)
            top += row


def _ticks(canvas, options, values, top, font, box_first, fields):
    """One line of options with their boxes."""
    left = 56.0
    for option in options:
        wide = canvas.stringWidth(option, font, 9)
        box = left if box_first else left + wide + 5
        canvas.setFont(font, 9)
        canvas.drawString(left + 16 if box_first else left, HIGH - top - 14, option)
        on = values.get(option, False)
        if fields:
            canvas.acroForm.checkbox(
                name=f"b{option}", x=box, y=HIGH - top - 16, size=11, checked=on, borderWidth=1
            )
        else:
            canvas.rect(box, HIGH - top - 16, 10, 10)
            if on:
                canvas.drawString(box + 2, HIGH - top - 14, "X")
        left += wide + 60


def _cells(canvas, cells, prefix, values, top, row, font, fields):
    """One row of drawn cells, each with a small label at its top."""
    left, unit = 50.0, 490.0 / sum(share for _, _, share in cells)
    for label, leaf, share in cells:
        canvas.rect(left, HIGH - top - row, share * unit, row)
        canvas.setFont(font, 6.5)
        canvas.drawString(left + 3, HIGH - top - 8, label)
        value = values.get(f"{prefix}.{leaf}", "")
        if fields:
            canvas.acroForm.textfield(
                name=f"f{prefix}{leaf}",
                value=value,
                x=left + 3,
                y=HIGH - top - row + 2,
                width=share * unit - 6,
                height=row - 12,
            )
        elif value:
            canvas.setFont(font, 10)
            canvas.drawString(left + 5, HIGH - top - row + 5, value)
        left += share * unit


@pytest.mark.parametrize("fields", [False, True])
@pytest.mark.parametrize("box_first", [False, True])
@pytest.mark.parametrize(("font", "row"), [("Times-Roman", 30), ("Courier", 26), ("Helvetica-Bold", 36)])
def test_moved_boxes_are_followed_by_their_labels(fill, read, font, row, box_first, fields):
    """Another order, font and proportion, printed or as form fields, tells the same values."""
    data = fill.drawn(lambda canvas: _edition(canvas, PRINTED, font, row, box_first, fields))
    said = read("ce_application", data)
    assert {name: said[name].value for name in SAYS} == SAYS
    assert max(field.confidence for field in said.values()) <= 0.95


def test_typed_lines_are_read_after_their_colons(fill, read):
    """A form typed in a word processor gives label and value on one line."""
    said = read("ce_application", fill.drawn(lambda canvas: lines(canvas, TYPED)))
    values = {name: field.value for name, field in said.items()}
    assert values == {
        "request_type": "alta",
        "applicant.first_surname": "GARCÍA",
        "applicant.second_surname": "LÓPEZ",
        "applicant.given_name": "José María",
        "applicant.id_number": "Y1234567X",
        "applicant.birth_date": "1980-04-03",
        "applicant.address.city": "Ceuta",
        "applicant.address.postal_code": "51001",
        "representative.first_surname": None,
        "representative.given_name": None,
        "account.iban": "ES9121000418450200051332",
    }


def test_a_heading_that_we_do_not_know_owns_its_labels(fill, read):
    """What stands under somebody else's heading is not the applicant's."""
    more = [*TYPED[:5], "2. DATOS DEL CÓNYUGE", "Primer apellido: SANZ", "Nombre: Eva"]
    said = read("ce_application", fill.drawn(lambda canvas: lines(canvas, more)))
    assert said["applicant.first_surname"].value == "GARCÍA"
    assert said["applicant.given_name"].value == "José María"


def test_a_label_asked_twice_in_one_section_is_uncertain(fill, read):
    """Two first surnames under one heading: the second may be another person's."""
    more = [*TYPED[:5], "Primer apellido: SANZ"]
    said = read("ce_application", fill.drawn(lambda canvas: lines(canvas, more)))
    assert said["applicant.first_surname"].confidence <= 0.5


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        ("ce_application", "Solicitud de convenio especial de prestación de asistencia sanitaria"),
        ("as_application", "Solicitud de reconocimiento del derecho a la asistencia sanitaria"),
        ("representation", "OTORGAMIENTO DE REPRESENTACIÓN"),
        ("no_coverage_declaration", "DECLARACIÓN RESPONSABLE DE NO TENER COBERTURA SANITARIA"),
    ],
)
def test_a_title_and_labels_make_the_kind(fill, kind, title):
    """A form of other software is known by its title and by what it asks; a title alone is no form."""
    asks = ["Primer apellido: GARCÍA", "Segundo apellido: LÓPEZ", "Nombre: Eva", "Nº de documento: 12345678Z"]
    whole = pages(fill.drawn(lambda canvas: lines(canvas, [title, *asks])))[0]
    alone = pages(
        fill.drawn(lambda canvas: lines(canvas, [title, "Estimada señora: recibimos su escrito."]))
    )[0]
    assert kinds()[kind].starts(whole) >= 0.7
    assert kinds()[kind].starts(alone) <= 0.3


def test_a_second_page_without_title_goes_on_with_the_form(fill):
    """Bank and signature on a page of their own belong to the application before them."""
    kind = kinds()["ce_application"]
    first = pages(fill.drawn(lambda canvas: lines(canvas, TYPED[:9])))[0]
    rest = [
        "5. TITULAR DE LA CUENTA",
        "Primer apellido: GARCÍA",
        "IBAN: ES91 2100 0418 4502 0005 1332",
        "Fecha: 2/3/2026",
    ]
    second = pages(fill.drawn(lambda canvas: lines(canvas, rest)))[0]
    assert kind.continues(second, [first]) >= 0.5
    assert kind.starts(second) < 0.3
    said = kind.read([first, second])
    assert said["account.first_surname"].value == "GARCÍA"
    assert said["applicant.first_surname"].value == "GARCÍA"


def test_an_unread_box_of_a_table_is_not_taken_from_its_neighbour(fill, read):
    """A strange label in the next cell is no answer to ours: the doubt is told."""

    def draw(canvas):
        lines(canvas, TYPED[:1])
        canvas.setFont("Helvetica", 7)
        for at, label in enumerate(["Primer apellido", "Grupo sanguíneo"]):
            canvas.rect(60 + 200 * at, HIGH - 190, 200, 30)
            canvas.drawString(63 + 200 * at, HIGH - 168, label)

    field = read("ce_application", fill.drawn(draw))["applicant.first_surname"]
    assert field.value is None
    assert field.confidence <= 0.5


@pytest.mark.parametrize(
    ("label", "text", "says"),
    [
        ("Apellidos", "GARCÍA LÓPEZ", ("GARCÍA", "LÓPEZ")),
        ("Apellidos", "GARCÍA DE LA FUENTE", ("GARCÍA", "DE LA FUENTE")),
        ("Apellidos y nombre", "GARCÍA LÓPEZ, Ana", ("GARCÍA", "LÓPEZ")),
        ("Nombre y apellidos", "Ana García López", ("García", "López")),
    ],
)
def test_names_in_one_box_are_split_with_doubt(fill, read, label, text, says):
    """The paper does not say where a surname ends: the guess never passes for certain."""
    told = [*TYPED[:3], f"{label}: {text}"]
    said = read("ce_application", fill.drawn(lambda canvas: lines(canvas, told)))
    assert (said["applicant.first_surname"].value, said["applicant.second_surname"].value) == says
    assert said["applicant.first_surname"].confidence < 0.9


def test_a_form_whose_title_is_a_picture_is_known_by_its_headings(fill):
    """Three headings of ours and what they ask make the form, without the words of its title."""
    told = [
        "1. DATOS DEL SOLICITANTE",
        *TYPED[3:8],
        "2. DATOS DEL REPRESENTANTE",
        "Primer apellido:     Nombre:",
        "3. FORMA DE PAGO",
    ]
    page = pages(fill.drawn(lambda canvas: lines(canvas, told)))[0]
    assert kinds()["ce_application"].starts(page) >= 0.5
