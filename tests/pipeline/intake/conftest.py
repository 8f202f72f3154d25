"""What comes of handing something in."""

import datetime as dt

import pytest

from pipeline.case import Returned, Unpacked
from pipeline.intake.receive import receive_path
from pipeline.intake.unpack import unpack
from pipeline.limits import Limits

AT = dt.datetime(2026, 3, 16, 9, 30, tzinfo=dt.UTC)


@pytest.fixture
def taken(tmp_path):
    """Return a function that drops bytes under a name, and what comes of it."""

    def take(name, data, limits=None) -> Unpacked | Returned:
        path = tmp_path / "drop" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
        work = tmp_path / "work"
        work.mkdir()
        received = receive_path(path, filed_on=None, office=None, procedure=None, received_at=AT)
        return unpack(received, work, limits or Limits())

    return take
