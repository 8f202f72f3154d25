"""A reviewer sets a value right, sees at once what the law says then, and can take it back."""

import pytest

from tests.desk.web.mending import MALAGA, MELILLA, STAY, Mender, closed


@pytest.fixture
def ana(desk):
    """Return a reviewer at the case that is in review for its residence."""
    return Mender(desk, "review")


def test_the_page_of_a_case_shows_what_is_doubtful_first(ana):
    """The periods in doubt come with their certainty, the rule that hangs on them, and their acts."""
    page = ana.client.get(f"/expedientes/{ana.number}").text

    assert page.index("CE-RES-05") < page.index("Los demás datos")
    assert 'data-field="periods"' in page
    assert "60 %" in page


def test_a_gap_is_closed_and_the_proposal_changes_at_once(ana):
    """The baja that was misread is set right: REVISAR becomes APROBAR, and the page says so."""
    answer = closed(ana)
    page = ana.client.get(answer.headers["location"]).text

    assert answer.status_code == 303
    assert ana.row.queue == "approve"
    assert "era revisar y ahora es conforme" in page
    assert "30/06/2025" in page
    assert "Se ve 12/07 en el sello" in page


def test_who_brings_a_case_to_approval_says_why(ana):
    """Without a reason nothing is kept, and what was typed stays in the form."""
    answer = closed(ana, why=" ")

    assert answer.status_code == 422
    assert "aprobar: diga por qué" in answer.text
    assert 'value="12/07/2025"' in answer.text
    assert (ana.row.queue, ana.rows) == ("review", ())


def test_a_correction_is_undone_by_another_word_and_stays_in_sight(ana):
    """The first report stands again, letter by letter; both rows are kept."""
    first = ana.row.report
    closed(ana)
    answer = ana.undo(ana.rows[0].seq)

    assert answer.status_code == 303
    assert ana.row.report == first
    assert [row.what for row in ana.rows] == ["corrected", "undone"]


def test_a_form_sent_twice_acts_once(ana):
    """The second is answered as the first."""
    revision = ana.row.revision
    first, second = closed(ana, revision=revision), closed(ana, revision=revision)

    assert (first.status_code, second.status_code) == (303, 303)
    assert len(ana.rows) == 1


def test_a_lost_race_shows_both_versions_and_can_be_repeated(ana, desk):
    """Nobody overwrites what they did not see; what they typed comes back with the new revision."""
    revision = ana.row.revision
    closed(ana)
    late = Mender(desk, "approve", login="luis")
    late.number = ana.number
    answer = closed(late, revision=revision, why="otro")
    lost = late.say(
        MALAGA, "periods", revision, **(STAY | {"value.to": "11/07/2025"}), fila="0", act="corrected"
    )

    assert answer.status_code == 409
    assert lost.status_code == 409
    assert 'value="11/07/2025"' in lost.text
    assert "12/07/2025" in lost.text
    assert "Ana Prueba" in lost.text
    assert f'name="revision" value="{late.row.revision}"' in lost.text
    assert len(ana.rows) == 1


def test_what_cannot_be_read_is_never_approved(ana):
    """Marked illegible, a deciding value sends the case on by the rules."""
    answer = ana.say(MELILLA, "person.id_number", act="illegible", why="mancha")

    assert answer.status_code == 303
    field = ana.document(MELILLA)["fields"]["person.id_number"]
    assert (field["value"], field["confidence"], field["state"]) == (None, 0.0, "illegible")
    assert ana.row.queue == "review"


def test_a_confirmed_value_is_certain_and_the_others_stay_as_sure_as_they_were(ana):
    """One look at one value says nothing of the next."""
    before = ana.document(MELILLA)["fields"]
    ana.say(MELILLA, "person.address.city", act="confirmed")
    after = ana.document(MELILLA)["fields"]

    assert after["person.address.city"]["confidence"] == 1.0
    assert after["person.address.city"]["state"] == "confirmed"
    assert after | {"person.address.city": None} == before | {"person.address.city": None}


def test_what_does_not_apply_is_as_absent(ana):
    """It leaves the report of what stands, and stays in that of what was read."""
    ana.say(MELILLA, "person.address.floor", act="not_applicable")

    assert "person.address.floor" not in ana.document(MELILLA)["fields"]
    read = next(one for one in ana.row.report["as_read"] if one["file"] == MELILLA)
    assert "person.address.floor" in read["fields"]


def test_a_value_that_was_not_found_is_filled_in(ana):
    """A field that the kind has and the program did not see."""
    answer = ana.say(MELILLA, "notes", act="corrected", value="Sin observaciones")

    assert answer.status_code == 303
    assert ana.document(MELILLA)["fields"]["notes"]["value"] == "Sin observaciones"


@pytest.mark.parametrize("typed", ["31/02/2025", "ayer", "0/0/0", "12-13-2025", "\u202e12/07/2025"])
def test_a_day_that_is_none_is_refused_in_words(ana, typed):
    """With the error summary, and the text as it was typed."""
    answer = closed(ana, **{"value.to": typed})

    assert answer.status_code == 422
    assert "Escriba una fecha que exista" in answer.text
    assert ana.rows == ()


def test_a_wrong_letter_is_a_warning_that_a_note_answers(ana):
    """The paper may say it so: then it is kept with the note."""
    one = ana.say(MELILLA, "person.id_number", act="corrected", value="Y-1234567-A")
    other = ana.say(MELILLA, "person.id_number", act="corrected", value="Y-1234567-A", why="Así consta")

    assert one.status_code == 422
    assert "La letra no corresponde" in one.text
    assert other.status_code == 303
    assert ana.document(MELILLA)["fields"]["person.id_number"]["value"] == "Y1234567A"


def test_markup_and_signs_are_kept_whole_and_shown_as_text(ana):
    """What is typed is never executed."""
    hostile = "<script>alert(1)</script>\u202e{{7*7}}"
    ana.say(MELILLA, "notes", act="corrected", value=hostile, why=hostile)
    page = ana.client.get(f"/expedientes/{ana.number}").text

    assert ana.document(MELILLA)["fields"]["notes"]["value"] == hostile
    assert ana.rows[0].why == hostile
    assert "<script>alert(1)</script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_what_was_surely_read_is_changed_only_with_a_reason(ana):
    """A value at or above the threshold."""
    form = ana.document("tie.pdf")["fields"]["birth_date"]
    one = ana.say("tie.pdf", "birth_date", act="corrected", value="01/02/1990")

    assert form["confidence"] >= 0.9
    assert one.status_code == 422
    assert "leído con seguridad" in one.text


def test_a_row_is_added_and_removed(ana):
    """Rows keep their names: what was said of one is not said of another that takes its place."""
    added = ana.say(
        MALAGA,
        "periods",
        **(STAY | {"value.from": "01/01/2020", "value.to": "02/01/2020"}),
        fila="+",
        act="corrected",
    )
    removed = ana.say(MALAGA, "periods", fila="0", act="row_removed")
    field = ana.document(MALAGA)["fields"]["periods"]

    assert (added.status_code, removed.status_code) == (303, 303)
    assert [row["from"] for row in field["value"]] == ["2020-01-01"]
    assert field["keys"] == ["+1"]
