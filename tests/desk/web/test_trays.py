"""The trays: what lies where, whose it is, in which order, and how long the law leaves."""

import datetime as dt

import pytest


def test_the_board_counts_each_tray_by_queue_and_reason(desk):
    """The cases of the demonstration lie where their findings put them, with the next legal day."""
    shown = desk.browser("reviewer").get("/bandejas").text

    assert 'href="/bandejas/review-residence"' in shown
    assert 'href="/bandejas/cure-papers"' in shown
    assert "Revisar: Residencia" in shown
    assert "30/04/2026" in shown
    assert 'href="/bandejas/review-money"' not in shown


def test_a_tray_shows_why_a_case_is_there_and_the_days_left_by_both_calendars(desk):
    """The reason in words, the working days until the last one, and those that were not counted."""
    shown = desk.browser("reviewer").get("/bandejas/review-residence").text

    assert desk.numbers()["review"] in shown
    assert "Residencia, Lectura dudosa" in " ".join(shown.split())
    assert "CE-RES-05" in shown
    assert "Melilla: 26 días hábiles, del 24/03/2026 al 30/04/2026." in shown
    assert "Melilla, Madrid: 26 días hábiles" in shown
    assert "02/04/2026 (Jueves Santo)" in shown


@pytest.mark.parametrize("language", ["es", "gl", "en"])
def test_every_page_of_the_trays_speaks_each_language(desk, language):
    """No sentence is missing in any of them."""
    ana = desk.browser("supervisor", language=language)
    number = desk.numbers()["review"]
    pages = [
        "/bandejas",
        "/bandejas/cure-papers",
        "/bandejas/second",
        "/buscar",
        f"/expedientes/{number}/turno",
    ]

    got = [ana.get(page) for page in pages]

    assert [one.status_code for one in got] == [200] * len(pages)
    assert all(f'lang="{language}"' in one.text for one in got)


def test_a_board_that_refreshes_itself_keeps_nobody_in(desk):
    """The session ends in its time though its page asks for new counts every half minute."""
    ana = desk.browser("reviewer")

    for _ in range(3):
        desk.now += dt.timedelta(minutes=8)
        got = ana.get("/bandejas", headers={"HX-Request": "true", "X-Quiet": "1"})

    assert got.status_code == 401


def test_somebody_of_one_office_sees_its_cases_alone(desk):
    """Neither counted nor listed: the cases of other offices are not there."""
    ana = desk.browser("reviewer", offices=("CEU01",))

    assert "review-residence" not in ana.get("/bandejas").text
    assert desk.numbers()["review"] not in ana.get("/bandejas/review-residence").text


def test_a_clerk_sees_no_tray_of_decisions(desk):
    """What is to be decided is not a clerk's, though the address be known."""
    ana = desk.browser("clerk")

    assert "review-residence" not in ana.get("/bandejas").text
    assert ana.get("/bandejas/review-residence").status_code == 404
    assert ana.get("/bandejas/second").status_code == 404
    assert ana.get("/bandejas/answer").status_code == 200


def test_a_tray_that_there_is_not_is_not_found(desk):
    """Nor one whose name is an attack."""
    ana = desk.browser("reviewer")

    assert ana.get("/bandejas/review-nothing").status_code == 404
    assert ana.get("/bandejas/%27%20OR%201=1").status_code == 404


def test_the_next_case_is_the_first_that_nobody_else_has_in_hand(desk):
    """Held by another it is passed over; once that time is over it is not."""
    ana = desk.browser("reviewer")
    number = desk.numbers()["review"]
    with desk.store.write() as connection:
        connection.exec_driver_sql(
            "INSERT INTO handling (case_id, held_by, held_until) "
            f"SELECT id, 'luis', '2026-03-23T08:45:00.000000+00:00' FROM cases WHERE number = '{number}'"
        )

    held = ana.get("/bandejas/review-residence/siguiente", follow_redirects=False)
    told = ana.get(held.headers["location"]).text
    desk.now += dt.timedelta(minutes=16)
    free = ana.get("/bandejas/review-residence/siguiente", follow_redirects=False)

    assert held.headers["location"] == "/bandejas/review-residence?libre=no"
    assert "Ahora no hay ninguno libre" in told
    assert free.headers["location"] == f"/expedientes/{number}?bandeja=review-residence"


def test_a_case_goes_ahead_by_a_written_order_and_back_to_its_turn(desk):
    """The order is kept, shown in the list as text, and audited without its words."""
    ana = desk.browser("supervisor")
    numbers = desk.numbers()
    page = f"/expedientes/{numbers['review']}/turno"

    form = {
        "csrf": ana.csrf,
        "revision": _revision(desk, numbers["review"]),
        "why": "<b>Ingreso hospitalario</b>",
    }
    given = ana.post(page, data=form, follow_redirects=False)
    listed = ana.get("/bandejas/review-residence").text
    form["revision"] = _revision(desk, numbers["review"])
    again = ana.post(page, data=form)
    back = ana.post(f"{page}/quitar", data=form, follow_redirects=False)

    assert given.status_code == 303
    assert "Adelantado por orden escrita" in listed
    assert "&lt;b&gt;Ingreso hospitalario&lt;/b&gt;" in listed
    assert again.status_code == 422
    assert back.status_code == 303
    assert "Adelantado" not in ana.get("/bandejas/review-residence").text
    assert "Retirada por" in ana.get(page).text
    assert _audited(desk, "let-ahead", "ahead-taken-back") == ["{}", "{}"]


def test_an_order_without_a_reason_is_refused(desk):
    """Ley 39/2015, art. 71.2: it says why."""
    ana = desk.browser("supervisor")
    number = desk.numbers()["review"]

    form = {"csrf": ana.csrf, "revision": _revision(desk, number), "why": "  "}
    got = ana.post(f"/expedientes/{number}/turno", data=form)

    assert got.status_code == 422
    assert "Escriba el motivo" in got.text


def test_an_order_on_a_case_that_changed_is_not_written(desk):
    """Nobody decides over what they did not see."""
    ana = desk.browser("supervisor")
    number = desk.numbers()["review"]

    form = {"csrf": ana.csrf, "revision": "0", "why": "Urgencia"}
    got = ana.post(f"/expedientes/{number}/turno", data=form)

    assert got.status_code == 409


def test_a_reviewer_gives_no_order(desk):
    """Only who may assign cases lets one go ahead."""
    ana = desk.browser("reviewer")

    assert ana.get(f"/expedientes/{desk.numbers()['review']}/turno").status_code == 403


def _revision(desk, number):
    with desk.store.read() as connection:
        return str(
            connection.exec_driver_sql(f"SELECT revision FROM cases WHERE number = '{number}'").scalar()
        )


def _audited(desk, *did):
    with desk.store.read() as connection:
        rows = connection.exec_driver_sql(f"SELECT detail FROM audit WHERE did IN {did} ORDER BY seq")
        return [str(row.detail) for row in rows]


def test_a_manager_comes_in_to_figures_and_sees_no_case(desk):
    """The count of each tray of the own offices, without a number, a name or a way to a case."""
    of_melilla = desk.browser("manager", offices=("MEL01",))
    of_none = desk.browser("manager", offices=("MEL99",), login="eva")

    shown, other = of_melilla.get("/"), of_none.get("/")

    assert shown.url.path == "/gestion"
    assert "Revisar: Residencia" in shown.text
    assert "nadie ha mirado todavía" in shown.text
    assert "/expedientes/" not in shown.text
    assert 'href="/bandejas' not in shown.text
    assert "No hay ningún expediente pendiente." in other.text
