"""`ventanilla rules`: every id of the law, as it stands on a day, and one of them explained."""

import json
import re
from pathlib import Path

import pytest

from desk.cli.main import gather
from pipeline.errors import UsageError

LAW = (Path(__file__).parents[3] / "docs" / "law.md").read_text(encoding="utf-8")
ID = re.compile(r"\b(?:(?:CE|AS)-[A-Z0-9]+-(?:\d+|CAL)|(?:PLZ|CAT|ENI)-(?:\d+|CAL)|GEN-[A-Z]+)\b")


@pytest.fixture
def said(capsys):
    """Return a function that runs a command and returns what it printed."""

    def run(*words):
        gather()(["rules", *words], standalone_mode=False)
        return capsys.readouterr().out

    return run


def test_the_list_has_every_id_of_the_law(said):
    """Each one once, marked rule or note, with a title and an article."""
    told = json.loads(said("list", "--json"))["rules"]
    assert sorted(one["id"] for one in told) == sorted(set(ID.findall(LAW)))
    assert {one["kind"] for one in told} == {"rule", "note"}
    assert all(one["title"] and one["basis"] for one in told)


def test_the_list_says_what_is_in_force_on_a_day(said):
    """The declaration of income was asked for until 14 August 2016, the free route exists since 2018."""
    before, after = (json.loads(said("list", "--on", day, "--json"))["rules"] for day in DAYS)
    held = [{one["id"]: one["in_force"] for one in told} for told in (before, after)]
    assert (held[0]["AS-ING-01"], held[1]["AS-ING-01"]) == (True, False)
    assert (held[0]["CE-SUJ-03"], held[1]["CE-SUJ-03"]) == (False, True)
    assert held[0]["CE-PAD-07"] is None


DAYS = ("2016-08-14", "2018-07-31")


def test_the_list_for_people_has_a_line_for_each(said):
    """The lines are those of the data: an id, its kind, whether it holds, title and article."""
    line = next(one for one in said("list", "--on", "2016-10-01").splitlines() if "GEN-SPLIT" in one)
    shown = "GEN-SPLIT regla en vigor Una sola solicitud (Ley 30/1992, arts. 70.2 y 73)"
    assert " ".join(line.split()) == shown


def test_a_rule_is_explained_with_its_editions_settings_and_examples(said):
    """What a lawyer asks: since when, by which article, which readings, and cases."""
    told = json.loads(said("explain", "ce-res-03", "--json"))
    assert [edition["from"] for edition in told["editions"]] == ["2014-08-07", "2016-10-02"]
    assert told["settings"][0]["settings"][0]["name"] == "policy.boundary_day"
    assert {"es", "gl", "en"} == set(told["reason"])
    assert any(example["expected"][""] == ["review"] for example in told["examples"])


def test_an_older_day_shows_the_older_article(said):
    """The article and the sentence are those of the day asked for."""
    assert "Artículo: Ley 30/1992, art. 70.1.d" in said("explain", "CE-FIR-01", "--on", "2016-10-01")


def test_a_figure_is_shown_with_its_value_on_the_day(said):
    """The fee of the convenio stands in the rule that charges it."""
    figures = json.loads(said("explain", "CE-FEE-01", "--json"))["figures"]
    assert {one["name"]: one["value"] for one in figures}["ssi-1475-2014/fee_below_age"] == "60.00"


def test_an_id_that_does_not_exist_is_refused_with_the_nearest(said):
    """A slip of the pen gets a suggestion, and the exit code of a wrong command."""
    with pytest.raises(UsageError, match="CE-RES-06") as refused:
        said("explain", "CE-RES-66")
    assert refused.value.exit_code == 2


def test_the_page_has_every_id_and_every_open_reading(said):
    """A lawyer finds all of the law on one page."""
    told = said("page")
    assert set(re.findall(r"^### ([A-Z0-9-]+):", told, re.MULTILINE)) == set(ID.findall(LAW))
    assert [int(n) for n in re.findall(r"^### (\d+)\. ", told, re.MULTILINE)] == list(range(1, 21))


@pytest.fixture
def kept(tmp_path):
    """The output of `process --json` with one case that was returned and one that was judged."""
    place = tmp_path / "casos.json"
    judged = {
        "id": "01J",
        "number": None,
        "source": {"name": "caso.zip", "sha256": "0", "bytes": 900},
        "procedure": "unknown",
        "filed_on": "2026-03-16",
        "office": None,
        "status": "routed",
        "queue": "review",
        "documents": [],
        "findings": [
            {"rule": "GEN-PROCEDURE", "outcome": "review"},
            {"rule": "GEN-SPLIT", "outcome": "cure"},
        ],
        "handed_in": {"received_on": "2026-03-16", "unpacked_bytes": 900, "said": []},
    }
    place.write_text(json.dumps({"cases": [{"status": "returned"}, judged]}), encoding="utf-8")
    return place


def test_a_replay_tells_what_would_change(said, kept):
    """The case, its queue and each rule that says something else; what was returned is not judged."""
    told = json.loads(said("replay", str(kept), "--json"))
    assert (told["judged"], told["changed"], told["queues"]) == (1, 1, {})
    split = next(one for one in told["cases"][0]["rules"] if one["rule"] == "GEN-SPLIT")
    assert (split["before"], split["after"]) == (["cure"], [])


def test_a_replay_for_people_ends_with_totals(said, kept):
    """A line for the case, one for each rule, and how many."""
    lines = said("replay", str(kept), "--filed-on", "2026-03-17").splitlines()
    assert lines[0].split() == ["caso.zip", "REVISAR", "->", "REVISAR"]
    assert "    GEN-SPLIT: subsanar -> nada" in lines
    assert lines[-1] == "1 expedientes valorados de nuevo, 1 con algún cambio"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "--stored"),
        (("casos.json", "--stored"), "--stored"),
        (("casos.json", "--set", "boundary_day=met"), "policy.NOMBRE=VALOR"),
        (("casos.json", "--set", "policy.boundary=met"), "policy.boundary_day"),
        (("casos.json", "--set", "policy.boundary_day=maybe"), "review"),
    ],
)
def test_a_replay_that_cannot_be_meant_is_refused(said, kept, words, told, monkeypatch):
    """Nothing to judge, both sources at once, a setting that does not exist or does not fit."""
    monkeypatch.chdir(kept.parent)
    with pytest.raises(UsageError, match=told):
        said("replay", *words)


def test_a_file_that_is_no_report_is_refused(said, tmp_path):
    """The message names the file."""
    (tmp_path / "otro.json").write_text("[]", encoding="utf-8")
    with pytest.raises(UsageError, match=r"otro\.json"):
        said("replay", str(tmp_path / "otro.json"))
