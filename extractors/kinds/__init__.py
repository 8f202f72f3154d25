"""The kinds of paper: one module each, found by looking, never listed.

A module of this package holds one `KIND`. Modules whose name starts with an underscore are shared
parts. Two modules with the same kind are refused when the program starts.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from extractors.document import Field
from extractors.lines import Word
from extractors.page import Page


def never_continues(page: Page, before: Sequence[Page]) -> float:
    """For kinds of one page: nothing that follows belongs to them."""
    del page, before
    return 0.0


def nothing_known(page: Page) -> frozenset[Word]:
    """For kinds without words of their own that a scan could be checked by."""
    del page
    return frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """How one kind of paper is known and read.

    `starts` says how sure it is, 0 to 1, that a document of this kind begins on the page.
    `continues` says how sure it is that the page goes on with the document on the pages before.
    `read` gives the fields of a whole document; a field that is not on the paper is absent.
    `known` gives the words of a page that the kind's own vocabulary explains.
    """

    name: str
    starts: Callable[[Page], float]
    read: Callable[[Sequence[Page]], Mapping[str, Field]]
    continues: Callable[[Page, Sequence[Page]], float] = never_continues
    known: Callable[[Page], frozenset[Word]] = nothing_known


@cache
def kinds() -> Mapping[str, Kind]:
    """Return all kinds by name, in the order of their names."""
    found: dict[str, Kind] = {}
    for module in sorted(m.name for m in pkgutil.iter_modules(__path__) if m.name[0] != "_"):
        kind: Kind = importlib.import_module(f"{__name__}.{module}").KIND
        if kind.name in found:
            message = f"two modules in {__name__} read the kind {kind.name!r}; keep one"
            raise ValueError(message)
        found[kind.name] = kind
    return found
