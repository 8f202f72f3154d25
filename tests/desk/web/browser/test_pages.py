"""Every page of the desk in a real browser: nothing for axe to find, no scroll sideways, no other host."""

import re

import pytest

from desk.people.accounts import by_login
from desk.people.rights import Role
from desk.web.app import DOORS
from desk.web.words import LANGUAGES

QUEUES = ("approve", "cure", "review", "refer", "refuse")
BY_DAY = {"approve", "review"}
CASE = "/expedientes/{number}"
PATHS = sorted({door.path for door in DOORS if "GET" in door.methods} - {CASE})
NO_PAGE = {
    "/healthz",
    "/readyz",
    "/gestion/{what}.csv",
    "/gestion/{what}.xlsx",
    "/caso/{id}",
    "/recursos/tema.css",
    "/entrar/proveedor",
    "/entrar/proveedor/vuelta",
    "/expedientes/{number}/paginas/{document}/{page}.jpg",
    "/expedientes/{number}/adjuntos/{sha256}",
    "/expedientes/{number}/acuses/{name}",
    "/oficina/expedientes/{number}/acuses/{name}",
}
"""What answers with something else than a page, or leads to one that is looked at under its own address."""
SENT = {"/buscar/{search}": "/buscar"}
"""Pages that only a form leads to, with the page of that form."""


def spoken(path):
    """Return the language in which a page is looked at by default: its neighbours have the others."""
    return LANGUAGES[PATHS.index(path) % len(LANGUAGES)]


def named(path):
    """Return the name under which the screen of a page is kept."""
    return re.sub(r"\W+", "-", path).strip("-") or "inicio"


def faults_of(person, path, name, status=frozenset({200, 409, 503})):
    """Open a page and return all that is wrong with it, nothing where the answer is a part of a page."""
    answer = person.open(path)
    assert answer.status in status
    if "<html" not in answer.text():
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


@pytest.fixture(scope="module")
def samples(looked_at, everybody):
    """Return what stands between the braces of addresses: a new name is taught here, or its page fails."""
    ana = everybody["es"]
    ana.open("/bandejas")
    number = looked_at.desk.numbers()["review"]
    return {
        "number": number,
        "tray": ana.page.get_attribute("tr[data-row] a[href*=review]", "href").rpartition("/")[2],
        "account": by_login(looked_at.desk.store, "todo-es").id,
        "document": "d5",
        "field": "issued_on",
        "kind": "require",
        "page": "1",
        "case": number,
    }


@pytest.mark.parametrize("path", [one for one in PATHS if one not in NO_PAGE and one not in SENT])
def test_a_page_is_accessible_narrow_and_quiet(everybody, samples, path):
    """Each in one language, its neighbours in the others; all in all of them by night."""
    language = spoken(path)

    assert faults_of(everybody[language], path.format(**samples), f"{named(path)}-{language}") == []


@pytest.mark.parametrize(
    "queue", [pytest.param(one, marks=() if one in BY_DAY else pytest.mark.nightly) for one in QUEUES]
)
def test_a_case_is_accessible_narrow_and_quiet(everybody, looked_at, queue):
    """The page of a case of each queue; by day of one to grant and of one with doubts."""
    language = LANGUAGES[QUEUES.index(queue) % len(LANGUAGES)]
    path = CASE.format(number=looked_at.desk.numbers()[queue])

    assert faults_of(everybody[language], path, f"caso-{queue}-{language}") == []


@pytest.mark.nightly
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", [CASE, *(one for one in PATHS if one not in NO_PAGE and one not in SENT)])
def test_a_page_is_accessible_in_every_language(everybody, samples, path, language):
    """Words of one language may be longer than those of another."""
    assert faults_of(everybody[language], path.format(**samples), f"{named(path)}-{language}") == []


@pytest.mark.parametrize("words", ["Chaoui", "nobody of that name"])
def test_what_was_sought_is_accessible_narrow_and_quiet(everybody, words):
    """A list with a case, and one without any."""
    ana = everybody["gl"]
    ana.open("/bandejas")

    ana.page.fill("input[type=search]", words)
    ana.page.press("input[type=search]", "Enter")
    ana.page.wait_for_url("**/buscar/*")

    assert [*ana.faults(), *ana.sideways(), *ana.troubles] == []
    assert words not in ana.page.url


@pytest.mark.parametrize("path", ["/entrar", "/ayuda", "/accesibilidad", "/datos"])
def test_what_a_stranger_sees_is_accessible_narrow_and_quiet(looked_at, path):
    """Before anybody has come in."""
    stranger = looked_at.person(language="gl")

    assert faults_of(stranger, path, f"nadie{path.replace('/', '-')}") == []


def test_a_case_that_is_not_there_is_told_accessibly(everybody):
    """The page of what cannot be."""
    assert faults_of(everybody["en"], "/expedientes/CEU01-2026-999999", "no-case-en", {404}) == []


def test_an_address_that_leads_nowhere_is_told_accessibly(looked_at):
    """To somebody who has not come in."""
    stranger = looked_at.person(language="gl")

    assert faults_of(stranger, "/no-hay-nada", "nadie-no-hay-nada", {404}) == []


def test_a_page_that_one_may_not_see_is_told_accessibly(looked_at):
    """A manager has no business with cases."""
    manager = looked_at.person("manager", login="jefa", language="gl")

    assert (
        faults_of(manager, CASE.format(number=looked_at.desk.numbers()["review"]), "no-right-gl", {403}) == []
    )


def test_a_form_of_another_page_is_told_accessibly(everybody):
    """The language cannot be changed by a form without its token."""
    ana = everybody["es"]
    ana.open("/ayuda")

    ana.page.evaluate("document.querySelector('.foot [name=csrf]').value = 'x'")
    ana.page.click(".foot button[lang=es]")
    ana.page.wait_for_selector("main .notice")

    assert [*ana.faults(), *ana.sideways()] == []
