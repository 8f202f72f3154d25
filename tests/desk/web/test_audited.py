"""The auditor sees who saw and did what, finds it, takes it away as a file, sees whether it is whole."""

import csv
import io

import pytest

from pipeline.audit.chain import note
from pipeline.audit.heads import seal_day


@pytest.fixture
def auditor(desk):
    """Return the auditor's browser, after a reviewer looked at two cases."""
    reviewer = desk.browser("reviewer", login="luis")
    for queue in ("cure", "review"):
        reviewer.get(f"/expedientes/{desk.numbers()[queue]}")
    return desk.browser("auditor", login="eva")


def asked(browser, path="/auditoria", **fields):
    """Send the form."""
    return browser.post(path, data={"csrf": browser.csrf, **fields})


def rows(page):
    """Return the number of rows that a page shows."""
    return page.text.count("<tr data-row>")


def test_the_newest_rows_come_first_and_every_look_is_one(auditor):
    """Who, what, which case; and the look itself is there at the next."""
    first = auditor.get("/auditoria").text
    again = auditor.get("/auditoria").text

    assert "luis" in first
    assert "Vio un expediente" in first
    assert again.count("Vio el registro de accesos") == first.count("Vio el registro de accesos") + 1


def test_rows_are_found_by_person_case_act_and_day(desk, auditor):
    """Each narrows it; a day that is none is told beside its field."""
    number = desk.numbers()["cure"]
    assert rows(asked(auditor, who="luis", did="case-seen")) >= 2
    assert rows(asked(auditor, number=number.lower(), did="case-seen")) == 1
    assert rows(asked(auditor, who="luis", since="23/03/2026", until="23/03/2026")) >= 3
    assert rows(asked(auditor, until="22/03/2026")) == 0

    wrong = asked(auditor, since="31/02/2026")
    assert wrong.status_code == 422
    assert 'aria-invalid="true"' in wrong.text


def test_older_rows_are_a_page_further(desk, auditor):
    """Fifty at a time."""
    for _ in range(60):
        auditor.get("/auditoria")
    first = auditor.get("/auditoria")
    place = first.text.partition('name="before" value="')[2].partition('"')[0]

    assert rows(first) == 50
    assert 10 <= rows(asked(auditor, before=place)) <= 50


def test_the_file_opens_in_a_spanish_spreadsheet_and_reckons_nothing(desk, auditor):
    """With its mark and semicolons; that it was taken is a row."""
    with desk.store.writing() as transaction:
        note(transaction, "=luis", "came-in", desk.now)
    taken = asked(auditor, "/auditoria/filas.csv")

    assert taken.content.startswith(b"\xef\xbb\xbf")
    read = list(csv.reader(io.StringIO(taken.content.decode("utf-8-sig")), delimiter=";"))
    assert read[0] == ["Fila", "Cuándo", "Quién", "Qué", "Expediente", "Detalle"]
    assert "'=luis" in {row[2] for row in read}
    assert "Descargó el registro de accesos" in auditor.get("/auditoria").text


def test_the_chain_is_looked_over_and_what_is_wrong_is_said(desk, auditor):
    """Whole, or from which row on it is not."""
    seal_day(desk.store, desk.settings, desk.now)
    assert "La cadena está entera" in asked(auditor, "/auditoria/comprobar").text

    with desk.store.write() as connection:
        connection.exec_driver_sql("DROP TRIGGER audit_stay_DELETE")
        connection.exec_driver_sql("DELETE FROM audit WHERE seq = (SELECT MAX(seq) FROM audit)")
    broken = asked(auditor, "/auditoria/comprobar").text
    assert "no está como se escribió" in broken
    assert "Faltan las últimas filas" in broken


def test_an_auditor_of_one_office_sees_no_case_of_another(desk):
    """Nor its number."""
    reviewer = desk.browser("reviewer", login="luis")
    numbers = set(desk.numbers().values())
    for number in numbers:
        reviewer.get(f"/expedientes/{number}")
    page = desk.browser("auditor", login="eva", offices=("MEL01",)).get("/auditoria").text

    assert {number for number in numbers if number in page} == {n for n in numbers if n.startswith("MEL01")}


@pytest.mark.parametrize("language", ["es", "gl", "en"])
def test_the_page_speaks_every_language(desk, language):
    """Also of what is wrong with the chain."""
    browser = desk.browser("auditor", login="eva", language=language)
    assert f'lang="{language}"' in browser.get("/auditoria").text
    assert asked(browser, "/auditoria/comprobar").status_code == 200
