"""The look of the pages: colours that can be read, nothing from elsewhere, the body's own name and colour."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from desk.web.app import DOORS
from desk.web.frame import contrast, frame
from pipeline.errors import UsageError
from pipeline.settings import Desk

STATIC = Path("desk/web/static")
SHEETS = sorted(STATIC.glob("*.css"))
SCRIPTS = sorted(STATIC.glob("*.js"))
TEMPLATES = sorted(Path("desk/web/templates").rglob("*.html"))
TOKENS = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", STATIC.joinpath("desk.css").read_text()))
TEXT = [
    *((one, ground) for one in ("ink", "soft", "link") for ground in ("paper", "ground")),
    *((one, f"{one}-ground") for one in ("good", "care", "bad", "info")),
    *((one, "paper") for one in ("good", "care", "bad", "info", "accent")),
    *(("ink", f"{one}-ground") for one in ("good", "care", "bad", "info")),
    ("accent-ink", "accent"),
    ("ink", "focus"),
]


@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_can_be_read_on_its_ground(ink, ground):
    """WCAG 2.2, 1.4.3: 4.5 to 1."""
    assert contrast(TOKENS[ink], TOKENS[ground]) >= 4.5


@pytest.mark.parametrize("ground", ["paper", "ground"])
def test_the_edge_of_a_box_can_be_seen(ground):
    """WCAG 2.2, 1.4.11: 3 to 1."""
    assert contrast(TOKENS["edge"], TOKENS[ground]) >= 3


def test_contrast_is_that_of_the_guidelines():
    """Black on white is 21; a colour on itself is 1."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#1d4f78", "#1d4f78") == 1


@pytest.mark.parametrize("accent", ["#ffcc00", "#77aadd", "blue", "#fff", "#1d4f78; }"])
def test_a_colour_that_would_be_hard_to_read_stops_the_start(accent):
    """So does what is no colour: it goes into a sheet."""
    with pytest.raises(UsageError, match=r"desk\.accent"):
        frame(replace(Desk(), accent=accent), DOORS)


def test_the_body_gives_name_and_colour(desk):
    """They are at the head of the page, and in a sheet of their own."""
    settings = replace(
        desk.settings, desk=replace(desk.settings.desk, title="Mesa <Ceuta>", accent="#5a1a5e")
    )
    from starlette.testclient import TestClient

    from desk.web.app import application

    browser = TestClient(application(replace(desk.room, settings=settings)), base_url="http://127.0.0.1")

    assert "Mesa &lt;Ceuta&gt;" in browser.get("/entrar").text
    assert browser.get("/recursos/tema.css").text == ":root { --accent: #5a1a5e; }\n"


@pytest.mark.parametrize(
    "path", [*SHEETS, *TEMPLATES, *(one for one in SCRIPTS if "htmx" not in one.name)], ids=str
)
def test_nothing_comes_from_elsewhere_and_nothing_is_inline(path):
    """No address of another site, no style or script in the page, nothing evaluated."""
    text = path.read_text().replace("http://www.w3.org/2000/svg", "")

    assert not re.search(
        r"https?://(?!127)|@import|url\((?!#)|<style|\sstyle=|<script(?! src=)|\son\w+=\"|eval\(", text
    )


@pytest.mark.parametrize(
    "rule", ["prefers-reduced-motion", "forced-colors", "@media print", ":focus-visible"]
)
def test_the_sheet_speaks_to_other_ways_of_seeing(rule):
    """Print, few colours, little motion, keyboard."""
    assert rule in STATIC.joinpath("desk.css").read_text()


@pytest.mark.parametrize(
    "back",
    ["//evil.example", "/\\evil.example", "https://evil.example", "", "evil", "/a b", "/x\nSet-Cookie: a=b"],
)
def test_the_choice_of_a_language_leads_nowhere_else(desk, back):
    """An address of another site is not followed."""
    ana = desk.browser("reviewer")

    got = ana.post("/lengua", data={"language": "gl", "back": back, "csrf": ana.csrf}, follow_redirects=False)

    assert (got.status_code, got.headers["location"]) == (303, "/")
    assert '<html lang="gl">' in ana.get("/ayuda").text


def test_the_choice_of_a_language_comes_back_to_the_page(desk):
    """With what its address asked."""
    ana = desk.browser("reviewer")
    page = ana.get("/bandejas/approve?oficina=CEU01").text
    back = re.search(r'name="back" value="([^"]*)"', page)[1]

    assert back == "/bandejas/approve?oficina=CEU01"


def test_a_language_that_the_desk_does_not_speak_is_refused(desk):
    """And nothing changes."""
    ana = desk.browser("reviewer")

    got = ana.post("/lengua", data={"language": "fr", "back": "/", "csrf": ana.csrf})

    assert got.status_code == 400
    assert '<html lang="es">' in got.text


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        ("clerk", ["/bandejas", "/oficina"]),
        ("manager", ["/gestion", "/estado"]),
        ("administrator", ["/estado", "/cuentas", "/claves"]),
    ],
)
def test_the_head_leads_only_where_one_may_go(desk, role, seen):
    """By the rights of the account."""
    page = desk.browser(role).get("/ayuda").text
    nav = page[page.index("<nav") : page.index("</nav>")]

    assert re.findall(r'href="([^"]+)"', nav) == seen
