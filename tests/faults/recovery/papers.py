"""What is handed in: one case to approve, one to cure with its answer, one that goes back."""

from __future__ import annotations

import datetime as dt
import json
import zipfile
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

from desk.demo.cases import FILED_ON, STORIES
from desk.demo.papers import convenio_papers
from desk.demo.people import THIAGO
from desk.demo.register import Stay
from tests.faults.recovery.office import CODE

KINDS = {"approve": STORIES[0], "cure": STORIES[1], "returned": STORIES[-1]}


@cache
def package(kind: str) -> bytes:
    """Return the package that ends as *kind*."""
    return KINDS[kind].make()


def hand_in(kind: str, folder: Path, name: str = "") -> Path:
    """Do what a clerk does: put the package in *folder* with the office's word on it beside."""
    path = folder / (name or KINDS[kind].name)
    word = {"filed_on": FILED_ON.isoformat(), "office": CODE}
    path.with_name(f"{path.name}.presentacion.json").write_text(json.dumps(word), "utf-8")
    path.write_bytes(package(kind))
    return path


@cache
def answer() -> bytes:
    """Return the paper that cures the one to cure."""
    melilla = ("Melilla", [Stay(since=dt.date(2021, 2, 3), origin="BRA")])
    papers = convenio_papers(THIAGO, town="Melilla", filed_on=FILED_ON, register=[melilla])
    return papers["declaracion.pdf"]


def everything() -> Iterator[tuple[str, bytes]]:
    """Yield every paper with its name."""
    yield "declaracion.pdf", answer()
    for kind, story in KINDS.items():
        data = package(kind)
        if story.name.endswith(".zip"):
            with zipfile.ZipFile(BytesIO(data)) as archive:
                yield from ((name, archive.read(name)) for name in archive.namelist())
        else:
            yield story.name, data
