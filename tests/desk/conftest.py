"""What all tests of the desk share."""

import pytest
from argon2 import PasswordHasher

from desk.people import passwords


@pytest.fixture
def quick_passwords(monkeypatch):
    """Let a password cost next to nothing: how dear it is for an office, `test_passwords` says."""
    quick = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    monkeypatch.setattr(passwords, "_HASHER", quick)
    monkeypatch.setattr(passwords, "_NOBODY", quick.hash("nobody"))
