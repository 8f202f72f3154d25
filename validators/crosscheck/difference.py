"""How two papers differ about one fact, each way with its words, and whether it needs a person."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple

from validators.finding import Text
from validators.tables import Table, read

Verdict = Literal["agree", "explained", "contradiction", "not_comparable"]


class Difference(NamedTuple):
    """One way to differ: a slug, whether nobody needs to look, the sentence in three languages."""

    kind: str
    verdict: Verdict
    tolerated: bool
    text: Text


class Compared(NamedTuple):
    """What comparing two papers on one fact gives; no difference where they say the same or nothing."""

    verdict: Verdict
    differences: tuple[Difference, ...] = ()


AGREE = Compared("agree")
NOT_COMPARABLE = Compared("not_comparable")


def differ(*kinds: str) -> Compared:
    """Return the comparison with these differences; a contradiction among them prevails."""
    found = tuple(_table()[kind] for kind in dict.fromkeys(kinds))
    if not found:
        return AGREE
    clash = any(one.verdict == "contradiction" for one in found)
    return Compared("contradiction" if clash else "explained", found)


@cache
def _table() -> Mapping[str, Difference]:
    """Return every difference by its slug."""
    table = read(files("validators.crosscheck").joinpath("differences.yaml"))
    table.expect("description", "checked_on", "contradictions", "explained")
    found = {}
    for slug, told in table.table("contradictions").items():
        told.expect("es", "gl", "en")
        found[slug] = Difference(slug, "contradiction", tolerated=False, text=_text(told))
    for slug, told in table.table("explained").items():
        told.expect("tolerated", "es", "gl", "en")
        found[slug] = Difference(slug, "explained", told.flag("tolerated"), _text(told))
    return found


def _text(told: Table) -> Text:
    """Return the sentence of a row of the table."""
    return Text(told.text("es"), told.text("gl"), told.text("en"))
