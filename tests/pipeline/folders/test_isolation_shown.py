"""The office's list says in which sandbox papers are read."""

from dataclasses import replace

import pytest

from pipeline.folders.places import STATUS, Place
from pipeline.folders.status import write_status
from pipeline.settings import Isolated


@pytest.mark.parametrize(("level", "advice"), [("auto", False), ("limits", True)])
def test_the_list_names_the_level_and_where_the_better_one_is_explained(office, level, advice):
    """A clerk has nothing to do with it; whoever runs the machine reads where to look."""
    settings = replace(office.settings, sandbox=Isolated(level=level))
    place = Place(settings.folders.root, "CEU01")
    place.path.mkdir(parents=True, exist_ok=True)
    write_status(office.store, settings, place, [], office.now())
    page = (place.path / STATUS).read_text(encoding="utf-8")
    assert "los papeles se leen" in page
    assert ("ventanilla doctor" in page) is advice
