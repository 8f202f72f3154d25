"""What town halls' programs print: labels in two languages, cards under a heading, homes, last days."""

import pytest

from extractors.padron.movements.causes import why
from extractors.padron.movements.doubts import struck_off
from extractors.padron.movements.entitled import town_of
from extractors.padron.movements.events import Told
from extractors.prose import Prose
from tests.extractors.padron.test_told_plainly import PLAIN, stays
from tests.extractors.padron.towns import FOOT, HEAD, WHO


def test_a_label_in_two_languages_over_each_other_is_one_beside_its_value(fields_of):
    """The value stands level with the middle of both; a row holds two of them."""
    rows = [
        [
            "Data d'alta en el padró\nFecha de alta en el padrón",
            "06/02/2019",
            "Causa de l'alta\nCausa del alta",
            "Omissió",
        ],
        ["Municipi de procedència\nMunicipio de procedencia", "Torrent", "", ""],
    ]
    table = {"rows": rows, "widths": (130, 100, 120, 100), "valign": "MIDDLE"}
    fields = fields_of(*HEAD, WHO + "figura en el Padrón con estos datos:", table, *FOOT)
    assert stays(fields) == [("2019-02-06", None, "omission", None, "Torrent")]
    assert fields["periods"].confidence >= 0.9


CARDS = (
    "ALTA\nFecha: 10/03/2011\nCausa: Omisión",
    "BAJA\nFecha: 22/07/2015\nCausa: Caducidad{}\nDomicilio: C/ Mar 4",
)


@pytest.mark.parametrize(("more", "sure"), [("", True), ("\nAnulada", False), ("\nAfecta a: la hija", False)])
def test_a_card_is_headed_by_its_movement_and_says_nothing_that_no_label_asks_for(fields_of, more, sure):
    """A line between its labels may take the movement back, or give it to somebody else."""
    cards = [card.format(more) for card in CARDS]
    found = fields_of(*HEAD, WHO + "presenta estos movimientos:", *cards, *FOOT)["periods"]
    assert (found.confidence >= 0.9) is sure
    assert not sure or stays({"periods": found}) == [("2011-03-10", "2015-07-22", "omission", "expiry", None)]


def test_a_table_of_changes_of_home_makes_no_stay(fields_of):
    """Its days are those of moves inside the municipality."""
    rows = [["Fecha", "Domicilio anterior", "Domicilio nuevo"], ["20/02/2014", "C/ Mar 1", "C/ Sol 2"]]
    fields = fields_of(*HEAD, WHO + PLAIN + ".", "Cambios de domicilio", {"rows": rows}, *FOOT)
    assert stays(fields) == [("2019-05-10", None, None, None, None)]
    assert [change["date"] for change in fields["changes"].value] == ["2014-02-20"]


@pytest.mark.parametrize(("day", "sure"), [("28/06/2023", False), ("28/06/2031", True)])
def test_an_entry_that_held_until_a_day_before_the_paper_is_doubtful(fields_of, day, sure):
    """The paper does not say that it was renewed."""
    lines = f"Fecha de alta: 28/06/2021\nFecha de caducidad de la inscripción: {day}"
    assert (
        fields_of(*HEAD, WHO + "figura con estos datos:", lines, *FOOT)["periods"].confidence >= 0.9
    ) is sure


@pytest.mark.parametrize(("said", "cause"), [("ALTA POR OMISIÓN", "omission"), ("ALTA CONDICIONADA", None)])
def test_what_kind_of_alta_it_is_stands_behind_tipo(fields_of, said, cause):
    """A kind that nobody knows holds the stay."""
    lines = f"Fecha de alta: 28/06/2021\nTipo: {said}"
    fields = fields_of(*HEAD, WHO + "figura con estos datos:", lines, *FOOT)
    assert stays(fields)[0][2] == cause
    assert (fields["periods"].confidence >= 0.9) is (cause is not None)


def test_and_joins_a_second_range_of_bare_days_to_the_first(fields_of):
    """Behind the label of periods."""
    line = "Periodos: 14/02/2006 a 31/08/2011 y 20/05/2014 a la actualidad"
    fields = fields_of(*HEAD, WHO + "figura con estos datos:", line, *FOOT)
    assert [stay[:2] for stay in stays(fields)] == [("2006-02-14", "2011-08-31"), ("2014-05-20", None)]


def test_a_state_of_baja_in_two_cells_holds_a_stay_without_its_end(pages_of):
    """The day of a baja, where one is told, explains it."""
    texts = [Prose(pages_of(text)) for text in ("Situación", "Baja")]
    assert struck_off(texts, Told())
    assert not struck_off(texts[1:], Told())


def test_a_joined_range_of_which_more_is_said_is_no_stay(fields_of):
    """The second one is another town's."""
    line = "Periodos: 14/02/2006 a 31/08/2011 y 20/05/2014 a 30/06/2016 (este último en Guadix)"
    assert fields_of(*HEAD, WHO + "figura con estos datos:", line, *FOOT)["periods"].confidence < 0.9


@pytest.mark.parametrize(
    ("home", "town"),
    [
        ("CALLE MAYOR 3, 2º A", ""),
        ("AVDA. 25 DE JULIO, S/N", ""),
        ("CALLE MAYOR 3 DE GUADIX", "guadix"),
        ("CALLE MAYOR 3 (18500 GUADIX)", "guadix"),
        ("FRANCIA", "francia"),
    ],
)
def test_a_home_ends_with_its_house_or_with_a_town(home, town):
    """A change of home to another town is none."""
    assert town_of(home) == town


@pytest.mark.parametrize("words", ["cambio de residencia. Duplicado", "cambio de residencia de otro vecino"])
def test_a_cause_that_takes_the_alta_back_is_not_clear(words):
    """Nobody comes as a duplicate, nor by another's change."""
    assert not why(words, "in").clear
    assert why("cambio de residencia de otro municipio", "in").clear


@pytest.mark.parametrize(("told", "town"), [("Barakaldotik", "Barakaldo"), ("Getafetik", None)])
def test_a_basque_town_one_came_from_is_read_where_its_ending_leaves_one_name(fields_of, told, town):
    """Getafe or Getaf: that is not said."""
    text = f"2017ko azaroaren 8tik erroldatuta dago udalerri honetan, {told} etorrita."
    fields = fields_of(*HEAD, WHO + text, *FOOT)
    assert stays(fields)[0][-1] == town
    assert (fields["periods"].confidence >= 0.9) is (town is not None)


def test_an_officer_s_surname_that_ends_as_with_does_is_nobody_s_name(fields_of):
    """Of "Rouco" no "Rou" is left, with "co" behind it."""
    said = WHO.removeprefix("CERTIFICA que ") + PLAIN + "."
    fields = fields_of(*HEAD, "Antía Rouco Permuy, secretaria do Concello, CERTIFICA:", "Que " + said, *FOOT)
    assert fields["person.given_name"].value == "ALI"


@pytest.mark.parametrize(
    ("old", "new"), [("C/ Mar 1", "C/ Sol 2, Lorca"), ("C/ Mar 1, Lorca", "C/ Sol 2, Ronda")]
)
def test_a_change_of_home_between_two_towns_is_none_inside_the_town(fields_of, old, new):
    """Whoever lived in another town was not registered in this one."""
    rows = [["Fecha", "Domicilio anterior", "Domicilio nuevo"], ["20/02/2021", old, new]]
    fields = fields_of(*HEAD, WHO + PLAIN + ".", "Cambios de domicilio", {"rows": rows}, *FOOT)
    assert fields["periods"].confidence < 0.9


def test_cells_that_are_centred_begin_above_their_day(fields_of):
    """What a cell says over the line of the day is of its row, and no other's."""
    long = "Alta por cambio de residencia procedente de Alhaurín de la Torre, en la calle del Agua número 40"
    rows = [
        ["Fecha", "Tipo", "Descripción del movimiento"],
        ["10/03/2011", "Alta", long],
        ["22/07/2015", "Baja", "Baja por caducidad"],
    ]
    table = {"rows": rows, "widths": (70, 60, 150), "valign": "MIDDLE", "grid": False}
    found = fields_of(*HEAD, WHO + "presenta estos movimientos:", table, *FOOT)
    expected = ("2011-03-10", "2015-07-22", "residence_change", "expiry", "Alhaurín de la Torre")
    assert stays(found) == [expected]


def test_a_second_column_of_movements_tells_their_causes(fields_of):
    """Else a cause that the paper tells would be lost in a sure list."""
    rows = [
        ["Fecha", "Variación", "Descripción"],
        ["10/03/2011", "ALTA", "ALTA POR OMISIÓN"],
        ["22/07/2015", "BAJA", "BAJA POR CADUCIDAD"],
    ]
    found = fields_of(*HEAD, WHO + "presenta estos movimientos:", {"rows": rows}, *FOOT)
    assert stays(found) == [("2011-03-10", "2015-07-22", "omission", "expiry", None)]


@pytest.mark.parametrize(
    ("line", "town"), [("Municipio de procedencia Dos Hermanas", "Dos Hermanas"), ("", None)]
)
def test_a_town_that_begins_as_a_word_goes_on_is_a_value(fields_of, line, town):
    """Dos Hermanas is no "dos" of Galician."""
    lines = f"Fecha de alta 28/06/2021\nMotivo de alta Cambio de residencia\n{line}"
    assert stays(fields_of(*HEAD, WHO + "figura con estos datos:", lines, *FOOT))[0][-1] == town


def test_a_door_d_at_a_line_s_end_is_no_title(fields_of):
    """ "Piso 4 D" over a label in capitals names nobody."""
    lines = "DOMICILIO CALLE MAYOR 42 4 D\nFECHA DE ALTA EN EL MUNICIPIO 22/05/2015"
    found = fields_of(*HEAD, WHO + "figura con estos datos:", lines, *FOOT)
    assert stays(found)[0][0] == "2015-05-22"
    assert found["periods"].confidence >= 0.9


def test_a_town_set_without_room_for_its_blank_gets_it_back(fields_of):
    """From where the paper writes it with one."""
    foot = ("Ribera Alta, a 2 de marzo de 2026", FOOT[1])
    found = fields_of("# AYUNTAMIENTO DE RIBERAALTA", HEAD[1], WHO + PLAIN + ".", *foot)
    assert found["municipality"].value == "Ribera Alta"


@pytest.mark.parametrize(
    "line",
    [
        "Procede de: Mérida, donde sigue inscrita",
        "Periodos 14/03/2009 a 31/08/2011 y 20/05/2014 a la actualidad de alquiler municipal",
        "Alta el 12/06/2003 por cambio de residencia DE: SU MADRE",
        "Procede de: Mérida (sigue allí)",
        "Procede de: Mérida - DUPLICADO EN MÉRIDA",
        "Tipo: Baja",
    ],
)
def test_a_value_that_says_more_than_its_label_asks_holds_the_stays(fields_of, line):
    """What stands behind the place, or the last day, may take back what was read of it."""
    fields = fields_of(*HEAD, WHO + "figura con estos datos:", "Fecha de alta: 06/02/2001\n" + line, *FOOT)
    assert fields["periods"].confidence < 0.9


def test_a_town_in_brackets_behind_a_cause_is_where_one_came_from(fields_of):
    """In running text as in a cell."""
    lines = "12/02/2004 Alta por cambio de residencia (Jumilla)\n30/11/2009 Baja por caducidad"
    assert stays(fields_of(*HEAD, WHO + "presenta:", lines, *FOOT))[0][-1] == "Jumilla"


def test_a_decision_that_is_not_final_holds_the_stay(fields_of):
    """It may be taken back."""
    line = "Alta en el municipio: 04/10/2012, según resolución no firme."
    assert fields_of(*HEAD, WHO + "figura:", line, *FOOT)["periods"].confidence < 0.9
