"""Every page of the desk, in a real browser: nothing for axe to find, no scroll sideways, nobody else asked."""

import re

import pytest

from desk.people.rights import Role
from desk.web.app import DOORS
from desk.web.words import LANGUAGES

NAMES = {"number": ("approve", "cure", "review", "refer", "refuse")}
"""What stands in an address: a case of each queue."""
SAMPLES = {}
"""What else stands in addresses, by the name between braces."""
READ = [door for door in DOORS if "GET" in door.methods]
SIMPLE = [door.path for door in READ if "{" not in door.path]
OF_CASES = [door.path for door in READ if re.findall(r"{(\w+)}", door.path) == ["number"]]


def seen(person, path, name):
    """Open a page and return all that is wrong with it, nothing where the answer is no page."""
    answer = person.open(path)
    if "text/html" not in answer.headers["content-type"] or "<html" not in answer.text():
        return []
    person.screen(name)
    faults = [*person.faults(), *(f"too wide: {one}" for one in person.sideways()), *person.troubles]
    return [f"{path}: {one}" for one in faults]


@pytest.fixture(scope="module")
def everybody(looked_at):
    """Return one person of every role for each language."""
    return {
        language: looked_at.person(*Role, login=f"todo-{language}", language=language)
        for language in LANGUAGES
    }


@pytest.mark.parametrize("path", SIMPLE)
def test_a_page_is_accessible_narrow_and_quiet(everybody, path):
    """Each page in one language by default, another for its neighbour."""
    language = LANGUAGES[SIMPLE.index(path) % len(LANGUAGES)]

    assert seen(everybody[language], path, f"{path.strip('/').replace('/', '-') or 'inicio'}-{language}") == []


@pytest.mark.parametrize("queue", NAMES["number"])
@pytest.mark.parametrize("path", OF_CASES)
def test_a_page_of_a_case_is_accessible_narrow_and_quiet(everybody, looked_at, path, queue):
    """A case of each queue."""
    language = LANGUAGES[NAMES["number"].index(queue) % len(LANGUAGES)]
    number = looked_at.desk.numbers()[queue]
    name = path.replace("/expedientes/{number}", "caso").replace("/", "-")

    assert seen(everybody[language], path.replace("{number}", number), f"{name}-{queue}-{language}") == []


@pytest.mark.parametrize("path", ["/entrar", "/ayuda", "/accesibilidad", "/datos", "/no-hay-nada"])
def test_what_a_stranger_sees_is_accessible_narrow_and_quiet(looked_at, path):
    """Before anybody has come in."""
    stranger = looked_at.person(language="gl")

    assert seen(stranger, path, f"nadie{path.replace('/', '-')}") == []


def test_a_case_that_is_not_there_is_told_accessibly(everybody):
    """The page of what cannot be."""
    assert seen(everybody["en"], "/expedientes/CEU01-2026-999999", "no-case-en") == []


def test_every_address_with_a_name_in_it_is_looked_at_somewhere():
    """A new kind of address is taught to these tests, or fails here."""
    unknown = [
        door.path for door in READ if set(re.findall(r"{(\w+)}", door.path)) - {*NAMES, *SAMPLES}
    ]

    assert unknown == []
