"""The committed submissions through `process`: the contract's shape, and nothing wrong and sure."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.reasons import reasons

FIXTURES = Path(__file__).parents[2] / "fixtures"
PACKAGES = sorted(p for p in (FIXTURES / "submissions").iterdir() if p.suffix in {".zip", ".pdf"})
TRUTHS = {
    path.stem: json.loads(path.read_text(encoding="utf-8")) for path in (FIXTURES / "truth").glob("*.json")
}
OUTCOMES = {"met", "notice", "cure", "review", "refer", "not_met"}
QUEUES = {"approve", "cure", "review", "refer", "refuse"}
NAMES = ("first_surname", "second_surname", "given_name", "surnames")


@pytest.fixture(scope="session")
def told(tmp_path_factory):
    """Every committed submission, by the stem of its name, through one call."""
    done = subprocess.run(
        [sys.executable, "-m", "desk.cli", "process", "--json", *map(str, PACKAGES)],
        cwd=tmp_path_factory.mktemp("empty"),
        capture_output=True,
        text=True,
        check=False,
        timeout=250,
    )
    answer = json.loads(done.stdout)
    assert answer["schema_version"] == 1
    return {Path(case["source"]["name"]).stem: case for case in answer["cases"]}


@pytest.mark.parametrize("package", [p.stem for p in PACKAGES])
def test_a_case_has_the_contracts_keys(told, package):
    """Others' programs read these names to the letter."""
    case = told[package]

    assert {
        "id",
        "number",
        "source",
        "procedure",
        "filed_on",
        "office",
        "status",
        "returned",
        "queue",
        "documents",
        "findings",
        "residence",
        "deadlines",
        "fee",
    } <= set(case)
    assert set(case["source"]) == {"name", "sha256", "bytes"}
    assert (case["status"] == "returned") == (case["queue"] is None) == (case["returned"] is not None)
    assert case["queue"] in {*QUEUES, None}
    assert case["returned"] is None or case["returned"]["code"] in reasons()


@pytest.mark.parametrize("package", sorted(TRUTHS))
def test_every_finding_names_its_article_and_evidence_that_exists(told, package):
    """A reason can be followed to the page; every reason is there in three languages."""
    case = told[package]
    fields = {(d["id"], name) for d in case["documents"] for name in (*d["fields"], *d.get("mentions", ()))}

    for finding in case["findings"]:
        assert finding["outcome"] in OUTCOMES
        assert finding["basis"]
        assert all(finding["reason"][language].strip() for language in ("es", "gl", "en"))
        assert {(e["document"], e["field"]) for e in finding["evidence"]} <= fields


def test_a_timeline_is_told_in_each_language(told):
    """The gap of a case stands in words too, in the languages of its reasons."""
    text = told["gap_013"]["residence"]["text"]
    assert set(text) == {"es", "gl", "en"}
    assert all("13" in sentences[2] for sentences in text.values())


def test_a_deadline_names_its_rules_and_the_days_that_did_not_count(told):
    """A clock is told by its rules in each language, with articles; a holiday by its name and place."""
    clock = told["complete_011"]["deadlines"]
    said = {one["rule"]: one for one in clock["rules"]}
    assert {"PLZ-01", "PLZ-04", "PLZ-10", "PLZ-11", "PLZ-16", "CE-RESOL-01"} <= set(said)
    assert all(one["basis"] and set(one["reason"]) == {"es", "gl", "en"} for one in said.values())
    assert {
        "date": "2026-10-12",
        "why": "holiday",
        "name": "Fiesta Nacional de España",
        "place": "state",
    } in (clock["days_off"])


@pytest.mark.parametrize("package", sorted(TRUTHS))
def test_every_field_stands_on_its_page(told, package):
    """Boxes are points on the page as seen, pages count from 1."""
    for document in told[package]["documents"]:
        for field in document["fields"].values():
            left, top, right, bottom = field["box"]
            assert field["page"] in document["pages"]
            assert 0 <= left <= right <= 1200
            assert 0 <= top <= bottom <= 1200
            assert 0 <= field["confidence"] <= 1


@pytest.mark.parametrize("package", sorted(TRUTHS))
def test_nothing_is_wrong_with_high_confidence(told, package):
    """The worst outcome of all: a value the program would act on and that the paper does not say."""
    assert list(_wrong(told[package], TRUTHS[package])) == []


@pytest.mark.parametrize("package", sorted(TRUTHS))
def test_a_case_is_in_its_queue_or_with_a_person_and_never_approved_wrongly(told, package):
    """What is not in its own queue waits in `review`, or asks for a paper again."""
    queue, right = told[package]["queue"], TRUTHS[package].get("queue")

    assert queue in {right, "review"} or (queue, right) == ("cure", "approve")


@pytest.mark.parametrize("package", [name for name, truth in sorted(TRUTHS.items()) if truth.get("returned")])
def test_what_cannot_be_received_goes_back_with_its_code(told, package):
    """One code of the closed list, the one that the truth names."""
    assert told[package]["returned"]["code"] == TRUTHS[package]["returned"]


def _wrong(case, truth):
    """The fields that were given at 0.9 or more and differ from the truth."""
    for paper in truth["documents"]:
        given = {}
        for document in case["documents"]:
            if document["file"] == paper["file"]:
                given |= document["fields"]
        for name, value in paper["fields"].items():
            found = given.get(name)
            if found and found["confidence"] >= 0.9 and _plain(name, found["value"]) != _plain(name, value):
                yield paper["file"], name, found["value"], value


def _plain(name, value):
    """A value without what papers are free in: the case of names, absent parts of list objects."""
    if isinstance(value, list):
        return [_plain(name, part) for part in value]
    if isinstance(value, dict):
        return {key: _plain(key, part) for key, part in value.items() if part is not None}
    return value.casefold() if isinstance(value, str) and name.endswith(NAMES) else value
