"""No rule of docs/law.md is forgotten, and none is claimed that is not there."""

import datetime as dt
import re
from importlib.resources import files
from pathlib import Path

import pytest
import yaml

from validators.book import book
from validators.examples import examples
from validators.law import figures
from validators.notes import notes
from validators.rules import families, judgements, rules

LAW = (Path(__file__).parents[2] / "docs" / "law.md").read_text(encoding="utf-8")
LISTED = yaml.safe_load((Path(__file__).parent / "rules.yaml").read_text(encoding="utf-8"))
ID = re.compile(r"\b(?:(?:CE|AS)-[A-Z0-9]+-(?:\d+|CAL)|(?:PLZ|CAT|ENI)-(?:\d+|CAL)|GEN-[A-Z]+)\b")
TODAY = dt.date(2026, 3, 16)
WRITTEN = set(ID.findall(LAW))


def test_every_id_of_the_law_is_marked_once():
    """Rule or note: each id of docs/law.md stands in exactly one list, and nothing else does."""
    assert sorted([*LISTED["rule"], *LISTED["note"]]) == sorted(WRITTEN)
    assert list(LISTED) == ["rule", "note"]


def test_the_notes_are_those_of_section_13():
    """What has no outcome of its own, by the words of docs/law.md, and nothing more."""
    named = re.search(r"Ids without an outcome of their own \(([^)]+)\)", LAW)[1]
    starts = [
        part.strip()
        for part in named.replace("CE-PAD-03/05/07", "CE-PAD-03, CE-PAD-05, CE-PAD-07").split(",")
    ]
    assert len(starts) == 9
    assert set(LISTED["note"]) == {number for number in WRITTEN if number.startswith(tuple(starts))}


def test_what_is_marked_a_rule_is_one_and_what_is_marked_a_note_is_one():
    """The marks are what the program has: nothing is a rule in name only."""
    assert set(LISTED["rule"]) == set(rules())
    assert set(LISTED["note"]) == set(notes())
    assert {number: entry.kind for number, entry in book().items()} == {
        number: mark for mark, numbers in LISTED.items() for number in numbers
    }


@pytest.mark.parametrize("number", LISTED["rule"])
def test_a_rule_has_an_example_in_which_it_speaks(number):
    """A finding, a date or an amount."""
    assert any(example.fires(number) for example in examples())


@pytest.mark.parametrize("number", LISTED["rule"])
def test_a_rule_has_an_example_in_which_it_does_not_object(number):
    """It has nothing to say, or says that all is well."""
    said = [example.expected[number] for example in examples() if number in example.expected]
    assert any(set().union(*outcomes.values()) <= {"met"} for outcomes in said)


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


@pytest.mark.parametrize("note", notes().values(), ids=lambda note: note.id)
def test_a_note_is_explained_with_its_source(note):
    """In three languages."""
    assert note.basis
    assert all(note.text)


def test_every_entry_of_the_book_has_a_title_of_its_own():
    """Nobody takes one rule for another by its title."""
    titles = [entry.title for entry in book().values()]
    assert len(set(titles)) == len(titles)


def test_every_figure_of_the_law_belongs_to_a_rule():
    """Who explains a rule sees its figures; those of hearings and appeals are letters' alone."""
    acts = (file for file in files("validators.law").iterdir() if file.name.endswith(".yaml"))
    told = {
        (act, name)
        for act in (f.name.removesuffix(".yaml") for f in acts if "\nfigures:" in f.read_text("utf-8"))
        for name in figures(act)
        if act != "lrjs-36-2011" and not name.startswith("hearing_")
    }
    assert told == {tuple(used.name.split("/")) for entry in book().values() for used in entry.figures}
    assert told
