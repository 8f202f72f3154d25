import pytest

from extractors.forms.values import meaning

OFFICES = {"51": "ceuta", "52": "melilla"}


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("x.birth_date", "03/04/1980", "1980-04-03"),
        ("x.birth_date", "03041980", "1980-04-03"),
        ("x.birth_date", "3 - 4 - 1980", "1980-04-03"),
        ("x.birth_date", "3 de abril de 1980", "1980-04-03"),
        ("signed_on", "29/02/2024", "2024-02-29"),
        ("signed_on", "29/02/2023", None),
        ("signed_on", "02/03/26", None),
        ("signed_on", "hoy", None),
        ("signed_on", "1/2/2025 o 2/2/2025", None),
        ("x.id_number", "x-1234567 l", "X1234567L"),
        ("x.id_number", "12.345.678-Z", "12345678Z"),
        ("x.iban", "es91 2100 0418 4502 0005 1332", "ES9121000418450200051332"),
        ("x.annual_income", "1.234,56", "1234.56"),
        ("x.annual_income", "12.000", "12000.00"),
        ("x.annual_income", "1234.56", "1234.56"),
        ("x.annual_income", "0 €", "0.00"),
        ("x.annual_income", "1.23,4", None),
        ("x.nationality", "marroquí", "MAR"),
        ("x.nationality", "de donde vengo", "de donde vengo"),
        ("x.address.city", "L'Hospitalet de Llobregat", "L'Hospitalet de Llobregat"),
    ],
)
def test_a_text_means_its_value_or_nothing(name, text, value):
    """What cannot be read for certain is None, never a near guess."""
    assert meaning(name, text, {}).value == value


@pytest.mark.parametrize(
    ("text", "value"),
    [("51", "ceuta"), ("en MELILLA", "melilla"), ("Ceuta y Melilla", None), ("Madrid", None)],
)
def test_the_office_is_told_by_code_or_by_name(text, value):
    """Two places, or another one, are no office."""
    assert meaning("territorial_office", text, OFFICES).value == value
