"""What all tests of the desk share."""

import pytest
from argon2 import PasswordHasher

from desk.people import passwords


@pytest.fixture(scope="module")
def quick_passwords():
    """Let a password cost next to nothing: how dear it is for an office, `test_passwords` says."""
    quick = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_HASHER", quick)
        patch.setattr(passwords, "_NOBODY", quick.hash("nobody"))
        yield
