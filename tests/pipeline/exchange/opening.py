"""A file that was handed over, opened."""

import datetime as dt
import io
import zipfile

AT = dt.datetime(2026, 5, 4, 12, 0, tzinfo=dt.UTC)


def opened(data):
    """Return the members of an archive by name, in their order."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
