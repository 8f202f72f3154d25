"""Places and causes that stand away from the day they explain: read, or the stay is not sure."""

import pytest

from extractors.padron.town import _of_stem
from tests.extractors.padron.towns import FOOT, HEAD, WHO, dates


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        ("causó alta el 10/05/2019 por traslado desde Cabra.", "Cabra"),
        ("causó alta el 10/05/2019 por cambio de residencia desde el extranjero (SUECIA).", "SWE"),
    ],
)
def test_a_move_names_the_town_behind_since(fields_of, text, origin):
    """Since a place, and not since a day."""
    periods = fields_of(*HEAD, WHO + text, *FOOT)["periods"]
    assert [p["origin"] for p in periods.value] == [origin]
    assert periods.confidence >= 0.95


def test_a_town_behind_since_that_nobody_took_holds_the_stay(fields_of):
    """Whoever came from there may have come from abroad."""
    text = "causó alta el 10/05/2019, ingresando desde Cabra."
    assert fields_of(*HEAD, WHO + text, *FOOT)["periods"].confidence < 0.9


def test_the_province_of_the_town_is_no_place_of_coming(fields_of):
    """It begins as "provenir" does."""
    text = "provincia de Santa Cruz, está empadronado desde el 10/05/2019."
    assert fields_of(*HEAD, WHO + text, *FOOT)["periods"].confidence >= 0.95


def test_a_cause_in_a_sentence_of_its_own_may_be_that_of_a_stay_without_one(fields_of):
    """Its origin alone does not say why somebody came."""
    text = "ALTA EN EL PADRÓN: 25/01/2019. CAMBIO DE RESIDENCIA. PROCEDE DE: CABRA"
    assert fields_of(*HEAD, "NIE: X1234567L", text, *FOOT)["periods"].confidence < 0.9


def test_each_line_of_a_list_has_a_day_of_its_own(fields_of):
    """A label that comes again tells another change; two languages at a point are one label."""
    lines = (
        "Alta-data · Fecha de alta: 10/05/2019<br/>Cambio de domicilio: 03/06/2020"
        "<br/>Cambio de domicilio: 19/09/2022"
    )
    fields = fields_of(*HEAD, WHO + "tiene:", lines, *FOOT)
    assert dates(fields) == [("2019-05-10", None)]
    assert [one["date"] for one in fields["changes"].value] == ["2020-06-03", "2022-09-19"]
    assert fields["periods"].confidence >= 0.95


@pytest.mark.parametrize(
    ("paper", "name", "sure"),
    [("azpeitiko udala, azpeitia", "Azpeitia", True), ("basauri", "Basauri", True), ("", "Azpeiti", False)],
)
def test_the_a_of_a_basque_town_may_fall(paper, name, sure):
    """A stem in -i is sure only where the town's name stands on the paper."""
    found, certainty = _of_stem("Basauri" if name == "Basauri" else "Azpeiti", paper)
    assert found == name
    assert (certainty >= 0.9) is sure


def test_a_line_with_a_name_alone_is_nobody_of_the_home(fields_of):
    """Who asked for the paper stands under the list; another without what the rest have is in doubt."""

    def read(last: str):
        rows = [
            ["Nombre y apellidos", "Documento", "Fecha de alta"],
            ["ANA ROS MAS", "50607080K", "01/05/1996"],
            ["LUIS ROS MAS", "71234568A", "01/05/1996"],
            [last, "", ""],
        ]
        return fields_of(HEAD[0], "# CERTIFICADO DE CONVIVENCIA", {"rows": rows}, *FOOT)["residents"]

    asked, strange = read("A petició d'ANA ROS MAS"), read("Padrón de la calle Real")
    assert [one["name"] for one in asked.value] == ["ANA ROS MAS", "LUIS ROS MAS"]
    assert strange.confidence < 0.9
