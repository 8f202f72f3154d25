"""A framed stamp is one of entry where each of its lines says what one needs, and no look sees more."""

from __future__ import annotations

import pytest

from extractors.reading.words.entry_words import of_entry


@pytest.mark.parametrize(
    "lines",
    [
        ("RECIBIDO", "16 OCT 2025", "OFICINA DE REGISTRO", "E/30655"),
        ("RFCIBIDO", "15 MAY 2025", "OFTCINA DE RLCISTRO", "E/2677"),
        ("AYUNTAMIENTO DE CEUTA", "REGISTRO GENERAL", "ENTRADA Nº 4923", "FECHA 12/03/2025"),
        ("UDALA", "SARRERA", "3 urt 2024"),
    ],
)
def test_a_stamp_that_says_who_took_it_in_and_when_is_one_of_entry(lines):
    """Whatever the place's name, and though letters of it are worn."""
    assert of_entry([[line] for line in lines])


@pytest.mark.parametrize(
    "word", ["CARECE DE VALOR", "PROVISIONAL", "INADMITIDO", "DUPLICADO", "ANULADO", "?"]
)
def test_a_line_that_no_stamp_of_entry_needs_makes_it_another(word):
    """Also where no list of alarming words knows it, or nobody can read it."""
    assert not of_entry([["REGISTRO DE ENTRADA"], ["12/03/2025"], [word]])


def test_days_and_numbers_alone_are_no_stamp_of_entry():
    """One of its words must say that the paper was taken in."""
    assert not of_entry([["OFICINA GENERAL"], ["12/03/2025"], ["4923"]])


@pytest.mark.parametrize(
    ("number", "known"), [("E/18408", True), ("ENTRADA4711", True), ("hasta2020", False)]
)
def test_letters_that_run_into_a_number_are_a_word(number, known):
    """Two at most are its own."""
    assert of_entry([["RECIBIDO"], [number]]) is known


def test_a_line_is_known_by_its_best_look_and_void_by_any():
    """Print under it spoils one look and not the other; what makes a paper void is never explained away."""
    assert of_entry([["REFFRBB8", "RECIBIDO"], ["10 ABR 2026", ""]])
    assert not of_entry([["REGISTRO", "ANULADO"], ["10 ABR 2026", "10 ABR 2026"]])
