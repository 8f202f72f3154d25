"""No rule of docs/law.md is forgotten, and none is claimed that is not there."""

import datetime as dt
import re
from pathlib import Path

import pytest
import yaml

from validators.notes import notes
from validators.rules import families, judgements, rules

LAW = (Path(__file__).parents[2] / "docs" / "law.md").read_text(encoding="utf-8")
LISTED = yaml.safe_load((Path(__file__).parent / "rules.yaml").read_text(encoding="utf-8"))
ID = re.compile(r"\b(?:(?:CE|AS)-[A-Z0-9]+-(?:\d+|CAL)|(?:PLZ|CAT|ENI)-(?:\d+|CAL)|GEN-[A-Z]+)\b")
TODAY = dt.date(2026, 3, 16)
WRITTEN = set(ID.findall(LAW))


def test_every_id_of_the_law_is_listed_once():
    """Built, computed or note: each id of docs/law.md stands in exactly one list."""
    listed = [number for group in LISTED.values() for number in group]
    assert sorted(listed) == sorted(WRITTEN)


def test_what_is_called_built_is_a_rule():
    """Every id called built has its rule, and no rule is called anything else."""
    assert set(LISTED["built"]) == set(rules())


@pytest.mark.parametrize("rule", rules().values(), ids=lambda rule: rule.id)
def test_a_rule_speaks_three_languages_and_names_its_article(rule):
    """No reason is empty, and the Galician is not a copy of the English."""
    assert all(text.strip() for text in (rule.es, rule.gl, rule.en, rule.basis))
    assert rule.en not in {rule.es, rule.gl}


@pytest.mark.parametrize("rule", rules().values(), ids=lambda rule: rule.id)
def test_the_three_reasons_leave_the_same_kind_of_blanks(rule):
    """A word that one language fills in is filled in by all, or has a form for each of them."""
    blanks = [
        {name.removesuffix(ending) for name in re.findall(r"{(\w+)}", text)}
        for text, ending in ((rule.es, "_es"), (rule.gl, "_gl"), (rule.en, "_en"))
    ]
    assert blanks[0] == blanks[1] == blanks[2]


def test_both_procedures_have_judges():
    """Neither procedure is left without rules; the unknown one has the general ones."""
    assert len(list(judgements("asistencia_sanitaria", TODAY))) > len(list(judgements("unknown", TODAY))) > 5
    assert len(list(judgements("convenio_especial", TODAY))) > len(list(judgements("unknown", TODAY)))
    assert len(families()) > 5


def test_what_is_computed_or_noted_is_explained():
    """Every other id has a note in three languages with its source."""
    assert set(notes()) == {*LISTED["computed"], *LISTED["note"]}
    assert all(note.basis and all(note.text) for note in notes().values())
