"""What is deployed: a pool, its queues by priority, and each flow with its hours, its queue and its sentence.

Deployments name modules, so that any machine where the program is installed runs them. No deployment has a
concurrency limit of its own: such a limit is a lease of the server, and a server that loses it crashes runs
that take an hour. Queues have limits instead.
"""

from __future__ import annotations

from typing import NamedTuple

POOL = "ventanilla"
POOL_SAYS = "Las máquinas que trabajan expedientes. Cada una se suma con `ventanilla worker --pool`."
OURS = "ventanilla"
"""The tag of every deployment that the program made: what bears it and is not listed is removed."""
URGENT, TASKS, CASES = "urgentes", "tareas", "expedientes"
COMMAND = "python -m prefect.engine"
"""What a worker starts. Named, for without a name Prefect starts three processes where one does."""


class Queue(NamedTuple):
    """A queue of the pool: 1 goes first; `limit` runs at once on all machines, None for `pool.drains`."""

    name: str
    priority: int
    limit: int | None
    says: str


class Order(NamedTuple):
    """A deployment: its flow, when it runs (cron, hours of Madrid; None when asked), what it does."""

    name: str
    entrypoint: str
    queue: str
    cron: str | None
    stage: str
    says: str
    parameters: dict[str, bool]


QUEUES = (
    Queue(URGENT, 1, 1, "Expedientes cuyo plazo para resolver está a punto de acabar: van primero."),
    Queue(TASKS, 2, 2, "Lo que se hace a sus horas: plazos, informes, resumen, conservación, autocontrol."),
    Queue(CASES, 3, None, "Los demás expedientes, por orden de llegada."),
)
ORDERS = (
    Order(
        CASES,
        "flows.scheduled.drain.tanda",
        CASES,
        None,
        "lectura",
        "Trabaja los expedientes que esperan, uno tras otro, hasta que no queda ninguno o acaba su hora. "
        "Se pide sola cuando hay expedientes esperando.",
        {"urgent": False},
    ),
    Order(
        URGENT,
        "flows.scheduled.drain.tanda",
        URGENT,
        None,
        "lectura",
        "Como `expedientes`, pero solo los que tienen el plazo a punto de acabar.",
        {"urgent": True},
    ),
    Order(
        "repaso",
        "flows.scheduled.reconcile.repaso",
        TASKS,
        "*/15 * * * *",
        "repaso",
        "Devuelve a la cola lo que dejó a medias una máquina que se paró, y da los acuses que falten.",
        {},
    ),
    Order(
        "plazos",
        "flows.scheduled.deadlines.plazos",
        TASKS,
        "7 * * * *",
        "plazos",
        "Mira qué plazos han pasado: anota el silencio, da por terminado el tiempo de subsanar y avisa.",
        {},
    ),
    Order(
        "informes",
        "flows.scheduled.report.informes",
        TASKS,
        "3-59/15 * * * *",
        "informes",
        "Pone al día las tablas de Artifacts: colas, plazos de la semana, devueltos y por qué, lectura.",
        {},
    ),
    Order(
        "resumen",
        "flows.scheduled.digest.resumen",
        TASKS,
        "35 7-9 * * 1-5",
        "resumen",
        "Envía por correo las cifras de la mañana, los días hábiles y una vez a cada persona.",
        {},
    ),
    Order(
        "conservacion",
        "flows.scheduled.retention.conservacion",
        TASKS,
        "20 3 * * *",
        "conservación",
        "Bloquea y suprime los expedientes cuyo plazo de conservación ha pasado, una parte cada noche.",
        {},
    ),
    Order(
        "autocontrol",
        "flows.scheduled.self_check.autocontrol",
        TASKS,
        "40 5 * * *",
        "autocontrol",
        "Comprueba la base de datos, los papeles y la cadena de auditoría. Si falla, avise a sistemas.",
        {},
    ),
)
