"""A key opens what it was made for, to its offices, at its pace, until it is revoked."""

import datetime as dt

import pytest
from starlette.testclient import TestClient

from desk.api.keys import Right, keys, make, revoke
from desk.api.pace import Pace
from desk.api.problems import STATUS, Problem, answer, chosen
from desk.web.words import LANGUAGES, sentences
from pipeline.errors import UsageError

CASES = "/api/v1/cases"


def test_nobody_comes_in_without_a_key(office):
    """None, another's word, a cookie: all are answered alike."""
    client = TestClient(office.app, base_url="http://127.0.0.1", cookies={"ventanilla": "x"})
    answers = [
        client.get(CASES),
        client.get(CASES, headers={"Authorization": "Bearer vk_no"}),
        client.get(CASES, headers={"Authorization": "Basic dms6"}),
        client.post("/api/v1/submissions"),
    ]

    assert [one.json()["code"] for one in answers] == ["no-key"] * 4
    assert answers[0].headers["www-authenticate"] == "Bearer"
    assert answers[0].headers["content-type"] == "application/problem+json"


def test_a_key_is_kept_as_a_digest_and_shown_by_its_beginning(office):
    """Who reads the table cannot use it."""
    secret = make(office.store, "gestor", offices=["CEU01"], rights=[Right.STATUS], by="ana", at=office.now)

    (kept,) = office.rows("SELECT * FROM api_keys")
    assert secret.startswith("vk_")
    assert len(secret) == 46
    assert secret not in str(kept)
    assert keys(office.store)[0].start == secret[:9]


def test_a_key_that_was_revoked_opens_nothing(office):
    """From the next call on."""
    client = office.program("status")
    assert client.get(CASES).status_code == 200
    revoke(office.store, "gestor", by="ana", at=office.now)

    assert client.get(CASES).json()["code"] == "no-key"
    with pytest.raises(UsageError):
        revoke(office.store, "gestor", by="ana", at=office.now)
    assert office.rows("SELECT did FROM audit WHERE did LIKE 'key%'") == [("key-made",), ("key-revoked",)]


@pytest.mark.parametrize(
    ("rights", "path", "code"),
    [
        ("submit", CASES, 403),
        ("submit", f"{CASES}/CEU01-2026-000001", 403),
        ("submit", f"{CASES}/CEU01-2026-000001/findings", 403),
        ("submit", f"{CASES}/CEU01-2026-000001/receipt", 404),
        ("status", f"{CASES}/CEU01-2026-000001", 200),
        ("status", f"{CASES}/CEU01-2026-000001/receipt", 403),
        ("cases", f"{CASES}/CEU01-2026-000001", 200),
    ],
)
def test_a_key_opens_what_it_was_made_for(office, hand_in, rights, path, code):
    """And nothing else; what it was refused is kept."""
    hand_in(office.program("submit", name="otra"))
    client = office.program(rights)

    assert client.get(path).status_code == code
    refused = office.rows("SELECT who FROM audit WHERE did = 'api-refused'")
    assert refused == ([] if code == 200 else [("programa:gestor",)])


def test_a_case_of_another_office_is_not_there(office, hand_in):
    """It is answered as one that never was."""
    number = hand_in(office.program("submit", name="otra")).json()["number"]
    client = office.program("submit", "status", "cases", offices=("MEL01",))
    paths = [f"{CASES}/{number}{end}" for end in ("", "/findings", "/receipt")]

    assert [client.get(path).json()["code"] for path in paths] == ["no-case"] * 3
    assert client.get(CASES).json()["cases"] == []


def test_a_key_that_asks_too_often_is_told_to_wait(office):
    """By its own pace."""
    client = office.program("status", per_minute=2)
    answers = [client.get(CASES) for _ in range(3)]

    assert [one.status_code for one in answers] == [200, 200, 429]
    assert 1 <= int(answers[2].headers["retry-after"]) <= 30


def test_what_was_asked_comes_back_evenly():
    """Two a minute: one more after half of it."""
    seconds = [0.0]
    pace = Pace(lambda: seconds[0])
    assert [pace.wait("a", 2) for _ in range(3)] == [0.0, 0.0, 30.0]
    seconds[0] = 30.0

    assert [pace.wait("a", 2), pace.wait("b", 2)] == [0.0, 0.0]
    assert pace.wait("a", 2) == 30.0


def test_when_a_key_was_used_last_is_kept_to_the_minute(office):
    """So that a key that nobody uses is seen."""
    client = office.program("status")
    client.get(CASES)
    office.now += dt.timedelta(seconds=30)
    client.get(CASES)
    assert keys(office.store)[0].last_at == office.now - dt.timedelta(seconds=30)

    office.now += dt.timedelta(seconds=60)
    client.get(CASES)
    assert keys(office.store)[0].last_at == office.now


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "es"),
        ("gl", "gl"),
        ("en-GB,en;q=0.9,es;q=0.8", "en"),
        ("fr, gl;q=0.5, en;q=0.7", "en"),
        ("en;q=0", "es"),
        ("en;q=x", "es"),
        ("fr", "es"),
    ],
)
def test_a_problem_is_told_in_the_language_that_is_asked_for(accepted, language):
    """Spanish where none of ours is."""
    assert chosen(accepted) == language
    told = answer(Problem("no-case"), accepted)
    assert told.headers["content-language"] == language


@pytest.mark.parametrize("code", sorted(STATUS))
def test_every_problem_has_its_two_sentences(code):
    """What happened, and what to do."""
    name = code.replace("-", "_")
    assert {f"api.{name}", f"api.{name}_do"} <= set(sentences())


def test_no_sentence_is_of_no_problem():
    """The list is closed on both sides."""
    said = {name.removeprefix("api.").removesuffix("_do") for name in sentences() if name.startswith("api.")}
    assert said == {code.replace("-", "_") for code in STATUS}
    assert len(LANGUAGES) == 3
