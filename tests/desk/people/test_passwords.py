"""Which passwords are refused, and how they are kept."""

import pytest
from argon2 import PasswordHasher

from desk.people import passwords
from desk.people.passwords import digest, matches, one_time, outdated, weakness


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("once letras", "short"),
        ("doce letras.", None),
        ("x" * 6 + " y " + "z" * 192, "long"),
        ("ana.garcia.ruiz", "own_name"),
        ("Ana García Ruiz", "own_name"),
        ("contraseña123456", "common"),
        ("Contraseña!!!!!!", "common"),
        ("qwertyuiop1234", "common"),
        ("aaaaaaaaaaaaaa", "common"),
        ("abcabcabcabcabc", "common"),
        ("123456789012", "common"),
        ("la mesa de la esquina", None),
        ("ñandú ñandú bajo", None),
    ],
)
def test_a_password_is_refused_for_what_others_try_first(password, why):
    """Length, one's own name, the commonest; nothing is asked of letters and signs."""
    assert weakness(password, login="ana.garcia", name="Ana García Ruiz") == why


def test_a_password_is_kept_as_argon2id():
    """Never the same twice; an accent is the same however a keyboard makes it."""
    one, other = digest("frase con acción"), digest("frase con acción")

    assert one.startswith("$argon2id$")
    assert one != other
    assert matches(one, "frase con accio\u0301n")
    assert not matches(one, "frase con accion")


@pytest.mark.parametrize("kept", [None, "", "no digest"])
def test_without_a_password_nothing_matches(kept):
    """Not even the one that the comparison is made with."""
    assert not matches(kept, "nobody has this password")
    assert not matches(kept, "")


def test_a_digest_of_less_work_is_outdated():
    """It is made anew when its owner comes in."""
    weak = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1).hash("x")

    assert outdated(weak)
    assert not outdated(passwords.digest("x"))


def test_a_password_for_one_day_is_not_weak():
    """And never the same twice."""
    words = {one_time() for _ in range(20)}

    assert len(words) == 20
    assert not [word for word in words if weakness(word, login="ana", name="Ana")]
