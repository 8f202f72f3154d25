"""The file of a case taken from the desk: for whom, with what it lacks said, and a row of the audit."""

import io
import zipfile
from dataclasses import replace

import pytest

from desk.web.app import application
from pipeline.exchange.chosen import Body, Exchange, Listed

SITE = {"Origin": "http://127.0.0.1", "Sec-Fetch-Site": "same-origin"}
CODES = Exchange(
    bodies=(Body(office="CEU01", dir3="EA0000001"),),
    procedures=(Listed(procedure="convenio_especial", sia="000001"),),
)


@pytest.fixture
def taking(desk):
    """Return a function by which a reviewer takes the file of a case in order, at a desk of some settings."""

    def take(settings=desk.settings, **form):
        desk.room = replace(desk.room, settings=settings)
        desk.app = application(desk.room)
        ana = desk.browser("reviewer")
        said = {"csrf": ana.csrf, "why": "court", **form}
        return ana.post(f"/expedientes/{desk.numbers()['approve']}/entrega", data=said, headers=SITE)

    return take


def test_the_page_of_a_case_leads_to_the_form(desk):
    """And the form says what goes and what stays."""
    ana = desk.browser("reviewer")
    number = desk.numbers()["approve"]

    assert f"/expedientes/{number}/entrega" in ana.get(f"/expedientes/{number}").text
    assert "Lo que leyó o propuso el programa" in ana.get(f"/expedientes/{number}/entrega").text


def test_a_file_is_given_to_be_saved_and_noted(desk, taking):
    """Its name is the number of the case; who took it for whom is a row."""
    got = taking(replace(desk.settings, exchange=CODES), unsigned="yes")

    with zipfile.ZipFile(io.BytesIO(got.content)) as archive:
        assert archive.namelist()[0] == "indice.xml"
    assert (
        got.headers["Content-Disposition"]
        == f'attachment; filename="EXPEDIENTE_{desk.numbers()["approve"]}.zip"'
    )
    with desk.store.read() as connection:
        rows = connection.exec_driver_sql("SELECT who FROM audit WHERE did = 'case-exported'").all()
    assert [row.who for row in rows] == ["ana"]


def test_what_is_missing_is_said_with_what_to_set(taking):
    """Codes that nobody set are no file that lacks them silently."""
    got = taking(unsigned="yes")

    assert got.status_code == 422
    assert "No hay código DIR3 para la oficina CEU01" in got.text


def test_a_file_for_nobody_is_not_given(taking):
    """For whom is one of a list."""
    assert taking(why="curiosidad").status_code == 422


def test_where_originals_stay_in_the_house_so_does_the_file(desk, taking):
    """One setting for both."""
    settings = replace(desk.settings, desk=replace(desk.settings.desk, originals=False))

    assert taking(settings).status_code == 404
