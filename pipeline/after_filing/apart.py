"""The papers of a case that count in another one now."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from pipeline.after_filing.table import after_filing

FILES = "files"
"""The words of a row under which such papers stand, each by `pipeline.case.paper_key`."""


def apart(connection: Connection, case: str) -> frozenset[str]:
    """Return the papers of *case* that were carried to another one."""
    query = sa.select(after_filing.c.said).where(after_filing.c.case_id == case)
    return frozenset(paper for said in connection.execute(query).scalars() for paper in said.get(FILES, ()))
