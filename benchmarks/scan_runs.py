"""One slice of the measurement: papers of one sort under one kind of damage, read, judged and timed."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

import numpy as np

from benchmarks import scan_judged, scan_peers, scan_samples
from benchmarks.scan_judged import Fault
from benchmarks.spending import spent
from extractors.bounds import Bounds
from extractors.document import Document, FileReading
from extractors.forms import scan as laying
from extractors.forms.zones import looks
from extractors.forms.zones import twice as sight
from extractors.lines import Box
from extractors.page import Page
from extractors.reader import read_file
from extractors.reading.words import recogniser
from fixtures.certificates import Paper
from fixtures.damage import Taken, laid_out
from fixtures.wear import packed

Make = Callable[[int, int], Paper]
Judge = Callable[[Paper, Document | None], scan_judged.Judged]
SORTS: dict[str, tuple[Make, Judge]] = {
    "forms": (scan_samples.typed, scan_judged.form),
    "hands": (scan_samples.by_hand, scan_judged.form),
    "certificates": (scan_samples.certificate, scan_judged.certificate),
    "cards": (scan_samples.card, scan_judged.card),
}
_ASTRAY = 6.0
"""Points by which a place may be off before it is another place: half a line of a form."""


class Task(NamedTuple):
    """What to measure: a sort of paper, a class of damage or "digital", so many pages; peers on the first."""

    sort: str
    how: str
    pages: int
    seed: int
    peers: int
    ocrmypdf: str
    keep: str = ""


@dataclass(slots=True, kw_only=True)
class Outcome:
    """What came out; CPU in seconds, *second* the part of *cpu* that the second recogniser took.

    *off* has for each registered page how many points its worst place is off; *strangers* counts pages of
    other papers that were taken for a form.
    """

    task: Task
    papers: int = 0
    pages: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)
    cpu: float = 0.0
    second: float = 0.0
    off: list[float] = field(default_factory=list)
    strangers: int = 0
    peers: dict[str, float] = field(default_factory=dict)
    """Sums over the files that the peers read as well: pages, values, CPU of each tool, values found."""


class Spy:
    """What happens inside the reader while it reads: pages laid on a blank, CPU of the second recogniser."""

    def __init__(self) -> None:
        """Start with nothing seen."""
        self.laid: list[Page] = []
        self.second = 0.0

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Note what happens while this holds."""
        lay: Any = laying.page
        tell: Any = recogniser.tell

        def laid(*given: Any, **named: Any) -> Page | None:
            page: Page | None = lay(*given, **named)
            if page is not None:
                self.laid.append(page)
            return page

        def told(*given: Any, **named: Any) -> Any:
            before = time.process_time()
            try:
                return tell(*given, **named)
            finally:
                self.second += time.process_time() - before

        with (
            patch.object(laying, "page", laid),
            patch.object(recogniser, "tell", told),
            patch.object(sight, "tell", told),
            patch.object(looks, "tell", told),
        ):
            yield


def run(task: Task) -> Outcome:
    """Measure one slice; the first paper is read twice, so that loading is not counted."""
    made, judge = SORTS[task.sort]
    outcome = Outcome(task=task)
    while outcome.pages < task.pages:
        paper = made(task.seed, outcome.papers)
        taken = _taken(paper, task, outcome.papers)
        data = packed.pdf([one.picture for one in taken]) if taken else paper.data
        if not outcome.papers:
            read_file(data, "paper.pdf", Bounds())
        _measure(paper, data, taken, judge, outcome)
    return outcome


def _taken(paper: Paper, task: Task, number: int) -> tuple[Taken, ...]:
    """Return the pictures of a paper; none for a digital one."""
    if task.how == "digital":
        return ()
    how: Any = task.how
    return laid_out(paper.data, how, f"{task.sort} {task.seed} {number}", family="test")


def _measure(paper: Paper, data: bytes, taken: tuple[Taken, ...], judge: Judge, outcome: Outcome) -> None:
    """Read one paper and add what came out."""
    task, spy = outcome.task, Spy()
    with spy.watching():
        seconds, reading = spent(lambda: read_file(data, "paper.pdf", Bounds()))
    judged = judge(paper, _of_kind(reading, paper.kind))
    outcome.counts.update(judged.counts)
    name = f"{task.sort}-{task.how}-{task.seed}-{outcome.papers}"
    outcome.faults += [fault._replace(paper=f"{name} {fault.paper}") for fault in judged.faults]
    pages = len(taken) or scan_peers.pages_of(data)
    if outcome.papers < task.peers and taken:
        _compare(paper, data, taken, (seconds, spy.second), outcome)
    outcome.papers += 1
    outcome.pages += pages
    outcome.cpu += seconds
    outcome.second += spy.second
    for page in spy.laid if taken else ():
        if task.sort in {"forms", "hands"}:
            outcome.off.append(_off(page, taken[page.number - 1], paper.layout.split(":")[0]))
        else:
            outcome.strangers += 1
    if task.keep and judged.faults:
        Path(task.keep, f"{name}.pdf").write_bytes(data)


def _of_kind(reading: FileReading, kind: str) -> Document | None:
    """Return the document of *kind*, else whatever was found first."""
    same = [document for document in reading.documents if document.kind == kind]
    return next(iter([*same, *reading.documents]), None)


def _off(page: Page, taken: Taken, edition: str) -> float:
    """Return the points by which the worst place of a laid page is off; without end on another sheet."""
    assert page.laid is not None, "only laid pages are seen"
    assert page.as_filed is not None, "a scan leads back to where it came from"
    sheet = page.laid.sheet
    if sheet.edition != edition or sheet.number != page.number:
        return float("inf")
    middles = np.array([zone.box.middle for zone in sheet.zones])
    filed = np.array([page.as_filed(Box(x, y, x, y)).middle for x, y in middles])
    back = taken.geometry.back(filed * np.array(taken.picture.dpi) / 72)
    return float(np.hypot(*(back - middles).T).max())


def _compare(
    paper: Paper, data: bytes, taken: tuple[Taken, ...], ours: tuple[float, float], outcome: Outcome
) -> None:
    """Run the peers on the same file; what they find is any value that stands anywhere in their text."""
    pictures = [one.picture for one in taken]
    values = [value for value in paper.fields.values() if isinstance(value, str) and len(value) > 2]
    tools = {
        "tesseract": scan_peers.tesseract(data, pictures),
        "ocrmypdf": scan_peers.ocrmypdf(data, outcome.task.ocrmypdf),
    }
    add: dict[str, float] = {
        "pages": len(taken), "values": len(values), "ours": ours[0], "second": ours[1],
    }  # fmt: skip
    for tool, told in tools.items():
        if told is not None:
            add |= {tool: told.cpu, f"{tool} found": scan_peers.found_in(told.text, values)}
    for name, amount in add.items():
        outcome.peers[name] = outcome.peers.get(name, 0.0) + amount


def astray(outcome: Outcome) -> int:
    """Return how many pages were laid where they do not lie, and believed."""
    return sum(off > _ASTRAY for off in outcome.off)
