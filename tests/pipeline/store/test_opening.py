"""The database as it is opened: its tables, its promises, and what is refused with what to do."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from pipeline.errors import EnvironmentFault
from pipeline.store import open_store
from pipeline.store.head import HEAD
from pipeline.store.schema import metadata


@pytest.mark.parametrize("change", ["UPDATE events SET kind = 'x'", "DELETE FROM events"])
def test_events_are_only_added_to(taken, change):
    """The database itself refuses the rest."""
    with pytest.raises(DBAPIError, match="only added to"), taken.store.write() as connection:
        connection.exec_driver_sql(change)


def test_the_migrations_make_the_tables_that_the_program_knows(taken):
    """Every table and column of the schema, and the version it asks for."""
    with taken.store.read() as connection:
        found = sa.inspect(connection)
        made = {t: {c["name"] for c in found.get_columns(t)} for t in metadata.tables}
        version = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()

    assert made == {name: set(table.columns.keys()) for name, table in metadata.tables.items()}
    assert version == HEAD


SAFE = {
    "sqlite": {"PRAGMA journal_mode": "wal", "PRAGMA synchronous": 2, "PRAGMA foreign_keys": 1},
    "postgresql": {"SHOW synchronous_commit": "on", "SHOW fsync": "on"},
}


def test_what_is_committed_is_on_the_disk(taken):
    """The settings of each database under which a power cut takes back nothing that was promised."""
    wanted = SAFE[taken.store.engine.dialect.name]
    with taken.store.write() as connection:
        assert {ask: connection.exec_driver_sql(ask).scalar() for ask in wanted} == wanted


def test_a_database_of_a_later_program_is_refused(taken):
    """It is not touched by a program that does not know it."""
    with taken.store.write() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    storage = taken.settings.storage

    with pytest.raises(EnvironmentFault):
        open_store(storage.database, storage.blobs)


def test_a_file_that_is_no_database_is_refused(tmp_path):
    """Plainly, and with what to do."""
    (tmp_path / "v.db").write_text("no soy una base de datos" * 100)

    with pytest.raises(EnvironmentFault, match="db check"):
        open_store(f"sqlite:///{tmp_path}/v.db", tmp_path / "blobs")


@pytest.mark.parametrize("url", ["no es una dirección", "oracle://host/db"])
def test_an_address_that_cannot_serve_is_told_plainly(tmp_path, url):
    """Wrong, or its driver is not installed."""
    with pytest.raises(EnvironmentFault, match="controlador"):
        open_store(url, tmp_path)


def test_papers_are_found_from_any_folder(tmp_path, monkeypatch):
    """Readers run elsewhere: a relative setting must not follow them."""
    monkeypatch.chdir(tmp_path)

    with open_store("sqlite:///v.db", Path("blobs")) as store:
        assert store.blobs.path("ab" + "c" * 62).is_absolute()
