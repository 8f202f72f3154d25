"""The whole job on PostgreSQL: two watchers and two workers at once, and each case in its place, once."""

import subprocess
import sys
from functools import partial

import pytest
import sqlalchemy as sa

from desk.demo.cases import STORIES
from pipeline.store.cases import lines
from tests.faults.rig.watching import PATIENCE, Watching

pytestmark = pytest.mark.timeout(300)
OFFICES = ("CEU01", "MEL01")


def accepted(watching, many):
    """Tell whether all that was dropped was taken and moved."""
    rows = watching.rows()
    return len(rows) == many and all(row["placed_at"] for row in rows)


def test_each_case_ends_in_its_queue_once(postgres_store_url, tmp_path):
    """Record and folders agree; nothing is left in the way, no effect was owed twice or is owed still."""
    with Watching(tmp_path, postgres_store_url, OFFICES, watchers=2) as watching:
        for story in STORIES:
            story.write(watching.share / story.office / "1_ENTRADA")
        watching.until(partial(accepted, watching, len(STORIES)))
        worker = [sys.executable, "-m", "desk.cli", "worker", "--until-idle"]
        home = {"PREFECT_HOME": str(tmp_path / "prefect")}
        workers = [subprocess.Popen(worker, env=watching.environment | home) for _ in range(2)]
        ends = [process.wait(PATIENCE) for process in workers]
        found = {line.source_name: line for line in lines(watching.store)}
        watching.until(lambda: not list(watching.share.glob("*/2_EN_CURSO/*")))
        with watching.store.read() as connection:
            owed = connection.execute(sa.text("SELECT case_id, effect, done_at FROM outbox")).all()

    returned = sum(line.stage == "returned" for line in found.values())
    assert ends == [0, 0]
    assert {name: line.queue for name, line in found.items()} == {s.name: s.queue for s in STORIES}
    assert not any(line.working for line in found.values())
    assert all(one.done_at for one in owed)
    assert len(list(watching.share.glob("*/3_ACEPTADO/*/ACUSE_*.zip"))) == len(STORIES) - returned
    assert len(list(watching.share.glob("*/5_DEVUELTO/*"))) == returned
