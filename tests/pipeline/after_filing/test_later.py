"""Where letters go and to whom, once the person said so after filing."""

import datetime as dt

import pytest

from pipeline.after_filing.later import later
from pipeline.after_filing.record import After, Kind, add
from pipeline.letters.casefile import Later
from pipeline.store.cases import lines


@pytest.fixture
def said(office, pdf):
    """Return what writes entries down after filing, and says what letters are to know."""
    office.drop("a.pdf", pdf)
    office.take()
    case = lines(office.store)[0].id
    today = office.now().date()

    def told(*entries):
        with office.store.write() as connection:
            for kind, text, days in entries:
                day = today + dt.timedelta(days)
                row = After(kind=kind, entered_on=day, who="ana", at=office.now(), said={"text": text})
                add(connection, case, row)
            return later(connection, case)

    return told


def test_nothing_said_leaves_all_to_the_papers(said):
    """None is not the same as blank."""
    assert said() == Later()


def test_the_last_address_counts_by_the_day_of_its_entry(said):
    """Not by when somebody came to write it down."""
    found = said(
        (Kind.NOTICE_ADDRESS, "Calle Nueva 3\r\n51002 Ceuta\n", 2), (Kind.NOTICE_ADDRESS, "Antes 1", 1)
    )
    assert found == Later(address=("Calle Nueva 3", "51002 Ceuta"))


def test_what_is_no_address_leaves_the_place_blank(said):
    """And never the one that the person left."""
    assert said((Kind.NOTICE_ADDRESS, "x" * 121, 0)).address == ()
    assert said((Kind.NOTICE_ADDRESS, "a\nb\nc\nd\ne", 1)).address == ()


def test_a_representative_is_named_and_ended(said):
    """The last word counts."""
    assert said((Kind.REPRESENTATIVE, "Eva Ruiz", 0)) == Later(represented=True, representative="Eva Ruiz")
    assert said((Kind.REPRESENTATIVE_REMOVED, "ya no", 1)) == Later(represented=False)


def test_a_name_of_several_lines_is_left_to_be_filled_in(said):
    """Somebody represents; who, a person reads."""
    assert said((Kind.REPRESENTATIVE, "Eva\nRuiz", 0)) == Later(represented=True)
