"""The letters there are, and which one the queue of a case calls for."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
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
_GRANTS: Mapping[str, Kind] = MappingProxyType({"alta": "grant", "baja": "baja", "variacion": "variation"})
"""The letter that gives what an application for a convenio asks for."""


def called_for(file: CaseFile) -> Kind | None:
    """Return the letter that the queue of a case calls for; none while a person has to look first."""
    if file.queue == "approve":
        return given(file)
    if file.queue == "refuse":
        return "hearing" if hearing_due(file) else "refusal"
    others: dict[str, Kind] = {"cure": "requirement", "refer": "referral"}
    return others.get(file.queue)


def given(file: CaseFile) -> Kind:
    """Return the letter that gives what the application asks for."""
    return _GRANTS.get(request_type(file), "grant")


def gives(kind: Kind) -> bool:
    """Tell whether a letter gives what an application asks for."""
    return kind in _GRANTS.values()


def gives_another_thing(file: CaseFile, kind: Kind) -> bool:
    """Tell whether a letter gives something else than what the application surely asks for."""
    asked = _GRANTS.get(request_type(file))
    return asked is not None and gives(kind) and kind != asked


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
