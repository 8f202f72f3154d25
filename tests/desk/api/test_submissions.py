"""A program hands papers in: accepted once, in order, on the disk, whatever it sends and however often."""

import io
import json
from dataclasses import replace

import pytest

from desk.api import submissions
from pipeline.limits import Limits

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def test_what_is_handed_in_is_accepted_with_a_number(office, hand_in):
    """The row of the journal, the bytes in the store and the line of the audit are there when it is told."""
    answered = hand_in(office.program(), filed_on="2026-03-20", registry_number="R-1")

    told = answered.json()
    assert (answered.status_code, told["number"], told["kind"]) == (202, "CEU01-2026-000001", "new")
    assert answered.headers["location"] == told["links"]["case"]
    ((sha256, said),) = office.rows("SELECT sha256, said FROM submissions")
    assert office.store.blobs.verify(sha256)
    assert json.loads(said) == [{"said_by": "office", "filed_on": "2026-03-20", "registry_number": "R-1"}]
    ((who, case),) = office.rows("SELECT who, case_id FROM audit WHERE did = 'api-submitted'")
    assert (who, case) == ("programa:gestor", told["id"])


def test_the_same_word_with_the_same_form_is_answered_the_same(office, hand_in):
    """However often; it is handed in once."""
    client = office.program()
    first, again = hand_in(client), hand_in(client)

    assert (again.status_code, again.json()) == (202, first.json())
    assert ("idempotency-replayed" in first.headers, again.headers["idempotency-replayed"]) == (False, "true")
    assert office.rows("SELECT COUNT(*) FROM submissions") == [(1,)]


@pytest.mark.parametrize("other", [{"data": PDF + b"\n"}, {"name": "otro.pdf"}, {"filed_on": "2026-03-01"}])
def test_the_same_word_with_another_form_is_refused(office, hand_in, other):
    """Nothing of the second is kept."""
    client = office.program()
    hand_in(client)

    refused = hand_in(client, **other)
    assert (refused.status_code, refused.json()["code"]) == (409, "idempotency-key-reused")
    assert office.rows("SELECT COUNT(*) FROM submissions") == [(1,)]


def test_a_call_that_was_cut_off_is_ended_by_the_next(office, hand_in, monkeypatch):
    """The program dies after the acceptance and before the answer: the same word gives the same row."""
    client = office.program()
    with monkeypatch.context() as patched:
        patched.setattr(submissions, "_kept", lambda *_: 1 / 0)
        cut = hand_in(client)
    again = hand_in(client)

    assert (cut.status_code, cut.json()["code"]) == (500, "internal")
    assert (again.status_code, again.json()["kind"]) == (202, "new")
    assert office.rows("SELECT COUNT(*) FROM submissions") == [(1,)]


def test_the_same_papers_under_another_word_are_the_same_case(office, hand_in):
    """As a package that is dropped twice."""
    client = office.program()
    first, second = hand_in(client, "a").json(), hand_in(client, "b").json()

    assert (second["number"], second["kind"], second["submission"]) == (first["number"], "duplicate", 2)


def test_papers_that_answer_to_a_case_join_it(office, hand_in):
    """They name its number; one that is not there is refused, and the word may be used again."""
    client = office.program()
    number = hand_in(client).json()["number"]
    wrong = hand_in(client, "b", data=PDF + b"2", answers="CEU01-2026-000099")
    right = hand_in(client, "b", data=PDF + b"2", answers=number)

    assert (wrong.status_code, wrong.json()["code"]) == (404, "no-case")
    assert (right.json()["number"], right.json()["kind"]) == (number, "answer")


def test_several_files_are_one_case(office):
    """As a folder is; two of the same name keep both."""
    files = [("file", ("a.pdf", PDF)), ("file", ("a.pdf", PDF + b"2"))]
    client = office.program()
    answered = client.post("/api/v1/submissions", files=files, headers={"Idempotency-Key": "a"})

    assert answered.status_code == 202
    assert office.rows("SELECT name FROM originals ORDER BY position") == [("a.pdf",), ("a (2).pdf",)]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"filed_on": "20/03/2026"}, "filed_on"),
        ({"procedure": "otra"}, "procedure"),
        ({"fecha": "2026-03-20"}, "fecha"),
        ({"remarks": "x" * 4001}, "remarks"),
    ],
)
def test_a_field_that_will_not_do_is_named(office, hand_in, fields, field):
    """Also one that nobody knows: it may be a slip that loses a date."""
    refused = hand_in(office.program(), **fields)

    assert (refused.status_code, refused.json()["field"]) == (422, field)
    assert office.rows("SELECT COUNT(*) FROM submissions") == [(0,)]


def test_the_office_is_named_where_the_key_is_of_several(office, hand_in):
    """And only an office of the key, that is there."""
    client = office.program(offices=("CEU01", "MEL01"))
    everywhere = office.program(offices=("*",), name="todas")

    assert hand_in(client).json()["field"] == "office"
    assert hand_in(client, office="MEL01").json()["number"] == "MEL01-2026-000001"
    assert hand_in(client, office="XXX01").json()["code"] == "no-office"
    assert hand_in(everywhere, office="../x").json()["field"] == "office"


def test_without_a_word_nothing_is_taken(office):
    """Who repeats a call that was cut off would hand in twice."""
    refused = office.program().post("/api/v1/submissions", files=[("file", ("a.pdf", PDF))])

    assert (refused.status_code, refused.json()["code"]) == (400, "no-idempotency-key")


@pytest.mark.parametrize(
    ("limits", "code"),
    [(Limits(package=20), "too-large"), (Limits(members=0), "too-many-files")],
)
def test_more_than_a_package_may_have_is_refused(office, hand_in, limits, code):
    """With the contract's words for it."""
    office.room = replace(office.room, settings=replace(office.settings, limits=limits))
    from desk.web.app import application

    office.app = application(office.room)
    refused = hand_in(office.program())

    assert (refused.status_code, refused.json()["code"]) == (413, code)
    assert office.rows("SELECT COUNT(*) FROM submissions") == [(0,)]


def test_a_share_that_is_away_takes_nothing_in(office, hand_in):
    """It is told to come later, with the same word."""
    folders = office.settings.folders.root
    folders.rename(folders.with_name("ausente"))
    client = office.program()
    refused = hand_in(client)
    folders.with_name("ausente").rename(folders)

    assert (refused.status_code, refused.json()["code"]) == (503, "unavailable")
    assert refused.headers["retry-after"] == "60"
    assert hand_in(client).status_code == 202


def test_what_is_no_form_is_refused(office):
    """Also one that breaks off."""
    client, word = office.program(), {"Idempotency-Key": "a"}
    plain = client.post("/api/v1/submissions", content=b"x", headers=word)
    cut = {**word, "Content-Type": "multipart/form-data; boundary=x"}
    broken = client.post(
        "/api/v1/submissions", content=io.BytesIO(b"--x\r\nContent-Disposition"), headers=cut
    )

    assert (plain.status_code, broken.status_code) == (415, 422)
    assert office.rows("SELECT COUNT(*) FROM submissions") == [(0,)]


def test_all_of_it_stands_on_postgresql_too(tmp_path, postgres_store_url, hand_in, office_at):
    """Keys, handing in once, status and list."""
    with office_at(tmp_path, postgres_store_url) as office:
        client = office.program()
        first, again = hand_in(client).json(), hand_in(client).json()
        case = client.get(first["links"]["case"]).json()
        listed = client.get("/api/v1/cases").json()["cases"]

    assert (first, case["status"]) == (again, "accepted")
    assert [one["number"] for one in listed] == [first["number"]]
