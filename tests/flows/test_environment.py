"""Where Prefect keeps its things on a machine, and what it needs of the libraries beneath it."""

import dataclasses

from sqlalchemy.ext.hybrid import hybrid_property

from flows.environment import home, homes
from flows.machine import remote
from pipeline.engine_chosen import Engine
from pipeline.settings import Settings, Storage


def settings(tmp_path):
    """Return settings of a machine whose papers lie on a share and whose engine is elsewhere."""
    there = Engine(api="http://10.0.0.5:4200/api")
    return dataclasses.replace(Settings(), engine=there, storage=Storage(blobs=tmp_path / "share" / "papers"))


def test_a_unit_of_systemd_keeps_prefects_things_where_it_may_write(tmp_path, monkeypatch):
    """The folder above the papers may be a share of all machines, or closed to the unit."""
    monkeypatch.setenv("STATE_DIRECTORY", str(tmp_path / "state"))

    assert homes(settings(tmp_path)) == tmp_path / "state" / "prefect"


def test_prefects_home_is_there_before_a_client_starts(tmp_path, monkeypatch):
    """Else its library complains on the screen of whoever deploys first."""
    monkeypatch.delenv("STATE_DIRECTORY", raising=False)

    found = remote(settings(tmp_path))

    assert found["PREFECT_HOME"] == str(homes(settings(tmp_path)))
    assert homes(settings(tmp_path)).is_dir()
    assert home(settings(tmp_path)).parent == homes(settings(tmp_path))


def test_what_is_mended_in_the_servers_library_is_still_called_so():
    """A version of SQLAlchemy that names it otherwise breaks this test before it breaks the hours."""
    assert hybrid_property(lambda row: row).bulk_dml_setter is None
