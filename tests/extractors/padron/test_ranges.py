"""Stays told as a range of days: from one to another, or to this day."""

import pytest

from tests.extractors.padron.towns import FOOT, HEAD, WHO, dates

BOTH = [("2015-03-10", "2018-06-21"), ("2019-02-01", None)]


@pytest.mark.parametrize(
    "told",
    [
        "ha estado empadronado del 10 de marzo de 2015 al 21 de junio de 2018, y del 1/02/2019 a hoy.",
        "ha figurado en los períodos:<br/>10/03/2015 - 21/06/2018: C/ Real, 5<br/>01/02/2019 - Hoy: B, 9",
        "foi empadroado entre o 10/03/2015 e o 21/06/2018 e dende o 1 de febreiro de 2019 ata a actualidade.",
        "ha estat empadronat del 10 de març de 2015 al 21/06/2018 i des de l'1/02/2019 fins a l'actualitat.",
    ],
)
def test_days_from_one_to_another_are_stays(fields_of, told):
    """Sentences and lists, in three languages."""
    fields = fields_of(*HEAD, WHO + told, *FOOT)
    assert dates(fields) == BOTH
    assert fields["periods"].confidence >= 0.95


@pytest.mark.parametrize(
    "told",
    [
        "desde el 10/03/2015, fecha de su alta, hasta el 21/06/2018, en que causó baja.",
        "desde el 10/03/2015 hasta la fecha de su baja, el 21/06/2018.",
    ],
)
def test_the_day_of_a_movement_is_not_this_day(fields_of, told):
    """Behind the first day stands "fecha", which is that of the movement: the stay is over."""
    fields = fields_of(*HEAD, WHO + "estuvo inscrito " + told, *FOOT)
    assert dates(fields) == [("2015-03-10", "2018-06-21")]


def test_a_column_may_hold_both_days(fields_of):
    """A period and the home of it."""
    rows = [
        ["Período", "Domicilio"],
        ["10/03/2015 - 21/06/2018", "C/ Real 5"],
        ["01/02/2019 - Hoy", "C/ Ancha 9"],
    ]
    fields = fields_of(*HEAD, WHO + "ha figurado inscrito:", {"rows": rows}, *FOOT)
    assert dates(fields) == BOTH
    assert fields["periods"].confidence >= 0.95


def test_homes_that_follow_each_other_are_one_stay(fields_of):
    """Who moves within the municipality on a day does not leave it."""
    lines = (
        "Desde el 10/03/2015 hasta el 21/06/2018: A, 5, B.\nDesde el 21/06/2018 hasta la fecha: C/ Ancha, 9."
    )
    fields = fields_of(*HEAD, WHO + "ha figurado inscrito en los siguientes domicilios:", lines, *FOOT)
    assert dates(fields) == [("2015-03-10", None)]
    assert fields["changes"].value == [{"date": "2018-06-21", "address": "C/ Ancha, 9"}]


@pytest.mark.parametrize(
    "told",
    [
        "figura inscrito desde el 06/05/2014, con una interrupción entre el 10/09/2017 y el 20/01/2018.",
        "figura inscrito desde el 06/05/2014, salvo del 10/09/2017 al 20/01/2018.",
        "figura inscrito desde el 06/05/2014, con permiso válido del 10/09/2017 al 20/01/2018.",
    ],
)
def test_a_range_of_days_away_is_no_stay(fields_of, told):
    """A leave, an exception, a permit: the list is in doubt, and no end is made of them."""
    fields = fields_of(*HEAD, WHO + told, *FOOT)
    assert dates(fields) == [("2014-05-06", None)]
    assert fields["periods"].confidence <= 0.6


def test_two_days_one_under_the_other_in_a_cell_are_a_stay(fields_of):
    """The dash between them is lost or stands elsewhere."""
    rows = [["Período", "Domicilio"], ["10/03/2015\n21/06/2018", "C/ A 5"], ["01/02/2019 Hoy\n-", "C/ B 9"]]
    fields = fields_of(*HEAD, WHO + "ha figurado inscrito:", {"rows": rows}, *FOOT)
    assert dates(fields) == BOTH
