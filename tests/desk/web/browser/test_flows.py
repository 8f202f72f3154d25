"""Whole ways through the desk, by keyboard alone, in a real browser."""

import datetime as dt
import re

import pytest

from desk.web.help import SHORTCUTS

PASSWORD = "una larga frase de paso"
PLACE = "document.activeElement.closest('[data-field]').querySelector('[data-place]').dataset.place"


def settled(person, what):
    """Wait until the page shows *what*."""
    person.page.wait_for_selector(what)


def steps(person, *keys):
    """Press keys that each open a page, and wait for it."""
    for key in keys:
        with person.page.expect_navigation():
            person.press(key)


def down_to(person, words):
    """Press J until the focus is on *words*."""
    for _ in range(150):
        person.press("j")
        if person.focus() == words:
            break


def stand_of(house, number):
    """Return stage and revision of a case."""
    with house.desk.store.read() as connection:
        query = "SELECT stage, revision, queue FROM cases WHERE number = :number"
        return connection.exec_driver_sql(query.replace(":number", f"'{number}'")).one()


def test_somebody_comes_in_by_keyboard(house):
    """The first box has the focus; Tab and Enter do the rest."""
    house.desk.account("reviewer")
    ana = house.person()
    ana.open("/")

    ana.page.keyboard.type("ana")
    ana.press("Tab")
    ana.page.keyboard.type(PASSWORD)
    steps(ana, "Enter")

    assert ana.page.url.endswith("/bandejas")


def test_a_clean_case_goes_from_the_trays_to_decided_in_eight_keys(house):
    """G B, three rows down, Enter, next, choose, save; and U takes it back."""
    ana = house.person("reviewer")
    number = house.desk.numbers()["approve"]
    ana.open("/bandejas")

    ana.press("j")
    steps(ana, "Enter", "s")
    opened = ana.page.url
    ana.press("o")
    steps(ana, "s")

    assert number in opened
    assert number in ana.page.inner_text(".recent")
    ana.screen("deshacer-es")
    steps(ana, "u")
    assert number in ana.page.url
    assert ana.page.locator("#decide-form").count() == 1
    assert ana.troubles == []


def test_the_field_that_is_chosen_shows_its_box(house):
    """J goes through the doubtful fields, and the picture follows; F2 goes to the box."""
    ana = house.person("reviewer")
    ana.open(f"/expedientes/{house.desk.numbers()['review']}")

    ana.press("j")
    first = ana.page.evaluate(PLACE)
    settled(ana, f'#image [data-shown="{first}"] .chosen')
    ana.press("j")
    following = ana.page.evaluate(PLACE)
    settled(ana, f'#image [data-shown="{following}"] .chosen')
    ana.press("F2")

    assert following != first
    assert ana.page.evaluate("document.activeElement.closest('#image') !== null")
    assert ana.troubles == []


def test_a_field_is_set_right_by_keyboard_and_the_verdict_is_told(house):
    """E opens the box, Enter saves, and the focus is where the new verdict stands."""
    ana = house.person("reviewer")
    number = house.desk.numbers()["review"]
    before = stand_of(house, number).revision
    ana.open(f"/expedientes/{number}")

    ana.press("d")
    down_to(ana, "Institución")
    ana.press("e")
    settled(ana, ".edit input:focus")
    assert ana.faults() == []
    ana.page.keyboard.type("Otra institución")
    steps(ana, "Enter")

    assert stand_of(house, number).revision > before
    assert "Otra institución" in ana.page.inner_text("#fields")
    settled(ana, "#fields [data-say]:focus")
    assert [*ana.faults(), *ana.troubles] == []


def test_what_is_typed_wrong_is_told_where_it_is_and_kept(house):
    """The summary of errors has the focus, and leads to the field."""
    ana = house.person("reviewer")
    ana.open(f"/expedientes/{house.desk.numbers()['review']}/campos/d5/issued_on")

    ana.page.fill("#value", "31/02/2026")
    ana.press("Enter")
    settled(ana, ".errors")

    assert ana.page.input_value("#value") == "31/02/2026"
    assert "error" in ana.page.get_attribute("#value", "aria-describedby")
    assert ana.page.evaluate("document.activeElement.classList.contains('errors')")
    assert [*ana.faults(), *ana.sideways(), *ana.troubles] == []


def test_two_people_on_one_case_lose_nothing(house):
    """The second is told of the first, with both versions, and nothing of the first is overwritten."""
    ana = house.person("reviewer")
    eva = house.person("reviewer", login="eva", language="gl")
    path = f"/expedientes/{house.desk.numbers()['review']}/campos/d4/institution"
    ana.open(path)
    eva.open(path)

    ana.page.fill("#value", "La primera")
    steps(ana, "Enter")
    eva.page.fill("#value", "La segunda")
    eva.press("Enter")
    settled(eva, "main .notice.error, main .errors")

    told = eva.page.inner_text("main")
    eva.screen("conflicto-gl")
    assert "La primera" in told
    assert "La segunda" in told + eva.page.input_value("#value")
    assert [*eva.faults(), *eva.sideways(), *eva.troubles] == []


def test_a_session_that_ended_keeps_what_was_typed(house):
    """The entrance holds the form, and it is sent after the same person comes in again."""
    ana = house.person("reviewer")
    number = house.desk.numbers()["review"]
    ana.open(f"/expedientes/{number}/campos/d4/institution")
    ana.page.fill("#value", "Otra institución")

    house.desk.now += dt.timedelta(hours=1)
    steps(ana, "Enter")
    assert [*ana.faults(), *ana.sideways()] == []
    ana.screen("sesion-es")
    ana.page.fill("#login", "ana")
    ana.page.fill("#password", PASSWORD)
    steps(ana, "Enter")
    ana.page.wait_for_url(re.compile(f"/expedientes/{number}"))

    assert "Otra institución" in ana.page.inner_text("#fields")


def test_shortcuts_can_be_switched_off(house):
    """Who dictates, or has keys of their own, presses nothing by chance (WCAG 2.2, 2.1.4)."""
    ana = house.person("reviewer")
    ana.open("/cuenta")
    ana.page.locator("input[name=shortcuts]").uncheck()
    ana.page.locator("input[name=shortcuts]").press("Enter")
    ana.page.wait_for_load_state()

    ana.open(f"/expedientes/{house.desk.numbers()['approve']}")
    ana.press("c", "j", "o")

    assert ana.page.evaluate("document.activeElement === document.body")
    assert not ana.page.locator("kbd.key").first.is_visible()


def test_no_key_acts_while_somebody_types(looked_at):
    """Letters typed in a box are letters."""
    ana = looked_at.person("reviewer", login="teclas")
    ana.open("/bandejas")

    ana.press("/")
    ana.page.keyboard.type("jeams gb?")

    assert ana.page.input_value("input[type=search]") == "jeams gb?"
    assert ana.page.url.endswith("/bandejas")
    ana.press("Escape")
    ana.press("?")
    ana.page.wait_for_url("**/ayuda")


def test_a_screen_reader_hears_value_and_certainty_of_each_field(looked_at):
    """Each field says what was read, how surely, from what, and in what state."""
    ana = looked_at.person("reviewer", login="lector")
    ana.open(f"/expedientes/{looked_at.desk.numbers()['review']}")

    ana.press("d")
    down_to(ana, "Institución")
    heard = ana.page.locator("#fields").aria_snapshot()

    assert re.search(r"Instituci.n.*Caisse Nationale", heard, re.DOTALL)
    assert re.search(r"85 % \w+ · texto del PDF", heard)
    assert re.search(r'link "Editar.*: Instituci', heard)


def test_the_desk_works_without_scripts(house):
    """Plain forms and pages: a case is opened, a field set right, a decision taken."""
    ana = house.person("reviewer", java_script_enabled=False)
    number = house.desk.numbers()["approve"]
    ana.open(f"/expedientes/{number}?bandeja=approve")

    ana.page.check("#decide-kind")
    with ana.page.expect_navigation():
        ana.page.click("#decide-form button:not([formaction])")

    assert number in ana.page.inner_text(".recent")


def test_every_shortcut_that_the_help_tells_stands_on_a_page(looked_at):
    """A key in the help that no page has would be a promise not kept."""
    ana = looked_at.person("supervisor", "clerk", login="todas-las-teclas")
    found = set()
    numbers = looked_at.desk.numbers()
    for path in ("/bandejas", "/bandejas/approve", f"/expedientes/{numbers['review']}"):
        ana.open(path)
        found |= set(
            ana.page.evaluate("[...document.querySelectorAll('[data-key]')].map((one) => one.dataset.key)")
        )
    told = {key.lower() for keys in SHORTCUTS.values() for one in keys for key in one.keys}
    built_in = {"j", "k", "f2", "esc", "help.enter", "help.shift_arrows", "← ↑ → ↓", "1-9"}
    later = {"u", "n", "p"}

    assert told - built_in - later - found == set()


def test_a_doubtful_case_is_settled_by_keyboard(house):
    """The doubts are ticked, the reason is chosen and told, and the case is granted against the proposal."""
    ana = house.person("reviewer")
    number = house.desk.numbers()["review"]
    ana.open(f"/expedientes/{number}")

    ana.press("o", "Space", "t", "t", "r", "ArrowDown", "Tab")
    ana.page.keyboard.type("Visto el padrón: la baja y el alta son del mismo traslado.")
    ana.press("Escape")
    steps(ana, "s")

    assert "Visto el padrón" in ana.page.inner_text("#decide")
    assert [*ana.faults(), *ana.sideways(), *ana.troubles] == []


def test_a_decision_that_cannot_be_is_told_and_nothing_is_lost(house):
    """Without the doubts ticked it is refused; the summary has the focus."""
    ana = house.person("reviewer")
    ana.open(f"/expedientes/{house.desk.numbers()['review']}")

    ana.press("o", "Space", "r", "Tab")
    ana.page.keyboard.type("Mi motivo")
    ana.press("Escape")
    steps(ana, "s")

    assert ana.page.input_value("#decide-text") == "Mi motivo"
    assert ana.page.evaluate("document.activeElement.classList.contains('errors')")
    assert [*ana.faults(), *ana.sideways(), *ana.troubles] == []


@pytest.mark.parametrize("language", ["es", "gl", "en"])
def test_the_language_is_chosen_before_and_after_coming_in(house, language):
    """The foot of every page has the three."""
    stranger = house.person()
    stranger.open("/entrar")

    with stranger.page.expect_navigation():
        stranger.page.click(f".foot button[lang={language}]")

    assert stranger.page.get_attribute("html", "lang") == language
    assert stranger.page.url.endswith("/entrar")
