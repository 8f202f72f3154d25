"""Pictures of pages, originals, the question about a date: for whom they are, and what they leave behind."""

import shutil
from dataclasses import replace

import pytest
import sqlalchemy as sa

from pipeline.audit.table import audit
from pipeline.store.quarantine import StoreQuarantine

PATHS = ("", "/imagen?d=d5", "/paginas/d5/1.jpg")
FORMS = ("/originales/d5", "/y-si")


def looks(desk):
    """Return what the audit says that was done to cases, in order."""
    query = sa.select(audit.c.did, audit.c.detail).where(audit.c.case_id.is_not(None)).order_by(audit.c.seq)
    with desk.store.read() as connection:
        return [(row.did, row.detail) for row in connection.execute(query)]


def kept(desk, number):
    """Return all that is stored of a case."""
    with desk.store.read() as connection:
        return connection.exec_driver_sql("SELECT * FROM cases WHERE number = ?", (number,)).all()


def test_a_page_is_sent_as_a_picture(desk):
    """For this person's browser alone and not for long; that it was sent is kept."""
    got = desk.browser("reviewer").get(f"/expedientes/{desk.numbers()['review']}/paginas/d5/1.jpg")

    assert (got.status_code, got.headers["Content-Type"]) == (200, "image/jpeg")
    assert got.content.startswith(b"\xff\xd8\xff")
    assert got.headers["Cache-Control"] == "private, max-age=300"
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert looks(desk) == [("page-sent", {"document": "d5", "page": 1})]


def test_a_closer_look_is_a_larger_picture(still):
    """Of the same page."""
    address = f"/expedientes/{still.numbers()['review']}/paginas/d5/1.jpg"

    assert len(still.ana.get(f"{address}?cerca=1").content) > len(still.ana.get(address).content)


def test_nothing_of_a_case_out_of_reach_is_given(desk):
    """Whoever knows its number and its pages gets what they get for a case that is not there."""
    number = desk.numbers()["review"]
    assert number.startswith("MEL01")
    ceuta = desk.browser("reviewer", offices=("CEU01",))
    form = {"csrf": ceuta.csrf, "date": "filed_on", "to": "27/03/2026"}

    here = [ceuta.get(f"/expedientes/{number}{path}") for path in PATHS]
    here += [ceuta.post(f"/expedientes/{number}{path}", data=form) for path in FORMS]
    nowhere = [ceuta.get(f"/expedientes/MEL01-2026-009999{path}") for path in PATHS]
    nowhere += [ceuta.post(f"/expedientes/MEL01-2026-009999{path}", data=form) for path in FORMS]

    assert [one.status_code for one in here] == [404] * 5
    assert [one.text for one in here] == [one.text.replace("009999", number[-6:]) for one in nowhere]
    assert looks(desk) == []


@pytest.mark.parametrize("role", ["clerk", "manager", "administrator", "auditor"])
def test_pictures_are_for_those_who_see_cases(desk, role):
    """The same roles as the case itself."""
    one = desk.browser(role)
    number = desk.numbers()["review"]

    assert (
        one.get(f"/expedientes/{number}/paginas/d5/1.jpg").status_code
        == one.get(f"/expedientes/{number}").status_code
    )


@pytest.mark.parametrize(
    "path",
    [
        "d5/2.jpg",
        "d99/1.jpg",
        "d5/0.jpg",
        "d5/-1.jpg",
        "d5/1e3.jpg",
        "d5/%2e%2e%2f1.jpg",
        f"d5/{'9' * 60}.jpg",
    ],
)
def test_a_page_that_the_case_does_not_have_is_not_there(still, path):
    """Whatever is written into the address."""
    assert still.ana.get(f"/expedientes/{still.numbers()['review']}/paginas/{path}").status_code == 404


def digests(desk, number):
    """Return the digests of the papers of a case."""
    with desk.store.read() as connection:
        query = sa.text("SELECT report FROM cases WHERE number = :number").columns(report=sa.JSON)
        report = connection.execute(query, {"number": number}).scalar_one()
    return [one["sha256"] for one in report["documents"]]


def test_a_paper_found_harmful_is_neither_shown_nor_given(desk):
    """The page of its case says why, and is no error."""
    number, ana = desk.numbers()["review"], desk.browser("reviewer")
    StoreQuarantine(desk.store).put(digests(desk, number)[4], "Eicar")

    shown = ana.get(f"/expedientes/{number}?d=d5&p=1")
    sent = ana.get(f"/expedientes/{number}/paginas/d5/1.jpg")
    taken = ana.post(f"/expedientes/{number}/originales/d5", data={"csrf": ana.csrf})

    assert shown.status_code == 200
    assert "Esta página no se puede mostrar: el antivirus encontró un programa dañino" in shown.text
    assert "<image" not in shown.text
    assert (sent.status_code, taken.status_code) == (404, 404)
    assert "el antivirus encontró un programa dañino" in sent.text


def test_papers_that_the_disk_lost_are_told(desk):
    """The rest of the page is there."""
    number, ana = desk.numbers()["review"], desk.browser("reviewer")
    for blob in list(desk.settings.storage.blobs.glob("??/*.sha256")):
        blob.unlink()
    shutil.rmtree(desk.settings.storage.blobs.parent / "imagenes")

    shown = ana.get(f"/expedientes/{number}?d=d5&p=1")

    assert shown.status_code == 200
    assert "Esta página no se puede mostrar: no está entre lo que se entregó." in shown.text
    assert "CE-RES-05" in shown.text


def test_the_original_is_saved_and_never_opened_here(desk):
    """Byte for byte, under a name that says nothing of a person; the act is kept."""
    number, ana = desk.numbers()["review"], desk.browser("reviewer")

    got = ana.post(f"/expedientes/{number}/originales/d5", data={"csrf": ana.csrf})

    assert got.content.startswith(b"%PDF-")
    assert got.headers["Content-Type"] == "application/octet-stream"
    assert got.headers["Content-Disposition"] == f'attachment; filename="{number}_d5.pdf"'
    assert got.headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in got.headers["Content-Security-Policy"]
    assert looks(desk) == [("original-taken", {"document": "d5"})]


def test_an_original_takes_a_form_of_the_desk(desk):
    """No link of another page makes somebody download it."""
    number, ana = desk.numbers()["review"], desk.browser("reviewer")

    assert ana.get(f"/expedientes/{number}/originales/d5").status_code in {404, 405}
    assert ana.post(f"/expedientes/{number}/originales/d5", data={"csrf": "another"}).status_code == 403


def test_an_office_may_keep_the_originals_to_itself(desk):
    """Then the page has no such button, and the address gives nothing."""
    chosen = replace(desk.room.settings, desk=replace(desk.room.settings.desk, originals=False))
    object.__setattr__(desk.room, "settings", chosen)
    number, ana = desk.numbers()["review"], desk.browser("reviewer")

    assert "/originales/" not in ana.get(f"/expedientes/{number}").text
    assert ana.post(f"/expedientes/{number}/originales/d5", data={"csrf": ana.csrf}).status_code == 404


def test_a_part_of_the_page_is_only_for_a_page_that_is_open(still):
    """By itself the address leads to the whole page with that place in sight."""
    address = f"/expedientes/{still.numbers()['review']}"

    part = still.ana.get(f"{address}/imagen?d=d5&p=1&f=issued_on", headers={"HX-Request": "true"})
    whole = still.ana.get(f"{address}/imagen?d=d5&p=1&f=issued_on", follow_redirects=False)

    assert 'id="casilla"' in part.text
    assert "<html" not in part.text
    assert (whole.status_code, whole.headers["Location"]) == (303, f"{address}?d=d5&p=1&f=issued_on")


def asked(browser, number, date, to, **headers):
    """Return the answer to the question what were if a date were another."""
    form = {"csrf": browser.csrf, "date": date, "to": to}
    return browser.post(f"/expedientes/{number}/y-si", data=form, headers=headers)


def test_a_date_can_be_asked_about_and_nothing_is_kept(desk):
    """Without the gap the case would be approved; the case stays as it is."""
    number, ana = desk.numbers()["review"], desk.browser("reviewer")
    before = kept(desk, number)

    got = asked(ana, number, "d6.periods.0.from", "30/06/2025")

    assert got.status_code == 200
    assert "Solo una pregunta: nada se ha guardado." in got.text
    assert "CE-RES-05" in got.text
    assert got.text.count("<svg") == 2
    assert kept(desk, number) == before
    assert looks(desk) == [("what-if-asked", {})]


def test_the_two_timelines_of_an_answer_have_their_own_names(still):
    """Ids on one page are unique, so each picture has its own words and patterns."""
    got = asked(still.ana, still.numbers()["review"], "filed_on", "20/03/2026", **{"HX-Request": "true"})

    assert "<html" not in got.text
    assert got.text.count('id="before-timeline-title"') == got.text.count('id="after-timeline-title"') == 1
    assert 'id="timeline-title"' not in got.text


@pytest.mark.parametrize("to", ["", "31/02/2026", "mañana", "2026-03-20", "<b>"])
def test_a_day_that_is_none_is_told(still, to):
    """What was typed is shown again as text."""
    got = asked(still.ana, still.numbers()["review"], "d6.periods.0.from", to)

    assert got.status_code == 422
    assert "Esa fecha no se entiende" in got.text
    assert "<b>" not in got.text


@pytest.mark.parametrize(
    "date", ["", "d6.periods.9.from", "d1.applicant.id_number", "d6.periods.0.from=2020-01-01"]
)
def test_only_dates_of_the_timeline_can_be_asked_about(still, date):
    """Nothing else of the papers goes into the question."""
    assert asked(still.ana, still.numbers()["review"], date, "20/03/2026").status_code == 400
