"""What other town halls say otherwise: requests, nobody else at home, towns and causes behind labels."""

import pytest

from extractors.lines import Box, Line, Word
from extractors.padron.page.columns import Column, columns_of
from tests.extractors.padron.towns import FOOT, HEAD, WHO


def told(fields):
    """Return from, cause and origin of each stay."""
    return [(p["from"], p["cause_in"], p["origin"]) for p in fields["periods"].value]


def test_a_cause_behind_a_label_may_name_the_town_in_brackets(fields_of):
    """It stands in another sentence than the day."""
    fields = fields_of(
        *HEAD,
        WHO + "figura inscrito en el Padrón desde el 27 de noviembre de 2022.",
        "Motivo del alta: cambio de residencia (procedente de Lorca).",
        *FOOT,
    )
    assert told(fields) == [("2022-11-27", "residence_change", "Lorca")]


def test_a_code_and_its_words_under_an_unknown_head_keep_their_cause(fields_of):
    """The cell that names the movement tells why, too: without it the cause was lost, and sure."""
    rows = [
        ["Código", "Fecha variación", "Municipio origen/destino"],
        ["ACR - Alta por cambio de residencia", "20/05/2009", "Lorca"],
        ["BCA - Baja por caducidad", "21/06/2013", ""],
        ["AOM - Alta por omisión", "02/12/2013", ""],
    ]
    stays = fields_of(*HEAD, WHO + "tiene estos movimientos:", {"rows": rows}, *FOOT)["periods"].value
    assert [(p["cause_in"], p["cause_out"]) for p in stays] == [
        ("residence_change", "expiry"),
        ("omission", None),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "figura inscrito desde el 10/05/2019. En dicho domicilio no figura inscrita ninguna otra persona.",
        "consta como residente en este municipio desde el 10/05/2019.",
    ],
)
def test_who_lives_alone_and_who_is_called_a_resident_are_inscribed(fields_of, text):
    """That nobody else lives there does not deny the entry."""
    assert fields_of(*HEAD, WHO + text, *FOOT)["periods"].confidence >= 0.9


def test_a_request_for_the_certificate_is_none_for_the_entry(fields_of):
    """Town halls begin with it."""
    text = (
        "Visto el escrito de D. ALI SAIDI OMAR, con NIE X1234567L, por el que solicita certificado de"
        " empadronamiento, el Secretario CERTIFICA que figura inscrito desde el 10/05/2019."
    )
    assert fields_of(*HEAD, text, *FOOT)["periods"].confidence >= 0.9


def test_a_request_for_the_entry_still_denies_it(fields_of):
    """Who asks to be inscribed is not."""
    text = "solicita su inscripción en el Padrón el 10/05/2019."
    assert fields_of(*HEAD, WHO + text, *FOOT)["periods"].confidence < 0.9


def test_a_town_is_named_without_the_word_for_towns(fields_of):
    """The municipality of origin is its name."""
    text = "causó alta el 10/05/2019 por cambio de residencia procedente del municipio de Lorca (Murcia)."
    assert told(fields_of(*HEAD, WHO + text, *FOOT)) == [("2019-05-10", "residence_change", "Lorca")]


def test_a_cell_tells_from_where_somebody_came_or_the_row_is_not_understood(fields_of):
    """Lost, a list that should say "abroad" was sure without it."""

    def read(cell):
        rows = [["Fecha de alta", "Causa del alta", "Fecha de baja"], ["05/04/2006", cell, ""]]
        return fields_of(*HEAD, WHO + "tiene estos movimientos:", {"rows": rows}, *FOOT)

    assert told(read("Cambio de residencia. Procede de Marruecos")) == [("2006-04-05", "abroad", "MAR")]
    assert read("Cambio de residencia. Procede del municipio vecino")["periods"].confidence < 0.9


def test_a_name_with_a_hyphen_goes_on_in_the_next_line(fields_of):
    """Half of it was taken for the whole, and sure."""
    fields = fields_of(
        *HEAD, "CERTIFICA:", "Fecha de alta: 10/05/2019\nMunicipio de procedencia: Torre-\nPacheco\n", *FOOT
    )
    assert told(fields) == [("2019-05-10", None, "Torre-Pacheco")]


def test_a_catalan_town_that_begins_with_a_vowel_is_where_one_came_from(fields_of):
    """ "Des d'Ibi": lost, the list was sure without it."""
    text = "El secretari CERTIFICA que el senyor ALI SAIDI OMAR, amb NIE X1234567L, està empadronat"
    why = " en este municipi des del 10/05/2019, amb motiu d'alta per canvi de residència des d'Ibi."
    assert told(fields_of(*HEAD, text + why, *FOOT)) == [("2019-05-10", "residence_change", "Ibi")]


@pytest.mark.parametrize(
    ("dateline", "sure"), [("Ermua, 2026ko martxoaren 2a", True), ("2026ko martxoaren 2a", False)]
)
def test_a_basque_genitive_may_have_lost_an_a(fields_of, dateline, sure):
    """Which name it is, another place of the paper says, or nobody."""
    who = "Idazkariak ZIURTATZEN DU: ALI SAIDI OMAR jauna (AIZ X1234567L) 2019ko maiatzaren 10etik dago."
    town = fields_of("# ERMUKO UDALA", "# ERROLDA ZIURTAGIRIA", who, dateline)["municipality"]
    assert (town.confidence >= 0.9) is sure
    assert town.value == "Ermua" or not sure


@pytest.mark.parametrize(
    "text",
    [
        "está empadronado. Su inscripción se produjo el día 10/05/2019.",
        "figura inscrito desde el 10/05/2019. Se entrega al interesado, que lo pidió el 1/2/26.",
    ],
)
def test_an_inscription_takes_place_and_a_paper_is_asked_for(fields_of, text):
    """The one day is that of the alta, the other of no movement."""
    assert told(fields_of(*HEAD, WHO + text, *FOOT)) == [("2019-05-10", None, None)]
    assert fields_of(*HEAD, WHO + text, *FOOT)["periods"].confidence >= 0.9


def test_this_municipality_before_a_colon_is_no_label(fields_of):
    """What the next line tells is who lives there."""
    text = "CERTIFICA que la persona abajo indicada reside en este municipio:"
    fields = fields_of(*HEAD, text, "Interesado/a: ALI SAIDI OMAR", "Fecha de alta: 10/05/2019", *FOOT)
    assert fields["municipality"].value == "Ronda"


def test_a_day_that_touches_the_column_before_stands_under_its_own_head():
    """The heads are set in the middle, the cells at the left, and next to nothing parts them."""

    def word(text, x0, x1):
        return Word(text=text, box=Box(x0, 0, x1, 10), confidence=1.0)

    header = [Column("birth_date", Box(306, 0, 374, 10)), Column("in_date", Box(389, 0, 421, 10))]
    born, began = word("10/01/1982", 306, 374), word("07/07/2014", 377, 432)
    place = columns_of(header, [Line((born, began))])
    assert (place(born), place(began)) == (0, 1)


AGAIN = {
    "es": "estuvo inscrito en este municipio desde el 4 de marzo de 2020, fecha de su alta por cambio de"
    " residencia, procedente de Marruecos, hasta el 10 de noviembre de 2025, en que causó baja por cambio de"
    " residencia.",
    "gl": "estivo inscrito neste municipio desde o 4 de marzo de 2020, data da súa alta por cambio de"
    " residencia, procedente de Marrocos, ata o 10 de novembro de 2025, data da baixa por cambio de"
    " residencia.",
    "ca": "va estar inscrit en aquest municipi des del 4 de març de 2020, data de la seva alta per canvi de"
    " residència, procedent del Marroc, fins al 10 de novembre de 2025, data de la baixa per canvi de"
    " residència.",
}


@pytest.mark.parametrize("text", AGAIN.values(), ids=AGAIN)
def test_a_day_told_again_as_that_of_the_alta_or_baja_is_one_day(fields_of, text):
    """The words behind it want no day of their own, and the end behind them is an end."""
    periods = fields_of(*HEAD, WHO + text, *FOOT)["periods"]
    (stay,) = periods.value
    days = (stay["from"], stay["to"], stay["cause_in"], stay["cause_out"])
    assert days == ("2020-03-04", "2025-11-10", "abroad", "residence_change")
    assert periods.confidence >= 0.9
