"""What must not be believed: other dates beside the alta, movements half told, readers that differ."""

import datetime as dt
from dataclasses import replace

import pytest

from extractors.padron.events import movement
from extractors.padron.read import certificate

HEAD = ("# AYUNTAMIENTO DE RONDA", "# CERTIFICADO DE EMPADRONAMIENTO")
WHO = "CERTIFICA que D. ALI SAIDI OMAR, con NIE X1234567L, "
FOOT = ("Ronda, a 2 de marzo de 2026", "Firmado electrónicamente por la Secretaria. CSV: 3F2A-99BC-77D1-0E4A")


@pytest.fixture
def told(fields_of):
    """Read a certificate of Ronda with these parts between head and foot."""
    return lambda *parts: fields_of(*HEAD, *parts, *FOOT)


def dates(fields):
    """Return from and to of each stay."""
    return [(p["from"], p["to"]) for p in fields["periods"].value]


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


@pytest.mark.parametrize(
    ("cell", "what"),
    [
        ("ALTA", "in"),
        ("A", "in"),
        ("Baja por caducidad", "out"),
        ("Cambio de domicilio", "change"),
        ("Modificación por cambio de domicilio", "change"),
        ("Renovación de la inscripción", "other"),
        ("Alta / Baja", None),
        ("", None),
    ],
)
def test_what_a_cell_says_happened(cell, what):
    """One movement per cell; two or none are not understood."""
    assert movement(cell) == what


def test_the_day_of_issue_is_not_the_day_of_an_older_signature(told):
    """The closing formula tells the issue; the clock of a seal does not outdo it."""
    fields = told(
        WHO + "figura inscrito en el Padrón Municipal desde el 10/05/2019.",
        "Sello electrónico: 03/03/2026 10:15",
    )
    assert dt.date.fromisoformat(fields["issued_on"].value) == dt.date(2026, 3, 2)


def test_the_day_on_which_the_paper_speaks_is_no_alta(fields_of):
    """The day on which one "is registered" says nothing of since when: a person should look."""
    text = "CERTIFICA que a 2 de marzo de 2026 figura inscrito en el Padrón Municipal D. ALI SAIDI OMAR."
    fields = fields_of(*HEAD, text)
    assert dates(fields) == [(None, None)]
    assert fields["periods"].confidence <= 0.3


def test_since_of_another_thing_is_no_alta(told):
    """The day of a residence card is nobody's alta, however near the register is named."""
    fields = told(
        WHO
        + "figura inscrito en el Padrón Municipal y es titular de tarjeta de residencia desde el 01/01/2015."
    )
    assert fields["periods"].confidence <= 0.3


def test_a_table_goes_on_without_its_header(told):
    """Rows at the top of the next page stand under the same columns."""
    fields = told(
        WHO + "consta en el Padrón Municipal:",
        {
            "rows": [["FECHA", "TIPO", "CAUSA", "DOMICILIO"], ["10/05/2019", "ALTA", "OMISIÓN", "CALLE A 1"]],
            "widths": [80, 90, 100, 120],
        },
        "---",
        {
            "rows": [["05/06/2022", "BAJA", "CADUCIDAD", ""], ["07/08/2023", "ALTA", "OMISIÓN", "CALLE B 2"]],
            "widths": [80, 90, 100, 120],
        },
    )
    assert dates(fields) == [("2019-05-10", "2022-06-05"), ("2023-08-07", None)]
    assert fields["periods"].confidence >= 0.95


def test_homes_one_after_the_other_are_one_stay(told):
    """A list of homes with from and to is one stay and its moves."""
    fields = told(
        WHO + "ha residido en los siguientes domicilios según el Padrón Municipal:",
        {
            "rows": [
                ["DOMICILIO", "DESDE", "HASTA"],
                ["CALLE A 1", "10/05/2019", "03/04/2021"],
                ["CALLE B 2", "03/04/2021", "ACTUALIDAD"],
            ]
        },
    )
    assert dates(fields) == [("2019-05-10", None)]
    assert fields["changes"].value == [{"date": "2021-04-03", "address": "CALLE B 2"}]


def test_a_table_under_unknown_headers_is_not_dropped(told):
    """Dates that nothing explains leave an empty stay that nobody may trust, with what was seen."""
    fields = told(
        WHO + "consta en el Padrón Municipal:",
        {"rows": [["F. INI.", "F. TERM.", "VÍA"], ["10/05/2019", "05/06/2022", "CALLE A"]]},
    )
    assert fields["periods"].confidence <= 0.3
    assert [reading.value for reading in fields["periods"].readings] == ["2019-05-10", "2022-06-05"]


def test_an_alta_of_the_very_day_of_issue_is_doubtful(told):
    """The only alta is the day of the paper: it may be that day, read twice."""
    fields = told(WHO + "figura inscrito en el Padrón Municipal con fecha de alta 02/03/2026.")
    assert fields["periods"].confidence <= 0.8


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Código Seguro de Verificación: 3F2A 99BC 77D1 0E4A", "3F2A 99BC 77D1 0E4A"),
        ("Egiaztapen Kode Segurua / CSV: IRN-0099-88AA-77BB", "IRN-0099-88AA-77BB"),
        ("CSV IV7ZQ3XK2M5T8R", "IV7ZQ3XK2M5T8R"),
    ],
)
def test_verification_codes(fields_of, words, code):
    """A code vouches for the paper, however it is written."""
    fields = fields_of(*HEAD, WHO + "figura inscrito desde el 10/05/2019 en el padrón.", words)
    assert (fields["csv"].value, fields["signed"].value) == (code, True)


def test_a_person_among_several_is_hardly_believed(told):
    """In a list of people told in prose, the first number is not that of who asked."""
    fields = told(
        "En la hoja padronal constan empadronadas las siguientes personas:",
        "1. MORENO RUBIO, CARLOS - DNI 44112233A - Nacido el 05/05/1970 - Alta en el municipio: 12/12/2001"
        "<br/>2. DIOP FALL, AMINATA - NIE Y4455667B - Nacida el 01/01/1990 - Alta municipio: 20/02/2024",
    )
    assert fields["person.id_number"].confidence <= 0.4
    assert fields["periods"].confidence <= 0.6


def test_altas_in_town_and_home_are_told_apart_in_a_table(fields_of):
    """Two columns of altas: the one in the municipality is the resident's, the one in the home is not."""
    fields = fields_of(
        *HEAD,
        "A petición de Dª IMANE CHAIB RAMI se certifica que constan inscritas las siguientes personas:",
        {
            "rows": [
                [
                    "Nombre",
                    "Primer apellido",
                    "Segundo apellido",
                    "Fecha alta municipio",
                    "Fecha alta domicilio",
                ],
                ["YOUSSEF", "ZEROUALI", "", "09/09/2009", "01/02/2018"],
                ["IMANE", "CHAIB", "RAMI", "12/04/2021", "01/02/2025"],
            ]
        },
        *FOOT,
    )
    assert dates(fields) == [("2021-04-12", None)]
    assert [r["from"] for r in fields["residents"].value] == ["2009-09-09", "2021-04-12"]


def test_a_table_without_headers_is_not_quite_believed(told):
    """Without headers the causes stand apart from their movements, and the stays say so."""
    fields = told(
        WHO + "consta en el Padrón Municipal de Habitantes:",
        {
            "rows": [
                ["Alta", "10/05/2019", "Cambio de residencia", "Málaga"],
                ["Baja", "05/06/2022", "Caducidad", ""],
            ],
            "widths": [100, 100, 120, 100],
        },
    )
    assert dates(fields) == [("2019-05-10", "2022-06-05")]
    assert fields["periods"].confidence < 0.9


@pytest.mark.parametrize("label", ["Nom Cognoms", "Nom  i Cognoms"])
def test_a_label_of_two_words_over_a_whole_name_parts_it_by_a_guess(told, label):
    """Which words are surnames is nobody's word; and no label is a name."""
    fields = told(f"{label}\nLUZ DIVINA TOAPANTA", "Data d'alta: 10/05/2019")
    names = [field for name, field in fields.items() if "name" in name and field.value]
    assert all(field.value in {"LUZ", "DIVINA", "TOAPANTA"} for field in names)
    assert all(field.confidence < 0.9 for field in names)
