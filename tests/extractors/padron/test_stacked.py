"""Labels with their values in columns, over each other or behind dots: each cause belongs to its own stay."""

import pytest

HEAD = ("# AYUNTAMIENTO DE ARDALES", "# CERTIFICADO DE EMPADRONAMIENTO")
FOOT = ("Ardales, 4 de marzo de 2026", "Firmado electrónicamente. CSV: 3F2A-99BC-77D1-0E4A")
LEFT = "Nombre y apellidos|SARA MORENO RUBIO|Documento|DNI 44112233A|Municipio|Ardales"
STAYS = [
    {"from": "2014-11-24", "to": "2016-11-05", "cause_in": "abroad", "cause_out": "expiry", "origin": "MAR"},
    {"from": "2017-04-24", "to": None, "cause_in": "omission", "cause_out": None, "origin": None},
]


def _told(fields):
    return [{name: stay[name] for name in STAYS[0]} for stay in fields["periods"].value]


def _columns(left, right):
    rows = max(len(left), len(right))
    left, right = (side + [""] * (rows - len(side)) for side in (left, right))
    return {"rows": list(zip(left, right, strict=True)), "grid": False, "widths": (240, 240)}


def test_a_column_of_stays_goes_on_below_the_column_of_the_person(fields_of):
    """A label that stands alone in one column is no further line of the cell above it."""
    right = (
        "Fecha de alta|24/11/2014|Causa del alta|Cambio de residencia|Procedencia|Marruecos"
        "|Fecha de baja|05/11/2016|Causa de la baja|Caducidad|Fecha de alta|24/04/2017|Causa del alta|Omisión"
    )
    fields = fields_of(*HEAD, _columns(LEFT.split("|"), right.split("|")), *FOOT)
    assert _told(fields) == STAYS


def test_a_cause_in_the_cell_of_a_day_is_not_dropped_silently(fields_of):
    """Where the label of the line below cannot be read, its cause stands in the cell of the day."""
    right = "Fecha de alta|24/04/2017|Cavsa dei aita|Omisión"
    fields = fields_of(*HEAD, _columns(LEFT.split("|")[4:], right.split("|")), *FOOT)
    assert fields["periods"].confidence <= 0.6


@pytest.mark.parametrize("dots", [" ........ ", " . . . . . ", " … ", ": "])
def test_dots_lead_from_a_label_to_its_value(fields_of, dots):
    """Leaders stand for a colon."""
    told = f"FECHA DE ALTA{dots}24.11.2014\nCAUSA DEL ALTA{dots}OMISIÓN"
    fields = fields_of(*HEAD, told, *FOOT)
    assert [(stay["from"], stay["cause_in"]) for stay in _told(fields)] == [("2014-11-24", "omission")]
    assert fields["periods"].confidence >= 0.9


@pytest.mark.parametrize("between", ["\n", ": ", " "])
def test_a_basque_label_over_its_day_is_no_unknown_date(fields_of, between):
    """The Basque `Alta-data` is one label, whatever its second half would mean before a word of its own."""
    told = f"Alta-data{between}2014ko abenduaren 2a"
    fields = fields_of("# ARDALESKO UDALA", "# ERROLDA-ZIURTAGIRIA", told, "Egite-data: 2026-03-04")
    assert [stay["from"] for stay in _told(fields)] == ["2014-12-02"]
    assert fields["periods"].confidence >= 0.9


def test_a_change_of_residence_is_not_explained_beside_a_stay_that_gives_no_cause(fields_of):
    """The words under a label nobody understands may be the cause that one of the stays lacks."""
    told = (
        "Fecha de alta: 01/02/2019\nCausa del alta: Cambio de residencia\nFecha de baja: 03/04/2020\n"
        "Causa de la baja: Caducidad\nFecha de alta: 05/06/2021"
    )
    fields = fields_of(*HEAD, told, 30, "Cavsa: Cambio de residencia", *FOOT)
    assert fields["periods"].confidence <= 0.85


def test_dirt_before_a_label_leaves_it_one(fields_of):
    """A scan makes quotes of specks."""
    fields = fields_of(*HEAD, '"FECHA DE ALTA 24.11.2014\n¿CAUSA DEL ALTA OMISIÓN', *FOOT)
    assert [(stay["from"], stay["cause_in"]) for stay in _told(fields)] == [("2014-11-24", "omission")]
