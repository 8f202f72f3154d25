"""The residence timeline in words and as a picture."""

import datetime as dt
from importlib.resources import files
from xml.etree import ElementTree as ET

import pytest
import yaml

from pipeline.letters.picture import LEFT, RIGHT, picture
from pipeline.letters.timeline import said, words

SVG = "{http://www.w3.org/2000/svg}"
FILED = dt.date(2026, 3, 16)
LANGUAGES = tuple(
    yaml.safe_load(files("pipeline.letters").joinpath("timeline.yaml").read_text("utf-8"))["words"]
)


def residence(*periods, gaps=(), overlaps=(), start=None, complete=None, window=("2025-03-16", "2026-03-16")):
    """Return a block as the contract writes it; a period is (town, from, to)."""
    return {
        "window": list(window),
        "periods": [{"municipality": town, "from": since, "to": until} for town, since, until in periods],
        "gaps": [{"from": since, "to": until, "days": days} for since, until, days in gaps],
        "overlaps": [{"from": since, "to": until, "days": days} for since, until, days in overlaps],
        "chain_start": start,
        "complete_on": complete,
    }


BROKEN = residence(
    ("Málaga", "2024-01-10", "2025-06-30"),
    ("Melilla", "2025-07-12", None),
    gaps=[("2025-06-30", "2025-07-12", 12)],
    start="2025-07-12",
    complete="2026-07-12",
)


def test_a_gap_is_said_with_its_days_between_the_stays():
    """The sentences follow the calendar: window, stay, gap, stay, chain, completion."""
    assert said(BROKEN, FILED, "es") == (
        "Año anterior a la solicitud: del 16/03/2025 al 16/03/2026.",
        "Málaga: de alta del 10/01/2024 al 30/06/2025.",
        "Hueco sin empadronamiento de 12 días: del 30/06/2025 al 12/07/2025.",
        "Melilla: de alta desde el 12/07/2025; sigue de alta.",
        "Sin interrupción hasta el día de la solicitud consta desde el 12/07/2025.",
        "El año continuado no se cumple hasta el 12/07/2026, después del día de la solicitud.",
    )


@pytest.mark.parametrize(
    ("complete", "end"),
    [
        ("2026-03-15", "antes del día de la solicitud."),
        ("2026-03-16", "el mismo día de la solicitud."),
        ("2026-03-17", "después del día de la solicitud."),
    ],
)
def test_the_day_that_completes_the_year_is_placed_to_the_day(complete, end):
    """One day before, on and after the filing day are three sentences."""
    block = residence(("Ceuta", "2025-03-15", None), start="2025-03-15", complete=complete)
    assert said(block, FILED, "es")[-1].endswith(end)


def test_one_day_is_singular():
    """A gap of one day is not "1 días"."""
    block = residence(gaps=[("2025-06-30", "2025-07-01", 1)])
    assert "de 1 día:" in said(block, FILED, "es")[1]


def test_no_certificate_is_said():
    """Without any stay the timeline says so, and that nothing reaches the filing day."""
    assert said(residence(), FILED, "en")[1:] == (
        "No certificate proves a period of registration.",
        "No registration reaches the filing day.",
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_the_same_things(language):
    """Each block has the same sentences with the same blanks as the Spanish one."""
    blanks = {name: sorted(part for part in text.split("{")[1:]) for name, text in words(language).items()}
    spanish = words("es")
    assert {name: len(found) for name, found in blanks.items()} == {
        name: text.count("{") for name, text in spanish.items()
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_picture_has_a_name_and_says_in_words_all_that_it_draws(language):
    """Who cannot see it hears the same sentences."""
    root = ET.fromstring(picture(BROKEN, FILED, language))
    assert root.get("role") == "img"
    assert root.find(f"{SVG}title").text == words(language)["title"]
    assert root.find(f"{SVG}desc").text == " ".join(said(BROKEN, FILED, language))


def test_each_kind_of_row_has_its_own_pattern_and_its_words():
    """A gap is told from a stay and a double entry without seeing colours."""
    block = residence(
        ("Málaga", "2024-01-10", "2025-06-30"),
        gaps=[("2025-06-30", "2025-07-12", 12)],
        overlaps=[("2025-01-01", "2025-02-01", 31)],
    )
    drawn = picture(block, FILED, "es")
    assert drawn.count('fill="url(#gap)"') == drawn.count('fill="url(#overlap)"') == 1
    assert "Hueco: 12 días" in drawn
    assert "Doble inscripción: 31 días" in drawn


@pytest.mark.parametrize(
    "town",
    ["<script>alert(1)</script>", "A & B", "\u202eoiratnoc", "\ufffe\ud800", "x" * 5000, "\x00\x1b[31m", ""],
)
def test_a_hostile_name_is_text(town):
    """The picture stays well formed and holds no element that the name brought."""
    root = ET.fromstring(picture(residence((town, "2020-01-01", None)), FILED, "es"))
    assert {element.tag for element in root.iter()} <= {
        f"{SVG}{name}"
        for name in ("svg", "title", "desc", "defs", "pattern", "path", "circle", "rect", "text", "polygon")
    }


@pytest.mark.parametrize(
    ("since", "until"),
    [("0001-01-01", "0001-01-02"), ("9999-12-30", "9999-12-31"), ("2025-09-01", "2025-01-01")],
)
def test_no_date_leads_out_of_the_picture(since, until):
    """The first and the last day of all time, and an end before its beginning, are drawn inside the edges."""
    root = ET.fromstring(picture(residence(("Ceuta", since, until)), FILED, "es"))
    places = [float(r.get("x")) for r in root.iter(f"{SVG}rect") if r.get("x")]
    assert places
    assert all(LEFT <= x <= RIGHT for x in places)


def test_a_year_that_begins_at_the_edge_is_written_whole():
    """Filed in autumn, the next year begins beside the edge: its number stands before the stroke."""
    block = residence(("Melilla", "2022-01-10", None), window=("2025-11-24", "2026-11-24"))
    root = ET.fromstring(picture(block, dt.date(2026, 11, 24), "es"))
    years = {one.text: one for one in root.iter(f"{SVG}text")}
    assert [years[year].get("text-anchor") for year in ("2026", "2027")] == ["start", "end"]


def test_the_picture_bears_no_style_sheet_and_asks_for_nothing():
    """A page with a strict policy shows it as it is."""
    drawn = picture(BROKEN, FILED, "es")
    assert "<style" not in drawn
    assert "style=" not in drawn
    assert "href" not in drawn
