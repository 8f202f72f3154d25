"""Identity papers of all sorts, drawn as they are printed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from extractors.kinds.identity_document import KIND
from extractors.lines import Box
from extractors.mrz.lines import zones
from extractors.reading.raster import Raster
from extractors.reading.zone.machine_zone import Rows
from tests.extractors.papers.cards import dni_back, dni_front, values


def test_both_sides_of_a_dni_on_one_page(sheet, td1):
    """Print and machine zone agree on every field."""
    pages = sheet([*dni_front(), *dni_back(td1)])
    assert KIND.starts(pages[0]) > 0.9
    assert values(pages) == {
        "document": "dni",
        "number": "00000014Z",
        "support_number": "BAA000589",
        "surnames": "LLEDÓ IBARRA",
        "given_name": "TERESA",
        "nationality": "ESP",
        "birth_date": "1980-05-03",
        "expires_on": "2030-01-01",
        "mrz_valid": True,
    }
    assert min(field.confidence for field in KIND.read(pages).values()) >= 0.97


def test_the_front_alone_has_no_machine_zone(sheet):
    """What is not on the paper is absent."""
    pages = sheet(dni_front())
    assert KIND.starts(pages[0]) > 0.9
    found = values(pages)
    assert "mrz_valid" not in found
    assert (found["document"], found["number"], found["surnames"]) == ("dni", "00000014Z", "LLEDÓ IBARRA")


def test_the_back_alone_gives_what_the_zone_says(sheet, td1):
    """A back without its front is an identity paper too."""
    pages = sheet(dni_back(td1))
    found = KIND.read(pages)
    assert KIND.starts(pages[0]) > 0.9
    assert (found["number"].value, found["birth_date"].value) == ("00000014Z", "1980-05-03")
    assert found["surnames"].confidence < found["number"].confidence


def test_the_back_continues_its_front_and_no_other(sheet, td1):
    """Two sides of one card are one document; sides of two cards are two."""
    front = sheet(dni_front())[0]
    own, other = sheet(dni_back(td1))[0], sheet(dni_back(td1, optional="00000030F"))[0]
    assert KIND.continues(own, [front]) > 0.9
    assert KIND.continues(other, [front]) == 0


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("birth_date", {"birth": "800504"}),
        ("number", {"optional": "00000030F"}),
        ("surnames", {"names": "OTRA<<TERESA"}),
    ],
)
def test_zones_that_differ_leave_a_doubt_with_both_readings(sheet, td1, field, changes):
    """Print says one thing, the machine zone another: neither wins surely."""
    found = KIND.read(sheet([*dni_front(), *dni_back(td1, **changes)]))[field]
    assert found.confidence <= 0.5
    assert {reading.reader for reading in found.readings} == {"printed", "mrz"}


def test_a_birth_of_either_century_is_unsure_until_print_settles_it(sheet, td1):
    """Two figures of a year fit a child and somebody of ninety."""
    changes = {"birth": "280503", "expiry": "300101", "nationality": "MAR", "number": "E00000589"}
    alone = KIND.read(sheet(dni_back(td1, **changes)))["birth_date"]
    both = KIND.read(sheet([*dni_front(birth="03 05 1928"), *dni_back(td1, **changes)]))["birth_date"]
    assert alone.confidence < 0.9
    assert both.value == "1928-05-03"


@pytest.mark.parametrize(
    "changes",
    [
        {"names": "CHAOUI<TAZI<<NADIA"},
        {"birth": "910218"},
        {"number": "E00000589", "optional": "X0000014A", "nationality": "MAR"},
    ],
)
def test_a_front_and_a_back_of_two_people_are_no_sure_person(sheet, td1, changes):
    """Where names, births or cards are of two people, nothing of the paper is sure."""
    found = KIND.read(sheet([*dni_front(), *dni_back(td1, **changes)]))
    assert max(field.confidence for field in found.values()) <= 0.5


def test_a_cut_machine_zone_does_not_shorten_a_surname(sheet, td1):
    """The printed surnames win, and the beginning agrees."""
    names = "LLEDO<IBARRA<DE<LA<TORRE<ALTAM"
    marks = [m if m[2] != "IBARRA" else (*m[:2], "IBARRA DE LA TORRE ALTAMIRA", 9) for m in dni_front()]
    found = KIND.read(sheet([*marks, *dni_back(td1, names=names)]))["surnames"]
    assert (found.value, found.confidence) == ("LLEDÓ IBARRA DE LA TORRE ALTAMIRA", 0.99)


def test_a_false_check_digit_is_said(sheet, td1):
    """A zone whose digits do not hold is not valid, and proves nothing."""
    marks = dni_back(td1)
    broken = [(*mark[:2], mark[2].replace("8005", "8006"), *mark[3:]) for mark in marks]
    found = KIND.read(sheet(broken))
    assert (found["mrz_valid"].value, found["mrz_valid"].confidence) == (False, 0.95)
    assert found["birth_date"].confidence <= 0.5


def test_a_wrong_check_letter_is_kept_as_read_and_doubted(sheet):
    """The clerk sees the number that the paper shows."""
    found = KIND.read(sheet(dni_front(number="00000014A")))["number"]
    assert (found.value, found.confidence) == ("00000014A", 0.4)


def test_a_zone_that_is_a_picture_on_a_page_of_text_is_read_where_it_stands(sheet, td1, monkeypatch):
    """A text layer says nothing of a picture: one large enough is looked at, and its zone is a scan's."""
    page = _with_picture(sheet, td1, monkeypatch)
    (placed,) = zones(page)
    assert (placed.zone.spanish_number, placed.reader) == ("00000014Z", "ocr")
    assert placed.box == Box(80.0, 410.0, 280.0, 440.0)
    assert values([page])["mrz_valid"] is True


@pytest.mark.parametrize("changes", [{"pictures": ()}, {"pictures": (Box(70, 400, 160, 460),)}])
def test_nothing_is_sought_where_no_picture_could_hold_a_zone(changes, sheet, td1, monkeypatch):
    """No picture, or one narrower than any zone."""
    assert zones(replace(_with_picture(sheet, td1, monkeypatch), **changes)) == ()


def test_a_picture_of_another_persons_zone_leaves_no_sure_person(sheet, td1, monkeypatch):
    """The text of one card beside the picture of the other's back."""
    page = _with_picture(
        sheet, td1, monkeypatch, optional="12345678Z", names="SOLER<VIDAL<<MARTI", birth="660709"
    )
    read = KIND.read([page])
    assert max(read[name].confidence for name in ("number", "surnames", "given_name", "birth_date")) <= 0.5


def _with_picture(sheet, td1, monkeypatch, **changes):
    """Return the text of a DNI's front on a page with a picture, in which two readers see a zone alike."""
    lines = [row[2] for row in dni_back(td1, **changes)[-3:]]
    block = Rows(tuple(lines), tuple(lines), (), (0.99,) * 3, Box(10, 10, 210, 40))
    monkeypatch.setattr("extractors.mrz.lines.blocks", lambda *_, **__: [block])
    (page,) = sheet(dni_front())
    blank = Raster(grey=np.full((842, 595), 255, np.uint8), scale=1.0)
    return replace(page, pictures=(Box(70, 400, 370, 460),), picture=lambda: blank)
