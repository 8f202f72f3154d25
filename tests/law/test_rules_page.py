"""docs/rules.md is what the program says of its own rules."""

from pathlib import Path

from desk.cli.rules_page import page

PAGE = Path(__file__).parents[2] / "docs" / "rules.md"


def test_the_page_of_the_rules_is_current():
    """Print it anew with `ventanilla rules page > docs/rules.md`."""
    assert PAGE.read_text(encoding="utf-8") == page()


def test_the_page_speaks_no_python():
    """A lawyer reads it: no braces of a sentence with blanks, no names of types, no article left out."""
    told = page()
    assert not [word for word in ("{", "}", "None", "frozenset", "dt.date", "| |") if word in told]
