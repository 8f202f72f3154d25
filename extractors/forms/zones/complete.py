"""Values from which nothing can be missing, by their shape: a whole day, a number with all figures."""

from __future__ import annotations

import re

from extractors.certainty import PROVED
from extractors.forms.template import Zone
from extractors.forms.zones.manner import day
from extractors.forms.zones.proofs import bare, proof

_DAY = re.compile(r"\d{2}[/.\s-]?\d{2}[/.\s-]?\d{4}")
_PHONE = re.compile(r"[6789]\d{8}")
_PARTS = {"d": re.compile(r"\d\d"), "m": re.compile(r"\d\d"), "y": re.compile(r"\d{4}")}
"""What is whole of a day of which each part has a place of its own."""


def complete(zone: Zone, text: str) -> bool:
    """Return whether *text* would be no value of *zone* if it went on: none of it can be hidden."""
    told, leaf = proof(zone, text), zone.name.rsplit(".", 1)[-1]
    if told != "none":
        return told in PROVED
    if day(zone):
        return (_PARTS.get(zone.part or "") or _DAY).fullmatch(text) is not None
    if leaf in {"mobile", "phone"}:
        return _PHONE.fullmatch(bare(text)) is not None
    return leaf == "postal_code"
