"""Figures, versions and duties by date."""

import datetime as dt
from decimal import Decimal
from importlib.resources import files

import pytest

from validators.law import amount, export_duty, figure, figures, moves_freely, version, versions, whole
from validators.tables import TableError, read

FILES = (f for f in files("validators.law").iterdir() if f.name.endswith(".yaml"))
FIGURES = sorted(f.name.removesuffix(".yaml") for f in FILES if "\nfigures:" in f.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("on", "newest"),
    [
        (dt.date(2026, 3, 12), dt.date(2018, 7, 31)),
        (dt.date(2026, 3, 13), dt.date(2026, 3, 13)),
        (dt.date(2018, 7, 30), dt.date(2016, 10, 2)),
        (dt.date(2001, 1, 1), dt.date(2012, 8, 5)),
    ],
)
def test_the_version_is_the_newest_not_after_the_day(on, newest):
    """The day of a change already belongs to the new law."""
    assert version(on) == newest


def test_versions_stand_in_order():
    """The timeline of docs/law.md section 0b has its eleven dates, oldest first."""
    assert list(versions()) == sorted(versions())
    assert len(versions()) == 11


@pytest.mark.parametrize("act", FIGURES)
def test_every_figure_has_article_check_and_value(act):
    """No act's file breaks the format, and none is empty."""
    assert all(one.article and one.checked_on and one.values for one in figures(act).values())


def test_a_figure_changes_on_its_day():
    """Saturdays work until 1 October 2016 and no longer from the 2nd."""
    assert figure("ley-39-2015", "saturday_works", on=dt.date(2016, 10, 1)) is True
    assert figure("ley-39-2015", "saturday_works", on=dt.date(2016, 10, 2)) is False


def test_money_is_exact():
    """A fee is a decimal of two places, never a float."""
    assert amount("ssi-1475-2014", "fee_from_age", on=dt.date(2026, 1, 1)) == Decimal("157.00")


def test_a_figure_of_another_kind_is_refused():
    """A yes or no is no number of days."""
    with pytest.raises(TypeError):
        whole("ley-39-2015", "saturday_works", on=dt.date(2026, 1, 1))


@pytest.mark.parametrize(
    ("country", "procedure", "on", "duty"),
    [
        ("MAR", "convenio_especial", dt.date(2026, 3, 16), "required"),
        ("GBR", "convenio_especial", dt.date(2020, 12, 31), "required"),
        ("GBR", "convenio_especial", dt.date(2021, 1, 1), "review"),
        ("GBR", "asistencia_sanitaria", dt.date(2026, 3, 16), "required"),
        ("TUN", "convenio_especial", dt.date(2026, 3, 16), "review"),
        ("PAK", "convenio_especial", dt.date(2026, 3, 16), "unknown"),
        ("ESP", "asistencia_sanitaria", dt.date(2026, 3, 16), "none"),
        ("XXA", "asistencia_sanitaria", dt.date(2026, 3, 16), "none"),
    ],
)
def test_the_duty_of_export_follows_country_procedure_and_day(country, procedure, on, duty):
    """The Kingdom's duty changed on leaving; a country in no group is not guessed."""
    assert export_duty(country, procedure, on=on) == duty


def test_the_union_has_twenty_six_other_members():
    """Twenty-six members beside Spain, three of the EEA and Switzerland move freely."""
    groups = read(files("validators.law").joinpath("countries.yaml"))["groups"]
    assert len(groups["european_union"]["countries"].split()) == 26
    assert all(moves_freely(c, on=dt.date(2026, 1, 1)) for c in ["DEU", "ISL", "LIE", "NOR", "CHE"])
    assert not moves_freely("GBR", on=dt.date(2026, 1, 1))


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("a: 60.5", "line 1: write '60.5' between quotation marks"),
        ("a: 1\na: 2", "line 2: the key 'a' stands twice"),
        ("a: [1", "not readable as YAML"),
        ("- a", "line 1: the file must hold keys and values"),
        ("a: 2026-13-01", "line 1: '2026-13-01' is no date"),
    ],
)
def test_a_table_is_read_strictly(tmp_path, text, complaint):
    """What a person could mistake is an error with file and line."""
    file = tmp_path / "act.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(TableError, match=f"act.yaml, .*{complaint}".replace("[", r"\[")):
        read(file)
