"""The words by which people say why: closed lists; what they write beside them is kept whole."""

from __future__ import annotations

from typing import Literal, get_args

Reason = Literal[
    "read_wrong",
    "rule_too_strict",
    "rule_too_lax",
    "known_otherwise",
    "doubt_settled",
    "not_enough",
    "no_hearing",
    "law_ambiguous",
    "other",
]
"""Why a decision is another than what the program proposed.

read_wrong: a paper says otherwise than was read; known_otherwise: the office knows it from elsewhere;
doubt_settled: a person looked and the doubt is none; not_enough: the papers do not convince;
no_hearing: the hearing may be left out (Ley 39/2015, art. 82.4); law_ambiguous: one reading was chosen.
"""
REASONS: tuple[Reason, ...] = get_args(Reason)

OnHold = Literal["person_brings", "other_body", "appointment", "consultation", "technical", "other"]
"""Why a case is put aside until a day."""
ON_HOLD: tuple[OnHold, ...] = get_args(OnHold)
