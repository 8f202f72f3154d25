"""A case decided at the desk: by whom, with which reason, and never silently."""

import datetime as dt
import re
from dataclasses import replace

import sqlalchemy as sa

from desk.web.app import application
from pipeline.decisions.final import Finals
from pipeline.decisions.kept import decisions_of
from pipeline.decisions.told import decisions_told
from pipeline.folders.status import state
from pipeline.life.record import history
from pipeline.store.cases import line_of
from pipeline.store.schema import cases, handling


def revision(desk, number):
    """Return the revision that the page of a case shows now."""
    with desk.store.read() as connection:
        return connection.execute(sa.select(cases.c.revision).where(cases.c.number == number)).scalar_one()


def case_id(desk, number):
    """Return the id of a case."""
    with desk.store.read() as connection:
        return connection.execute(sa.select(cases.c.id).where(cases.c.number == number)).scalar_one()


def post(desk, browser, number, what, seen=None, **form):
    """Send a form of the page of a case, as it stands now unless *seen* is another revision."""
    told = {"csrf": browser.csrf, "revision": seen if seen is not None else revision(desk, number), **form}
    return browser.post(f"/expedientes/{number}/{what}", data=told, follow_redirects=False)


def taken(desk, number):
    """Return the decisions on a case."""
    with desk.store.read() as connection:
        return decisions_of(connection, case_id(desk, number))


def standing(desk, number):
    """Return how a case stands at the desk."""
    with desk.store.read() as connection:
        found = connection.execute(sa.select(handling).where(handling.c.case_id == case_id(desk, number)))
        return found.one()


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


def test_the_letter_is_seen_before_it_is_decided_with_what_was_added(desk):
    """The page carries the whole form on; the PDF is the same letter."""
    ana, number = desk.browser("reviewer"), desk.numbers()["cure"]
    form = {"kind": "require", "added": "Traiga también\nel original.", "languages": "es", "text": "visto"}

    page = post(desk, ana, number, "carta", **form)
    file = post(desk, ana, number, "carta.pdf", **form)

    assert page.status_code == 200
    assert "BORRADOR" in page.text
    assert "Traiga también el original." in page.text
    assert 'name="text" value="visto"' in page.text
    assert file.content[:5] == b"%PDF-"
    assert file.headers["content-disposition"] == f'attachment; filename="BORRADOR_{number}.pdf"'
    assert taken(desk, number) == ()


def test_back_from_the_letter_nothing_typed_is_lost(desk):
    """The form of the decision stands as it was."""
    ana, number = desk.browser("reviewer"), desk.numbers()["cure"]

    back = post(desk, ana, number, "decision", kind="refer", reason="other", text="a medias", added="x")

    assert back.status_code == 200
    assert 'value="refer" checked' in back.text
    assert "a medias" in back.text


def test_the_second_person_does_not_see_what_the_first_decided(desk):
    """Nor the note; they are shown after both have said theirs."""
    chosen = replace(desk.settings.desk, confirm=("grant",))
    desk.room = replace(desk.room, settings=replace(desk.settings, desk=chosen))
    desk.app = application(desk.room)
    ana, eva = desk.browser("reviewer"), desk.browser("supervisor", login="eva")
    number = desk.numbers()["approve"]
    post(desk, ana, number, "decidir", kind="grant", text="Conozco el caso.")

    page = eva.get(f"/expedientes/{number}").text
    said = post(desk, eva, number, "confirmar", kind="grant")

    assert "Diga qué decidiría usted" in page
    assert "Conozco el caso." not in page
    assert "Conceder, por" not in page
    assert "Coinciden: queda decidido." in said.text
    assert "Conozco el caso." in eva.get(f"/expedientes/{number}").text


def test_the_sample_is_shown_without_what_was_decided(desk):
    """Opened from its tray nothing of the decision is on the page, and what is said changes no case."""
    chosen = replace(desk.settings.desk, sample_percent=100)
    desk.room = replace(desk.room, settings=replace(desk.settings, desk=chosen))
    desk.app = application(desk.room)
    ana, eva = desk.browser("reviewer"), desk.browser("supervisor", login="eva")
    number = desk.numbers()["approve"]
    post(desk, ana, number, "decidir", kind="grant", text="Conozco el caso.")
    desk.now += dt.timedelta(minutes=6)
    Finals(desk.store, desk.room.settings, desk.room.calendars)(desk.now)

    page = eva.get(f"/expedientes/{number}?bandeja=sample").text
    said = post(desk, eva, number, "muestra", kind="refuse", bandeja="sample")

    assert "Diga qué habría decidido usted" in page
    assert not re.search(r"por Ana Prueba|ana: |Conozco el caso|Sin notificar", page)
    assert said.headers["location"] == "/bandejas/sample/siguiente"
    assert [look.agrees for look in taken(desk, number)[0].looks] == [False]
    assert standing(desk, number).awaits == "notice"


def test_a_notice_is_recorded_with_its_proof_and_annulled_with_a_reason(desk):
    """The file is kept as it came, under its own name, and given back to who may see the case."""
    ana, number = desk.browser("reviewer"), desk.numbers()["approve"]
    post(desk, ana, number, "decidir", kind="grant")
    desk.now += dt.timedelta(minutes=6)
    Finals(desk.store, desk.settings, desk.room.calendars)(desk.now)
    form = {"csrf": ana.csrf, "revision": revision(desk, number), "step": "in_person_delivered"}
    proof = {"proof": ("../recibí <b>.pdf", b"%PDF-1.4 firmado", "application/pdf")}

    told = ana.post(
        f"/expedientes/{number}/notificaciones",
        data=form | {"day": "23/03/2026"},
        files=proof,
        follow_redirects=False,
    )
    page = ana.get(f"/expedientes/{number}").text
    (kept,) = re.findall(rf"/expedientes/{number}/adjuntos/(\w+)\">Prueba", page)

    assert (told.status_code, standing(desk, number).awaits) == (303, "done")
    assert ana.get(f"/expedientes/{number}/adjuntos/{kept}").content == b"%PDF-1.4 firmado"
    assert "recibí &lt;b&gt;.pdf" in page

    (notice,) = re.findall(r'name="notice" value="(\w+)"', page)
    gone = post(desk, ana, number, "notificaciones/anular", notice=notice, why="Era de otro expediente.")

    assert (gone.status_code, standing(desk, number).awaits) == (303, "notice")
    assert "Era de otro expediente." in ana.get(f"/expedientes/{number}").text


def test_an_office_without_a_register_is_told_so(desk):
    """Nothing is asked, and nothing of the form is lost."""
    ana, number = desk.browser("reviewer"), desk.numbers()["review"]

    got = post(desk, ana, number, "recabar", text="a medias")

    assert got.status_code == 422
    assert "no tiene ningún padrón que consultar" in got.text
    assert "a medias" in got.text


def test_a_case_can_be_sent_back_to_reading_and_not_once_it_is_decided(desk):
    """What is decided is undone first."""
    ana, numbers = desk.browser("reviewer"), desk.numbers()
    post(desk, ana, numbers["approve"], "decidir", kind="grant")

    decided = post(desk, ana, numbers["approve"], "releer")
    free = post(desk, ana, numbers["review"], "releer")

    with desk.store.read() as connection:
        stages = dict(connection.execute(sa.select(cases.c.number, cases.c.stage)).all())
    assert (decided.status_code, stages[numbers["approve"]]) == (409, "routed")
    assert (free.status_code, stages[numbers["review"]]) == (303, "accepted")


def test_a_reviewer_gives_a_case_to_nobody_but_themselves(desk):
    """Who assigns to others has a right of its own."""
    desk.account("reviewer", login="luis")
    ana, sara = desk.browser("reviewer"), desk.browser("supervisor", login="sara")
    number = desk.numbers()["approve"]

    other = post(desk, ana, number, "asignar", to="luis")
    own = post(desk, ana, number, "asignar", to="ana")
    given = post(desk, sara, number, "asignar", to="luis")

    assert (other.status_code, own.status_code, given.status_code) == (422, 303, 303)
    assert standing(desk, number).assigned_to == "luis"


def test_a_case_is_put_aside_until_a_day_with_its_note(desk):
    """A day that has passed is refused, and the note stays in the form."""
    ana, number = desk.browser("reviewer"), desk.numbers()["approve"]
    form = {"act": "aside", "why": "appointment", "note": "Viene el lunes."}

    wrong = post(desk, ana, number, "aparcar", until="20/03/2026", **form)
    right = post(desk, ana, number, "aparcar", until="30/03/2026", **form)

    assert (wrong.status_code, "Viene el lunes." in wrong.text) == (422, True)
    assert right.status_code == 303
    assert "Aparcado hasta el 30/03/2026: hay una cita." in ana.get(f"/expedientes/{number}").text


def test_lists_and_the_report_tell_a_decision(desk):
    """ESTADO.html and `case list` say what was decided and what is still to be done."""
    ana, number = desk.browser("reviewer"), desk.numbers()["approve"]
    post(desk, ana, number, "decidir", kind="grant", text="Todo en regla.")

    line = line_of(desk.store, case_id(desk, number))
    with desk.store.read() as connection:
        told = decisions_told(connection, case_id(desk, number))

    assert (line.decided, line.awaits, state(line)) == ("grant", "notice", "Concedido; falta notificarlo")
    assert (told["decisions"][0]["decision"], told["decisions"][0]["by"]) == ("grant", "ana")


def test_a_note_on_a_case_that_changed_is_not_lost(desk):
    """409, with the note still in its form, to be sent again on the case as it is."""
    ana, luis = desk.browser("reviewer"), desk.browser("reviewer", login="luis")
    number = desk.numbers()["review"]
    seen = revision(desk, number)
    post(desk, luis, number, "nivel", seen, act="up", note="No lo veo claro.")

    late = post(desk, ana, number, "nivel", seen, act="up", note="Falta mirar el sello.")

    assert late.status_code == 409
    assert "Falta mirar el sello." in late.text
    assert standing(desk, number).note == "No lo veo claro."
