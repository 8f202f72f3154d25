"""Reading, measured: CPU beside two plain tools, and what is right, wrong and absent.

.venv/bin/python benchmarks/read.py [--count 10] [--scans 3]     CPU per page and per case, correctness
.venv/bin/python benchmarks/read.py --accuracy [--count 3]       correctness per layout and language
"""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from rich.console import Console
from rich.table import Table

sys.path[0] = str(Path(__file__).parents[1])  # the folder of this file holds a desk.py of its own
from benchmarks.compare import Result, compare  # noqa: E402 - after the path
from benchmarks.samples import Sample, digital_cases, layout_samples, scanned_cases  # noqa: E402
from benchmarks.spending import spent  # noqa: E402
from extractors.bounds import Bounds  # noqa: E402
from extractors.document import Document, FileReading  # noqa: E402
from extractors.reader import read_file  # noqa: E402

SHOWN = 8
"""Names of fields shown in a cell."""
GROUPS = {"form": "form", "certificate": "text certificate", "other": "other text", "scan": "scan"}


class Cost(NamedTuple):
    """CPU seconds and pages."""

    cpu: float = 0.0
    pages: int = 0
    cases: int = 0


def ours(data: bytes) -> FileReading:
    """Read a file with this program, in this process."""
    return read_file(data, "paper.pdf", Bounds())


def plain_text(data: bytes) -> str:
    """Extract the text of every page with pdfplumber, nothing else."""
    import pdfplumber

    with pdfplumber.open(BytesIO(data)) as paper:
        return "\n".join(page.extract_text() or "" for page in paper.pages)


def plain_ocr(data: bytes, dpi: int) -> str:
    """Recognise every page with pytesseract as it comes, one thread."""
    from pytesseract import pytesseract

    recognise: Any = pytesseract.image_to_string
    pages = _opened(data)
    return "\n".join(recognise(page.render(scale=dpi / 72).to_pil(), lang="spa") for page in pages)


def pages_of(data: bytes) -> int:
    """Return the number of pages."""
    return len(_opened(data))


def _opened(data: bytes) -> Any:
    """Return the file as PDFium opens it."""
    import pypdfium2

    untyped: Any = pypdfium2.PdfDocument
    return untyped(data)


def found_in(reading: FileReading, kind: str) -> Document | None:
    """Return the document of *kind*, else whatever was found first."""
    same = [document for document in reading.documents if document.kind == kind]
    return next(iter([*same, *reading.documents]), None)


def judged(sample: Sample, reading: FileReading) -> list[Result]:
    """Return the results of one paper."""
    paper = sample.paper
    if reading.code:
        return [Result(f"(code {reading.code})", "absent", 0.0, paper.kind, None)]
    return list(compare(paper.kind, paper.fields, paper.language, found_in(reading, paper.kind)))


def costs(
    samples: Iterable[Sample], dpi: int
) -> tuple[dict[str, dict[str, Cost]], list[tuple[Sample, list[Result]]]]:
    """Return the cost by group and tool, and the results of ours; each first paper warms the tools up."""
    table: dict[str, dict[str, Cost]] = defaultdict(lambda: defaultdict(Cost))
    results = []
    warm: set[str] = set()
    for sample in samples:
        data, pages = sample.paper.data, pages_of(sample.paper.data)
        tools: tuple[tuple[str, Callable[[bytes], Any]], ...] = (
            ("ours", ours),
            ("pdfplumber", plain_text),
            ("tesseract", partial(plain_ocr, dpi=dpi)),
        )
        for tool, work in tools:
            if sample.group not in warm:
                work(data)
            seconds, found = spent(partial(work, data))
            old = table[sample.group][tool]
            table[sample.group][tool] = Cost(old.cpu + seconds, old.pages + pages)
            if tool == "ours":
                results.append((sample, judged(sample, found)))
        warm.add(sample.group)
    return table, results


def print_costs(table: Mapping[str, Mapping[str, Cost]], cases: Mapping[str, int], out: Console) -> None:
    """Print CPU per page and per case, and ours as a share of the others."""
    shown = Table(title="CPU milliseconds, user and system, children included")
    for head in (
        "papers",
        "pages",
        "ours / page",
        "ours / case",
        "pdfplumber / page",
        "tesseract / page",
        "ours : pdfplumber",
        "ours : tesseract",
    ):
        shown.add_column(head, justify="right" if head != "papers" else "left")
    for group, tools in table.items():
        per = {tool: 1000 * cost.cpu / cost.pages for tool, cost in tools.items()}
        shown.add_row(
            GROUPS[group],
            str(tools["ours"].pages),
            f"{per['ours']:.1f}",
            f"{1000 * tools['ours'].cpu / max(cases.get(group, 1), 1):.1f}",
            f"{per['pdfplumber']:.1f}",
            f"{per['tesseract']:.1f}",
            "-" if group == "scan" else f"{per['ours'] / per['pdfplumber']:.2f}",
            f"{per['ours'] / per['tesseract']:.3f}",
        )
    out.print(shown)


def print_results(by: Mapping[str, list[Result]], title: str, out: Console) -> None:
    """Print exact, wrong and absent per row, with the names of the fields at fault."""
    shown = Table(title=title)
    for head in ("", "exact", "wrong", "absent", "wrong and sure", "wrong", "absent"):
        shown.add_column(head, overflow="fold")
    for row, results in sorted(by.items()):
        count = Counter(result.verdict for result in results)
        grave = [result for result in results if result.grave]
        shown.add_row(
            row,
            *(str(count[verdict]) for verdict in ("exact", "wrong", "absent")),
            _names(grave),
            _names(result for result in results if result.verdict == "wrong" and not result.grave),
            _names(result for result in results if result.verdict == "absent"),
        )
    out.print(shown)


def _names(results: Iterable[Result]) -> str:
    """Return the most frequent names with how often each occurs."""
    counted = Counter(result.name for result in results)
    shown = ", ".join(f"{name}×{times}" for name, times in counted.most_common(SHOWN))
    return f"{shown} and {len(counted) - SHOWN} more" if len(counted) > SHOWN else shown


def print_examples(results: Iterable[tuple[Sample, list[Result]]], out: Console) -> None:
    """Print every wrong value with what was read; the papers are invented."""
    for sample, found in results:
        for result in found:
            if result.verdict == "wrong":
                sure = f"{result.confidence:.2f}"
                out.print(
                    f"{sample.label}  {result.name}  {sure}  {result.truth!r} != {result.read!r}",
                    markup=False,
                )


def _asked() -> argparse.Namespace:
    """Return what the command line asks for."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument(
        "--count", type=int, default=10, help="digital cases, or papers per layout and language"
    )
    options.add_argument("--scans", type=int, default=3, help="scanned cases")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--dpi", type=int, default=200, help="resolution for plain tesseract")
    options.add_argument(
        "--accuracy", action="store_true", help="correctness per layout and language, no costs"
    )
    options.add_argument(
        "--held-out", action="store_true", help="with --accuracy: the layouts kept for evaluation"
    )
    options.add_argument("--layout", help="with --accuracy: only layouts whose name starts so")
    options.add_argument("--examples", action="store_true", help="print every wrong value")
    return options.parse_args()


def main() -> int:
    """Measure and print."""
    asked = _asked()
    os.environ["OMP_THREAD_LIMIT"] = "1"
    out = Console(width=None if sys.stdout.isatty() else 200)
    if asked.accuracy:
        chance, only = Random(asked.seed), asked.layout or ""
        samples = list(layout_samples(chance, asked.count, held_out=asked.held_out, only=only))
        results = [(sample, judged(sample, ours(sample.paper.data))) for sample in samples]
    else:
        samples = [*digital_cases(asked.seed, asked.count), *scanned_cases(asked.seed, asked.scans)]
        table, results = costs(samples, asked.dpi)
        cases = {group: asked.scans if group == "scan" else asked.count for group in GROUPS}
        print_costs(table, cases, out)
    by: dict[str, list[Result]] = defaultdict(list)
    for sample, found in results:
        by[sample.label].extend(found)
    print_results(by, "Fields against the truth", out)
    if asked.examples:
        print_examples(results, out)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
