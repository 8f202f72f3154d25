"""A second opinion on a scanned certificate, and what it makes of values and lists."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from random import Random

import numpy as np
import pytest

from extractors.certainty import Signals, certainty
from extractors.kinds import kinds
from extractors.lines import Word
from extractors.page import Page
from extractors.reading.files import pdf
from extractors.reading.raster import Raster
from extractors.reading.words import lettering, whole
from extractors.reading.words.opinion import Heard, heard
from extractors.reading.words.verdict import OUTVOTED
from fixtures.certificates import draw
from fixtures.people import human
from fixtures.record import Entry, Record
from fixtures.scans import scanned

SINCE, UNTIL, AGAIN = dt.date(2018, 6, 13), dt.date(2020, 3, 8), dt.date(2021, 1, 17)


@pytest.fixture(scope="module")
def paper() -> bytes:
    """Draw a certificate with a table of two stays."""
    chance = Random("opinion")
    record = Record(
        human=human(chance, "Málaga"), municipality="Málaga", province="Málaga",
        issued_on=dt.date(2026, 2, 5), form="individual", others=(), last_change_on=None, csv="",
        signed=False,
        entries=(
            Entry(since=SINCE, cause_in="residence_change", origin="Ceuta", until=UNTIL, cause_out="expiry"),
            Entry(since=AGAIN, cause_in="omission"),
        ),
    )  # fmt: skip
    return draw(chance, "stays", record, "es").data


@pytest.fixture(scope="module")
def page(paper: bytes) -> Page:
    """Scan that certificate at 300 dpi."""
    return pdf.pages(scanned(paper, Random("scan"), dpi=300))[0]


@pytest.fixture
def misread(page: Page) -> Callable[[str, str], Page]:
    """Return the scan as if its first reader had taken a word for another."""
    return lambda was, taken: replace(
        page, words=tuple(w._replace(text=taken) if w.text == was else w for w in page.words)
    )


def _word(found: Heard, near: Word) -> Word:
    return next(word for word in found.page.words if word.box == near.box)


def test_a_list_that_both_readers_see_alike_is_sure(page: Page):
    """Each stay of a clean scan is right, and as sure as what both readers say was measured to be."""
    kind = kinds()["padron_certificate"]

    periods = whole.judged([page], kind.read, kind.known)["periods"]

    told = [(one["from"], one["to"]) for one in periods.value]
    assert told == [("2018-06-13", "2020-03-08"), ("2021-01-17", None)]
    assert periods.confidence >= certainty("page", "date", Signals(0.9, "same", told=0.8))
    assert periods.confidence > whole.UNREAD


def test_figures_that_the_second_reader_sees_otherwise_are_never_sure(
    page: Page, misread: Callable[[str, str], Page]
):
    """A third look settles what stands there; a person is asked all the same, and sees both."""
    date = next(word for word in page.words if word.text == "13/06/2018")

    found = heard(misread("13/06/2018", "18/06/2018"), [date.box])

    assert _word(found, date).text == "13/06/2018"
    assert _word(found, date).confidence <= OUTVOTED < 0.9
    assert [(word.text, reader) for word, reader in found.others] == [("18/06/2018", "ocr")]


def test_a_list_with_a_misread_day_is_not_sure(misread: Callable[[str, str], Page]):
    """One day that two readers see differently holds the whole list back."""
    kind = kinds()["padron_certificate"]

    periods = whole.judged([misread("08/03/2020", "03/03/2020")], kind.read, kind.known)["periods"]

    assert periods.confidence <= OUTVOTED < 0.9


def test_a_doubtful_home_beside_a_stay_holds_back_the_home_alone():
    """In a sentence the register's stay stands among the words of the home, which are another field's."""
    chance = Random("prose")
    someone = human(chance, "Ceuta")
    record = Record(
        human=replace(someone, home=replace(someone.home, number="156", door="")),
        municipality="Ceuta", province="Ceuta", issued_on=dt.date(2026, 2, 5), csv="",
        entries=(Entry(since=SINCE, cause_in="abroad", origin="MAR"),),
    )  # fmt: skip
    (page,) = pdf.pages(scanned(draw(chance, "prose", record, "es").data, Random("scan"), dpi=300))
    words = [w._replace(text="158,", confidence=0.4) if w.text == "156," else w for w in page.words]
    kind = kinds()["padron_certificate"]

    fields = whole.judged([replace(page, words=tuple(words))], kind.read, kind.known)

    assert fields["person.address.number"].confidence < 0.9
    assert fields["periods"].confidence >= 0.9


def test_nothing_is_sure_where_a_line_was_overlooked(page: Page):
    """The second row of the table lies under no word: whoever reads the rest may miss a movement."""
    kind = kinds()["padron_certificate"]
    row = next(word for word in page.words if word.text == "17/01/2021").box
    words = tuple(word for word in page.words if not row.y0 - 2 <= word.box.middle[1] <= row.y1 + 2)

    fields = whole.judged([replace(page, words=words)], kind.read, kind.known)

    assert not lettering.of(page).unread
    assert max(field.confidence for field in fields.values()) <= whole.UNREAD


def test_a_page_of_text_is_left_as_it_is(paper: bytes):
    """Its words need no second look at a picture."""
    digital = pdf.pages(paper)[0]

    assert heard(digital, [digital.words[0].box]).page is digital


def test_figures_of_a_fax_are_sure_where_others_of_the_page_vouch_for_them(page: Page):
    """A stroke that it lost leaves no grey: a figure like no other of the page may be another one."""
    scan = page.picture()
    bits = np.where(scan.grey < 140, 0, 255).astype(np.uint8)
    fax = replace(page, picture=lambda: Raster(grey=bits, scale=scan.scale, bilevel=True))
    first = next(word for word in page.words if word.text == "13/06/2018").box
    x, y = (round(side * scan.scale) for side in (first.x0, first.y0))
    spoilt = bits.copy()
    spoilt[y - 2 : y + 40, x + 16 : x + 19] = 0  # a stroke between the first two figures
    marred = replace(page, picture=lambda: Raster(grey=spoilt, scale=scan.scale, bilevel=True))

    told, other = ({w.box: w.confidence for w in heard(one, []).page.words} for one in (fax, marred))

    last = next(word for word in page.words if word.text == "08/03/2020").box
    assert (told[first] >= 0.9, told[last] >= 0.9) == (True, True)
    assert (other[first] >= 0.9, other[last] >= 0.9) == (False, True)
