"""What programs are told of cases that were really read and judged, and what they are not."""

import datetime as dt
import io
import json
import zipfile

import pytest
from starlette.testclient import TestClient

from desk.api.keys import Right, make
from pipeline.webhooks.book import add
from pipeline.webhooks.deliver import deliver


def program(desk, *rights, offices=("*",), name="gestor"):
    """Return a client that holds a key."""
    given = [Right(one) for one in rights]
    key = make(desk.store, name, offices=offices, rights=given, by="ana", at=desk.now)
    headers = {"Authorization": f"Bearer {key}"}
    return TestClient(desk.app, base_url="http://127.0.0.1", headers=headers)


def values(report):
    """Return what the papers of a case say of a person: texts of some length."""
    fields = [field for paper in report["documents"] for field in paper["fields"].values()]
    return {field["text"] for field in fields if field.get("text") and len(field["text"]) > 6}


@pytest.mark.parametrize("end", ["", "/findings"])
@pytest.mark.parametrize("queue", ["approve", "cure", "review", "refer", "refuse"])
def test_a_key_without_the_right_to_cases_is_told_nothing_of_a_persons(desk, queue, end):
    """No value of a paper, no name of a file, no sentence that quotes one."""
    number = desk.numbers()[queue]
    whole = program(desk, "cases", name="entera").get(f"/api/v1/cases/{number}").json()["case"]
    told = program(desk, "status").get(f"/api/v1/cases/{number}{end}").text

    personal = {*values(whole), whole["source"]["name"], *(paper["file"] for paper in whole["documents"])}
    assert personal
    assert {one for one in personal if json.dumps(one)[1:-1] in told} == set()


def test_a_key_with_the_right_to_cases_is_told_all_in_three_languages(desk):
    """The case as in `process --json`, and every reason."""
    number = desk.numbers()["cure"]
    client = program(desk, "cases")
    found = client.get(f"/api/v1/cases/{number}/findings").json()
    case = client.get(f"/api/v1/cases/{number}").json()

    assert case["case"]["findings"] == found["findings"]
    assert all(set(one["reason"]) == {"es", "gl", "en"} for one in found["findings"])
    assert (case["queue"], case["status"]) == ("cure", "routed")
    assert case["deadlines"]["resolve_by"] == case["case"]["deadlines"]["resolve_by"]


def test_the_receipt_is_the_one_in_the_offices_folder(desk):
    """Byte for byte; a submission that there was not has none."""
    number = desk.numbers()["approve"]
    client = program(desk, "submit")
    taken = client.get(f"/api/v1/cases/{number}/receipt")
    office = desk.settings.folders.root / number[:5]

    assert taken.content == (office / "3_ACEPTADO" / number / f"ACUSE_{number}.zip").read_bytes()
    assert zipfile.ZipFile(io.BytesIO(taken.content)).testzip() is None
    later = client.get(f"/api/v1/cases/{number}/receipt", params={"submission": 2})
    assert (later.json()["code"], later.headers["retry-after"]) == ("no-receipt-yet", "60")


def test_the_list_is_turned_page_by_page_and_goes_on_later(desk):
    """Every case once, in the order of change; what changes afterwards comes after the last place."""
    client = program(desk, "status")
    seen, after, more = [], None, True
    while more:
        page = client.get("/api/v1/cases", params={"limit": 3, **({"after": after} if after else {})}).json()
        seen += [one["number"] for one in page["cases"]]
        after, more = page["next"], page["more"]
    assert sorted(seen) == sorted({*seen})
    assert {*desk.numbers().values()} <= {*seen}

    assert client.get("/api/v1/cases", params={"after": after}).json()["cases"] == []
    with desk.store.write() as connection:
        later = (desk.now + dt.timedelta(days=1)).astimezone(dt.UTC).isoformat(timespec="microseconds")
        connection.exec_driver_sql(f"UPDATE cases SET updated_at = '{later}' WHERE number = '{seen[0]}'")
    changed = client.get("/api/v1/cases", params={"after": after}).json()["cases"]
    assert [one["number"] for one in changed] == [seen[0]]


def test_since_a_moment_only_what_changed_is_listed(desk):
    """With its zone; one without is refused."""
    client = program(desk, "status")
    since = {"since": (desk.now + dt.timedelta(hours=1)).isoformat()}
    assert client.get("/api/v1/cases", params=since).json()["cases"] == []
    assert client.get("/api/v1/cases", params={"since": "2026-03-16T09:30:00"}).json()["field"] == "since"


def test_the_list_of_an_office_has_its_own_cases_alone(desk):
    """As many as it has."""
    numbers = {one["number"] for one in program(desk, "status").get("/api/v1/cases").json()["cases"]}
    own = program(desk, "status", offices=("MEL01",), name="mel").get("/api/v1/cases").json()["cases"]

    assert {one["number"] for one in own} == {number for number in numbers if number.startswith("MEL01")}


def test_every_call_is_a_row_of_the_audit(desk):
    """By program, with the case that it was about."""
    number = desk.numbers()["cure"]
    client = program(desk, "submit", "cases")
    for end in ("", f"/{number}", f"/{number}/findings", f"/{number}/receipt"):
        client.get(f"/api/v1/cases{end}")

    with desk.store.read() as connection:
        rows = connection.exec_driver_sql(
            "SELECT did, case_id IS NULL FROM audit WHERE who = 'programa:gestor' ORDER BY seq"
        )
        assert [tuple(row) for row in rows] == [
            ("api-list", True),
            ("api-status", False),
            ("api-findings", False),
            ("api-receipt", False),
        ]


def test_what_is_called_back_holds_nothing_of_a_persons(desk):
    """Every body that is owed for the seven cases, beside every value of their papers."""
    add(desk.store, "http://127.0.0.1:9/", offices=["*"], by="ana", at=desk.now)
    with desk.store.write() as connection:
        connection.exec_driver_sql("UPDATE webhooks SET seen = 0")
    deliver(desk.store, desk.settings, desk.now)

    with desk.store.read() as connection:
        bodies = "".join(connection.exec_driver_sql("SELECT body FROM calls").scalars())
        reports = connection.exec_driver_sql("SELECT report FROM cases WHERE queue IS NOT NULL").scalars()
        personal = set().union(*(values(json.loads(one)) for one in reports))
    assert bodies.count("case.routed") == len(desk.numbers()) or bodies.count("case.routed") > 4
    assert {one for one in personal if one in bodies} == set()
