"""A stroke that is a capital I or a small l by what stands around it."""

from __future__ import annotations

import pytest

from extractors.forms.zones.bars import mail, mail_two_ways, two_ways, upright


@pytest.mark.parametrize(
    ("seen", "meant"),
    [
        ("ALFONSO XIll", "ALFONSO XIII"),
        ("Alfonso XIl", "Alfonso XII"),
        ("lV", "IV"),
        ("lbáñez", "Ibáñez"),
        ("GARClA", "GARCIA"),
        ("ViIà", "Vilà"),
        ("EI Hajji", "El Hajji"),
        ("AIonso", "Alonso"),
    ],
)
def test_the_letters_around_a_bar_tell_what_it_is(seen: str, meant: str) -> None:
    """Small letters have an l among them, capitals and Roman numbers an I."""
    assert upright(seen) == meant


@pytest.mark.parametrize(
    "text", ["EL HAJJI", "Al Masri", "McIntyre", "la Iglesia", "Iria", "C/", "Gil", "LILLO"]
)
def test_what_reads_well_stays(text: str) -> None:
    """An I at the head of a word, or after Mc, is one."""
    assert upright(text) == text


@pytest.mark.parametrize(
    ("text", "doubtful"),
    [("lan", True), ("Ana lonescu", True), ("de la Iglesia", False), ("I", True), ("II", False)],
)
def test_a_bar_at_the_head_before_a_vowel_can_be_meant_in_two_ways(text: str, doubtful: bool) -> None:
    """Ian, or a name without its capital: only an article is written small."""
    assert two_ways(text) is doubtful


@pytest.mark.parametrize(("seen", "meant"), [("Iopez@ono.es", "lopez@ono.es"), ("LI@ONO.ES", "LI@ONO.ES")])
def test_an_address_in_small_letters_has_no_capital_i(seen: str, meant: str) -> None:
    """Nobody writes one capital in the middle of an address."""
    assert mail(seen) == meant


@pytest.mark.parametrize(
    ("seen", "doubtful"), [("oficinal@ono.es", True), ("p.l12@ono.es", True), ("ana1@gmail.com", False)]
)
def test_an_address_whose_letters_end_in_a_bar_can_be_meant_in_two_ways(seen: str, doubtful: bool) -> None:
    """In a typewriter's face a 1 after letters is their l."""
    assert mail_two_ways(seen) is doubtful
