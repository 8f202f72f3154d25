"""The documents name what is there: their links lead somewhere, their modules and commands exist."""

import re
from pathlib import Path

import click
import pytest

from desk.cli.main import gather

ROOT = Path(__file__).parents[2]
OURS = ("benchmarks", "desk", "extractors", "fixtures", "flows", "pipeline", "tests", "validators")
DOCUMENTS = sorted(
    [ROOT / "README.md", *(ROOT / "docs").rglob("*.md"), *(ROOT / "fixtures").rglob("README.md")]
)
GONE = frozenset({"pipeline/facts.py", "mrz.py"})
"""Modules that decisions tell of, and what took their place."""


@pytest.fixture(scope="module")
def modules():
    """Return where every module of the program stands."""
    return {one.relative_to(ROOT).as_posix() for top in OURS for one in (ROOT / top).rglob("*.py")}


def test_every_link_of_a_document_leads_somewhere():
    """Beside it, or in the folder that it says."""
    links = [
        (one, to) for one in DOCUMENTS for to in re.findall(r"\]\(([^)#\s:]+)(?:#[^)]*)?\)", one.read_text())
    ]

    assert [(one.name, to) for one, to in links if not (one.parent / to).exists()] == []


def test_every_module_that_a_document_names_is_there(modules):
    """By its whole path or by the end of it."""
    told = {
        (one.name, name)
        for one in DOCUMENTS
        for code in re.findall(r"`([^`\n]+)`", one.read_text())
        for name in re.findall(r"[\w/]*\w\.py\b", code)
    }
    ends = {"/".join(one.split("/")[n:]) for one in modules for n in range(one.count("/") + 1)}

    assert sorted((one, name) for one, name in told if name not in ends | GONE) == []


def test_every_command_that_a_document_names_is_there():
    """With the options that are written behind it."""
    app = gather()
    wrong = [
        (one.name, words)
        for one in DOCUMENTS
        for words in re.findall(
            r"(?:bin/|`|^\$ |^)ventanilla ((?:[a-z][\w-]*)[^\n`#|]*)", one.read_text(), re.MULTILINE
        )
        if not _is_there(app, words.split())
    ]

    assert wrong == []


def _is_there(found, words):
    """Whether the words are a command of an application, and its options."""
    while isinstance(found, click.Group) and words and words[0][0].isalpha():
        found, words = found.commands.get(words[0].strip(",.;:")), words[1:]
        if found is None:
            return False
    known = {"--help", *(one for option in found.params for one in (*option.opts, *option.secondary_opts))}
    return all(
        word.strip("[],.;:").partition("=")[0] in known for word in words if word.startswith(("--", "[--"))
    )
