"""The four official forms are read in one way; what tells them apart is data in extractors/forms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from extractors.document import Field
from extractors.forms import reading, recognise
from extractors.forms.ink.stamp import loose
from extractors.kinds import Kind
from extractors.page import Page


def form(name: str) -> Kind:
    """Return the kind *name*, known and read by its templates and labels."""

    def starts(page: Page) -> float:
        """Return how sure it is that the form begins on the page."""
        return recognise.starts(page, name)

    def continues(page: Page, before: Sequence[Page]) -> float:
        """Return how sure it is that the page is another sheet of the same form."""
        return recognise.continues(page, before, name)

    def read(pages: Sequence[Page]) -> Mapping[str, Field]:
        """Return the fields of the form."""
        return {**loose(pages), **reading.read(name, pages)}

    return Kind(name=name, starts=starts, continues=continues, read=read)
