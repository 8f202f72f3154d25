"""Names and numbers are found however they are written."""

import pytest

from pipeline.trays.words import folded, number_words, searched


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("Muñoz  D'Artagnan, ÁNGELA", ("munoz", "dartagnan", "angela")),
        ("\u202eGarcía\u202c", ("garcia",)),
        ("نور الدين", ("نور", "الدين")),
        ("<script>alert(1)</script>", ("script", "alert", "1", "script")),
        ("a" * 500, ("a" * 40,)),
        ("", ()),
    ],
)
def test_words_lose_accents_capitals_and_signs(written, words):
    """Letters of any script stay; a word is never longer than what is kept."""
    assert folded(written) == words


@pytest.mark.parametrize(
    "typed",
    ["X1234567L", "x-1234567-l", "X 1234567 L", "X01234567L", "X1234567", "1234567"],
)
def test_a_nie_is_found_with_or_without_letters_dashes_and_old_zero(typed):
    """What is typed is the beginning of a word that is kept."""
    kept = number_words("X1234567L")
    (word,) = searched(typed)

    assert any(one.startswith(word) for one in kept)


@pytest.mark.parametrize("typed", ["00123456S", "123.456-S", "123456s", "123456", "00123456"])
def test_a_dni_is_found_with_or_without_its_zeros(typed):
    """Papers and people leave them out."""
    (word,) = searched(typed)

    assert any(one.startswith(word) for one in number_words("00123456S"))


def test_a_name_beside_a_number_is_two_words():
    """Both must be there."""
    assert searched("Muñoz AB123456") == ("munoz", "ab123456")


def test_a_text_of_a_thousand_words_is_cut():
    """No search grows without an end."""
    assert (
        len(searched(" ".join(f"w{'abcdefghij'[n % 10]}{'klmnopqrst'[n // 10 % 10]}" for n in range(1000))))
        <= 24
    )
