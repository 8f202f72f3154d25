"""What `doctor` says of each register: whether it answers, how old it is, what cannot be read."""

import datetime as dt

import pytest

from desk.cli.registers import registers
from pipeline.register.chosen import Registers, Source
from pipeline.settings import Settings
from validators.dates import add_months
from validators.policy import Policy

HEADER = "provincia;municipio;identificador;nombre;apellido1;fecha_nacimiento;fecha_alta"
LINE = "51;001;X1234567L;Nadia;Benali;1985-04-03;2019-05-10"
TODAY = dt.datetime.now(dt.UTC).date()
OLDEST_DAYS = (TODAY - add_months(TODAY, -Policy().certificate_age_months)).days
"""The data of this many days ago are as old as a certificate may be."""


@pytest.fixture
def looked(tmp_path):
    """Return a function that sets one register up and looks at it as `doctor` does."""

    def look(*lines, days=0, where=None):
        place = tmp_path / "padron.csv"
        place.write_text("\n".join([HEADER, *lines, ""]), encoding="utf-8")
        source = Source(
            name="padron-ceuta",
            kind="csv",
            where=str(where or place),
            municipalities=("51/001 Ceuta",),
            ground="Ley 39/2015, art. 28.2",
            as_of=(TODAY - dt.timedelta(days=days)).isoformat(),
        )
        (check,) = registers(Settings(register=Registers(sources=(source,))))
        return check

    return look


def test_a_register_that_answers_is_well(looked):
    """The number of entries and the day of the data are told."""
    check = looked(LINE)
    assert (check.well, check.needed) == (True, False)
    assert check.seen == f"1 inscripciones, datos del {TODAY:%d/%m/%Y}"


@pytest.mark.parametrize(("days", "well"), [(OLDEST_DAYS, True), (OLDEST_DAYS + 1, False), (-1, False)])
def test_data_too_old_or_of_a_day_to_come_are_told(looked, days, well):
    """On the last day they still speak of a filing; tomorrow's do not exist."""
    assert looked(LINE, days=days).well is well


def test_lines_that_cannot_be_read_are_counted_and_not_shown(looked):
    """How many, never what stands in them."""
    check = looked(LINE, LINE.replace("2019-05-10", "31/02/2019"))
    assert (check.well, "1 líneas que no se leen" in check.seen, "Benali" in check.seen) == (
        False,
        True,
        False,
    )


def test_a_register_that_is_away_does_not_stop_the_work(looked, tmp_path):
    """It is a warning: cases go on, not checked."""
    check = looked(LINE, where=tmp_path / "no.csv")
    assert (check.well, check.needed, check.seen) == (False, False, "no se puede abrir (FileNotFoundError)")


def test_without_registers_there_is_nothing_to_say():
    """No source, no line."""
    assert list(registers(Settings())) == []
