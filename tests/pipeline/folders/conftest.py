"""A case taken to its end, and its folders written."""

import pytest

from pipeline.case import Returned
from pipeline.folders.publish import effects, publish
from pipeline.intake.unpack import unpack
from pipeline.store.claims import claim
from pipeline.store.results import Result, finish, release
from tests.pipeline.folders.judged import judged


@pytest.fixture
def worked(office, tmp_path):
    """Return a function that takes the waiting case to its end and publishes it."""
    made = iter(range(100))

    def work(queue="approve", *findings):
        claimed = claim(office.store, "w", 60, office.now())
        folder = tmp_path / f"work{next(made)}"
        folder.mkdir()
        case = unpack(claimed.case, folder, office.settings.limits)
        case = case if isinstance(case, Returned) else judged(case, queue, *findings)
        stage = "returned" if isinstance(case, Returned) else "routed"
        result = Result(stage=stage, queue=getattr(case, "queue", None), effects=effects(case, claimed.came))
        assert finish(office.store, claimed, result, office.now())
        publish(office.store, office.settings, case, claimed.came, office.now())
        release(office.store, claimed, office.now())
        return case

    return work
