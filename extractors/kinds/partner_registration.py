"""A register's certificate on an unmarried couple: known by its title; the couple's names are not read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from extractors.document import Field
from extractors.kinds import Kind
from extractors.kinds._labels import spots
from extractors.kinds._pages import numbered_on
from extractors.kinds._values import day, first
from extractors.kinds._words import labels, score
from extractors.page import Page

_FILE = "partner_registration.yaml"


def read(pages: Sequence[Page]) -> Mapping[str, Field]:
    """Return the days that are labelled."""
    places = spots(pages, labels(_FILE))
    found = {field: first(places.get(field, ()), day) for field in ("registered_on", "issued_on")}
    return {field: value for field, value in found.items() if value is not None}


KIND = Kind(name="partner_registration", starts=partial(score, file=_FILE), continues=numbered_on, read=read)
