"""Which blocks of lines are common print, so that nobody reads them as a zone for machines."""

from __future__ import annotations

from extractors.lines import Box, Word
from extractors.reading.zone.machine_zone import worded

_BLOCK = Box(0, 0, 300, 40)


def _words(*texts: str, sure: float = 0.89) -> list[Word]:
    """Return words side by side in the block."""
    return [Word(text, Box(90.0 * at, 10, 90.0 * at + 80, 20), sure) for at, text in enumerate(texts)]


def test_three_words_that_are_surely_read_are_print() -> None:
    """A line of a certificate is not read as a zone."""
    assert worded(_BLOCK, _words("Fecha", "expedición:", "14/03/2026"))


def test_two_words_are_not_enough() -> None:
    """A zone of which the engine made two words is still read."""
    assert not worded(_BLOCK, _words("GARCIA", "LOPEZ"))


def test_words_in_doubt_fillers_and_endless_words_say_nothing() -> None:
    """What the engine makes of a zone is no print: it doubts it, sees fillers, or one word without blanks."""
    assert not worded(_BLOCK, _words("Fecha", "expedición:", "14/03/2026", sure=0.84))
    assert not worded(_BLOCK, _words("GARCIA<LOPEZ", "EVA<<<<<", "MARIA<<<"))
    assert not worded(
        _BLOCK, _words("IDESPBAA000589", "IDESPBAA0005899", "99999999RKKKKKKK", "8001014F310623"[:3])
    )
