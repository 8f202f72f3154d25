"""What cannot be set right, by whom not, and what a drawn box only proposes."""

import pytest
import sqlalchemy as sa

from pipeline.store.check import look_over
from pipeline.store.schema import cases
from tests.desk.web.mending import MALAGA, MELILLA, STAY, Mender, closed


@pytest.fixture
def ana(desk):
    """Return a reviewer at the case that is in review for its residence."""
    return Mender(desk, "review")


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
