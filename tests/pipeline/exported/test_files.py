"""Tables read back by others: a spreadsheet set to Spanish, and a library that reads XLSX."""

import csv
import datetime as dt
import io
from fractions import Fraction

import openpyxl
import pytest

from pipeline.exported.as_csv import as_csv
from pipeline.exported.as_xlsx import as_xlsx
from pipeline.exported.sheet import Column, Sheet

AT = dt.datetime(2026, 11, 22, 8, 5, tzinfo=dt.UTC)
COLUMNS = (Column("Oficina"), Column("Casos", "number"), Column("Parte", "share"), Column("Desde", "day"))


def sheet(*rows, title="Oficinas"):
    return Sheet("oficinas", title, COLUMNS, rows)


def test_csv_opens_in_a_spanish_spreadsheet():
    """Its mark, semicolons, decimal comma, days as people write them, CRLF."""
    made = as_csv(
        sheet(("Ceuta; año", -3, Fraction(1, 8), dt.date(2026, 3, 2)), ("Melilla", 1234, None, None))
    )

    assert made.startswith(b"\xef\xbb\xbf")
    assert made.decode("utf-8-sig").split("\r\n") == [
        "Oficina;Casos;Parte;Desde",
        '"Ceuta; año";-3;12,5%;02/03/2026',
        "Melilla;1234;;",
        "",
    ]


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_no_text_is_reckoned(begins):
    """A cell that a spreadsheet would take for a formula begins with an apostrophe; XLSX says it is text."""
    told = f"{begins}HYPERLINK(1)"

    made = as_csv(sheet((told, 1, None, None)))
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx([sheet((told, 1, None, None))], "t", AT)))
    rows = list(csv.reader(io.StringIO(made.decode("utf-8-sig"), newline=""), delimiter=";"))

    assert rows[1][0] == f"'{told}"
    assert book.active["A2"].data_type == "s"


def test_xlsx_has_numbers_that_are_numbers_and_days_that_are_days():
    """The head stays in sight, columns are as wide as what is in them."""
    made = as_xlsx(
        [sheet(("Ceuta, la ciudad autónoma", 1234, Fraction(1, 8), dt.date(2026, 3, 2)))], "Gestión", AT
    )
    book = openpyxl.load_workbook(io.BytesIO(made))
    page = book["Oficinas"]

    assert [cell.value for cell in page[1]] == ["Oficina", "Casos", "Parte", "Desde"]
    assert [cell.value for cell in page[2]] == [
        "Ceuta, la ciudad autónoma", 1234, 0.125, dt.datetime(2026, 3, 2),  # noqa: DTZ001 - a spreadsheet knows no zone
    ]  # fmt: skip
    assert [cell.number_format for cell in page[2][1:]] == ["#,##0.##", "0.0%", "dd/mm/yyyy"]
    assert page.freeze_panes == "A2"
    assert page.column_dimensions["A"].width > 24
    assert (book.properties.title, book.properties.creator) == ("Gestión", None)


def test_each_table_has_a_sheet_of_its_own_name():
    """Letters that names may not have are left out, long ones are cut, twins told apart."""
    titles = ["Plazos: [todo]", "x" * 40, "X" * 40, ""]
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx([sheet(title=one) for one in titles], "t", AT)))

    assert book.sheetnames == ["Plazos   todo", "x" * 31, f"{'X' * 28} 2", "-"]
