"""Layouts of other towns: narrow cells, boxes, labels in two languages, typewriter print, Basque prose."""

import pytest

FOOT = ("Firmado electrónicamente por la Secretaria. CSV: 3F2A-99BC-77D1-0E4A",)
CLOSING = ("Ceuta, 4 de marzo de 2026", *FOOT)


def stays(fields):
    """Return from, to, causes and origin of each stay."""
    return [(p["from"], p["to"], p["cause_in"], p["cause_out"], p["origin"]) for p in fields["periods"].value]


def test_a_narrow_cell_that_cuts_a_date_in_two(fields_of):
    """One row per stay, each date with its own motive, the place in brackets."""
    fields = fields_of(
        "# AYUNTAMIENTO DE CEUTA",
        "# CERTIFICADO HISTÓRICO DE EMPADRONAMIENTO",
        {
            "rows": [
                ["Alta", "Motivo", "Baja", "Motivo", "Domicilio"],
                [
                    "10/05/201\n9",
                    "Cambio de residencia\n(Marruecos)",
                    "12/09/202\n4",
                    "Cambio de residencia",
                    "C/ A 1",
                ],
                ["01/08/202\n5", "Cambio de residencia\n(Algeciras)", "", "", "C/ B 3"],
            ],
            "widths": [60, 130, 60, 130, 80],
        },
        "Ceuta, 4 de marzo de 2026",
        *FOOT,
    )
    assert stays(fields) == [
        ("2019-05-10", "2024-09-12", "abroad", "residence_change", "MAR"),
        ("2025-08-01", None, "residence_change", None, "Algeciras"),
    ]
    assert fields["periods"].confidence >= 0.9


def test_labels_in_two_languages_and_the_cause_of_each_movement(fields_of):
    """One label in two languages asks once; a cause belongs to the movement above it."""
    lines = (
        "Data de alta / Fecha de alta: 25/07/2021",
        "Causa da alta / Causa del alta: Cambio de residencia",
        "Procedencia / Procedencia: Chile",
        "Data de baixa / Fecha de baja: 06/09/2021",
        "Causa da baixa / Causa de la baja: Caducidade",
        "Data de alta / Fecha de alta: 11/11/2021",
        "Causa da alta / Causa del alta: Omisión",
        "Data de expedición: 27/01/2026",
    )
    fields = fields_of("# CONCELLO DE VIGO", "# CERTIFICADO DE EMPADROAMENTO", "\n".join(lines), *FOOT)
    assert stays(fields) == [
        ("2021-07-25", "2021-09-06", "abroad", "expiry", "CHL"),
        ("2021-11-11", None, "omission", None, None),
    ]
    assert fields["issued_on"].value == "2026-01-27"
    assert fields["periods"].confidence >= 0.95


def test_boxes_with_the_name_over_the_value(fields_of):
    """The origin stands in the next row of boxes: it is that of the alta above."""
    fields = fields_of(
        "# AJUNTAMENT DE LLEIDA",
        "# CERTIFICAT D'EMPADRONAMENT",
        {
            "rows": [
                ["DATA D'ALTA\n01/01/2024", "CAUSA DE L'ALTA\nCanvi de residència"],
                ["PROCEDÈNCIA\nBrasil", ""],
            ],
            "widths": [200, 200],
        },
        "Data d'expedició: 18/01/2026",
        *FOOT,
    )
    assert stays(fields) == [("2024-01-01", None, "abroad", None, "BRA")]


def test_typewriter_print_with_the_change_of_home_beside_the_alta(fields_of):
    """Wide blanks between words are no columns; the last change is no alta."""
    fields = fields_of(
        "CIUDAD AUTONOMA DE CEUTA",
        "CERTIFICADO INDIVIDUAL DE INSCRIPCION PADRONAL",
        "APELLIDOS Y NOMBRE : SAIDI OMAR, NOOR\nDOCUMENTO : X1234567L FEC. NAC.: 21-06-1984\n"
        "F. ALTA MUNICIPIO : 10-05-2019 CAUSA: OMISION\n"
        "F. ULT. VARIACION : 07-11-2025 CAUSA: CAMBIO DOMICILIO",
        "CEUTA, 5 DE MARZO DE 2026",
        *FOOT,
        font="Courier",
    )
    assert stays(fields) == [("2019-05-10", None, "omission", None, None)]
    assert fields["last_change_on"].value == "2025-11-07"
    assert fields["person.given_name"].value == "NOOR"


def test_basque_prose_with_both_days_of_a_stay(fields_of):
    """The endings of the dates say from and to; the birth stands before its verb."""
    fields = fields_of(
        "# DONOSTIAKO UDALA",
        "# ERROLDA-ZIURTAGIRIA",
        "Idazkariak ZIURTATZEN DU: NOOR SAIDI OMAR, AIZ X1234567L, 1984ko ekainaren 21ean jaioa, udalerri"
        " honetako erroldan inskribatuta egon zela 2022ko otsailaren 1etik (alta, bizileku-aldaketa, Maroko)"
        " 2025eko irailaren 10era arte (baja, bizileku-aldaketa, Ceuta).",
        "Donostian, 2026ko martxoaren 2an.",
        *FOOT,
    )
    assert stays(fields) == [("2022-02-01", "2025-09-10", "abroad", "residence_change", "MAR")]
    assert fields["person.birth_date"].value == "1984-06-21"


def test_people_in_numbered_blocks(fields_of):
    """A certificate of cohabitation lists people without a table; the stay is that of who asked."""
    fields = fields_of(
        "# AYUNTAMIENTO DE MÁLAGA",
        "# CERTIFICADO DE CONVIVENCIA",
        "Solicitado por: NOOR SAIDI OMAR, X1234567L",
        "1. NOOR SAIDI OMAR\nDocumento de identidad: X1234567L Fecha de alta: 14/04/2018\n"
        "Fecha de nacimiento: 30/10/1970\n2. ALI SAIDI, OMAR\nDocumento de identidad: Y7654321G"
        " Fecha de alta: 15/05/2019\nFecha de nacimiento: 23/01/1980",
        "Fecha de expedición: 19/02/2026",
        *FOOT,
    )
    assert fields["form"].value == "cohabitation"
    assert [(r["id_number"], r["from"]) for r in fields["residents"].value] == [
        ("X1234567L", "2018-04-14"),
        ("Y7654321G", "2019-05-15"),
    ]
    assert [p["from"] for p in fields["periods"].value] == ["2018-04-14"]


def test_the_day_of_issue_under_a_table_is_no_row(fields_of):
    """A caption with a colon ends the table."""
    fields = fields_of(
        "# AYUNTAMIENTO DE MÁLAGA",
        "# CERTIFICADO COLECTIVO DE EMPADRONAMIENTO",
        {
            "rows": [
                ["Nombre y apellidos", "Documento de identidad", "Fecha de nacimiento", "Fecha de alta"],
                ["Noor Saidi Omar", "X1234567L", "10/06/1953", "21/07/2019"],
            ],
            "grid": False,
        },
        "Fecha de expedición: 19/01/2026",
        *FOOT,
    )
    assert len(fields["residents"].value) == 1
    assert fields["issued_on"].value == "2026-01-19"


def test_a_name_behind_nombre_alone_is_parted_with_care(fields_of):
    """Without a label for surnames the whole name is a guess in its parts."""
    fields = fields_of(
        "# AYUNTAMIENTO DE TARIFA",
        "# CERTIFICADO DE EMPADRONAMIENTO",
        "Nombre: NOOR SAIDI OMAR",
        "Fecha de alta: 10/05/2019",
        "Tarifa, 2 de marzo de 2026",
        *FOOT,
    )
    names = [fields[f"person.{name}"] for name in ("given_name", "first_surname", "second_surname")]
    assert [name.value for name in names] == ["NOOR", "SAIDI", "OMAR"]
    assert max(name.confidence for name in names) <= 0.8


def test_another_municipality_in_a_row_is_where_one_came_from_or_went(fields_of):
    """A town certifies only itself: the stay is not in the municipality of the column."""
    fields = fields_of(
        "# AJUNTAMENT DE GIRONA",
        "# CERTIFICAT HISTÒRIC DE PADRÓ",
        {
            "rows": [
                ["Data", "Moviment", "Causa", "Municipi"],
                ["15/01/2023", "ALTA", "Canvi de residència", "Ceuta"],
            ]
        },
        "Girona, 3 de març de 2026",
        *FOOT,
    )
    assert fields["periods"].value[0]["municipality"] == "Girona"
    assert fields["periods"].value[0]["origin"] == "Ceuta"
    assert fields["periods"].confidence <= 0.85


@pytest.mark.parametrize("apostrophe", [" ", "I", ""])
def test_dots_and_a_lost_apostrophe(fields_of, apostrophe):
    """Labels without their apostrophe, a cause that heads columns elsewhere, dots between: still one list."""
    lines = (
        f"DATA D{apostrophe}ALTA .......................... 05.12.2013",
        f"CAUSA DE L{apostrophe}ALTA ...................... CANVI DE RESIDÈNCIA",
        "PROCEDÈNCIA .......................... MARROC",
        "DATA DE BAIXA ........................ 23.10.2014",
        "CAUSA DE LA BAIXA .................... CADUCITAT",
        f"DATA D{apostrophe}EXPEDICIÓ ..................... 24.01.2026",
    )
    fields = fields_of("# AJUNTAMENT DE LLEIDA", "# CERTIFICAT D EMPADRONAMENT", *lines)
    assert stays(fields) == [("2013-12-05", "2014-10-23", "abroad", "expiry", "MAR")]
    assert fields["issued_on"].value == "2026-01-24"
    assert fields["periods"].confidence >= 0.95


def test_the_movement_and_its_day_in_one_cell(fields_of):
    """One column for both; the cause in another."""
    rows = [["Movimiento / Fecha", "Causa"], ["ALTA 06/05/2014", "Omisión"], ["BAJA 10/09/2017", "Caducidad"]]
    fields = fields_of(
        "# AYUNTAMIENTO DE CEUTA", "# CERTIFICADO DE EMPADRONAMIENTO", {"rows": rows}, *CLOSING
    )
    assert stays(fields) == [("2014-05-06", "2017-09-10", "omission", "expiry", None)]
    assert fields["periods"].confidence >= 0.95


def test_a_column_of_an_unknown_name_keeps_the_others(fields_of):
    """The days of a list hold; what stands under the unknown name is for a person where it is a place."""
    rows = [["Fecha", "Anotación", "Detalle"], ["10/03/2015", "Alta por omisión", "-"]]
    place = [*rows, ["10/03/2019", "Baja por cambio de residencia", "Pakistán"]]
    town = ("# AYUNTAMIENTO DE CEUTA", "# CERTIFICADO DE EMPADRONAMIENTO")
    known, doubted = (fields_of(*town, {"rows": one}, *CLOSING)["periods"] for one in (rows, place))
    assert (known.value[0]["from"], doubted.value[0]["to"]) == ("2015-03-10", "2019-03-10")
    assert known.confidence >= 0.95
    assert doubted.confidence < 0.9


def test_a_movement_after_the_paper_was_made_is_none(fields_of):
    """Nobody certifies a day that is to come."""
    late = "Fecha de alta: 10/05/2026\nFecha de expedición: 04/03/2026"
    fields = fields_of("# AYUNTAMIENTO DE CEUTA", "# CERTIFICADO DE EMPADRONAMIENTO", late, *FOOT)
    assert fields["periods"].confidence <= 0.6


def test_a_decision_and_the_day_of_its_effect(fields_of):
    """The decision ends nothing, its effect does; "de oficio" is no cause beside another."""
    told = (
        "Que D. ALI SAIDI OMAR, con NIE X1234567L, fue inscrito el 17/11/2012, dado de baja de oficio por"
        " caducidad por resolución de fecha 20/12/2014, con efectos de 8 de enero de 2015."
    )
    fields = fields_of("# AYUNTAMIENTO DE CEUTA", "# CERTIFICADO DE EMPADRONAMIENTO", told, *CLOSING)
    assert stays(fields) == [("2012-11-17", "2015-01-08", None, "expiry", None)]


def test_a_basque_day_in_words(fields_of):
    """The year in figures with its ending, the day in words with that of "since"."""
    told = "Biztanleen Udal Erroldan inskribatuta dago 2015eko martxoaren hogeita hirutik, etenik gabe."
    fields = fields_of("# CEUTAKO UDALA", "# ERROLDATZE-ZIURTAGIRIA", told, *CLOSING)
    assert stays(fields) == [("2015-03-23", None, None, None, None)]


def test_spaced_print_makes_no_header_of_a_cause(fields_of):
    """A typewriter's blanks part words as columns do: a label and its cause are one line of a list."""
    lines = (
        "FECHA DE ALTA  05.12.2013",
        "CAUSA DEL ALTA  OMISIÓN",
        "FECHA DE BAJA  10.02.2015",
        "CAUSA DE LA BAJA  CADUCIDAD",
        "FECHA DE EXPEDICIÓN  24.01.2026",
    )
    town = ("# AYUNTAMIENTO DE CEUTA", "# CERTIFICADO DE EMPADRONAMIENTO")
    fields = fields_of(*town, "\n".join(lines), font="Courier", size=12)
    assert stays(fields) == [("2013-12-05", "2015-02-10", "omission", "expiry", None)]
