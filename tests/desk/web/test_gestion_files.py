"""The board's tables as files: figures only, whoever takes one is kept on record."""

import csv
import io

import openpyxl
import pytest

from desk.web.gestion.sheets import NAMES
from desk.web.words import LANGUAGES
from pipeline.audit.read import Asked, every


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_workbook_has_every_table(desk, language):
    """In the language of who asks; no case, no person in any cell."""
    client = desk.browser("manager", language=language)
    client.get("/gestion")

    answer = client.get("/gestion/gestion.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    cells = [
        str(cell.value) for page in book for row in page.iter_rows() for cell in row if cell.value is not None
    ]

    assert 'filename="gestion_2026-03-23.xlsx"' in answer.headers["Content-Disposition"]
    assert len(book.sheetnames) == len(NAMES)
    assert all(not any(number in cell for cell in cells) for number in desk.numbers())
    assert "CEU01" in cells


def rows_of(client, name):
    """Return the rows of one table as CSV."""
    return list(csv.reader(io.StringIO(client.get(f"/gestion/{name}.csv").text), delimiter=";"))


def test_each_table_is_a_file_of_its_own(desk):
    """In both forms alike, every row as long as its head."""
    client = desk.browser("manager")
    client.get("/gestion")
    rows = {name: rows_of(client, name) for name in NAMES}
    sheets = {
        name: openpyxl.load_workbook(io.BytesIO(client.get(f"/gestion/{name}.xlsx").content)).active
        for name in NAMES
    }

    assert all(found[0][0].startswith("\ufeff") for found in rows.values())
    assert {name for name, found in rows.items() if {len(row) for row in found} != {len(found[0])}} == set()
    assert {n: len(found) for n, found in rows.items()} == {n: page.max_row for n, page in sheets.items()}
    assert client.get("/gestion/nada.csv").status_code == 404


def test_offices_that_are_not_ones_own_are_in_no_file(desk):
    """A manager of one office takes the figures of that one, whatever the address asks for."""
    client = desk.browser("manager", offices=("MEL01",))
    client.get("/gestion")

    own = client.get("/gestion/oficinas.csv").text
    other = client.get("/gestion/oficinas.csv?oficina=CEU01").text

    assert "CEU01" not in own + other
    assert "MEL01" in own


def test_that_a_file_was_taken_is_kept(desk):
    """Who, which table, of which days."""
    client = desk.browser("manager")
    client.get("/gestion/plazos.csv?dias=28")

    (row,) = every(desk.store, Asked(did="figures-exported"))
    assert (row.who, row.detail) == ("ana", {"table": "plazos", "form": "csv", "days": 28})
