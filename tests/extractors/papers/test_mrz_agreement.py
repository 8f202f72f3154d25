"""What a second reading of a zone's line says of one part: only that part's own signs count."""

from __future__ import annotations

import pytest

from extractors.mrz.agreement import covers, same
from extractors.mrz.seen import seen
from extractors.mrz.zones import zone

TD3 = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10")


@pytest.mark.parametrize(
    ("part", "heard", "agrees"),
    [
        ("birth", "L898902C36UTO7408122F1204159ZE1842268K<<K10", True),
        ("birth", "L898902C36UTO74O8I22F1204159ZE184226B<<<<<10", True),
        ("birth", "L898902C36UTO7408422F1204159ZE184226B<<<<<10", False),
        ("birth", "L898902C36UTO748122F1204159ZE184226B<<<<<10", False),
        ("birth", "L898902C36UTOO7408122F1204159ZE184226B<<<<<10", False),
        ("number", "L898902C36UTO1111111F1111111ZE184226B<<<<<10", True),
        ("number", "L8989O2C36UTO7408122F1204159ZE184226B<<<<<10", False),
        ("nationality", "L898902C36UT07408122F1204159ZE184226B<<<<<10", True),
        ("nationality", "L898902C36UIO7408122F1204159ZE184226B<<<<<10", False),
    ],
)
def test_only_the_parts_own_signs_are_compared(part, heard, agrees):
    """Fillers read otherwise say nothing of a day; a figure more or less beside it does."""
    assert same(part, zone(TD3), TD3, ("", heard)) is agrees


def test_a_letter_in_the_place_of_a_filler_makes_another_number(td1):
    """A number of eight signs whose ninth may be a K is not agreed on where it is seen as one."""
    rows = td1(
        code="I<", issuer="UTO", number="D2314589", optional="", birth="740812", sex="F", expiry="300415",
        nationality="UTO", names="ERIKSSON<<ANNA",
    )  # fmt: skip
    lettered = rows[0].replace("D2314589<", "D2314589K")
    assert same("number", zone(rows), rows, rows)
    assert not same("number", zone(rows), rows, (lettered, *rows[1:]))


def test_one_reader_alone_proves_no_number_that_ends_in_k(td1):
    """A K counts as much as the filler it looks like, so that no check digit tells them apart."""
    rows = td1(
        code="I<", issuer="UTO", number="D2314589K", optional="", birth="740812", sex="F", expiry="300415",
        nationality="UTO", names="ERIKSSON<<ANNA",
    )  # fmt: skip
    assert seen(rows, ("", "", ""), (0.9, 0.9, 0.9)).signals["number"].proof == "none"


def test_a_number_between_ill_read_fillers_is_agreed_on():
    """Letters for fillers, too many of them, leave what the second reader saw of number and days."""
    second = (
        "P<UTOERIKSSON<<ANNA<MARIA<<K<KKKKKKKKKKKKK<K<KK",
        "L898902C36UTO7408122F1204159ZE184226BK<KKK<1O",
    )
    found = seen(TD3, second, (0.9, 0.9))
    told = {part: found.signals[part][1:3] for part in ("number", "birth", "expiry")}
    assert set(told.values()) == {("same", "held")}


def test_another_look_may_agree_and_never_unsays_a_proved_other_number(td1):
    """What the second reader proved at its first look stands, whatever it sees at another one."""
    told = {"code": "I<", "issuer": "UTO", "optional": "", "birth": "740812", "sex": "F", "expiry": "300415",
            "nationality": "UTO", "names": "ERIKSSON<<ANNA"}  # fmt: skip
    rows, other = td1(number="D23148890", **told), td1(number="D2314S890", **told)
    blurred = (rows[0].replace("D231", "D2S1"), *rows[1:])
    assert seen(rows, blurred, (0.9, 0.9, 0.9), rows).signals["number"].second == "same"
    assert seen(rows, other, (0.9, 0.9, 0.9), rows).signals["number"].second == "other"


@pytest.mark.parametrize(
    ("line", "other", "covered"),
    [("AB12<<<<", "AB12KKK<K", True), ("AB12<<<<", "AB1Z<<<<", False), ("AB12<<<<", "", False)],
)
def test_a_line_is_covered_where_all_its_signs_but_fillers_are(line, other, covered):
    """So a second look is asked only of lines whose signs differ."""
    assert covers(line, other) is covered
