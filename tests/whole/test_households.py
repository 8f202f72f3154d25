"""Whole families through the program, from their papers to the queue: findings for each person."""

import json
import subprocess
import sys
from functools import cache

import pytest

from fixtures.households import HOUSEHOLDS, household

LOOKS = (("es", "rows"), ("gl", "prose"))
CASES = {
    f"{name}-{language}-{layout}": (name, language, layout)
    for name in HOUSEHOLDS
    for language, layout in LOOKS
}
AT_NIGHT = frozenset(
    {
        "spouse-gl-prose",
        "born-gl-prose",
        "partner-es-rows",
        "partner_by_deed-gl-prose",
        "earning_child-gl-prose",
        "baby-es-rows",
        "former_spouse-gl-prose",
        "sibling-es-rows",
        "ward-gl-prose",
        "others_book-gl-prose",
    }
)
"""Families that are read by day in their other look."""
ROUNDS = {"by day": [one for one in CASES if one not in AT_NIGHT], "at night": sorted(AT_NIGHT)}
EACH = [
    pytest.param(one, marks=pytest.mark.nightly) if one in AT_NIGHT else pytest.param(one) for one in CASES
]
SURE = 0.9


@cache
def made(case):
    """Return a family's papers with what they say."""
    return household(*CASES[case])


@pytest.fixture(scope="session")
def told(tmp_path_factory):
    """Return what is told of a family: each round is one call of `process`, made once."""
    rounds = cache(lambda when: _processed(ROUNDS[when], tmp_path_factory.mktemp("households")))
    return lambda case: rounds("at night" if case in AT_NIGHT else "by day")[case]


def _processed(families, folder):
    """Return what the program tells of these families, by their names."""
    packages = [made(case).write(folder) for case in families]
    done = subprocess.run(
        [sys.executable, "-m", "desk.cli", "process", "--json", *map(str, packages)],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=280,
    )
    return dict(zip(families, json.loads(done.stdout)["cases"], strict=True))


@pytest.mark.parametrize("case", EACH)
def test_a_family_ends_where_its_papers_belong(told, case):
    """In labels or in sentences, in Spanish or in Galician, the same facts lead to the same queue."""
    assert told(case)["queue"] == made(case).queue


@pytest.mark.parametrize("case", EACH)
def test_nothing_in_a_family_paper_is_wrong_with_high_confidence(told, case):
    """What is read as sure is what the paper says: kinds, names, places, births, numbers, amounts."""
    documents = {document["file"]: document for document in told(case)["documents"]}
    for file, paper in made(case).papers.items():
        read = documents[file]
        assert read["kind"] == paper.kind
        sure = {name: field for name, field in read["fields"].items() if field["confidence"] >= SURE}
        wrong = {
            name
            for name in set(sure) & set(paper.fields)
            if _plain(sure[name]["value"], name) != _plain(paper.fields[name], name)
        }
        assert wrong == set()


@pytest.mark.parametrize("case", EACH)
def test_every_finding_can_be_followed_to_a_field_of_a_paper(told, case):
    """Evidence names documents and fields that are there."""
    shown = told(case)
    fields = {(d["id"], name) for d in shown["documents"] for name in (*d["fields"], *d.get("mentions", ()))}
    for finding in shown["findings"]:
        assert {(e["document"], e["field"]) for e in finding["evidence"]} <= fields


@pytest.mark.parametrize(
    ("case", "rule", "person", "outcome"),
    [
        ("spouse-es-rows", "AS-BEN-01", "beneficiary-1", "met"),
        ("children-gl-prose", "AS-BEN-04", "beneficiary-1", "met"),
        ("children-gl-prose", "AS-BEN-05", "beneficiary-2", "met"),
        ("children-es-rows", "AS-BEN-08", "beneficiary-2", "met"),
        ("partner-gl-prose", "AS-BEN-02", "beneficiary-1", "met"),
        ("partner_by_deed-es-rows", "AS-BEN-02", "beneficiary-1", "cure"),
        ("earning_child-es-rows", "AS-BEN-08", "beneficiary-1", "not_met"),
        ("baby-gl-prose", "AS-EDAD3-01", "beneficiary-1", "refer"),
        ("former_spouse-es-rows", "AS-BEN-03", "beneficiary-1", "review"),
        ("sibling-gl-prose", "AS-BEN-07", "beneficiary-1", "met"),
        ("ward-es-rows", "AS-BEN-06", "beneficiary-1", "met"),
        ("others_book-es-rows", "AS-BEN-04", "beneficiary-1", "cure"),
    ],
)
def test_the_finding_names_the_person(told, case, rule, person, outcome):
    """Beneficiaries go by their place in the form."""
    found = {(f["rule"], f.get("person"), f["outcome"]) for f in told(case)["findings"]}
    assert (rule, person, outcome) in found


def _plain(value, name):
    """A value without what papers are free in: the case of names, absent parts of list objects."""
    if isinstance(value, list):
        return [_plain(part, name) for part in value]
    if isinstance(value, dict):
        return {key: _plain(part, key) for key, part in value.items() if part is not None}
    named = name.endswith(("first_surname", "second_surname", "given_name", "surnames"))
    return value.casefold() if isinstance(value, str) and named else value
