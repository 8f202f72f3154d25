"""Reports kept in Prefect as artifacts: a new version an hour at most, none while nothing changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.actions import ArtifactCreate, ArtifactUpdate
from prefect.client.schemas.filters import (
    ArtifactCollectionFilter,
    ArtifactCollectionFilterKey,
    ArtifactFilter,
    ArtifactFilterKey,
)
from prefect.client.schemas.sorting import ArtifactSort

from flows.shown.table import Table

VERSION = dt.timedelta(hours=1)
"""How long the newest version is written over; then another begins, so that the hours before can be seen."""
MOST_VERSIONS = 24 * 30
"""How many versions are kept: Prefect itself never removes those that belong to no run."""
_REMOVED = 50
"""Versions of one report that are removed at once."""


class Shown(NamedTuple):
    """What is kept under a key. `kind` is Prefect's: table, markdown, progress."""

    key: str
    kind: str
    description: str
    data: str | float

    @classmethod
    def of(cls, table: Table) -> Shown:
        """Return a table as it is kept."""
        return cls(table.key, "table", table.markdown(), table.data())


def publish(all_: Sequence[Shown], at: dt.datetime) -> int:
    """Keep what changed; return how many reports did."""
    with get_client(sync_client=True) as client:
        newest = _newest(client, [one.key for one in all_])
        return sum(_kept(client, one, newest.get(one.key), at) for one in all_)


def _newest(client: SyncPrefectClient, keys: Iterable[str]) -> Mapping[str, Any]:
    """Return the newest version of each report that has one."""
    ours = ArtifactCollectionFilter(latest_id=None, key=ArtifactCollectionFilterKey(any_=list(keys)))
    return {str(one.key): one for one in client.read_latest_artifacts(artifact_filter=ours, limit=200)}


def _kept(client: SyncPrefectClient, one: Shown, newest: Any | None, at: dt.datetime) -> int:
    """Write one report if it changed: over its newest version, or as another once that is old."""
    if newest is not None and (newest.description, newest.data) == (one.description, one.data):
        return 0
    if newest is not None and newest.created is not None and at - newest.created < VERSION:
        told = ArtifactUpdate(description=one.description, data=one.data)
        client.update_artifact(newest.latest_id, told)
        return 1
    client.create_artifact(
        ArtifactCreate(key=one.key, type=one.kind, description=one.description, data=one.data)
    )
    _forget(client, one.key)
    return 1


def _forget(client: SyncPrefectClient, key: str) -> None:
    """Remove the versions that are more than are kept, the oldest ones."""
    ours = ArtifactFilter(key=ArtifactFilterKey(any_=[key]))
    for one in client.read_artifacts(
        artifact_filter=ours, sort=ArtifactSort.CREATED_DESC, limit=_REMOVED, offset=MOST_VERSIONS
    ):
        client.delete_artifact(one.id)
