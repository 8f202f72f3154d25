"""From what readers say to how likely they are right: fitted on papers made for it, and checked on others.

.venv/bin/python benchmarks/calibrate.py [--forms 300] [--hard 300] [--certificates 200] [--cards 300]
                                         [--only degraded ...] [--seed s] [--cases FILE] [--onto]
                                         [--table FILE] [--write]

Reads so many papers of each sort, of the family "train", and prints how often each step of the ladder was
right. Of forms, `--hard` ones hold what readers stumble over, far more often than an office's do. `--write`
puts the map into extractors/certainty.yaml and `--table` the table into a Markdown file. With `--cases` the
values are added to FILE, one JSON line each, and all that FILE holds count. With `--onto` they are counted
onto the map as it was committed, of whose cases its rows' own counts are all that is needed: with nothing
read anew the same map comes out. With `--only` forms suffer these kinds of damage alone. First the map is
fitted on one half of the faces and layouts and tried on the other: what it lets pass there, and how much of
that is wrong.
The family "test" is never read here: benchmarks/scan.py proves on it what this fits.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import cv2
from rich.console import Console
from rich.table import Table

sys.path[0] = str(Path(__file__).parents[1])  # the folder of this file holds a desk.py of its own

import extractors  # noqa: E402 - after the path
from benchmarks import calibrate_fit, calibrate_pages, calibrate_samples, calibrate_told  # noqa: E402
from benchmarks.calibrate_fit import Case, Counts  # noqa: E402
from extractors.certainty import Signals  # noqa: E402
from fixtures.damage import CLASSES  # noqa: E402

MAP = Path(extractors.__file__).parent / "certainty.yaml"
"""The map that the program reads."""
PASSES = 0.9
"""Certainty from which a value passes without a person."""


class Gathered(NamedTuple):
    """A case, and the half it belongs to, by its face or layout."""

    case: Case
    half: int


def main() -> int:
    """Gather, try, fit, print and write."""
    asked = _arguments()
    cv2.setNumThreads(1)
    onto = calibrate_told.kept(MAP) if asked.onto else {}
    found = [*_gathered(asked), *(_kept(asked.cases) if asked.cases else ())]
    if asked.cases:
        asked.cases.write_text("".join(f"{_line(one)}\n" for one in found), "utf-8")
    console = Console(width=110)
    for half in (0, 1):
        console.print(_tried(found, half, onto))
    whole = calibrate_fit.fitted(calibrate_fit.counted((one.case for one in found), onto))
    console.print(calibrate_told.table(whole))
    if asked.table:
        asked.table.write_text(calibrate_told.markdown(whole), "utf-8")
    if asked.write:
        calibrate_told.write(whole, MAP)
    return 0


def _arguments() -> argparse.Namespace:
    """Return what was asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    for name, count in (("forms", 300), ("hard", 300), ("certificates", 200), ("cards", 300)):
        parser.add_argument(f"--{name}", type=int, default=count)
    parser.add_argument("--only", nargs="*", choices=CLASSES, default=CLASSES, help="damage of the forms")
    parser.add_argument("--seed", default="fit")
    parser.add_argument("--cases", type=Path)
    parser.add_argument("--onto", action="store_true", help="count onto the committed map")
    parser.add_argument("--table", type=Path)
    parser.add_argument("--write", action="store_true")
    return parser.parse_args()


def _gathered(asked: argparse.Namespace) -> Iterator[Gathered]:
    """Yield the cases of so many papers of each sort."""
    for papers, hard in ((asked.forms, False), (asked.hard, True)):
        for read in calibrate_samples.forms(papers, asked.seed, "train", hard=hard, hows=asked.only):
            if read.case is not None:
                yield Gathered(read.case, half(f"{read.face} {read.edition}"))
    for layout, case in calibrate_pages.words(asked.certificates, asked.seed, "train"):
        yield Gathered(case, half(layout))
    for kind, case in calibrate_pages.zones(asked.cards, asked.seed, "train"):
        yield Gathered(case, half(kind))


def half(name: str) -> int:
    """Return the half that a face with its edition, or a layout, belongs to, the same in every run."""
    return sum(name.encode()) % 2


def _tried(found: Sequence[Gathered], held: int, onto: Counts) -> Table:
    """Return what the map of one half, with all of *onto*, lets pass of the other, by reader and sort."""
    learned = (one.case for one in found if one.half != held)
    whole = calibrate_fit.fitted(calibrate_fit.counted(learned, onto))
    shown = Table("reader", "sort", "values", "pass", "of these wrong", "at most wrong (95 %)")
    shown.title = f"Fitted on one half of faces and layouts, tried on the other ({held + 1} of 2)"
    seen: Counter[tuple[str, str]] = Counter()
    passed: Counter[tuple[str, str]] = Counter()
    wrong: Counter[tuple[str, str]] = Counter()
    for case in (one.case for one in found if one.half == held):
        lets = calibrate_fit.told(whole, case) >= PASSES
        seen[case.reader, case.sort] += 1
        passed[case.reader, case.sort] += lets
        wrong[case.reader, case.sort] += lets and not case.right
    for key in sorted(seen):
        most = calibrate_fit.upper(wrong[key], passed[key]) if passed[key] else 1.0
        shown.add_row(*key, *map(str, (seen[key], passed[key], wrong[key])), f"{most:.2%}")
    return shown


def _kept(path: Path) -> Iterable[Gathered]:
    """Return the cases of earlier runs."""
    for line in path.read_text("utf-8").splitlines() if path.exists() else ():
        reader, sort, signals, right, half_ = json.loads(line)
        yield Gathered(Case(reader, sort, Signals(*signals), right), half_)


def _line(one: Gathered) -> str:
    """Return a case as a line of JSON."""
    case = one.case
    signals = (round(float(case.signals.sure), 4), *case.signals[1:3], round(float(case.signals.told), 4))
    return json.dumps([case.reader, case.sort, signals, bool(case.right), one.half])


if __name__ == "__main__":
    sys.exit(main())
