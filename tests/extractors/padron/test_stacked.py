"""Labels with their values in columns, over each other or behind dots: each cause belongs to its own stay."""

import numpy as np
import pytest

from extractors.lines import Box, Word
from extractors.padron.page.table import tables_of
from extractors.page import Page
from extractors.reading.raster import Raster

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


def test_a_label_under_a_days_value_is_no_further_row(fields_of):
    """Labels over values in two columns: beside a speck too, the next label is none; no origin is lost."""
    left = "Documento|DNI 44112233A|Fecha de nacimiento|15/09/1995|Nacionalidad|Ecuatoriana|Municipio|Ardales"
    right = "Fecha de alta|24/11/2014|Procedencia|Marruecos|.o"
    fields = fields_of(*HEAD, _columns(left.split("|"), right.split("|")), *FOOT)
    assert [(stay["from"], stay["origin"]) for stay in fields["periods"].value] == [("2014-11-24", "MAR")]
    assert fields["person.birth_date"].value == "1995-09-15"


@pytest.mark.parametrize(("dirt", "rows"), [("g", 1), ("1", 2), ("gbh", 2)])
def test_dirt_above_a_value_is_no_row(dirt, rows):
    """Where labels of two columns stand over their values, a speck between them is not another resident."""
    told = (
        (("Fecha de nacimiento", 60), ("Fecha de baja", 300)),
        ((dirt, 300),),
        (("3/5/84", 60), ("1/4/16", 300)),
    )
    words = [
        Word(text, Box(x + 6 * at, 60 + 14 * row, x + 6 * at + 5 * len(text), 70 + 14 * row), 1.0)
        for row, line in enumerate(told)
        for label, x in line
        for at, text in zip(_begins(label), label.split(), strict=True)
    ]
    paper = Raster(grey=np.full((842, 595), 255, np.uint8), scale=1.0)
    page = Page(number=1, width=595, height=842, words=tuple(words), reader="ocr", picture=lambda: paper)

    assert [len(table.rows) for table in tables_of(page)[0]] == [rows]


def _begins(label):
    return [len(label[: label.index(word)]) for word in label.split()]
