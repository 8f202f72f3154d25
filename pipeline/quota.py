"""What one office may hand in on a day and have read that day: a flood from one leaves room for the others.

Beyond it cases wait, visibly, until the next day or a person's word. They are received all the same: number,
reception date and receipt do not wait.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from pipeline.limits import Limits
from pipeline.store import Store
from pipeline.store.claims import Claimed
from pipeline.store.schema import submissions
from pipeline.waiting import QUOTA, must_wait


def check_quota(
    store: Store, claimed: Claimed, limits: Limits, at: dt.datetime, zone: ZoneInfo, passed: Collection[str]
) -> None:
    """Raise MustWait if the office had handed in more than a day's share when the case came, today."""
    if not (limits.office_files_per_day or limits.office_bytes_per_day) or QUOTA in passed:
        return
    day = claimed.last_at.astimezone(zone).date()
    if at.astimezone(zone).date() > day:
        return
    files, size = _handed_in(store, claimed, dt.datetime.combine(day, dt.time(), zone))
    if files > (limits.office_files_per_day or files) or size > (limits.office_bytes_per_day or size):
        raise must_wait(QUOTA, dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), zone))


def _handed_in(store: Store, claimed: Claimed, since: dt.datetime) -> tuple[int, int]:
    """Return how many drops, and how many bytes, the office handed in from *since* to the case's last one."""
    query = sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(submissions.c.bytes), 0)).where(
        submissions.c.office == claimed.case.office,
        submissions.c.received_at >= since,
        submissions.c.seq <= claimed.upto,
    )
    with store.read() as connection:
        files, size = connection.execute(query).one()
    return int(files), int(size)
