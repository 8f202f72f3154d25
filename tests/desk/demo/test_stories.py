from __future__ import annotations

import datetime as dt
import json
import zipfile
from io import BytesIO

import pytest
from pypdf import PdfReader
from stdnum.es import dni, iban, nie

from desk.demo.cases import FILED_ON, STORIES
from desk.demo.editions import blank, editions
from desk.demo.forms import fill
from desk.demo.mrz import card, check_digit, passport
from desk.demo.people import EVERYBODY, YASMINE


def test_there_is_a_story_for_every_queue_and_one_that_is_returned():
    """Approve, cure, review, refer, refuse, and a code for what cannot be received."""
    assert {story.queue for story in STORIES} == {"approve", "cure", "review", "refer", "refuse", None}
    assert [story.code for story in STORIES if story.queue is None] == ["encrypted"]


def test_a_story_is_written_with_what_the_office_says_beside_it(tmp_path):
    """The filing date and the office lie in a file beside the package."""
    path = STORIES[0].write(tmp_path)
    said = json.loads((tmp_path / f"{path.name}.presentacion.json").read_text("utf-8"))
    assert said == {"filed_on": FILED_ON.isoformat(), "office": "CEU01"}
    assert zipfile.ZipFile(path).testzip() is None


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_the_same_story_is_the_same_bytes(story):
    """Nothing in the papers depends on the clock or on chance."""
    assert story.make() == story.make()


def test_the_locked_story_cannot_be_opened():
    """The password is asked for before any page is seen."""
    reader = PdfReader(BytesIO(STORIES[-1].make()))
    assert reader.is_encrypted
    assert reader.decrypt("") == 0


@pytest.mark.parametrize("human", EVERYBODY, ids=lambda human: human.given_name)
def test_the_people_have_numbers_whose_letters_hold(human):
    """A DNI or NIE with a wrong letter would send every story to cure."""
    number = {"dni": dni, "foreigner_card": nie}[human.id_type]
    assert number.is_valid(human.id_number)


@pytest.mark.parametrize("human", [h for h in EVERYBODY if h.iban], ids=lambda human: human.given_name)
def test_the_accounts_hold(human):
    """Both the IBAN's and the bank's own digits."""
    assert iban.is_valid(human.iban)


def test_check_digits_follow_the_specimen_of_icao_9303():
    """Document, birth and expiry of the specimen passport of part 4: 6, 2 and 9."""
    assert [check_digit(field) for field in ("L898902C3", "740812", "120415")] == ["6", "2", "9"]


def test_machine_zones_have_the_lengths_of_their_formats():
    """Three lines of thirty on a card, two of forty-four in a passport."""
    until = dt.date(2031, 5, 14)
    assert [len(line) for line in card("IR", YASMINE, until)] == [30, 30, 30]
    assert [len(line) for line in passport(YASMINE, until)] == [44, 44]


def test_a_box_that_the_form_lacks_is_refused():
    """A misspelt name must not leave a box silently empty."""
    with pytest.raises(ValueError, match="no place for"):
        fill("representation_es", {"represented.colour": "red"})


@pytest.mark.parametrize("edition", sorted(editions()))
def test_the_table_names_the_widgets_of_the_blank(edition):
    """Every name of the table is in the form, and every widget of the form is in the table."""
    fields = PdfReader(BytesIO(blank(edition))).get_fields()
    assert {widget.name for widget in editions()[edition]} == set(fields)
