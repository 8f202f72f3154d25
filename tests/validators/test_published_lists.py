"""A list of holidays from outside: what is read, and what is refused with its line."""

import datetime as dt

import pytest

from validators.calendar import Calendars
from validators.calendar.files import year
from validators.calendar.published import (
    LARGEST,
    About,
    Expected,
    as_yaml,
    from_lines,
    from_yaml,
    implausible,
    on_sundays,
)
from validators.tables import TableError

CEUTA = About(place="ceuta", year=2027, source="BOCCE 6.512")
YAML = "place: ceuta\nyear: 2027\nverified: true\nsource: x\nchecked_on: 2026-10-01\ndays:\n  2027-03-25: y\n"


def lines(tmp_path, text, about=CEUTA):
    """Read *text* as the lines of a published list."""
    file = tmp_path / "list.csv"
    file.write_text(text, encoding="utf-8")
    return from_lines(file, about)


@pytest.mark.parametrize(
    "text",
    [
        "2027-03-25;Jueves Santo\n",
        "fecha;nombre\n25/03/2027;Jueves Santo\n\n",
        '25-03-2027,"Jueves Santo"\n',
        "\ufeffdata;nome\n2027-03-25;Jueves Santo;\n",
    ],
)
def test_a_list_of_lines_is_read_however_it_was_exported(tmp_path, text):
    """With a heading or without, with either mark, with a byte order mark, with three orders of a date."""
    found = lines(tmp_path, text)
    assert (found.days, found.verified) == ({dt.date(2027, 3, 25): "Jueves Santo"}, True)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("2027-02-30;x", "line 1: a line is a date and a name"),
        ("2027-03-25", "line 1: a line is a date and a name"),
        ("2027-03-25;", "line 1: a line is a date and a name"),
        ("2027-03-25;x\n2026-03-25;y", "line 2: 2026-03-25 is no day of 2027"),
        ("2027-03-25;x\n25/03/2027;y", "line 2: 2027-03-25 stands twice"),
        ("2027-03-25;x\x00y", "not printable"),
        ("2027-03-25;" + "x" * LARGEST, "larger than 64 KiB"),
    ],
)
def test_a_faulty_line_is_refused_with_its_number(tmp_path, text, complaint):
    """Nothing of the list is taken then."""
    with pytest.raises(TableError, match=complaint):
        lines(tmp_path, text)


@pytest.mark.parametrize(
    "text",
    [
        YAML.replace("ceuta", "atlantis"),
        YAML.replace("2027\n", "'2027'\n"),
        YAML.replace("2027-03-25: y", "2027-03-25: [y]"),
        YAML + "  2027-03-25: z\n",
        YAML.replace("year: 2027", "year: " + "9" * 5000),
        "[" * 10_000,
        "\x00",
    ],
)
def test_a_faulty_yaml_is_refused_and_never_an_internal_error(tmp_path, text):
    """Unknown place, wrong types, doubled days, absurd numbers, endless nesting, bytes that are no text."""
    file = tmp_path / "list.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(TableError):
        from_yaml(file)


def test_bytes_that_are_no_text_are_refused(tmp_path):
    """Another program's export in another encoding."""
    file = tmp_path / "list.yaml"
    file.write_bytes(YAML.encode().replace(b"y", b"\xff"))
    with pytest.raises(TableError):
        from_yaml(file)


@pytest.mark.parametrize(
    ("place", "days", "fits"), [("ceuta", 2, False), ("ceuta", 3, True), ("state", 5, False)]
)
def test_a_list_must_have_about_as_many_days_as_a_year(tmp_path, place, days, fits):
    """State and community make twelve, the municipality two more; nine days of 2027 are the State's."""
    text = "\n".join(f"2027-07-{5 + n:02};fiesta {n}" for n in range(days))
    listed = lines(tmp_path, text, About(place=place, year=2027, source="x"))
    found = implausible(listed, Calendars.shipped().years["state", 2027])
    assert (found is None) is fits
    assert found is None or isinstance(found, Expected)


def test_more_than_fourteen_days_are_no_list(tmp_path):
    """Nine of the State and six more."""
    listed = lines(tmp_path, "\n".join(f"2027-07-{5 + n:02};fiesta" for n in range(6)))
    assert implausible(listed, Calendars.shipped().years["state", 2027]) == Expected(15, 12, 14)


def test_a_sunday_is_told(tmp_path):
    """25 July 2027 is one."""
    assert on_sundays(lines(tmp_path, "2027-07-25;Santiago\n")) == (dt.date(2027, 7, 25),)


def test_what_is_kept_is_read_again_as_it_was(tmp_path):
    """Through the form of the shipped files, estimates and all."""
    import yaml

    shipped = Calendars.shipped().years["ceuta", 2027]
    file = tmp_path / "ceuta_2027.yaml"
    file.write_text(yaml.safe_dump(as_yaml(shipped, dt.date(2026, 11, 22)), allow_unicode=True))
    assert year(file) == shipped
