"""Places and days beside a cause, and the municipality of papers that call it a concejo."""

import pytest

from tests.extractors.padron.towns import FOOT, HEAD

WHO = "Nombre y apellidos: ALI SAIDI OMAR - NIE: X1234567L"


def moves(cause):
    """Return a table with one alta for this cause."""
    return {"rows": [["Fecha", "Movimiento", "Causa"], ["04/09/2013", "Alta", cause]]}


@pytest.mark.parametrize(
    "cause", ["CAMBIO DE RESIDENCIA - MARRUECOS", "Cambio de residencia / Marruecos", "Omisión, Marruecos"]
)
def test_a_country_in_the_cell_of_a_cause_is_where_somebody_came_from(fields_of, cause):
    """However it is parted from the cause; without it whoever came from abroad moved within Spain."""
    periods = fields_of(*HEAD, WHO, moves(cause), *FOOT)["periods"]
    assert periods.value[0]["origin"] == "MAR"
    assert periods.confidence >= 0.9


def test_a_country_that_no_place_was_taken_from_holds_the_stay(fields_of):
    """Farther from its cause it may be where somebody came from, or not."""
    periods = fields_of(*HEAD, WHO, moves("Cambio de residencia Murcia Marruecos"), *FOOT)["periods"]
    assert periods.confidence < 0.9


def test_words_like_codes_of_countries_are_no_countries(fields_of):
    """PER is Peru in a passport; in Catalan it is "by"."""
    periods = fields_of(*HEAD, WHO, moves("CANVI DE RESIDÈNCIA PER OFICI"), *FOOT)["periods"]
    assert periods.value[0]["origin"] is None


def test_a_country_in_brackets_behind_a_label_is_asked_there(fields_of):
    """It is the place of the stay, and no word left over."""
    label = "Fecha de alta: 04/09/2013\nProcedencia: TETUÁN (MARRUECOS)"
    periods = fields_of(*HEAD, WHO, label, *FOOT)["periods"]
    assert periods.value[0]["origin"] == "MAR"
    assert periods.confidence >= 0.9


@pytest.mark.parametrize(("land", "name"), [("Principado de Asturias", "Llanes"), ("Navarra", None)])
def test_a_concejo_is_a_municipality_in_asturias_alone(fields_of, land, name):
    """In Navarra it is a part of one, which keeps no register."""
    fields = fields_of(f"# CONCEJO DE LLANES ({land})", HEAD[1], WHO, "Fecha de alta: 04/09/2013")
    town = fields.get("municipality")
    assert (town.value if town else None) == name


def test_a_list_without_heads_is_read_across_its_white(fields_of):
    """The day, and the movement with its cause, stand in columns of their own."""
    rows = [["04/09/2013", "Alta por omisión"], ["25/05/2022", "Baja por caducidad"]]
    list_of = {"rows": rows, "grid": False, "widths": [200, 250]}
    periods = fields_of(*HEAD, f"{WHO} figura en el Padrón con estos movimientos:", list_of, *FOOT)["periods"]
    assert [(p["from"], p["to"], p["cause_out"]) for p in periods.value] == [
        ("2013-09-04", "2022-05-25", "expiry")
    ]
    assert periods.confidence >= 0.9
