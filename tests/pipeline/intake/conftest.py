"""Packages made on the spot, and what comes of handing them in."""

import datetime as dt
import io
import zipfile

import pytest
from reportlab.pdfgen.canvas import Canvas

from pipeline.case import Returned, Unpacked
from pipeline.intake.receive import receive_path
from pipeline.intake.unpack import unpack
from pipeline.limits import Limits

AT = dt.datetime(2026, 3, 16, 9, 30, tzinfo=dt.UTC)


@pytest.fixture(scope="session")
def pdf():
    """Return the bytes of a small real PDF."""
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    canvas.drawString(72, 720, "solicitud")
    canvas.save()
    return out.getvalue()


@pytest.fixture
def zipped():
    """Return a function that packs members honestly."""

    def pack(members, method=zipfile.ZIP_DEFLATED):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", method) as archive:
            for name, data in members.items():
                archive.writestr(name, data)
        return out.getvalue()

    return pack


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
