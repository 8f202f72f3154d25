"""Lists of holidays that an office loads: beside the program's, never changing a verified one silently."""

import datetime as dt
from typing import get_args

import pytest

from pipeline.calendars import add, at_hand, loaded, said
from pipeline.errors import EnvironmentFault, UsageError
from pipeline.settings import Shelf
from validators.calendar import Calendars, Year
from validators.tables import Fault, TableError

TODAY = dt.date(2026, 11, 22)
STATE = Calendars.shipped().years["state", 2027].days


def listed(*own, verified=True, year=2027, whole=True):
    """A list of Ceuta with the days *own* (month and day), with those of the State where it is whole."""
    days = {dt.date.fromisoformat(f"{year}-{day}"): "fiesta" for day in own} | (dict(STATE) if whole else {})
    return Year(place="ceuta", year=year, verified=verified, source="BOCCE 1", days=days)


FIVE = ("03-09", "03-25", "05-17", "06-14", "08-05")


@pytest.fixture
def shelf(tmp_path):
    """An office's folder that is not there yet."""
    return Shelf(folder=tmp_path / "calendarios")


def test_an_office_without_a_folder_has_the_programs_calendars(shelf):
    """Nothing has to be made for it."""
    assert (loaded(shelf), at_hand(shelf)) == ((), Calendars.shipped())


def test_a_loaded_list_takes_the_place_of_a_draft_and_says_what_changes(shelf):
    """2 September goes from the draft of 2027, the Monday after San Antonio comes; the State's stay."""
    change = add(shelf, listed(*FIVE), replace=False, today=TODAY)
    assert (sorted(change.comes), sorted(change.goes)) == (
        [dt.date(2027, 3, 9), dt.date(2027, 6, 14)],
        [dt.date(2027, 3, 10), dt.date(2027, 9, 2)],
    )
    assert at_hand(shelf).nonworking(dt.date(2027, 6, 14), ["ceuta"])


def test_a_whole_published_list_makes_dates_firm_by_itself(shelf):
    """It names all the State's days: a draft of the State no longer makes a date provisional."""
    start = dt.date(2027, 6, 1)
    assert at_hand(shelf).add_working_days(start, 5, ["ceuta"]).provisional
    add(shelf, listed(*FIVE), replace=False, today=TODAY)
    assert not at_hand(shelf).add_working_days(start, 5, ["ceuta"]).provisional


def test_a_list_without_the_states_days_leaves_the_states_doubt(shelf):
    """The State's own list for 2027 was not seen."""
    add(shelf, listed(*FIVE, whole=False), replace=False, today=TODAY)
    assert at_hand(shelf).add_working_days(dt.date(2027, 6, 1), 5, ["ceuta"]).reason == "state 2027"


def test_a_list_with_some_of_the_states_days_leaves_the_states_doubt_too(shelf):
    """Only one that names them all is firm by itself."""
    add(shelf, listed(*FIVE, "01-01", "01-06", whole=False), replace=False, today=TODAY)
    assert at_hand(shelf).add_working_days(dt.date(2027, 6, 1), 5, ["ceuta"]).reason == "state 2027"


def test_a_verified_year_is_not_changed_without_being_told(shelf):
    """The error names the days that would change; nothing is written."""
    other = listed("03-20", "04-02", "05-27", "06-13", "08-05", "09-03", year=2026, whole=False)
    with pytest.raises(UsageError, match="02/09/2026, 03/09/2026"):
        add(shelf, other, replace=False, today=TODAY)
    assert loaded(shelf) == ()
    add(shelf, other, replace=True, today=TODAY)
    assert [one.year for one in loaded(shelf)] == [2026]


def test_a_verified_year_does_not_become_a_draft_again(shelf):
    """Even where no day changes."""
    add(shelf, listed(*FIVE), replace=False, today=TODAY)
    with pytest.raises(UsageError, match="dejaría de estarlo"):
        add(shelf, listed(*FIVE, verified=False), replace=False, today=TODAY)


def test_a_list_that_cannot_be_one_of_a_year_is_refused(shelf):
    """Six days more than the State's nine are fifteen."""
    with pytest.raises(UsageError, match="15 días con los del Estado; se esperan entre 12 y 14"):
        add(shelf, listed(*FIVE, "12-09"), replace=False, today=TODAY)


def test_a_broken_file_in_the_folder_stops_the_program_with_its_name(shelf):
    """Nothing is counted without it silently."""
    shelf.folder.mkdir()
    (shelf.folder / "ceuta_2027.yaml").write_text("place: ceuta\n")
    with pytest.raises(EnvironmentFault, match=r"ceuta_2027\.yaml, línea 1: falta la clave «year»"):
        at_hand(shelf)


def test_a_folder_that_cannot_be_written_is_said(shelf):
    """A file lies where the folder should be."""
    shelf.folder.write_text("")
    with pytest.raises(EnvironmentFault, match="No se puede escribir"):
        add(shelf, listed(*FIVE), replace=False, today=TODAY)


@pytest.mark.parametrize("fault", get_args(Fault))
def test_every_fault_of_a_list_is_said_in_spanish(fault):
    """With file and line, and none of the words that are for engineers."""
    told = said(TableError("ceuta_2027.csv", 3, "words for engineers", fault, "{about}"))
    assert told.startswith("ceuta_2027.csv, línea 3: ")
    assert "engineers" not in told
    assert len(told) > len("ceuta_2027.csv, línea 3: ")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("place: ceuta\n", "falta la clave «year»"),
        ("[", "no se puede leer como lista"),
        ("place: \xff", "ceuta_2027.yaml no se puede leer como lista"),
        ("verified: 2027-02-30", "«2027-02-30» debe ser una fecha que exista"),
    ],
)
def test_a_broken_file_is_told_without_words_for_engineers(shelf, text, why):
    """A missing key, no YAML, bytes that are no text, a day that does not exist."""
    shelf.folder.mkdir()
    (shelf.folder / "ceuta_2027.yaml").write_bytes(text.encode("latin-1"))
    with pytest.raises(EnvironmentFault, match=why):
        at_hand(shelf)
