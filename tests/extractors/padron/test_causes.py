"""Causes cut short, causes that nobody knows, and what "de oficio" says."""

import pytest

from extractors.padron.movements.causes import why
from tests.extractors.padron.towns import FOOT, HEAD, WHO


@pytest.mark.parametrize(
    ("words", "what", "cause"),
    [
        ("C.R.", "in", "residence_change"),
        ("CAMBIO RESID.", "out", "residence_change"),
        ("OMIS.", "in", "omission"),
        ("CADUC.", "out", "expiry"),
        ("Baja de oficio por caducidad", "out", "expiry"),
        ("Baja de oficio", "out", "improper"),
        ("Cambio de residencia del extranjero", "in", "abroad"),
        ("No consta", "out", None),
    ],
)
def test_a_cause_in_its_place_is_understood(words, what, cause):
    """Cut short or whole; who struck somebody off is a cause only where no other is told."""
    assert why(words, what) == (cause, True)


@pytest.mark.parametrize("words", ["R.F.", "Reagrupación", "B. DEF.", "Omisión / cambio de residencia"])
def test_a_cause_that_nobody_knows_is_not_clear(words):
    """Letters in the place of a cause say something: none is dropped, and none of two is chosen."""
    assert not why(words, "in").clear


def test_the_words_beside_a_movement_may_tell_its_cause(fields_of):
    """One column for both, causes cut short."""
    rows = [["Movimiento", "Fecha"], ["ALTA C. RESID.", "06/05/2014"], ["BAJA CAD.", "10/09/2017"]]
    period = fields_of(*HEAD, WHO + "presenta los movimientos:", {"rows": rows}, *FOOT)["periods"]
    assert [(p["cause_in"], p["cause_out"]) for p in period.value] == [("residence_change", "expiry")]
    assert period.confidence >= 0.95


@pytest.mark.parametrize(
    "told",
    [
        "causó alta por R.F. el 06/05/2014.",
        "consta:<br/>06/05/2014 - ALTA R. FAM.",
        "consta:<br/>Fecha de alta: 06/05/2014<br/>Causa del alta: R.F.",
    ],
)
def test_a_stay_whose_cause_is_not_understood_is_in_doubt(fields_of, told):
    """Without its cause the law would decide otherwise, so the list is not sure."""
    period = fields_of(*HEAD, WHO + told, *FOOT)["periods"]
    assert period.value[0]["from"] == "2014-05-06"
    assert period.confidence < 0.9


def test_each_cause_stays_with_the_day_on_its_own_line(fields_of):
    """Days first, then the movement: the cause of one line is not that of the next."""
    lines = "06/05/2014 - ALTA POR CAMBIO DE RESIDENCIA\n10/09/2017 - BAJA POR CADUCIDAD"
    period = fields_of(*HEAD, WHO + "consta:", lines, *FOOT)["periods"]
    assert [(p["cause_in"], p["cause_out"]) for p in period.value] == [("residence_change", "expiry")]
    assert period.confidence >= 0.95
