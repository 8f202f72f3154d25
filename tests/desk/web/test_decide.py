"""A case decided at the desk: by whom, with which reason, and never silently."""

import re

from pipeline.life.record import history
from tests.desk.web.deciding import post, revision, standing, taken


def test_a_clean_case_is_granted_by_a_named_person_and_the_next_one_opens(desk):
    """The proposal is chosen already: one key saves it and goes on."""
    ana, number = desk.browser("reviewer"), desk.numbers()["approve"]

    got = post(desk, ana, number, "decidir", kind="grant", bandeja="approve")

    (one,) = taken(desk, number)
    assert (got.status_code, got.headers["location"]) == (303, "/bandejas/approve/siguiente")
    assert (one.kind, one.by, one.proposal["queue"], one.letter["signer"]) == (
        "grant",
        "ana",
        "approve",
        "Ana Prueba",
    )
    assert [kept.event.kind.value for kept in history(desk.store, one.case)] == ["resolution_taken"]


def test_the_page_of_a_clean_case_has_its_decision_chosen_and_one_key_to_save_it(desk):
    """From the tray to decided: Enter, S."""
    page = desk.browser("reviewer").get(f"/expedientes/{desk.numbers()['approve']}?bandeja=approve").text

    assert re.search(r'<input type="radio" id="decide-kind" name="kind" value="grant" checked', page)
    assert re.search(r'<button class="main" data-key="s"', page)
    assert "Propuesta del programa:" in page


def test_a_form_sent_twice_decides_once(desk):
    """The second time it goes on as the first."""
    ana, number = desk.browser("reviewer"), desk.numbers()["approve"]
    seen = revision(desk, number)
    post(desk, ana, number, "decidir", seen, kind="grant", bandeja="approve")

    again = post(desk, ana, number, "decidir", seen, kind="grant", bandeja="approve")

    assert (again.status_code, again.headers["location"]) == (303, "/bandejas/approve/siguiente")
    assert len(taken(desk, number)) == 1


def test_the_second_of_two_people_sees_both_versions_and_loses_no_word(desk):
    """409: what one chose, and what the other did meanwhile."""
    ana, luis = desk.browser("reviewer"), desk.browser("reviewer", login="luis")
    number, seen = desk.numbers()["cure"], revision(desk, desk.numbers()["cure"])
    post(desk, ana, number, "decidir", seen, kind="require")

    late = post(
        desk, luis, number, "decidir", seen, kind="refer", reason="other", text="Es de otra provincia."
    )

    assert late.status_code == 409
    assert "Lo que usted eligió" in late.text
    assert "Es de otra provincia." in late.text
    assert "Requerir, por Ana Prueba" in late.text
    assert [one.kind for one in taken(desk, number)] == ["require"]


def test_a_case_in_anothers_hands_is_not_decided(desk):
    """The page says whose it is; what was typed stays in sight."""
    ana, luis = desk.browser("reviewer"), desk.browser("reviewer", login="luis")
    number = desk.numbers()["approve"]
    post(desk, ana, number, "mano", act="take")

    late = post(desk, luis, number, "decidir", kind="grant", text="Todo bien.")

    assert late.status_code == 409
    assert "Lo tiene en la mano Ana Prueba." in late.text
    assert "Todo bien." in late.text
    assert taken(desk, number) == ()


def test_what_was_decided_can_be_undone_from_the_page(desk):
    """By its own button, once."""
    ana, number = desk.browser("reviewer"), desk.numbers()["approve"]
    post(desk, ana, number, "decidir", kind="grant")
    page = ana.get(f"/expedientes/{number}").text
    decision = taken(desk, number)[0].id

    first = post(desk, ana, number, "deshacer", decision=decision)
    again = post(desk, ana, number, "deshacer", decision=decision)

    assert "Se puede deshacer hasta las 09:35" in page
    assert (first.status_code, again.status_code) == (303, 409)
    assert standing(desk, number).decision is None


def test_what_was_taken_back_need_not_be_typed_again(desk):
    """The words and the letter stand in the form again; the doubts are to be ticked anew."""
    ana, number = desk.browser("reviewer"), desk.numbers()["cure"]
    post(desk, ana, number, "decidir", kind="require", text="Vino sola.", added="Traiga su pasaporte.")

    back = post(desk, ana, number, "deshacer", decision=taken(desk, number)[0].id, bandeja="cure-papers")
    page = ana.get(back.headers["location"]).text

    assert back.headers["location"] == f"/expedientes/{number}?bandeja=cure-papers"
    assert "Vino sola.</textarea>" in page
    assert "Traiga su pasaporte.</textarea>" in page


def test_a_letter_that_says_nothing_is_told_where_to_write_it(desk):
    """A doubtful case lacks nothing that a requirement could name: the person says what is asked."""
    ana, number = desk.browser("reviewer"), desk.numbers()["review"]
    form = {"csrf": ana.csrf, "kind": "require", "reason": "not_enough", "text": "Falta un tramo."}
    form |= {"revision": revision(desk, number)}
    form |= {"seen": re.findall(r'name="seen" value="(\w+)"', ana.get(f"/expedientes/{number}").text)}
    said = {"added": "Traiga el padrón de julio de 2025."}

    empty = ana.post(f"/expedientes/{number}/decidir", data=form, follow_redirects=False)
    written = ana.post(f"/expedientes/{number}/decidir", data=form | said, follow_redirects=False)

    assert empty.status_code == 422
    assert "La carta todavía no dice nada" in empty.text
    assert written.status_code == 303


def test_a_decided_case_is_said_to_be_decided(desk):
    """Nor the case nor the list of the office says that somebody has still to decide."""
    ana, number = desk.browser("reviewer", "clerk"), desk.numbers()["approve"]
    before = ana.get(f"/expedientes/{number}").text
    post(desk, ana, number, "decidir", kind="grant")

    page = ana.get(f"/expedientes/{number}").text
    office = ana.get(f"/oficina?oficina={number.split('-')[0]}").text

    assert "falta que una persona decida" in before
    assert "falta que una persona decida" not in page
    assert "una persona ya ha decidido" in page
    assert "Concedido" in office


def test_doubts_that_nobody_ticked_keep_the_form_and_its_words(desk):
    """422, with every reason and what was typed."""
    ana, number = desk.browser("reviewer"), desk.numbers()["review"]

    got = post(desk, ana, number, "decidir", kind="grant", text="Lo he visto en el original.")

    assert got.status_code == 422
    assert "Quedan dudas sin marcar" in got.text
    assert "elija un motivo" in got.text
    assert "Lo he visto en el original." in got.text
    assert taken(desk, number) == ()


def test_a_huge_hostile_note_is_stored_whole_and_shown_as_text(desk):
    """Markup, signs that turn the writing, and a quarter of a megabyte."""
    note = "<script>alert(1)</script>\u202egnp.exe " + "x" * 250_000
    ana, number = desk.browser("reviewer"), desk.numbers()["cure"]

    got = post(desk, ana, number, "decidir", kind="require", text=note)

    page = ana.get(f"/expedientes/{number}").text
    assert got.status_code == 303
    assert taken(desk, number)[0].text == note
    assert "<script>alert(1)" not in page
    assert "<bdi>&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_a_clerk_sees_what_was_decided_and_decides_nothing(desk):
    """The right is asked at the door."""
    ana, carla = desk.browser("reviewer"), desk.browser("clerk", login="carla")
    number = desk.numbers()["approve"]
    post(desk, ana, number, "decidir", kind="grant")

    page = carla.get(f"/expedientes/{number}").text

    assert "Conceder, por Ana Prueba" in page
    assert "/decidir" not in page
    assert post(desk, carla, number, "decidir", kind="grant").status_code == 403


def test_the_case_of_another_office_is_not_there(desk):
    """404, as if it did not exist."""
    mel = desk.browser("reviewer", offices=("MEL01",))

    got = post(desk, mel, desk.numbers()["approve"], "decidir", kind="grant")

    assert got.status_code == 404
