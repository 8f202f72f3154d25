"""Certificates of many layouts: the stays they tell, surely."""

from tests.extractors.padron.stays import SEAL, stays


def test_spanish_prose_with_an_arrival_from_abroad(fields_of):
    """A paragraph tells the alta; the birth before it and the issue after it are not taken for it."""
    fields = fields_of(
        "# CIUDAD AUTÓNOMA DE CEUTA",
        "# CERTIFICADO DE EMPADRONAMIENTO INDIVIDUAL",
        "D. Juan Pérez Gómez, Secretario General de la Ciudad Autónoma de Ceuta,",
        "CERTIFICA: Que D. AHMED EL AMRANI BENALI, con NIE X1234567L, nacido el 3 de abril de 1980, de "
        "nacionalidad marroquí, figura inscrito en el Padrón Municipal de Habitantes de este municipio, con "
        "fecha de alta 10 de mayo de 2019, procedente de Marruecos, en el domicilio CALLE REAL, 12, 2º B, "
        "51001 CEUTA.",
        "Y para que conste se expide el presente en Ceuta, a 2 de marzo de 2026.",
        SEAL,
    )
    assert stays(fields["periods"]) == [("2019-05-10", None, "abroad", None, "MAR")]
    assert fields["periods"].confidence >= 0.95
    assert fields["periods"].value[0]["municipality"] == fields["municipality"].value == "Ceuta"
    assert fields["issued_on"].value == "2026-03-02"
    assert fields["form"].value == "individual"
    assert (fields["signed"].value, fields["csv"].value) == (True, "3F2A-99BC-77D1-0E4A")
    assert fields["person.birth_date"].value == "1980-04-03"
    assert fields["person.nationality"].value == "MAR"
    assert (fields["person.given_name"].value, fields["person.first_surname"].value) == ("AHMED", "EL AMRANI")
    assert (fields["person.id_number"].value, fields["person.id_type"].value) == (
        "X1234567L",
        "foreigner_card",
    )
    assert (fields["person.address.street_name"].value, fields["person.address.postal_code"].value) == (
        "REAL",
        "51001",
    )


def test_label_lines(fields_of):
    """Label and value, one under the other; an empty baja is no baja."""
    fields = fields_of(
        "# AYUNTAMIENTO DE MÁLAGA",
        "# CERTIFICADO DE EMPADRONAMIENTO",
        "CERTIFICO que en el Padrón Municipal de Habitantes consta:",
        "Nombre: FATIMA\nPrimer apellido: BENALI\nSegundo apellido: HADDOU\nDNI/NIE: Y7654321G\n"
        "Fecha de nacimiento: 01/02/1990\nNacionalidad: MARRUECOS\nFecha de alta: 14/03/2025\n"
        "Causa del alta: Cambio de residencia\nProcedencia: Sevilla\nFecha de baja: -\nProvincia: MÁLAGA",
        "Málaga, a 02/03/2026",
        SEAL,
    )
    assert stays(fields["periods"]) == [("2025-03-14", None, "residence_change", None, "Sevilla")]
    assert fields["periods"].confidence >= 0.95
    assert (fields["person.given_name"].value, fields["person.second_surname"].value) == ("FATIMA", "HADDOU")
    assert fields["province"].value == "Málaga"


def test_two_columns_of_labels(fields_of):
    """Labels in two columns: a cause in the other column belongs to the only alta."""
    fields = fields_of(
        "# AYUNTAMIENTO DE SEVILLA",
        "# CERTIFICADO DE INSCRIPCIÓN PADRONAL",
        {
            "rows": [
                ["Apellidos y nombre: GÓMEZ DÍAZ, MARTA", "DNI: 98765432M"],
                ["Fecha de nacimiento: 03/04/1980", "Nacionalidad: ESPAÑA"],
                ["Fecha de alta: 10/05/2019", "Fecha de baja: "],
                ["Domicilio: CALLE FERIA 4", "Procedencia: Málaga"],
            ],
            "grid": False,
            "size": 10,
            "widths": [240, 200],
        },
        "Lo que certifico a los efectos oportunos en Sevilla, a 2 de marzo de 2026",
        SEAL,
    )
    assert stays(fields["periods"]) == [("2019-05-10", None, None, None, "Málaga")]
    assert fields["periods"].confidence >= 0.95
    assert fields["person.first_surname"].value == "GÓMEZ"


def test_table_of_movements(fields_of):
    """Altas and bajas make stays; a move inside the municipality makes none."""
    fields = fields_of(
        "# CIUDAD AUTÓNOMA DE MELILLA",
        "# CERTIFICADO HISTÓRICO DE EMPADRONAMIENTO",
        "Certifica que Dña. LUCÍA GARCÍA RUIZ, con DNI 12345678Z, figura en el Padrón Municipal"
        " de Habitantes:",
        {
            "rows": [
                ["FECHA", "MOVIMIENTO", "CAUSA", "PROCEDENCIA/DESTINO", "DOMICILIO"],
                ["20/11/2023", "ALTA", "CAMBIO DE RESIDENCIA", "MÁLAGA", "CALLE POLAVIEJA 3"],
                ["05/05/2024", "CAMBIO DE DOMICILIO", "", "", "AVENIDA DE LA DEMOCRACIA 12 1º C"],
                ["15/12/2025", "BAJA", "CADUCIDAD", "", "AVENIDA DE LA DEMOCRACIA 12 1º C"],
                ["20/01/2026", "ALTA", "OMISIÓN", "", "CALLE MAR CHICA 4"],
            ],
            "widths": [60, 90, 100, 110, 130],
        },
        "Melilla, a 10 de marzo de 2026",
        SEAL,
    )
    assert stays(fields["periods"]) == [
        ("2023-11-20", "2025-12-15", "residence_change", "expiry", "Málaga"),
        ("2026-01-20", None, "omission", None, None),
    ]
    assert fields["periods"].confidence >= 0.95
    assert len(fields["periods"].items) == 2
    assert fields["changes"].value == [{"date": "2024-05-05", "address": "AVENIDA DE LA DEMOCRACIA 12 1º C"}]
    assert fields["form"].value == "historical"


def test_rows_that_tell_a_whole_stay_in_any_order_of_columns(fields_of):
    """One row per stay, headers in an unusual order over two lines, cells set in the middle."""
    fields = fields_of(
        "# AYUNTAMIENTO DE RONDA",
        "# CERTIFICADO DE EMPADRONAMIENTO",
        "CERTIFICA que D. ALI SAIDI OMAR, con NIE X1234567L, consta en el Padrón Municipal de Habitantes:",
        {
            "rows": [
                [
                    "CAUSA\nDE ALTA",
                    "FECHA\nDE BAJA",
                    "MUNICIPIO DE\nPROCEDENCIA",
                    "FECHA\nDE ALTA",
                    "CAUSA\nDE BAJA",
                ],
                [
                    "CAMBIO DE RESIDENCIA",
                    "05/06/2022",
                    "SANTIAGO DE COMPOSTELA (A CORUÑA)",
                    "10/05/2019",
                    "CADUCIDAD",
                ],
                ["CAMBIO DE RESIDENCIA", "", "MARRUECOS", "07/08/2023", ""],
            ],
            "widths": [90, 70, 100, 70, 90],
            "valign": "MIDDLE",
        },
        "Ronda, a 2 de marzo de 2026",
        SEAL,
    )
    assert stays(fields["periods"]) == [
        ("2019-05-10", "2022-06-05", "residence_change", "expiry", "Santiago de Compostela"),
        ("2023-08-07", None, "abroad", None, "MAR"),
    ]
    assert fields["periods"].confidence >= 0.95


def test_table_without_lines_whose_cells_are_broken(fields_of):
    """Where no line is drawn, a row goes from date to date; the closing formula is no row."""
    fields = fields_of(
        "# AYUNTAMIENTO DE RONDA",
        "# CERTIFICADO DE EMPADRONAMIENTO",
        "CERTIFICA que D. ALI SAIDI OMAR, con NIE X1234567L, consta en el Padrón Municipal de Habitantes:",
        {
            "rows": [
                ["FECHA", "MOVIMIENTO", "CAUSA", "DOMICILIO"],
                [
                    "10/05/2019",
                    "ALTA",
                    "CAMBIO DE RESIDENCIA DESDE OTRO MUNICIPIO",
                    "CALLE DE LA CONSTITUCIÓN 12 PUERTA 4",
                ],
                ["05/06/2022", "BAJA", "INSCRIPCIÓN INDEBIDA", "CALLE DE LA CONSTITUCIÓN 12 PUERTA 4"],
            ],
            "widths": [80, 90, 100, 120],
            "grid": False,
        },
        "Ronda, a 2 de marzo de 2026",
        SEAL,
    )
    assert stays(fields["periods"]) == [("2019-05-10", "2022-06-05", "residence_change", "improper", None)]
    assert fields["periods"].value[0]["address"] == "CALLE DE LA CONSTITUCIÓN 12 PUERTA 4"
    assert fields["periods"].confidence >= 0.95


def test_historical_certificate_over_three_pages(fields_of):
    """A table that goes on over pages is one history, from birth to the last alta."""
    head = ["FECHA", "TIPO", "CAUSA", "PROCEDENCIA", "DOMICILIO"]
    widths = [60, 110, 110, 80, 100]
    foot = "Página {} de 3 CSV: AB12-CD34-EF56-0001"
    fields = fields_of(
        "# AYUNTAMIENTO DE ALGECIRAS",
        "# CERTIFICADO HISTÓRICO DE EMPADRONAMIENTO",
        "Certifico que D. OMAR RUIZ SOTO, DNI 33445566R, figura en el Padrón Municipal:",
        {
            "rows": [
                head,
                ["10/05/2005", "ALTA", "NACIMIENTO", "", "CALLE A 1"],
                ["01/03/2011", "CAMBIO DE DOMICILIO", "", "", "CALLE B 1"],
                ["01/02/2020", "BAJA", "CAMBIO DE RESIDENCIA", "", ""],
            ],
            "widths": widths,
        },
        foot.format(1),
        "---",
        {
            "rows": [
                head,
                ["05/06/2021", "ALTA", "CAMBIO DE RESIDENCIA", "MADRID", "CALLE C 3"],
                ["07/08/2022", "BAJA", "INSCRIPCIÓN INDEBIDA", "", ""],
            ],
            "widths": widths,
        },
        foot.format(2),
        "---",
        {"rows": [head, ["09/09/2022", "ALTA", "OMISIÓN", "", "CALLE D 4"]], "widths": widths},
        "Algeciras, a 2 de marzo de 2026",
        foot.format(3),
    )
    assert stays(fields["periods"]) == [
        ("2005-05-10", "2020-02-01", "birth", "residence_change", None),
        ("2021-06-05", "2022-08-07", "residence_change", "improper", "Madrid"),
        ("2022-09-09", None, "omission", None, None),
    ]
    assert [item.page for item in fields["periods"].items] == [1, 2, 3]
    assert fields["periods"].confidence >= 0.95


COLLECTIVE = {
    "rows": [
        ["NOMBRE Y APELLIDOS", "F. NACIMIENTO", "DOCUMENTO", "FECHA ALTA"],
        ["KARIM HADDAD SLIMANI", "01/01/1985", "Y1112223F", "15/03/2022"],
        ["NADIA SLIMANI", "02/02/1988", "X7778889K", "16/04/2023"],
        ["ADAM HADDAD SLIMANI", "10/10/2023", "", "10/10/2023"],
    ]
}


def test_collective_certificate_gives_the_line_of_who_asked_for_it(fields_of):
    """All residents are listed; the stay is that of the person named as asking."""
    fields = fields_of(
        "# AYUNTAMIENTO DE ALGECIRAS",
        "# CERTIFICADO COLECTIVO DE EMPADRONAMIENTO",
        "Solicitante: NADIA SLIMANI",
        "Certifico que en el Padrón Municipal de Habitantes figuran inscritas las siguientes personas:",
        COLLECTIVE,
        "Algeciras, a 3 de febrero de 2026",
        SEAL,
    )
    assert fields["form"].value == "collective"
    assert [r["from"] for r in fields["residents"].value] == ["2022-03-15", "2023-04-16", "2023-10-10"]
    assert fields["residents"].value[1] == {
        "name": "NADIA SLIMANI",
        "id_number": "X7778889K",
        "birth_date": "1988-02-02",
        "from": "2023-04-16",
    }
    assert stays(fields["periods"]) == [("2023-04-16", None, None, None, None)]


def test_collective_certificate_for_nobody_in_particular_tells_no_stay(fields_of):
    """Without a person asked for, the lines speak for themselves."""
    fields = fields_of(
        "# AYUNTAMIENTO DE ALGECIRAS",
        "# HOJA PADRONAL",
        "Certifico que en el Padrón Municipal de Habitantes figuran inscritas las siguientes personas:",
        COLLECTIVE,
        "Algeciras, a 3 de febrero de 2026",
        SEAL,
    )
    assert "periods" not in fields
    assert len(fields["residents"].items) == 3
