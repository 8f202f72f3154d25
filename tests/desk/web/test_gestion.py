"""The board of managers: who sees it, what leads from it to cases, and how numbers and charts are written."""

import datetime as dt
from fractions import Fraction

import pytest

from desk.web.gestion.charts import HEIGHT, TOP, columns
from desk.web.gestion.numbers import Numbers
from desk.web.words import LANGUAGES
from pipeline.figures.compare import Pair, Share
from tests.desk.web.conftest import OFFICES

PAGES = ("/gestion", "/gestion/plazos", "/gestion/lectura", "/gestion/oficinas")
QUESTIONS = (
    "¿Qué ha llegado?",
    "¿Qué está parado?",
    "¿Dónde están?",
    "¿Desde cuándo?",
    "¿Qué vence?",
    "¿Quién espera a quién?",
    "¿Qué leemos mal?",
    "¿Qué oficina escanea mal?",
    "¿Qué se va a incumplir?",
    "¿Qué ha cambiado?",
)


def test_the_first_screen_answers_ten_questions_in_their_order(desk):
    """Each under its own heading, with a figure."""
    page = desk.browser("manager").get("/gestion").text
    answers = page[page.index('<ol class="questions">') : page.index("</ol>")]

    assert [answers.index(question) for question in QUESTIONS] == sorted(
        answers.index(question) for question in QUESTIONS
    )
    assert answers.count('<p class="answer"><strong>') == len(QUESTIONS)


@pytest.mark.parametrize("path", PAGES)
def test_who_sees_no_case_finds_no_way_to_one(desk, path):
    """A manager reads names of trays, not addresses; numbers of late cases, not their pages."""
    desk.now += dt.timedelta(days=120)

    shown = desk.browser("manager").get(path)

    assert shown.status_code == 200
    assert "/expedientes/" not in shown.text
    assert 'href="/bandejas' not in shown.text


def test_a_count_leads_to_its_cases_for_who_may_see_them(desk):
    """A supervisor comes to the tray narrowed as the figures were, and to a late case."""
    desk.now += dt.timedelta(days=120)
    eva = desk.browser("supervisor")

    board = eva.get("/gestion?oficina=CEU01").text
    late = eva.get("/gestion/plazos").text

    assert "/bandejas/approve?oficina=CEU01" in board
    assert all(f"/expedientes/{number}" in late for number in desk.numbers().values())
    assert eva.get("/bandejas/approve?oficina=CEU01").status_code == 200


def test_figures_are_those_of_the_offices_of_the_account(desk):
    """An office that is not one's own is as if it were not there, also when the address names it."""
    mine = desk.browser("manager", offices=("MEL01",))

    own, other = mine.get("/gestion/oficinas").text, mine.get("/gestion/oficinas?oficina=CEU01").text

    assert '<th scope="row">MEL01</th>' in own
    assert f">{OFFICES[0]}<" not in own
    assert '<th scope="row">' not in other


def test_the_old_address_leads_to_the_board(desk):
    """Whoever kept it comes to the same figures."""
    assert desk.browser("manager").get("/cifras").url.path == "/gestion"


def test_a_period_that_is_not_offered_is_a_week(desk):
    """Whatever the address says."""
    ana = desk.browser("manager")

    for said in ("8", "-1", "x", "9" * 30):
        assert "frente a los 7 días anteriores" in ana.get(f"/gestion?dias={said}").text


def test_a_desk_without_a_case_says_so(desk):
    """No chart of nothing, no division by nothing."""
    of_none = desk.browser("manager", offices=("MEL99",))

    pages = [of_none.get(path) for path in PAGES]

    assert [one.status_code for one in pages] == [200] * len(PAGES)
    assert "No hay ningún expediente pendiente." in pages[0].text
    assert "Nada está parado." in pages[0].text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_chart_has_a_title_a_description_and_its_table(desk, language):
    """For who does not see it."""
    ana = desk.browser("manager", language=language)

    for path in PAGES[:2]:
        page = ana.get(path).text
        assert page.count('role="img"') == page.count("<desc") >= 1
        assert page.count("<table") >= page.count('role="img"')


def test_numbers_are_written_as_the_language_does():
    """Thousands by a dot and decimals by a comma in Spanish, the other way in English."""
    spanish, english = Numbers("es"), Numbers("en")
    share = Share(Pair(1, 1), Pair(8, 2))

    assert spanish.whole(1_234_567) == "1.234.567"
    assert english.whole(1_234_567) == "1,234,567"
    assert (spanish.percent(share), english.percent(share)) == ("12,5\N{NO-BREAK SPACE}%", "12.5%")
    assert spanish.percent(Share(Pair(), Pair())) == "-"
    assert spanish.points(share) == "\N{MINUS SIGN}37,5"
    assert spanish.change(Fraction(-1, 100)) == spanish.change(Fraction(1, 100)) == "0"
    assert (spanish.change(3), spanish.change(0), spanish.change(-3)) == ("+3", "0", "\N{MINUS SIGN}3")
    assert (spanish.part(Fraction(7)), spanish.part(Fraction(29, 3))) == ("7", "9,7")


def test_columns_stand_on_the_ground_and_reach_their_number():
    """Ten is the round number above seven: seven tenths of the height; nothing has no column."""
    chart = columns([("a", (7, 0)), ("b", (1, 10))])

    assert [(one.y, one.height, one.series) for one in chart.bars] == [
        (TOP + HEIGHT - 105, 105, 0),
        (TOP + HEIGHT - 15, 15, 0),
        (TOP, HEIGHT, 1),
    ]
    assert [(one.value, one.y) for one in chart.lines] == [(5, TOP + HEIGHT // 2), (10, TOP)]
    assert [(one.text, one.anchor) for one in chart.labels] == [("a", "start"), ("b", "end")]


def test_stacked_columns_stand_one_on_another():
    """The second begins where the first ends."""
    (lower, upper) = columns([("a", (4, 6))], stacked=True).bars

    assert lower.y == upper.y + upper.height
    assert (lower.x, lower.width) == (upper.x, upper.width)


@pytest.mark.parametrize("groups", [[], [("a", (0,))]])
def test_a_chart_of_nothing_has_its_scale_and_no_column(groups):
    """And divides by nothing."""
    chart = columns(groups)

    assert (chart.bars, [one.value for one in chart.lines]) == ((), [1, 2])
