"""The letters there are, and which one the queue of a case calls for."""

from __future__ import annotations

from typing import Literal, get_args

from pipeline.letters.addressee import request_type
from pipeline.letters.casefile import CaseFile, Ground

Kind = Literal[
    "requirement",
    "hearing",
    "grant",
    "refusal",
    "referral",
    "desistimiento",
    "withdrawal",
    "silence",
    "baja",
    "variation",
]
KINDS: tuple[Kind, ...] = get_args(Kind)


def called_for(file: CaseFile) -> Kind | None:
    """Return the letter that the queue of a case calls for; none while a person has to look first."""
    if file.queue == "approve":
        granted: dict[str, Kind] = {"baja": "baja", "variacion": "variation"}
        return granted.get(request_type(file), "grant")
    if file.queue == "refuse":
        return "hearing" if hearing_due(file) else "refusal"
    others: dict[str, Kind] = {"cure": "requirement", "refer": "referral"}
    return others.get(file.queue)


def hearing_due(file: CaseFile) -> bool:
    """Tell whether a refusal rests on anything else than the papers that the person handed in.

    Only then may the hearing be left out (Ley 39/2015, art. 82.4): what rests on no paper, or on the answer
    of a register, the person has not seen.
    """
    own = {paper.id for paper in file.papers}
    return not all(_rests_on(ground, own) for ground in file.with_outcome("not_met"))


def _rests_on(ground: Ground, own: set[str]) -> bool:
    """Tell whether a finding stands on papers of the person's, and on nothing else."""
    return bool(ground.evidence) and all(paper in own for paper, _ in ground.evidence)
