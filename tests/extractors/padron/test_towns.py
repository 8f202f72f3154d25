"""Wordings of towns: codes, cards, titles over tables, entry and exit, labels broken beside their value."""

import pytest

from extractors.padron.recognise import starts

ID = "X1234567L"
HEAD = ("# AYUNTAMIENTO DE ELDA", "# CERTIFICADO HISTÓRICO DE EMPADRONAMIENTO")
CLOSING = "Elda, 4 de marzo de 2026"
TWO = [("2013-09-04", "2022-05-25"), ("2024-01-13", None)]


@pytest.fixture
def told(fields_of):
    """Draw a certificate with these parts and return its stays and how sure they are."""

    def read(*parts):
        field = fields_of(*HEAD, f"Nombre y apellidos: NOOR SAIDI OMAR - NIE: {ID}", *parts, CLOSING)[
            "periods"
        ]
        return field.value, field.confidence

    return read


def days(stays):
    """Return from and to of each stay."""
    return [(stay["from"], stay["to"]) for stay in stays]


@pytest.mark.parametrize(
    ("code", "cause", "sure"),
    [("A/CR", "residence_change", True), ("AOM", "omission", True), ("A/XQ", None, False)],
)
def test_a_code_tells_the_movement_and_a_known_one_its_cause(told, code, cause, sure):
    """A code of unknown letters still says alta, but not why: that stay is in doubt."""
    stays, confidence = told(
        {
            "rows": [
                ["Fecha", "Mov.", "Domicilio"],
                ["04/09/2013", code, "C/ Sol 3"],
                ["25/05/2022", "B/CR", "C/ Sol 3"],
            ]
        }
    )
    assert days(stays) == [TWO[0]]
    assert stays[0]["cause_in"] == cause
    assert (confidence >= 0.9) is sure


def test_movements_on_cards_are_stays(told):
    """One card a movement, its day first; the causes are those of their own cards."""
    stays, confidence = told(
        "Fecha: 04/09/2013 Movimiento: Alta Causa: Omisión",
        "Fecha: 25/05/2022 Movimiento: Baja Causa: Caducidad",
        "Fecha: 13/01/2024 Movimiento: Alta Causa: Omisión",
    )
    assert days(stays) == TWO
    assert [stay["cause_out"] for stay in stays] == ["expiry", None]
    assert confidence >= 0.9


@pytest.mark.parametrize(("title", "sure"), [("BAJAS", True), ("CAMBIOS", False)])
def test_a_title_over_a_table_says_what_its_days_are(told, title, sure):
    """The same table under another title tells no baja."""
    _, confidence = told(
        "ALTAS",
        {"rows": [["Fecha", "Causa"], ["04/09/2013", "Omisión"], ["13/01/2024", "Omisión"]]},
        title,
        {"rows": [["Fecha", "Causa"], ["25/05/2022", "Cambio de residencia"]]},
    )
    assert (confidence >= 0.9) is sure


def test_a_label_broken_beside_its_value_is_one_label(told):
    """The country stands beside the first half of its label: the alta came from abroad."""
    stays, confidence = told(
        {
            "rows": [
                ["Fecha de alta en\nel Padrón", "13/01/2024"],
                ["Causa del alta", "Cambio de residencia"],
                ["Municipio o país\nde procedencia", "Marruecos"],
            ],
            "widths": [100, 200],
        }
    )
    assert (stays[0]["from"], stays[0]["cause_in"], stays[0]["origin"]) == ("2024-01-13", "abroad", "MAR")
    assert confidence >= 0.9


def test_each_day_that_leads_a_line_is_told_by_the_words_behind_it(told):
    """What ends the line above ("desde Marruecos") is the origin there, and no "since" of the next day."""
    stays, confidence = told(
        "04.09.2013 – Alta por cambio de residencia desde Marruecos\n"
        "01.02.2016 – Cambio de domicilio a C/ Luna, 4\n"
        "25.05.2022 – Baja por cambio de residencia a Petrer\n"
        "13.01.2024 – Alta por omisión"
    )
    assert days(stays) == TWO
    assert stays[0]["origin"] == "MAR"
    assert confidence >= 0.9


@pytest.mark.parametrize(("last", "sure"), [("3", True), ("4", False)])
def test_a_numbered_list_with_a_number_missing_is_not_whole(told, last, sure):
    """An item that lacks may be a stay."""
    _, confidence = told(
        "Ha figurado inscrito en los siguientes periodos:",
        "1. Del 02/03/2011 al 14/05/2014\n2. Del 07/09/2016 al 21/10/2018\n"
        f"{last}. Del 13/06/2023 a la actualidad",
    )
    assert (confidence >= 0.9) is sure


@pytest.mark.parametrize(("town", "sure"), [("ELDA", True), ("", False)])
def test_an_empty_municipality_among_filled_ones_is_anybodys(told, town, sure):
    """That row may be of another town."""
    rows = [["ELDA", "04/09/2013", "25/05/2022"], [town, "13/01/2024", ""]]
    _, confidence = told({"rows": [["Municipio", "Fecha alta", "Fecha baja"], *rows]})
    assert (confidence >= 0.9) is sure


@pytest.mark.parametrize(
    ("words", "origin", "sure"),
    [
        ("habiendo procedido de Petrer", "Petrer", True),
        ("procede del municipio vecino", None, False),
        ("Rumanía, por cambio de residencia", None, False),
    ],
)
def test_a_place_of_coming_that_was_not_read_holds_the_stay(told, words, origin, sure):
    """Somebody came from somewhere, maybe abroad: a stay that says nothing of it would be sure and wrong."""
    stays, confidence = told(f"Figura inscrito en este municipio desde el 13/01/2024, {words}.")
    assert (stays[0]["origin"] == origin) or not sure
    assert (confidence >= 0.9) is sure


@pytest.mark.parametrize(
    ("title", "volante"), [("INFORME DE EMPADRONAMIENTO", True), ("CERTIFICADO DE EMPADRONAMIENTO", False)]
)
def test_a_paper_that_informs_and_certifies_nothing_is_a_volante(pages_of, title, volante):
    """A certificate says that it certifies; who only informs proves no more than a volante does."""
    page = pages_of("# AYUNTAMIENTO DE ELDA", f"# {title}", "Fecha de alta: 13/01/2024", CLOSING)[0]
    assert starts(page, volante=volante) > 0.7
    assert starts(page, volante=not volante) < 0.2


@pytest.mark.parametrize("behind", ["· NIE X1234567L", "— NIE: X1234567L", "; NIE X1234567L"])
def test_a_number_behind_a_name_is_none_of_it(fields_of, behind):
    """Whatever sign parts them."""
    fields = fields_of(*HEAD, f"Apellidos y nombre: SAIDI OMAR, NOOR {behind}", "Fecha de alta: 13/01/2024")
    assert fields["person.given_name"].value == "NOOR"


@pytest.mark.parametrize("over", ["Persona: {}. ", "{}\n"])
def test_cards_under_several_names_are_not_one_persons(told, over):
    """The second card is the brother's."""
    _, confidence = told(
        over.format("NOOR SAIDI OMAR") + "Fecha: 04/09/2013 Movimiento: Alta Causa: Omisión",
        over.format("ALI SAIDI OMAR") + "Fecha: 25/05/2022 Movimiento: Baja Causa: Caducidad",
    )
    assert confidence < 0.9
