"""What the person said after filing of where notices go and who acts for them, as a letter needs it.

What counts is the last entry of each, by its day and then by the order in which they were written down;
entries of a case that was joined to this one count with its own.
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from pipeline.after_filing.record import After, Kind, listed
from pipeline.after_filing.table import after_filing
from pipeline.letters.casefile import Later

REACHING = (Kind.NOTICE_ADDRESS, Kind.REPRESENTATIVE, Kind.REPRESENTATIVE_REMOVED)
"""What changes whom a letter is for, or where it goes."""
_LINES, _SIGNS = 4, 120
"""What has more lines, or a longer one, is no address but a story: it is left to be filled in."""


def later(connection: Connection, case: str) -> Later:
    """Return what was said after the filing of *case* of address and representative."""
    joined = (after_filing.c.case_id == case, after_filing.c.kind == Kind.JOINED.value)
    others = connection.execute(sa.select(after_filing.c.other_case).where(*joined)).scalars().all()
    told = [one for which in (case, *others) for one in listed(connection, which) if one.kind in REACHING]
    told.sort(key=lambda one: (one.entered_on, one.seq))
    address = next((one for one in reversed(told) if one.kind is Kind.NOTICE_ADDRESS), None)
    acts = next((one for one in reversed(told) if one.kind is not Kind.NOTICE_ADDRESS), None)
    named = acts is not None and acts.kind is Kind.REPRESENTATIVE
    return Later(
        address=_lines(address, _LINES) if address else None,
        represented=named if acts else None,
        representative="".join(_lines(acts, 1)) if acts and named else "",
    )


def _lines(told: After, most: int) -> tuple[str, ...]:
    """Return the words of an entry line by line, none where they are too many for a letter's head."""
    lines = tuple(one.strip() for one in str(told.said.get("text", "")).splitlines() if one.strip())
    return lines if len(lines) <= most and all(len(one) <= _SIGNS for one in lines) else ()
