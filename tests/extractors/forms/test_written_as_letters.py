"""Letters that declare, empower, mention an application or answer one."""

import pytest

from extractors.kinds import kinds
from extractors.reading.files.pdf import pages
from tests.extractors.forms.typed import TYPED, lines

LETTER = [
    "DECLARACIÓN RESPONSABLE",
    "Dª Fátima Benali Idrissi, mayor de edad, de nacionalidad marroquí, con NIE nº X-1234567-L",
    "y domicilio en Ceuta, DECLARA bajo su responsabilidad que no tiene cobertura obligatoria de",
    "asistencia sanitaria por ninguna otra vía{}.",
    "En Ceuta, a tres de marzo de dos mil veintiséis",
]


@pytest.mark.parametrize(("rest", "least", "most"), [("", 0.9, 0.95), (", salvo la de mi empresa", 0.0, 0.5)])
def test_a_declaration_written_as_a_letter_is_understood(fill, read, rest, least, most):
    """The sentence itself declares; what limits it makes it uncertain."""
    told = [line.format(rest) for line in LETTER]
    said = read("no_coverage_declaration", fill.drawn(lambda canvas: lines(canvas, told, size=10)))
    assert said["declares_no_coverage"].value is True
    assert least <= said["declares_no_coverage"].confidence <= most
    assert said["declarant.id_number"].value == "X1234567L"
    assert said["nationality"].value == "MAR"
    assert said["signed_on"].value == "2026-03-03"
    assert said["declarant.first_surname"].confidence < 0.9


def test_a_form_nobody_filled_in_declares_nothing(fill, read):
    """The printed sentence beside an empty box, or with dots for the name, is not a declaration."""
    empty = [
        "DECLARACIÓN RESPONSABLE DE NO TENER COBERTURA SANITARIA",
        "D./Dª ........................, con NIE ..............",
        "DECLARA que no tiene cobertura obligatoria de asistencia sanitaria.",
    ]
    said = read("no_coverage_declaration", fill.drawn(lambda canvas: lines(canvas, empty)))
    assert "declares_no_coverage" not in said


def test_a_power_written_as_a_letter_names_both(fill, read):
    """Who confers comes first, who accepts second."""
    letter = [
        "OTORGAMIENTO DE REPRESENTACIÓN",
        "D. José García López, con DNI 12345678Z, otorga su representación",
        "a Dña. Ana Ruiz Sanz, con NIE Y1234567X, para presentar la solicitud.",
        "En Melilla, a 2 de febrero de 2026",
    ]
    said = read("representation", fill.drawn(lambda canvas: lines(canvas, letter)))
    assert said["represented.id_number"].value == "12345678Z"
    assert said["representative.id_number"].value == "Y1234567X"
    assert said["signed_on"].value == "2026-02-02"


def test_a_letter_that_mentions_the_agreement_is_no_form(fill):
    """Running text about the convenio especial, its names and dates, does not make an application."""
    letter = [
        "Ceuta, 3 de marzo de 2026",
        "Asunto: convenio especial de prestación de asistencia sanitaria de D. José García",
        "El nombre y el primer apellido que figuran en su solicitud no coinciden con el padrón.",
        "Por ello, le rogamos que indique su número de documento y su fecha de nacimiento.",
    ]
    page = pages(fill.drawn(lambda canvas: lines(canvas, letter)))[0]
    ours = ("ce_application", "as_application", "representation", "no_coverage_declaration")
    assert max(kinds()[kind].starts(page) for kind in ours) < 0.35


def test_an_answer_to_an_application_is_no_application(fill):
    """A decision names the agreement and the person too."""
    told = ["RESOLUCIÓN", TYPED[0], "Nombre: Ana", "Primer apellido: RUIZ", "NIE: X1234567L", "IBAN: ES91"]
    page = pages(fill.drawn(lambda canvas: lines(canvas, told)))[0]
    assert kinds()["ce_application"].starts(page) < 0.5


@pytest.mark.parametrize(
    ("said", "least", "most"),
    [
        ("no tengo cobertura obligatoria de la prestación sanitaria por ninguna otra vía.", 0.7, 1.0),
        ("tengo cobertura obligatoria de la prestación sanitaria por mi empresa.", 0.0, 0.3),
    ],
)
def test_under_a_bare_title_the_sentence_tells_what_is_declared(fill, said, least, most):
    """ "DECLARACIÓN RESPONSABLE" alone may declare anything, the opposite included."""
    letter = [
        "DECLARACIÓN RESPONSABLE",
        "Yo, Ana Prueba Ejemplo, de nacionalidad marroquí, con NIE X1234567L, DECLARO que",
        said,
        "Ceuta, 13 de marzo de 2026",
    ]
    page = pages(fill.drawn(lambda canvas: lines(canvas, letter)))[0]

    assert least <= kinds()["no_coverage_declaration"].starts(page) <= most
