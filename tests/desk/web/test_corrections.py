"""A reviewer sets a value right, sees at once what the law says then, and can take it back."""

import pytest
import sqlalchemy as sa

from pipeline.corrections.record import of_case
from pipeline.store.check import look_over
from pipeline.store.schema import cases


class Mender:
    """A reviewer at one case, who reads its page before each form, as a browser does."""

    def __init__(self, desk, queue, login="ana", **account):
        self.desk, self.number = desk, desk.numbers()[queue]
        self.client = desk.browser("reviewer", login=login, **account)

    @property
    def row(self):
        with self.desk.store.read() as connection:
            return connection.execute(sa.select(cases).where(cases.c.number == self.number)).one()

    @property
    def rows(self):
        with self.desk.store.read() as connection:
            return of_case(connection, self.row.id)

    def document(self, file):
        return next(one for one in self.row.report["documents"] if one["file"] == file)

    def form(self, file, field, revision=None, **typed):
        one = self.document(file)
        paper = f"{one['sha256']}:{','.join(map(str, one['pages']))}:{one['kind']}"
        sealed = {"csrf": self.client.csrf, "paper": paper}
        sealed["revision"] = self.row.revision if revision is None else revision
        address = f"/expedientes/{self.number}/campos/{one['id']}/{field}"
        return address, sealed | typed

    def say(self, file, field, revision=None, **typed):
        address, data = self.form(file, field, revision, **typed)
        return self.client.post(address, data=data, follow_redirects=False)

    def undo(self, row, **typed):
        data = {"csrf": self.client.csrf, "revision": self.row.revision, **typed}
        return self.client.post(
            f"/expedientes/{self.number}/correcciones/{row}/deshacer", data=data, follow_redirects=False
        )


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


MALAGA, MELILLA = "padron_málaga.pdf", "padron_melilla.pdf"
STAY = {
    "value.municipality": "Málaga",
    "value.from": "10/01/2024",
    "value.to": "12/07/2025",
    "value.cause_in": "abroad",
    "value.cause_out": "residence_change",
    "value.origin": "MAR",
    "value.address": "",
}
"""The stay in Málaga as the paper has it for whoever looks: until the day of the alta in Melilla."""


def closed(ana, **more):
    """Set the misread baja right."""
    said = {"fila": "0", "act": "corrected", "why": "Se ve 12/07 en el sello"}
    return ana.say(MALAGA, "periods", **(STAY | said | more))


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


def test_a_decided_case_is_not_set_right(ana, desk):
    """Its decision has to be undone first; what was typed is shown again."""
    with desk.store.write() as connection:
        connection.execute(sa.update(cases).where(cases.c.number == ana.number).values(decided_at=desk.now))
    answer = closed(ana)

    assert answer.status_code == 409
    assert "Deshaga antes la decisión" in answer.text
    assert 'value="12/07/2025"' in answer.text


def test_a_clerk_sets_nothing_right(ana, desk):
    """The right to work at a case is a reviewer's."""
    clerk = desk.browser("clerk", login="cleo")
    address, data = ana.form(MALAGA, "periods", act="confirmed")
    answer = clerk.post(address, data=data | {"csrf": clerk.csrf}, follow_redirects=False)

    assert answer.status_code == 403


def test_the_record_stays_whole_and_the_audit_names_no_value(ana, desk):
    """Seals agree after a correction and its undoing; the line in the audit has names of fields alone."""
    closed(ana)
    ana.undo(ana.rows[0].seq)
    with desk.store.read() as connection:
        lines = connection.exec_driver_sql(
            "SELECT did, detail FROM audit WHERE did LIKE 'value-%' OR did LIKE 'correction-%' ORDER BY seq"
        ).all()

    assert [one.what for one in look_over(desk.store, desk.now) if one.damage] == []
    assert [line.did for line in lines] == ["value-corrected", "correction-undone"]
    assert "2025" not in "".join(str(line.detail) for line in lines)


def test_a_drawn_box_is_read_again_and_only_proposed(ana):
    """The text comes into the form with its certainty; nothing is kept until somebody saves it."""
    held = ana.document(MELILLA)["fields"]["periods"]
    sides = dict(zip(("x0", "y0", "x1", "y1"), held["box"], strict=True))
    address, data = ana.form(MELILLA, "periods", fila="0", page="1", column="value.from", **sides)
    answer = ana.client.post(f"{address}/releer", data=data | {"value.municipality": "a medias"})

    assert answer.status_code == 200
    assert 'value="12/07/2025"' in answer.text
    assert "12 de julio de 2025" in answer.text
    assert 'value="a medias"' in answer.text
    assert ana.rows == ()


@pytest.mark.parametrize("sides", [("a", "b", "c", "d"), ("9", "9", "9", "9"), ("nan", "0", "5", "5")])
def test_a_box_that_is_none_is_said_to_be_none(ana, sides):
    """Letters, a point, what is no number."""
    typed = dict(zip(("x0", "y0", "x1", "y1"), sides, strict=True))
    address, data = ana.form(MELILLA, "notes", page="1", **typed)

    assert "Dibújelo otra vez" in ana.client.post(f"{address}/releer", data=data).text


@pytest.mark.parametrize(
    ("field", "typed", "status"),
    [
        ("nada", {"act": "corrected", "value": "x"}, 409),
        ("periods", {"act": "corrected", "value": "x"}, 400),
        ("periods", {"act": "vanish"}, 400),
        ("periods", {"act": "illegible", "fila": "0"}, 409),
        ("periods", {"act": "row_removed", "fila": "7"}, 409),
        ("notes", {"act": "confirmed"}, 409),
        ("municipality", {"act": "row_removed", "fila": "0"}, 409),
        ("municipality", {"act": "corrected", "value": "x", "paper": "0:1:other"}, 409),
        ("municipality", {"act": "confirmed", "revision": "x"}, 409),
    ],
)
def test_what_no_form_of_ours_sends_changes_nothing(ana, field, typed, status):
    """A field, row, act or paper that there is not; a list as one value."""
    answer = ana.say(MALAGA, field, **typed)

    assert answer.status_code == status
    assert ana.rows == ()


def test_a_row_added_twice_by_one_form_is_added_once(ana):
    """Its key would be another; its words are the same."""
    revision = ana.row.revision
    new = STAY | {"value.from": "01/01/2020", "value.to": "02/01/2020"}
    answers = [ana.say(MALAGA, "periods", revision, **new, fila="+", act="corrected") for _ in range(2)]

    assert [one.status_code for one in answers] == [303, 303]
    assert len(ana.rows) == 1


def test_every_page_with_a_value_is_a_look_at_the_case(ana, desk):
    """The form of a field too, alone or as a part."""
    address, _ = ana.form(MALAGA, "municipality")
    ana.client.get(address)
    ana.client.get(address, headers={"HX-Request": "true"})
    ana.client.get(f"/expedientes/{ana.number}/papeles")
    with desk.store.read() as connection:
        looks = connection.exec_driver_sql("SELECT COUNT(*) FROM audit WHERE did = 'case-seen'").scalar_one()

    assert looks == 3
