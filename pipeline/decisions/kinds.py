"""What may be decided of a case: a closed list, and what each makes of it.

`grant`, `refuse`, `refer`, `desist` and `withdraw` resolve the case (Ley 39/2015, arts. 21.1, 68.1, 88, 94);
`require` and `hear` ask the person something first (arts. 68 and 82).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, get_args

from pipeline.letters.kinds import Kind as LetterKind

Kind = Literal["grant", "require", "hear", "refer", "refuse", "desist", "withdraw"]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sort:
    """What one kind is: the outcome of its resolution (`validators.life`), its letter, its place in a notice.

    `proposed` are the queues of which it is what the program proposed.
    """

    outcome: str | None
    letter: LetterKind
    act: Literal["resolution", "requirement", "hearing"]
    proposed: frozenset[str] = frozenset()


SORTS: Mapping[Kind, Sort] = MappingProxyType(
    {
        "grant": Sort(outcome="grant", letter="grant", act="resolution", proposed=frozenset({"approve"})),
        "require": Sort(outcome=None, letter="requirement", act="requirement", proposed=frozenset({"cure"})),
        "hear": Sort(outcome=None, letter="hearing", act="hearing", proposed=frozenset({"refuse"})),
        "refer": Sort(outcome="referral", letter="referral", act="resolution", proposed=frozenset({"refer"})),
        "refuse": Sort(outcome="refusal", letter="refusal", act="resolution", proposed=frozenset({"refuse"})),
        "desist": Sort(
            outcome="desistimiento", letter="desistimiento", act="resolution", proposed=frozenset({"cure"})
        ),
        "withdraw": Sort(outcome="withdrawal", letter="withdrawal", act="resolution"),
    }
)


def resolves(kind: Kind) -> bool:
    """Tell whether a decision of that kind answers the application."""
    return SORTS[kind].outcome is not None
