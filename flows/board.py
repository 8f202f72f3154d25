"""How many cases stand in each queue, as an artifact in Prefect's UI: counts and nothing else."""

from __future__ import annotations

import json
from collections.abc import Mapping

from prefect.client.orchestration import get_client
from prefect.client.schemas.actions import ArtifactCreate
from prefect.client.schemas.filters import ArtifactCollectionFilter, ArtifactCollectionFilterKey

from pipeline.store.counts import NAMES

KEY = "colas"
"""The artifact's key: managers find it at /artifacts/key/colas."""

ONLY_OURS = ArtifactCollectionFilter(latest_id=None, key=ArtifactCollectionFilterKey(any_=[KEY]))


def publish(counts: Mapping[tuple[str, str], int]) -> None:
    """Keep the table of *counts* by (office, queue) as the newest version, unless nothing has changed."""
    table = json.dumps(_rows(counts), ensure_ascii=False)
    with get_client(sync_client=True) as client:
        newest = client.read_latest_artifacts(artifact_filter=ONLY_OURS, limit=1)
        if newest and newest[0].data == table:
            return
        client.create_artifact(
            ArtifactCreate(
                key=KEY,
                type="table",
                description="Casos en cada cola ahora mismo, por oficina.",
                data=table,
            )
        )


def _rows(counts: Mapping[tuple[str, str], int]) -> list[dict[str, str | int]]:
    """Return the rows by office, then the totals."""
    rows: list[dict[str, str | int]] = [
        {"oficina": office, "cola": NAMES.get(queue, queue), "casos": count}
        for (office, queue), count in sorted(counts.items())
    ]
    totals: dict[str, int] = {}
    for (_, queue), count in counts.items():
        totals[queue] = totals.get(queue, 0) + count
    return rows + [
        {"oficina": "todas", "cola": NAMES.get(q, q), "casos": n} for q, n in sorted(totals.items())
    ]
