"""The examples of the law, made before a test draws from them: what draws slowly is taken for ill."""

import pytest

from validators.examples import examples


@pytest.fixture(scope="session", autouse=True)
def _made():
    examples()
