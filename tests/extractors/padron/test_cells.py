"""What a table's cells and headers say, and what must not be believed of them."""

import datetime as dt

import pytest

from extractors.padron.movements.rows import movement
from tests.extractors.padron.towns import FOOT, HEAD, WHO, dates


@pytest.fixture
def told(fields_of):
    """Read a certificate of Ronda with these parts between head and foot."""
    return lambda *parts: fields_of(*HEAD, *parts, *FOOT)


@pytest.mark.parametrize(
    ("cell", "what"),
    [
        ("ALTA", "in"),
        ("A", "in"),
        ("Baja por caducidad", "out"),
        ("Cambio de domicilio", "change"),
        ("Modificación por cambio de domicilio", "change"),
        ("Renovación de la inscripción", "other"),
        ("Alta / Baja", None),
        ("", None),
    ],
)
def test_what_a_cell_says_happened(cell, what):
    """One movement per cell; two or none are not understood."""
    assert movement(cell) == what


def test_the_day_of_issue_is_not_the_day_of_an_older_signature(told):
    """The closing formula tells the issue; the clock of a seal does not outdo it."""
    fields = told(
        WHO + "figura inscrito en el Padrón Municipal desde el 10/05/2019.",
        "Sello electrónico: 03/03/2026 10:15",
    )
    assert dt.date.fromisoformat(fields["issued_on"].value) == dt.date(2026, 3, 2)


def test_the_day_on_which_the_paper_speaks_is_no_alta(fields_of):
    """The day on which one "is registered" says nothing of since when: a person should look."""
    text = "CERTIFICA que a 2 de marzo de 2026 figura inscrito en el Padrón Municipal D. ALI SAIDI OMAR."
    fields = fields_of(*HEAD, text)
    assert dates(fields) == [(None, None)]
    assert fields["periods"].confidence <= 0.3


def test_since_of_another_thing_is_no_alta(told):
    """The day of a residence card is nobody's alta, however near the register is named."""
    fields = told(
        WHO
        + "figura inscrito en el Padrón Municipal y es titular de tarjeta de residencia desde el 01/01/2015."
    )
    assert fields["periods"].confidence <= 0.3


def test_a_table_goes_on_without_its_header(told):
    """Rows at the top of the next page stand under the same columns."""
    fields = told(
        WHO + "consta en el Padrón Municipal:",
        {
            "rows": [["FECHA", "TIPO", "CAUSA", "DOMICILIO"], ["10/05/2019", "ALTA", "OMISIÓN", "CALLE A 1"]],
            "widths": [80, 90, 100, 120],
        },
        "---",
        {
            "rows": [["05/06/2022", "BAJA", "CADUCIDAD", ""], ["07/08/2023", "ALTA", "OMISIÓN", "CALLE B 2"]],
            "widths": [80, 90, 100, 120],
        },
    )
    assert dates(fields) == [("2019-05-10", "2022-06-05"), ("2023-08-07", None)]
    assert fields["periods"].confidence >= 0.95


def test_homes_one_after_the_other_are_one_stay(told):
    """A list of homes with from and to is one stay and its moves."""
    fields = told(
        WHO + "ha residido en los siguientes domicilios según el Padrón Municipal:",
        {
            "rows": [
                ["DOMICILIO", "DESDE", "HASTA"],
                ["CALLE A 1", "10/05/2019", "03/04/2021"],
                ["CALLE B 2", "03/04/2021", "ACTUALIDAD"],
            ]
        },
    )
    assert dates(fields) == [("2019-05-10", None)]
    assert fields["changes"].value == [{"date": "2021-04-03", "address": "CALLE B 2"}]


def test_a_table_under_unknown_headers_is_not_dropped(told):
    """Dates that nothing explains leave an empty stay that nobody may trust, with what was seen."""
    fields = told(
        WHO + "consta en el Padrón Municipal:",
        {"rows": [["F. INI.", "F. TERM.", "VÍA"], ["10/05/2019", "05/06/2022", "CALLE A"]]},
    )
    assert fields["periods"].confidence <= 0.3
    assert [reading.value for reading in fields["periods"].readings] == ["2019-05-10", "2022-06-05"]


def test_an_alta_of_the_very_day_of_issue_is_doubtful(told):
    """The only alta is the day of the paper: it may be that day, read twice."""
    fields = told(WHO + "figura inscrito en el Padrón Municipal con fecha de alta 02/03/2026.")
    assert fields["periods"].confidence <= 0.8


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Código Seguro de Verificación: 3F2A 99BC 77D1 0E4A", "3F2A 99BC 77D1 0E4A"),
        ("Egiaztapen Kode Segurua / CSV: IRN-0099-88AA-77BB", "IRN-0099-88AA-77BB"),
        ("CSV IV7ZQ3XK2M5T8R", "IV7ZQ3XK2M5T8R"),
    ],
)
def test_verification_codes(fields_of, words, code):
    """A code vouches for the paper, however it is written."""
    fields = fields_of(*HEAD, WHO + "figura inscrito desde el 10/05/2019 en el padrón.", words)
    assert (fields["csv"].value, fields["signed"].value) == (code, True)


def test_a_person_among_several_is_hardly_believed(told):
    """In a list of people told in prose, the first number is not that of who asked."""
    fields = told(
        "En la hoja padronal constan empadronadas las siguientes personas:",
        "1. MORENO RUBIO, CARLOS - DNI 44112233A - Nacido el 05/05/1970 - Alta en el municipio: 12/12/2001"
        "<br/>2. DIOP FALL, AMINATA - NIE Y4455667B - Nacida el 01/01/1990 - Alta municipio: 20/02/2024",
    )
    assert fields["person.id_number"].confidence <= 0.4
    assert fields["periods"].confidence <= 0.6


def test_altas_in_town_and_home_are_told_apart_in_a_table(fields_of):
    """Two columns of altas: the one in the municipality is the resident's, the one in the home is not."""
    fields = fields_of(
        *HEAD,
        "A petición de Dª IMANE CHAIB RAMI se certifica que constan inscritas las siguientes personas:",
        {
            "rows": [
                [
                    "Nombre",
                    "Primer apellido",
                    "Segundo apellido",
                    "Fecha alta municipio",
                    "Fecha alta domicilio",
                ],
                ["YOUSSEF", "ZEROUALI", "", "09/09/2009", "01/02/2018"],
                ["IMANE", "CHAIB", "RAMI", "12/04/2021", "01/02/2025"],
            ]
        },
        *FOOT,
    )
    assert dates(fields) == [("2021-04-12", None)]
    assert [r["from"] for r in fields["residents"].value] == ["2009-09-09", "2021-04-12"]


def test_a_table_without_headers_is_not_quite_believed(told):
    """Without headers the causes stand apart from their movements, and the stays say so."""
    fields = told(
        WHO + "consta en el Padrón Municipal de Habitantes:",
        {
            "rows": [
                ["Alta", "10/05/2019", "Cambio de residencia", "Málaga"],
                ["Baja", "05/06/2022", "Caducidad", ""],
            ],
            "widths": [100, 100, 120, 100],
        },
    )
    assert dates(fields) == [("2019-05-10", "2022-06-05")]
    assert fields["periods"].confidence < 0.9


@pytest.mark.parametrize("label", ["Nom Cognoms", "Nom  i Cognoms"])
def test_a_label_of_two_words_over_a_whole_name_parts_it_by_a_guess(told, label):
    """Which words are surnames is nobody's word; and no label is a name."""
    fields = told(f"{label}\nLUZ DIVINA TOAPANTA", "Data d'alta: 10/05/2019")
    names = [field for name, field in fields.items() if "name" in name and field.value]
    assert all(field.value in {"LUZ", "DIVINA", "TOAPANTA"} for field in names)
    assert all(field.confidence < 0.9 for field in names)
