"""What is shipped for those who watch names nothing that the program does not tell."""

import json
import re
from pathlib import Path

import pytest
import yaml

from pipeline.measures.names import MEASURES, PREFIX
from pipeline.settings import load

DOCS = Path(__file__).parents[3] / "docs"
RULES = DOCS / "operations" / "prometheus" / "ventanilla.rules.yml"
BOARD = DOCS / "operations" / "grafana" / "ventanilla.json"
NAMED = re.compile(rf"{PREFIX}[a-z_]+")
LABEL = re.compile(rf"({PREFIX}[a-z_]+)\{{([^}}]*)\}}")


def rules():
    """Return the alarms."""
    (group,) = yaml.safe_load(RULES.read_text(encoding="utf-8"))["groups"]
    return group["rules"]


def asked():
    """Return every question that board and alarms ask."""
    panels = json.loads(BOARD.read_text(encoding="utf-8"))["panels"]
    return [t["expr"] for panel in panels for t in panel["targets"]] + [rule["expr"] for rule in rules()]


def measure(name):
    """Return the measure that a name of a sample is of."""
    bare = name.removeprefix(PREFIX)
    return MEASURES[bare if bare in MEASURES else bare.removesuffix("_bucket")]


def test_board_and_alarms_ask_for_measures_that_are_told():
    """By names and labels of the list; `le` is that of histograms."""
    wrong = [
        (name, label)
        for question in asked()
        for name, labels in LABEL.findall(question)
        for label in re.findall(r"(\w+)[=!]", labels)
        if label not in {*measure(name).labels, "le"}
    ]

    assert len(asked()) > 30
    assert all(measure(name) for question in asked() for name in NAMED.findall(question))
    assert wrong == []


def test_every_measure_is_watched_by_somebody():
    """But what is there to look up: what counting costs, and the release."""
    named = {
        n.removeprefix(PREFIX).removesuffix("_bucket")
        for question in asked()
        for n in NAMED.findall(question)
    }

    assert set(MEASURES) - named == {"collected_seconds", "release_info"}


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule["alert"])
def test_each_alarm_says_what_it_is_and_what_to_do(rule):
    """A sentence in Spanish, and a part of docs/monitoring.md under its name with more than its title."""
    page = (DOCS / "monitoring.md").read_text(encoding="utf-8")
    said = page.partition(f"### {rule['alert']}\n")[2].partition("\n#")[0]

    assert len(rule["annotations"]["summary"]) > 20
    assert rule["annotations"]["runbook"] == f"docs/monitoring.md#{rule['alert'].lower()}"
    assert len(said.split()) > 8


def test_the_page_tells_every_measure():
    """With its labels and what it tells, word for word."""
    page = (DOCS / "monitoring.md").read_text(encoding="utf-8")

    missing = [
        name
        for name, told in MEASURES.items()
        if f"| `{PREFIX}{name}` |" not in page or told.help not in page
    ]

    assert missing == []


def test_the_settings_of_the_page_are_taken(tmp_path):
    """Every block of the page that is a part of ventanilla.toml."""
    page = (DOCS / "monitoring.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```\n(\[.*?)```", page, re.DOTALL)
    (tmp_path / "ventanilla.toml").write_text("\n".join(blocks), encoding="utf-8")

    found = load(environ={}, folder=tmp_path)

    assert len(blocks) == 2
    assert found.metrics.port == 9464
    assert found.digest.receivers[0].calendars == ("ceuta",)
