"""A record of an earlier program is brought up to date without presuming what nobody could record."""

import datetime as dt

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from pipeline.store import open_store
from pipeline.store.database import MIGRATIONS

TODAY = dt.datetime.now(dt.UTC).date()
CASE = """INSERT INTO cases (id, number, office, source_name, source_sha256, received_at, offset_minutes,
 stage, attempts, updated_at, resolve_by)
VALUES (:id, :id, 'CEU01', 'a', '', '', 0, :stage, 0, '', :by)"""


@pytest.mark.parametrize("url", ["sqlite", "postgresql"])
def test_a_case_whose_time_passed_before_is_left_to_a_person(request, tmp_path, url):
    """It may have been answered on paper: only what is still to come is watched."""
    address = f"sqlite:///{tmp_path}/v.db" if url == "sqlite" else request.getfixturevalue("postgres_url")
    engine = sa.create_engine(address)
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, "0004")
        for name, stage, days in (("past", "routed", -3), ("next", "routed", 3), ("gone", "returned", 3)):
            told = {"id": name, "stage": stage, "by": (TODAY + dt.timedelta(days=days)).isoformat()}
            connection.execute(sa.text(CASE), told)
    engine.dispose()

    with open_store(address, tmp_path / "blobs") as store, store.read() as connection:
        watched = connection.execute(sa.text("SELECT id FROM cases WHERE silence_after IS NOT NULL"))
        assert watched.scalars().all() == ["next"]
