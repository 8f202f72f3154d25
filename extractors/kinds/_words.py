"""The printed words of a kind of paper, from the data file beside its module."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from extractors.kinds._labels import Table, plain, table
from extractors.page import Page, lines

_COLUMN = 2.5
_ROOM = 1.6
"""A line is a title when it is at most this many times as long as the title's words, and a little more."""


@cache
def data(file: str) -> Mapping[str, Any]:
    """Return a data file of this package."""
    loaded: dict[str, Any] = yaml.safe_load(files(__package__).joinpath(file).read_text(encoding="utf-8"))
    return loaded


@cache
def labels(file: str) -> Table:
    """Return the label table of a data file."""
    return table(data(file)["labels"])


def titled(page: Page, titles: Sequence[str]) -> bool:
    """Whether a line of *page* is one of *titles*, or little more than it."""
    wanted = [plain(title) for title in titles]
    return any(_is_title(line, wanted) for line in headings(page))


def headings(page: Page) -> tuple[str, ...]:
    """Return the lines of *page* in plain letters, columns apart and together."""
    return tuple(
        dict.fromkeys(
            plain(line.text)
            for gap in (_COLUMN, None)
            for line in lines(page.words, gap)
            if len(line.text) > 2
        )
    )


def _is_title(line: str, wanted: Sequence[str]) -> bool:
    """Whether a plain line holds a title and not much else."""
    spaced = f" {line} "
    return any(f" {title} " in spaced and len(line) <= _ROOM * len(title) + 12 for title in wanted)
