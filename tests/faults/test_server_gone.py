"""F12 on PostgreSQL: the server crashes while drops are taken, stays away, and comes back."""

import contextlib
import time

import pytest

from pipeline.errors import EnvironmentFault
from pipeline.store import open_store
from tests.faults.rig.office import paper
from tests.faults.rig.watching import Watching

DROPS = 40


@contextlib.contextmanager
def away(postgres, how):
    """Stop the server, and start it again whatever happens meanwhile."""
    postgres.stop(how)
    try:
        yield
    finally:
        postgres.start()


@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    "how", ["QUIT", pytest.param("INT", marks=pytest.mark.nightly)], ids=["crash", "stop"]
)
def test_drops_wait_for_a_server_that_went_away_and_are_taken_once(
    postgres, postgres_store_url, tmp_path, report, how
):
    """The watchers live on; what was promised before is there after; nothing is taken in between."""
    with Watching(tmp_path, postgres_store_url, ("CEU01",), watchers=2) as watching:
        entry = watching.share / "CEU01" / "1_ENTRADA"
        for number in range(DROPS):
            (entry / f"{number}.pdf").write_bytes(paper(f"gone {number}"))
        watching.until(lambda: watching.count("submissions") >= 3)
        promised = {row["name"] for row in watching.rows()}
        with away(postgres, how):
            (entry / "meanwhile.pdf").write_bytes(paper("meanwhile"))
            time.sleep(1)
            assert (entry / "meanwhile.pdf").exists()
        watching.until(lambda: not list(entry.iterdir()))
        rows = watching.rows()

    names = [row["name"] for row in rows]
    lost = DROPS + 1 - len(set(names))
    report("F12", trials=1, lost=lost, doubled=len(names) - len(set(names)), note="PostgreSQL away")
    assert promised <= set(names)
    assert sorted(names) == sorted([*(f"{n}.pdf" for n in range(DROPS)), "meanwhile.pdf"])
    assert [row["number"][-6:] for row in rows] == [f"{n:06}" for n in range(1, DROPS + 2)]
    assert len(list(watching.share.glob("CEU01/2_EN_CURSO/*"))) == DROPS + 1


def test_a_server_that_is_away_is_told_plainly(postgres, postgres_store_url, tmp_path):
    """With what to do, and without the address that may hold a password."""
    secret = postgres_store_url.replace("ventanilla@", "ventanilla:secreto@")
    with away(postgres, "INT"), pytest.raises(EnvironmentFault) as told:
        open_store(secret, tmp_path)

    assert "base de datos" in str(told.value)
    assert "secreto" not in str(told.value)
