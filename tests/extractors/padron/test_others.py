"""Movements of other people on the same certificate: none is the person's."""

import pytest

from tests.extractors.padron.towns import FOOT, HEAD, WHO, dates

SHEET = "CERTIFICA que en la hoja padronal de D. ALI SAIDI OMAR, con NIE X1234567L, constan los movimientos:"
ROWS = [
    ["SARA SAIDI AMAR", "ALTA", "03/03/2012", "OMISIÓN"],
    ["SARA SAIDI AMAR", "BAJA", "10/09/2013", "CADUCIDAD"],
    ["ALI SAIDI OMAR", "ALTA", "06/05/2014", "CAMBIO DE RESIDENCIA"],
]
NAMES = ["Nombre y apellidos", "Movimiento", "Fecha", "Causa"]


def test_rows_of_a_household_are_shared_out_by_name(fields_of):
    """What another member of the home did before is no stay of this person."""
    fields = fields_of(*HEAD, SHEET, {"rows": [NAMES, *ROWS]}, *FOOT)
    assert dates(fields) == [("2014-05-06", None)]
    assert fields["periods"].confidence >= 0.95


def test_a_row_without_a_name_may_be_anybodys(fields_of):
    """A name that stands once over several rows is believed, but a person looks."""
    rows = [NAMES, ROWS[0], ["", *ROWS[1][1:]], ROWS[2]]
    fields = fields_of(*HEAD, SHEET, {"rows": rows}, *FOOT)
    assert dates(fields) == [("2014-05-06", None)]
    assert fields["periods"].confidence <= 0.6


@pytest.mark.parametrize(
    "more",
    [
        " En la misma vivienda causó baja D.ª SARA SAIDI AMAR el 03/04/2019 por cambio de residencia.",
        "<br/>SARA SAIDI AMAR: baja 03/04/2019",
    ],
)
def test_another_persons_baja_does_not_end_the_stay(fields_of, more):
    """Somebody else is named before the day, so the day explains nothing and the list is in doubt."""
    fields = fields_of(*HEAD, WHO + "figura inscrito desde el 12/07/2016." + more, *FOOT)
    assert dates(fields) == [("2016-07-12", None)]
    assert fields["periods"].confidence <= 0.6


def test_parents_are_nobody_who_moved(fields_of):
    """Kin are named to say who the person is."""
    kin = "hijo de D. OMAR SAIDI BENALI y de D.ª LAILA OMAR AMAR, figura inscrito desde el 12/07/2016."
    fields = fields_of(*HEAD, WHO + kin, *FOOT)
    assert dates(fields) == [("2016-07-12", None)]
    assert fields["periods"].confidence >= 0.95


def test_a_table_that_names_another_than_the_text_is_in_doubt(fields_of):
    """The only row of a table is of whoever it names."""
    rows = [
        ["Nombre y apellidos", "Fecha alta", "Fecha baja"],
        ["SARA SAIDI AMAR", "03/03/2012", "04/05/2014"],
    ]
    assert fields_of(*HEAD, WHO + "convive con:", {"rows": rows}, *FOOT)["periods"].confidence <= 0.6


def test_the_end_of_a_permit_ends_no_stay(fields_of):
    """ "Until" speaks of what was named last."""
    told = "figura empadronado desde el 06/05/2014, con autorización de residencia hasta el 10/09/2027."
    fields = fields_of(*HEAD, WHO + told, *FOOT)
    assert dates(fields) == [("2014-05-06", None)]


def test_movements_of_several_people_without_the_one_asked_for_are_in_doubt(fields_of):
    """Whose stays these are, nothing says."""
    rows = [NAMES, *ROWS[:2]]
    rows[2] = [ROWS[2][0], *ROWS[1][1:]]
    assert fields_of(*HEAD, "CERTIFICA los movimientos:", {"rows": rows}, *FOOT)["periods"].confidence <= 0.6
