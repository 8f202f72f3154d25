"""A record of either kind, with nobody in it."""

import pytest

from pipeline.store import open_store


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request, tmp_path, quick_passwords):
    """Return a record of either kind."""
    url = f"sqlite:///{tmp_path}/v.db"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres_store_url")
    with open_store(url, tmp_path / "blobs") as opened:
        yield opened
