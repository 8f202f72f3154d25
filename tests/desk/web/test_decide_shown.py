"""Round a decision: the letter seen first, the second person, notices, cases given away or put aside."""

import datetime as dt
import re
from dataclasses import replace

import sqlalchemy as sa

from desk.web.app import application
from pipeline.decisions.final import Finals
from pipeline.decisions.told import decisions_told
from pipeline.folders.status import state
from pipeline.store.cases import line_of
from pipeline.store.schema import cases
from tests.desk.web.deciding import case_id, post, revision, standing, taken


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


def test_the_time_to_answer_is_made_longer_from_the_page(desk):
    """The form is there while the time runs, and gone once it was used."""
    ana, number = desk.browser("reviewer"), desk.numbers()["cure"]
    post(desk, ana, number, "decidir", kind="require")
    desk.now += dt.timedelta(minutes=6)
    Finals(desk.store, desk.settings, desk.room.calendars)(desk.now)
    before = ana.get(f"/expedientes/{number}").text
    post(desk, ana, number, "notificaciones", step="in_person_delivered", day="23/03/2026")
    until = standing(desk, number).awaits_until
    offered = ana.get(f"/expedientes/{number}").text

    wrong = post(desk, ana, number, "notificaciones/ampliar", days="6")
    right = post(desk, ana, number, "notificaciones/ampliar", days="5")

    form = f"/expedientes/{number}/notificaciones/ampliar"
    assert [form in page for page in (before, offered, ana.get(f"/expedientes/{number}").text)] == [
        False,
        True,
        False,
    ]
    assert (wrong.status_code, right.status_code) == (422, 303)
    assert "Elija de 1 a 5 días" in wrong.text
    assert standing(desk, number).awaits_until > until


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
