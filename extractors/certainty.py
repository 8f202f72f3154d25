"""How likely a value that was seen, not told, is right: from what the readers say to a probability.

The map is data, `certainty.yaml`, fitted on generated papers whose layouts, faces and damage no test shares.
What stands in no row of it was never seen there, and is as likely right as wrong: a guess is never surer
than a measurement.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple

from extractors.vocabulary import loaded

Reader = Literal["zone", "page", "zones_of_card"]
"""A place of a known blank, words of a whole page, or the machine readable zone of a card."""
Sort = Literal["name", "date", "number", "code", "amount", "text"]
"""A name, a day, figures alone, an identifier with letters and figures, euros, or anything else."""
Second = Literal["none", "same", "accents", "often", "letters", "listed", "third", "other"]
"""What the other recogniser says: not asked, the same, the same but for accents and case, what most looks of
the engine saw where its first left doubt, the same letters in ink drawn black, accents and case left out, one
of the few words that can stand in its place, however unsure both were, the same as a third of another make
too (`told` is then the third's), or something else."""
Proof = Literal["none", "held", "twice", "repaired", "failed"]
"""A check digit or letter: the value has none, it holds as read, two of different kinds hold (an IBAN's own,
and those of its account), it holds only after a repair, or it fails."""
PROVED = frozenset({"held", "twice"})
"""Proofs of what was read to the letter."""


_UNSEEN = 0.5
"""Probability of what was never counted: as likely right as wrong."""


ACCEPTED = 0.9
"""Certainty from which a value may be accepted without a person: of such at most one in 1 000 is wrong."""
FAXED = 0.89
"""Certainty at most of figures on a picture in black and white alone that no others of the page vouch for.

A stroke that a fax lost leaves no grey, and both readers agree on another figure (an 8 was a 0 in one of 98
sure values of trial faxes).
"""


class Signals(NamedTuple):
    """What is known of one reading: the first engine's own certainty of its worst word, and the rest.

    `told` is the second recogniser's own probability of what it read, `Told.sure`; 0 where it was not asked.
    """

    sure: float
    second: Second = "none"
    proof: Proof = "none"
    told: float = 0.0


def certainty(reader: Reader, sort: Sort, signals: Signals) -> float:
    """Return the probability, 0 to 1, that a value of *sort* read with *signals* is right, accents apart."""
    for row in _rows(reader, sort):
        same = row["second"] == signals.second and row["proof"] == signals.proof
        if same and signals.sure >= row["from"] and signals.told >= row.get("told", 0.0):
            return float(row["right"])
    return _UNSEEN


@cache
def _rows(reader: Reader, sort: Sort) -> Sequence[Mapping[str, Any]]:
    """Return the rows of one part of the fitted map.

    A paper asks for few of the parts, and to load them all takes a fifth of a second.
    """
    whole = files(__package__).joinpath("certainty.yaml").read_text("utf-8")
    rows: Sequence[Mapping[str, Any]] = loaded(_part(sort, _part(reader, whole)))
    return rows


def _part(name: str, text: str) -> str:
    """Return what stands under *name* in a YAML *text*, moved left; raise LookupError where nothing does."""
    found = re.search(rf"^{name}:\n((?:  .*\n)+)", text, re.MULTILINE)
    if found is None:
        message = f"certainty.yaml has no {name}: write it anew with benchmarks/calibrate.py"
        raise LookupError(message)
    return re.sub("^  ", "", found[1], flags=re.MULTILINE)
