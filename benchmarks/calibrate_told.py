"""The map of certainties told: as the data file that the program reads, and as tables for people."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import get_args

from rich.table import Table

from benchmarks.calibrate_fit import CEILING, EACH, OWN, SIEVES, TARGET, TRUST, Count, Counts, Map, Row, upper
from extractors.certainty import Reader
from extractors.vocabulary import loaded

_HEAD = f"""\
# How often values that were seen are right, by what the readers said of them: written by
# benchmarks/calibrate.py, which says how; nobody edits it by hand.
#
# For each reader and sort the first row holds whose `second` and `proof` are those seen, whose `from` is not
# above the engine's own certainty and whose `told` is not above the recogniser's. `own` counts the values of
# this sort that fell into the row and how many of them were wrong, `pool` those it was judged by: all that
# passes if it does, of all sorts together unless its own contradict them. Only a row of whose pool at most
# `target` are wrong, with probability `trust`, of itself at most {EACH} and of its own sort {OWN} times that,
# says more than `ceiling`; a check digit that holds lets one wrong value in {SIEVES["held"]} pass, and two of
# different kinds one in {SIEVES["twice"]}. What no row holds was never seen, and is as likely right as wrong.
target: {TARGET}
trust: {TRUST}
ceiling: {CEILING}
"""


def write(found: Map, path: Path) -> None:
    """Write the map as the file that the program reads."""
    lines = [_HEAD.rstrip()]
    for reader, sorts in found.items():
        lines.append(f"{reader}:")
        for sort, rows in sorts.items():
            seen = [row for row in rows if row.pool.seen]
            lines += [f"  {sort}:", *(f"    - {_row(row)}" for row in seen)] if seen else [f"  {sort}: []"]
    path.write_text("\n".join(lines) + "\n", "utf-8")


def kept(path: Path) -> Counts:
    """Return the values that each row of a written map counts as its own: all that is left of their cases."""
    told = loaded(path.read_text("utf-8"))
    return {
        (reader, sort, (row["second"], row["proof"], row["from"], row["told"])): Count(*row["own"])
        for reader in get_args(Reader)
        for sort, rows in told[reader].items()
        for row in rows
        if any(row["own"])
    }


def _row(row: Row) -> str:
    """Return one row in YAML."""
    counts = f"own: [{row.own.seen}, {row.own.wrong}], pool: [{row.pool.seen}, {row.pool.wrong}]"
    signals = f"second: {row.second}, proof: {row.proof}, from: {row.from_}, told: {row.told}"
    return f"{{{signals}, right: {row.right}, {counts}}}"


def table(found: Map) -> Table:
    """Return the rows into which values fell, for a terminal."""
    shown = Table("reader", "sort", "second", "proof", "from", "told", "values", "wrong", "pool", "says")
    for cells in _cells(found):
        shown.add_row(*cells)
    return shown


def markdown(found: Map) -> str:
    """Return what passes without a person, by reader and sort, and every row on which that stands."""
    heads = (
        "reader", "sort", "second", "proof", "engine from", "recogniser from", "values", "wrong",
        "pool: values / wrong / at most wrong", "says",
    )  # fmt: skip
    rows = [heads, ("---",) * len(heads), *_cells(found)]
    return "".join("| " + " | ".join(row) + " |\n" for row in rows)


def _cells(found: Map) -> Iterator[tuple[str, ...]]:
    """Yield the rows into which values fell as texts."""
    for reader, sorts in found.items():
        for sort, row in chain.from_iterable(((sort, row) for row in rows) for sort, rows in sorts.items()):
            if row.own.seen:
                yield (
                    reader, sort, row.second, row.proof, f"{row.from_}", f"{row.told}",
                    f"{row.own.seen}", f"{row.own.wrong}", _pool(row.pool), f"{row.right}",
                )  # fmt: skip


def _pool(pool: Count) -> str:
    """Return what a row was judged by."""
    return f"{pool.seen} / {pool.wrong} / {upper(pool.wrong, pool.seen):.2%}"
