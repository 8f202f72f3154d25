"""On which databases and from which day these tests count."""

import datetime as dt

import pytest

from tests.pipeline.figures.conftest import TODAY

BOTH = pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)


WEEK_AGO = TODAY - dt.timedelta(days=7)
