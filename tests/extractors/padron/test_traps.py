"""What must not be believed: other dates beside the alta, movements half told, readers that differ."""

from dataclasses import replace

import pytest

from extractors.padron.read import certificate
from tests.extractors.padron.towns import FOOT, HEAD, WHO, dates


@pytest.fixture
def told(fields_of):
    """Read a certificate of Ronda with these parts between head and foot."""
    return lambda *parts: fields_of(*HEAD, *parts, *FOOT)


@pytest.mark.parametrize(
    "text",
    [
        (
            "nacido en Tetuán (Marruecos), el 3 de abril de 1980, consta empadronado en este"
            " municipio desde el día "
            "10 de mayo de 2019 hasta la fecha."
        ),
        (
            "figura inscrito en el Padrón Municipal de Habitantes en Calle Dos de Mayo, 12, planta"
            " baja, con fecha de "
            "alta de 10/05/2019."
        ),
        (
            "de acuerdo con el Real Decreto 1690/1986, de 11 de julio de 1986, y con DNI válido"
            " hasta el 01/01/2030, "
            "causó alta en este Padrón Municipal el día diez de mayo de dos mil diecinueve."
        ),
        (
            "figura inscrito en el Padrón Municipal de Habitantes desde el 10/05/2019. Este"
            " certificado es válido hasta "
            "el 02/06/2026. La no renovación conllevará la baja por caducidad."
        ),
        (
            "está empadronado en este municipio desde el 10/05/2019.<br/>Fecha de nacimiento: 03/04/1980<br/>"
            "Fecha de renovación: 10/05/2021<br/>Fecha de caducidad del permiso:"
            " 01/01/2027<br/>Fecha de baja: No consta"
        ),
        (
            "consta en el Padrón Municipal.<br/>Fecha de alta en el municipio: 10/05/2019<br/>"
            "Fecha de alta en la vivienda: 03/04/2021"
        ),
        "el 10/05/2019 causó alta en este Padrón Municipal de Habitantes.",
    ],
)
def test_other_dates_are_not_taken_for_the_alta(told, text):
    """Births, decrees, renewals, validity, homes: only the alta makes a stay, and it is sure."""
    fields = told(WHO + text)
    assert dates(fields) == [("2019-05-10", None)]
    assert fields["periods"].confidence >= 0.95


def test_a_date_that_nothing_explains_makes_the_stays_doubtful(told):
    """A date behind an unknown label may be anything, so the list may lack something."""
    fields = told(
        WHO + "consta en el Padrón Municipal:", "Fecha de alta: 10/05/2019\nFecha de boda: 02/02/2020"
    )
    assert dates(fields) == [("2019-05-10", None)]
    assert fields["periods"].confidence <= 0.6


def test_a_movement_without_a_date_makes_the_stays_doubtful(told):
    """A baja that is told without its day may have ended the stay."""
    fields = told(
        WHO + "causó alta en el Padrón Municipal el 10/05/2019 y posteriormente causó baja por caducidad."
    )
    assert fields["periods"].confidence <= 0.6


def test_a_cause_named_away_from_any_movement_lowers_the_stays(told):
    """Expiry mentioned in a note belongs to no movement that was read: a person should look."""
    fields = told(
        WHO + "causó alta en el Padrón Municipal el 10/05/2019.", "Observaciones: expediente de caducidad."
    )
    assert fields["periods"].confidence < 0.9


def test_an_alta_that_cannot_be_read_is_kept_without_a_date(told):
    """A damaged date leaves the stay in the list, open to a person, never dropped."""
    fields = told(
        WHO + "consta en el Padrón Municipal:", "Fecha de alta: 1O/05/2019\nFecha de baja: 01/02/2024"
    )
    assert dates(fields) == [(None, "2024-02-01")]
    assert fields["periods"].confidence <= 0.3


def test_a_baja_that_no_alta_precedes_is_kept(told):
    """Somebody left who is not known to have come: half a stay, and doubt."""
    fields = told(WHO + "causó baja por defunción en el Padrón Municipal de Habitantes el 01/02/2024.")
    assert dates(fields) == [(None, "2024-02-01")]
    assert fields["periods"].value[0]["cause_out"] == "death"
    assert fields["periods"].confidence <= 0.6


def test_the_last_change_alone_tells_no_stay(told):
    """ "Última variación" says when something changed, not since when one lives there."""
    fields = told(
        WHO + "figura inscrito en el Padrón Municipal de Habitantes.", "Fecha de última variación: 05/11/2025"
    )
    assert "periods" not in fields
    assert fields["last_change_on"].value == "2025-11-05"


def test_two_people_in_one_text_are_doubtful(told):
    """Two altas without a baja between them are not one person's history."""
    fields = told(
        WHO + "figura inscrito en el Padrón Municipal con fecha de alta 01/02/2020, y Dña. SARA SAIDI"
        " OMAR, con NIE "
        "Y1234567Z, con fecha de alta 03/04/2025."
    )
    assert fields["periods"].confidence <= 0.6


def test_two_dates_in_one_cell_are_doubtful(told):
    """The day of a resolution and the day of its notice in one cell: which is the baja is not said."""
    fields = told(
        WHO + "consta en el Padrón Municipal:",
        {
            "rows": [
                ["ALTA", "BAJA", "CAUSA BAJA"],
                ["10/05/2019", "05/06/2022 (not. 15/06/2022)", "CADUCIDAD"],
            ]
        },
    )
    assert fields["periods"].confidence <= 0.6


def test_a_history_from_the_last_to_the_first_is_turned_round(told):
    """Newest rows on top give the same stays."""
    fields = told(
        WHO + "consta en el Padrón Municipal:",
        {
            "rows": [
                ["Tipo", "Fecha", "Causa"],
                ["ALTA", "07/08/2023", "Omisión"],
                ["BAJA", "05/06/2022", "Caducidad"],
                ["ALTA", "10/05/2019", "Cambio de residencia"],
            ]
        },
    )
    assert dates(fields) == [("2019-05-10", "2022-06-05"), ("2023-08-07", None)]
    assert fields["periods"].confidence >= 0.95


def test_renewals_in_a_table_are_no_stays(told):
    """Confirming an entry neither begins nor ends it."""
    fields = told(
        WHO + "consta en el Padrón Municipal:",
        {
            "rows": [
                ["Fecha variación", "Causa de la variación", "Domicilio"],
                ["10/05/2019", "Alta por cambio de residencia", "C/ Sol 1"],
                ["03/04/2021", "Modificación por cambio de domicilio", "C/ Luna 2"],
                ["03/04/2022", "Renovación padronal", "C/ Luna 2"],
            ]
        },
    )
    assert dates(fields) == [("2019-05-10", None)]
    assert fields["changes"].value == [{"date": "2021-04-03", "address": "C/ Luna 2"}]


def test_leaving_for_another_country_is_abroad_whatever_it_is_called(told):
    """A change of residence to Morocco, and an alta from abroad without a country."""
    fields = told(
        WHO
        + "causó alta en el Padrón Municipal el 01/01/2020 por omisión y causó baja con fecha 01/07/2025 por "
        "cambio de residencia con destino a Marruecos. Causó nueva alta el 20/12/2025 procedente"
        " del extranjero."
    )
    told_causes = [(p["cause_in"], p["cause_out"], p["origin"]) for p in fields["periods"].value]
    assert told_causes == [("omission", "abroad", None), ("abroad", None, None)]


def test_readers_that_differ_on_the_deciding_date(pages_of):
    """When the second reader sees another day, neither is believed."""
    page = pages_of(*HEAD, WHO + "figura inscrito en el Padrón Municipal desde el 10/05/2019.", *FOOT)[0]
    other = tuple(w._replace(text=w.text.replace("10/05/2019", "10/05/2025")) for w in page.words)
    field = certificate([replace(page, second_words=lambda: other)])["periods"]
    assert field.confidence <= 0.5
    assert [reading.value for reading in field.readings] == [["2025-05-10"]]


def test_the_words_of_a_bad_scan_lower_the_stays(pages_of):
    """A date can be no surer than the engine that read it."""
    page = pages_of(*HEAD, WHO + "figura inscrito en el Padrón Municipal desde el 10/05/2019.", *FOOT)[0]
    words = tuple(w._replace(confidence=0.42) if w.text.startswith("10/05") else w for w in page.words)
    assert certificate([replace(page, words=words, second_words=None)])["periods"].confidence == 0.42


@pytest.mark.parametrize(
    ("text", "seal"),
    [("El Secretario", (False, 0.8)), ("Con el visto bueno", (False, 0.9))],
)
def test_a_title_without_ink_is_a_doubtful_signature(fields_of, text, seal):
    """Only a title: perhaps signed; not even that: not signed."""
    fields = fields_of(
        *HEAD,
        250,
        WHO + "figura inscrito desde el 10/05/2019 en el padrón.",
        20,
        "Ronda, a 2 de marzo de 2026",
        10,
        text,
    )
    assert (fields["signed"].value, fields["signed"].confidence) == seal


def test_a_date_told_before_what_happened_on_it_is_no_day_of_issue(told):
    """A capital and a comma before a day are not always a town."""
    fields = told(
        WHO + "se inscribió en este municipio el 06/05/2014. Posteriormente, el 10/09/2017, causó baja por"
        " caducidad. Por último, el 20/01/2018 volvió a causar alta por omisión."
    )
    assert dates(fields) == [("2014-05-06", "2017-09-10"), ("2018-01-20", None)]
    assert fields["issued_on"].value == "2026-03-02"
    assert fields["periods"].confidence >= 0.95


@pytest.mark.parametrize(
    "text",
    [
        "causó alta el 06/05/2014 y baja por caducidad, acordada el 01/08/2017 y notificada el 10/09/2017.",
        "con residencia legal en España desde el 06/05/2014, figura inscrito en el Padrón Municipal.",
        "procedente de Cabra, donde estuvo empadronado desde el 06/05/2014, figura inscrito en el Padrón.",
        "causó alta el 06/05/2014; la inscripción caducó el 20/01/2020.",
    ],
)
def test_days_of_other_things_leave_the_stays_in_doubt(told, text):
    """A step towards a baja, a right to stay, another town, a lapse: none is taken for sure."""
    fields = told(WHO + text)
    assert "periods" not in fields or fields["periods"].confidence <= 0.6


def test_the_title_of_the_next_table_is_no_row(told):
    """The present stay in one table, those before it in another."""
    fields = told(
        WHO + "consta:",
        {"rows": [["Fecha alta", "Causa alta"], ["20/01/2019", "Omisión"]]},
        "Inscripciones anteriores",
        {"rows": [["Fecha alta", "Fecha baja", "Causa baja"], ["06/05/2014", "20/01/2018", "Caducidad"]]},
    )
    assert dates(fields) == [("2014-05-06", "2018-01-20"), ("2019-01-20", None)]
    assert fields["periods"].confidence >= 0.95


@pytest.mark.parametrize(
    "text",
    [
        "figura empadronado en este municipio en la vivienda adquirida el 01/02/2010.",
        "inscrito en el Registro Central de Extranjeros desde el 01/02/2010, figura empadronado.",
        "figura empadronado según la última actualización comunicada por el INE desde el 01/02/2025.",
    ],
)
def test_a_date_with_a_verb_of_its_own_begins_no_stay(told, text):
    """What was bought, entered elsewhere or brought up to date on a day was not registered on it."""
    fields = told(WHO + text)
    assert "periods" not in fields or fields["periods"].confidence <= 0.6


def test_the_day_may_stand_before_what_happened_on_it(told):
    """ "Con fecha" says nothing of its own."""
    fields = told(WHO + "con fecha 06/05/2014 se le dio de alta y con fecha 10/09/2017 se le dio de baja.")
    assert dates(fields) == [("2014-05-06", "2017-09-10")]
    assert fields["periods"].confidence >= 0.95


def test_a_paper_whose_last_page_lacks_is_in_doubt(told):
    """More movements may stand on the page that is not there."""
    text = WHO + "causó alta en este Padrón Municipal el 06/05/2014."
    assert told(text, "Página 1 de 1")["periods"].confidence >= 0.95
    assert told(text, "Página 1 de 2")["periods"].confidence < 0.9
