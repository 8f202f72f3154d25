"""Dates of the home and years without a day: neither is the day the stay in the municipality began."""

import pytest

HEAD = ("# CIUDAD AUTÓNOMA DE CEUTA", "# CERTIFICADO DE EMPADRONAMIENTO")
FOOT = ("Ceuta, 4 de marzo de 2026", "Firmado electrónicamente. CSV: 3F2A-99BC-77D1-0E4A")
WHO = "CERTIFICO que Dª SARA MORENO RUBIO, con DNI 44112233A, "


@pytest.mark.parametrize(
    "words",
    [
        "Fecha de alta en el domicilio actual: 01/02/2025",
        "Fecha de alta padronal en la vivienda: 01/02/2025",
        "Fecha de alta de la persona inscrita en la vivienda: 01/02/2025",
        WHO + "figura inscrita, con fecha de alta en el actual domicilio de 1 de febrero de 2025.",
        WHO + "está empadronada en su domicilio actual desde el 1 de febrero de 2025 en este municipio.",
    ],
)
def test_the_date_of_a_home_alone_is_hardly_believed(fields_of, words):
    """The stay in the municipality may be older than the home."""
    fields = fields_of(*HEAD, words, *FOOT)
    assert [p["from"] for p in fields["periods"].value] == ["2025-02-01"]
    assert fields["periods"].confidence <= 0.6


def test_the_date_of_a_home_beside_that_of_the_municipality_is_a_change(fields_of):
    """The stay goes back to the alta in the municipality; the home is a move inside it."""
    lines = (
        "Fecha de alta en el municipio: 01/03/2021\nFecha de alta padronal en el domicilio actual: 01/02/2025"
    )
    fields = fields_of(*HEAD, lines, *FOOT)
    assert [p["from"] for p in fields["periods"].value] == ["2021-03-01"]
    assert [c["date"] for c in fields["changes"].value] == ["2025-02-01"]
    assert fields["periods"].confidence >= 0.9


@pytest.mark.parametrize(
    "since", ["como residente desde 2019", "desde el año 2019", "desde mayo de 2019", "dende 2019"]
)
def test_a_year_beside_a_day_is_another_answer(fields_of, since):
    """Where the paper says a year and a day of another year, which of them began the stay is open."""
    told = f"figura inscrita en el Padrón municipal {since}, con fecha 1 de febrero de 2026."
    assert fields_of(*HEAD, WHO + told, *FOOT)["periods"].confidence <= 0.6


def test_the_home_in_the_register_of_the_town_is_no_date_of_the_home(fields_of):
    """Registered in this municipality, at an address, since a day: the day is the municipality's."""
    told = "figura inscrita en el Padrón de este municipio, en la vivienda de C/ Real 3, desde el 10/05/2019."
    fields = fields_of(*HEAD, WHO + told, *FOOT)
    assert [p["from"] for p in fields["periods"].value] == ["2019-05-10"]
    assert fields["periods"].confidence >= 0.9
