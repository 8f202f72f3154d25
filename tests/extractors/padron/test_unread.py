"""Columns and labels that are not understood: what stands there makes the stays less sure."""

from dataclasses import replace

import pytest

from extractors.padron.read import certificate

HEAD = ("# CIUDAD AUTÓNOMA DE CEUTA", "# CERTIFICADO DE EMPADRONAMIENTO")
FOOT = ("Ceuta, 4 de marzo de 2026", "Firmado electrónicamente. CSV: 3F2A-99BC-77D1-0E4A")
WHO = "CERTIFICO que Dª SARA MORENO RUBIO, con DNI 44112233A, figura inscrita en el Padrón municipal "


@pytest.mark.parametrize(
    ("header", "cell", "most"),
    [("Venía de", "Málaga", 0.85), ("Venía de", "MARRUECOS", 0.85), ("Efectos", "05/03/2024", 0.6)],
)
def test_a_column_that_is_not_understood(fields_of, header, cell, most):
    """A town or a day under a header nobody knows may change what the row says."""
    rows = [
        ["Fecha de alta", "Motivo del alta", "Domicilio", header],
        ["01/02/2021", "Cambio de residencia", "C/ Real 3", cell],
    ]
    fields = fields_of(*HEAD, {"rows": rows}, *FOOT)
    assert [(p["from"], p["origin"]) for p in fields["periods"].value] == [("2021-02-01", None)]
    assert fields["periods"].confidence <= most


@pytest.mark.parametrize("line", ["De dónde viene: Chile", "Residía antes en la localidad: Gandia"])
def test_a_label_that_is_not_understood_but_asks_for_a_place(fields_of, line):
    """A country, or a town behind words that ask for one, is not dropped silently."""
    fields = fields_of(*HEAD, "Fecha de alta: 01/02/2021\nMotivo: cambio de residencia\n" + line, *FOOT)
    assert fields["periods"].confidence <= 0.85


@pytest.mark.parametrize("line", ["Municipio anterior: Gandia", "Residencia previa: Gandia"])
def test_the_former_municipality_is_the_origin(fields_of, line):
    """Where one lived before is where one came from."""
    fields = fields_of(*HEAD, "Fecha de alta: 01/02/2021\nMotivo: cambio de residencia\n" + line, *FOOT)
    assert [p["origin"] for p in fields["periods"].value] == ["Gandia"]
    assert fields["periods"].confidence >= 0.9


@pytest.mark.parametrize(
    ("origin", "sure"),
    [("Marruecos Ta", False), ("i Marruecos", False), ("Arcos de la Frontera", True), ("Marruecos", True)],
)
def test_a_country_with_a_word_more_leaves_the_stay_in_doubt(fields_of, origin, sure):
    """A speck beside it was read as a letter: who came from abroad would have moved within Spain."""
    lines = f"Fecha de alta: 01/02/2021\nMotivo: cambio de residencia\nProcedencia: {origin}"
    assert (fields_of(*HEAD, lines, *FOOT)["periods"].confidence >= 0.9) is sure


def test_an_origin_that_is_asked_for_and_lost_leaves_the_stay_in_doubt(fields_of):
    """The label ran into another column: whoever came from abroad must not have moved within Spain."""
    lines = "Fecha de alta: 01/02/2021\nMotivo: cambio de residencia\n"
    fields = fields_of(*HEAD, lines + "Fecha de nacimiento Procedencia\n24/03/1984 Marruecos", *FOOT)
    assert [(p["cause_in"], p["origin"]) for p in fields["periods"].value] == [("residence_change", None)]
    assert fields["periods"].confidence <= 0.85


@pytest.mark.parametrize("now", ["hasta la fecha", "hasta el día de hoy", "hasta la actualidad"])
def test_a_stay_that_goes_on_and_a_move_told_after_it(fields_of, now):
    """Until today is no end, and the date after it is that of the move, not of the paper."""
    told = f"desde el 10 de mayo de 2019 {now}; el 7 de noviembre de 2025 comunicó un cambio de domicilio."
    fields = fields_of(*HEAD, WHO + told, *FOOT)
    assert [(p["from"], p["to"]) for p in fields["periods"].value] == [("2019-05-10", None)]
    assert [c["date"] for c in fields["changes"].value] == ["2025-11-07"]
    assert fields["issued_on"].value == "2026-03-04"
    assert fields["periods"].confidence >= 0.9


def test_a_day_in_a_list_of_people_that_nobody_reads_leaves_the_stays_in_doubt(fields_of):
    """Labels of two columns side by side look like the head of a list of people: its first stay was lost."""
    head, somebody = ["Nombre y apellidos", "Fecha de alta"], ["Sara Moreno Rubio", "30 de xanciro de 2015"]
    fields = fields_of(
        *HEAD,
        {"rows": [head, somebody, ["", "y"]]},
        "Fecha de alta: 01/02/2021\nMotivo: cambio de residencia\nProcedencia: Gandia",
        *FOOT,
    )
    assert fields["periods"].confidence <= 0.6


@pytest.mark.parametrize(("reader", "sure"), [("text", True), ("ocr", False)])
def test_a_cause_that_a_scan_lost_beside_another_leaves_the_stays_in_doubt(pages_of, reader, sure):
    """What print does not tell is not told; on a scan its label may stand among somebody else's."""
    rows = [
        ["Alta", "Motivo del alta", "Baja"],
        ["01/02/2018", "Omisión", "10/09/2019"],
        ["05/03/2020", "", ""],
    ]
    pages = [replace(page, reader=reader) for page in pages_of(*HEAD, WHO, {"rows": rows}, *FOOT)]
    assert (certificate(pages)["periods"].confidence >= 0.9) is sure
