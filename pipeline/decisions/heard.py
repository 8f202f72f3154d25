"""Whether a refusal rests on something that the person was not heard on (Ley 39/2015, art. 82)."""

from __future__ import annotations

from pipeline.decisions.situation import Situation
from pipeline.letters.kinds import hearing_due
from pipeline.notices.standing import hearing_ends, hearing_of


def unheard(found: Situation) -> bool:
    """Tell whether a refusal now would rest on what the person had no occasion to answer.

    The hearing may be left out only where nothing counts but what the person brought (art. 82.4). What no
    rule of the program says is a person's own ground, which nobody else has seen. A hearing that was held
    counts for the grounds that its letter spoke of.
    """
    against = {f"{ground.rule} not_met" for ground in found.file.with_outcome("not_met")}
    hearing = hearing_of(found)
    if hearing is None or hearing_ends(found) is None:
        return not against or hearing_due(found.file)
    left_out = {f"{rule} not_met" for rule in hearing.letter["left_out"]}
    return bool(against - ({*hearing.proposal["rules"]} - left_out)) and hearing_due(found.file)
