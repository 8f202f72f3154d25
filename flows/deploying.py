"""The pool, its queues and its deployments on a Prefect server, brought in line with what is listed.

    for did in deployed(settings):
        print(did.what, did.change)

A second call changes nothing. What somebody paused stays paused; what bears our tag and is not listed goes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.metadata import version
from typing import Any, Literal, NamedTuple

from httpx import HTTPStatusError, RequestError
from prefect import Flow
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.actions import DeploymentScheduleCreate, WorkPoolCreate, WorkPoolUpdate
from prefect.client.schemas.filters import DeploymentFilter, DeploymentFilterTags
from prefect.client.schemas.objects import WorkQueue
from prefect.client.schemas.responses import DeploymentResponse
from prefect.client.schemas.schedules import CronSchedule
from prefect.exceptions import ObjectNotFound
from prefect.utilities.callables import parameter_schema
from prefect.utilities.importtools import import_object
from prefect.workers.process import ProcessWorker

from flows.scheduled.orders import COMMAND, ORDERS, OURS, POOL, POOL_SAYS, QUEUES, Order, Queue
from flows.scheduled.shell import ZONE
from pipeline.settings import Settings

Change = Literal["new", "changed", "same", "gone"]
_DISTRIBUTION = "ventanilla"


class Did(NamedTuple):
    """One thing on the server, and what became of it (or would have)."""

    what: str
    change: Change


class ServerRefused(Exception):  # noqa: N818 - it reads as what happened
    """The server is away, or does not take us; the message is the kind of failure."""


def deployed(settings: Settings, *, dry_run: bool = False) -> list[Did]:
    """Bring the server of the environment in line and tell what was done; with *dry_run* only tell.

    Raise ServerRefused where it does not answer.
    """
    try:
        with get_client(sync_client=True) as client:
            deploying = _Deploying(client, settings, dry_run=dry_run)
            return [*deploying.pool(), *deploying.queues(), *deploying.deployments(), *deploying.gone()]
    except HTTPStatusError as error:
        kind = str(error.response.status_code)
    except RequestError as error:
        kind = type(error).__name__
    raise ServerRefused(kind)


class _Deploying:
    """One pass over the server."""

    def __init__(self, client: SyncPrefectClient, settings: Settings, *, dry_run: bool) -> None:
        self._client, self._settings, self._dry = client, settings, dry_run

    def pool(self) -> Iterator[Did]:
        """Make the pool, or its sentence what it should be."""
        try:
            found = self._client.read_work_pool(POOL)
        except ObjectNotFound:
            yield Did(f"grupo de máquinas {POOL}", "new")
            if not self._dry:
                template = ProcessWorker.get_default_base_job_template()
                wanted = WorkPoolCreate(
                    name=POOL, type="process", description=POOL_SAYS, base_job_template=template
                )
                self._client.create_work_pool(wanted)
            return
        same = found.description == POOL_SAYS
        yield Did(f"grupo de máquinas {POOL}", "same" if same else "changed")
        if not same and not self._dry:
            self._client.update_work_pool(POOL, WorkPoolUpdate(description=POOL_SAYS))

    def queues(self) -> Iterator[Did]:
        """Make the queues in the order of their priority: a new one pushes those behind it back."""
        for queue in QUEUES:
            limit = self._settings.pool.drains if queue.limit is None else queue.limit
            yield Did(f"cola {queue.name}", self._queue(queue, limit))

    def _queue(self, queue: Queue, limit: int) -> Change:
        """Make one queue, or make it what it should be."""
        wanted = {"priority": queue.priority, "concurrency_limit": limit, "description": queue.says}
        try:
            found: WorkQueue = self._client.read_work_queue_by_name(queue.name, work_pool_name=POOL)
        except ObjectNotFound:
            if not self._dry:
                self._client.request(
                    "POST",
                    "/work_pools/{work_pool_name}/queues",
                    path_params={"work_pool_name": POOL},
                    json={"name": queue.name, **wanted},
                )
            return "new"
        if {name: getattr(found, name) for name in wanted} == wanted:
            return "same"
        if not self._dry:
            self._client.request(
                "PATCH",
                "/work_pools/{work_pool_name}/queues/{name}",
                path_params={"work_pool_name": POOL, "name": queue.name},
                json=wanted,
            )
        return "changed"

    def deployments(self) -> Iterator[Did]:
        """Make each deployment, or make it what it should be."""
        for order in ORDERS:
            flow = import_object(order.entrypoint)
            yield Did(f"despliegue {flow.name}/{order.name}", self._deployment(order, flow))

    def _deployment(self, order: Order, flow: Flow[..., Any]) -> Change:
        """Make one deployment; whether it is paused is its managers' affair."""
        wanted, found = _wanted(order), self._found(order, flow)
        if found is not None and _stands(found) == wanted | {"cron": order.cron}:
            return "same"
        if not self._dry:
            self._client.create_deployment(
                flow_id=self._client.create_flow_from_name(flow.name),
                name=order.name,
                schedules=_schedules(order),
                enforce_parameter_schema=True,
                parameter_openapi_schema=parameter_schema(flow).model_dump(),
                paused=found.paused if found else False,
                **wanted,
            )
        return "new" if found is None else "changed"

    def _found(self, order: Order, flow: Flow[..., Any]) -> DeploymentResponse | None:
        """Return the deployment as the server has it."""
        try:
            return self._client.read_deployment_by_name(f"{flow.name}/{order.name}")
        except ObjectNotFound:
            return None

    def gone(self) -> Iterator[Did]:
        """Remove what an earlier version had deployed."""
        listed = {(order.name, order.entrypoint) for order in ORDERS}
        ours = DeploymentFilter(tags=DeploymentFilterTags(all_=[OURS]))
        for found in self._client.read_deployments(deployment_filter=ours, limit=200):
            if found.work_pool_name == POOL and (found.name, found.entrypoint) not in listed:
                yield Did(f"despliegue {found.name}", "gone")
                if not self._dry:
                    self._client.delete_deployment(found.id)


def _wanted(order: Order) -> dict[str, Any]:
    """Return what a deployment should say of itself."""
    return {
        "version": version(_DISTRIBUTION),
        "description": order.says,
        "entrypoint": order.entrypoint,
        "work_pool_name": POOL,
        "work_queue_name": order.queue,
        "tags": sorted((OURS, f"stage:{order.stage}")),
        "parameters": dict(order.parameters),
        "job_variables": {"command": COMMAND},
    }


def _stands(found: DeploymentResponse) -> Mapping[str, Any]:
    """Return the same of a deployment that there is, and its hours."""
    schedules = [one.schedule for one in found.schedules]
    crons = [one.cron for one in schedules if isinstance(one, CronSchedule) and one.timezone == ZONE.key]
    return {
        "version": found.version,
        "description": found.description,
        "entrypoint": found.entrypoint,
        "work_pool_name": found.work_pool_name,
        "work_queue_name": found.work_queue_name,
        "tags": sorted(found.tags),
        "parameters": found.parameters,
        "job_variables": found.job_variables,
        "cron": crons[0] if len(crons) == len(schedules) == 1 else schedules or None,
    }


def _schedules(order: Order) -> list[DeploymentScheduleCreate]:
    """Return when it runs."""
    if order.cron is None:
        return []
    return [DeploymentScheduleCreate(schedule=CronSchedule(cron=order.cron, timezone=ZONE.key))]
