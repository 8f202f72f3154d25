"""A language of letters is one file of words: adding one needs no code, and a bad file is refused."""

import shutil
from importlib.resources import files
from pathlib import Path

import pikepdf
import pytest
import yaml

from pipeline.errors import UsageError
from pipeline.letters import words as module
from pipeline.letters.kinds import KINDS
from pipeline.letters.words import languages, words
from validators.tables import TableError

SHIPPED = Path(str(files("pipeline.letters").joinpath("wording")))


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Return a folder of words to add to, in the place of the shipped one."""
    place = tmp_path / "wording"
    shutil.copytree(SHIPPED, place)
    monkeypatch.setattr(module, "_folder", lambda: place)
    module.words.cache_clear()
    yield place
    module.words.cache_clear()


def added(folder, language, **changes):
    """Write a language: the Spanish file with every sentence marked as that language's."""
    table = yaml.safe_load((SHIPPED / "es.yaml").read_text(encoding="utf-8"))
    (folder / f"{language}.yaml").write_text(
        yaml.safe_dump(table | changes, allow_unicode=True), encoding="utf-8"
    )


@pytest.mark.parametrize("language", ["ca", "eu"])
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "silence"])
def test_a_language_is_added_by_its_file_alone(folder, told, page, text, language, kind):
    """The letter is set in it, tagged as it; what the rules do not say in it yet stands in Spanish."""
    added(folder, language, mark="ESBORRANY")
    made = page(told(), kind, (language,))

    assert languages() == ("es", *sorted({"gl", "en", language}))
    assert text(made).startswith("ESBORRANY")


def test_a_sentence_of_the_rules_that_the_language_lacks_is_tagged_as_spanish(folder, told, page, tmp_path):
    """A screen reader does not read it out as Catalan."""
    added(folder, "ca")
    place = tmp_path / "carta.pdf"
    place.write_bytes(page(told(), languages=("ca",)))
    with pikepdf.open(place) as pdf:
        said = {str(o.Lang) for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/Lang" in o}

    assert {"ca", "es"} <= said


@pytest.mark.parametrize("language", ["xx", "../es", ""])
def test_a_language_without_words_is_refused(language):
    """The message names those there are."""
    with pytest.raises(UsageError, match="es, en, gl"):
        words(language)


def test_a_file_that_lacks_a_sentence_is_refused(folder):
    """Nobody gets half a letter."""
    added(folder, "ca", mark="")
    with pytest.raises(TableError):
        words("ca")


def test_a_file_with_another_blank_is_refused(folder):
    """A blank that nothing fills would stop the letter on the day it is needed."""
    added(folder, "ca", page="pàgina {pagina} de {pages}")
    with pytest.raises(TableError, match=r"page: not the blanks of es\.yaml"):
        words("ca")


@pytest.mark.parametrize("language", [one for one in languages() if one != "es"])
def test_no_sentence_is_left_in_spanish(language):
    """Names of bodies and a few words that are the same aside, each language has its own sentences."""
    own, spanish = words(language).sentences, words("es").sentences
    same = {name for name, text in own.items() if text == spanish[name] and len(text.split()) > 6}

    assert {name for name in same if not name.startswith(("bodies.", "procedures."))} == set()


def test_numbers_and_dates_are_said_as_each_language_says_them():
    """Ten working days, one month, and a date with its month in letters."""
    assert [words(one).count("working_days", 10) for one in ("es", "gl", "en")] == [
        "diez días hábiles",
        "dez días hábiles",
        "ten working days",
    ]
    assert [words(one).count("months", 1) for one in ("es", "gl", "en")] == ["un mes", "un mes", "one month"]
    assert words("es").count("working_days", 17) == "17 días hábiles"
