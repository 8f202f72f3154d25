"""What may be decided, and what stands in its way: words of a closed list, each with its article.

Pure: the situation is given. A person may decide otherwise than the program proposes, but never silently, and
never against what the law has settled already.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pipeline.decisions.heard import unheard
from pipeline.decisions.kinds import SORTS, Kind
from pipeline.decisions.proposal import as_proposed, doubts, sealed
from pipeline.decisions.reasons import Reason
from pipeline.decisions.situation import Situation
from pipeline.letters.kinds import hearing_due
from pipeline.notices.standing import answered, hearing_ends, waiting_until, waived
from validators.life import Event, State
from validators.life.events import Kind as Happened

_ANSWERED = frozenset(
    {
        State.GRANTED,
        State.REFUSED,
        State.REFERRED,
        State.DESISTED,
        State.AWAITING_SIGNATURE,
        State.LAPSED,
        State.IN_FORCE,
        State.ENDED,
    }
)
"""States in which a notified act has answered; what silence answered may still be confirmed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edits:
    """What a person says of the letter: data, never markup (`pipeline.letters.choices`)."""

    left_out: frozenset[str] = frozenset()
    added: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    hearing_days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What somebody chose. `seen` are keys of doubts; `signer` the name that stands under the letter."""

    kind: Kind
    reason: Reason | None = None
    text: str = ""
    seen: frozenset[str] = frozenset()
    edits: Edits = field(default_factory=Edits)
    signer: str = ""


class Impossible(Exception):  # noqa: N818 - an answer to a person, not an error of the program
    """A choice that cannot stand: `why` are words of `desk/web/words/decide.yaml`, with their values."""

    def __init__(self, *why: str, **values: object) -> None:
        """Say *why*, and the *values* of the blanks of those sentences."""
        super().__init__(", ".join(why))
        self.why, self.values = why, values


def refuse_impossible(choice: Choice, found: Situation, *, supervisor: bool) -> None:
    """Raise Impossible with everything that stands in the way of a choice."""
    wrong = [*standing_in_the_way(found, supervisor=supervisor)] or [*_objections(choice, found)]
    if wrong:
        raise Impossible(*wrong, **values(found))


def standing_in_the_way(found: Situation, *, supervisor: bool) -> Iterator[str]:
    """Yield why nothing at all can be decided of a case now."""
    if found.stage not in {"routed", "resolved"}:
        yield "not_judged"
    decided = found.standing
    if decided is not None and not decided.taken:
        yield "awaits_second"
    elif decided is not None and (decided.resolves or decided.final is None):
        yield "decided"
    elif found.lived.life.state in _ANSWERED and found.silently_granted is None:
        yield "answered"
    if found.handling.level > 1 and not supervisor:
        yield "second_level"


def values(found: Situation) -> Mapping[str, object]:
    """Return what the sentences say of a case."""
    until = waiting_until(found)
    return {
        "since": _day(found.silently_granted),
        "until": _day(until),
        "hearing": _day(hearing_ends(found)),
    }


def _objections(choice: Choice, found: Situation) -> Iterator[str]:
    """Yield what stands in the way of one choice."""
    if found.silently_granted is not None and choice.kind != "grant":
        yield "granted_by_silence"
        return
    if _asked_already(choice.kind, found):
        yield "asked_already"
        return
    yield from _unsaid(choice, found)
    by_kind = {"desist": _desists, "withdraw": _withdraws, "refuse": _refuses}
    if choice.kind in by_kind:
        yield from by_kind[choice.kind](choice, found)


def _asked_already(kind: Kind, found: Situation) -> bool:
    """Tell whether the person was asked just that of this very case, and it is not told or answered yet."""
    decided = found.standing
    if decided is None or decided.kind != kind or decided.resolves:
        return False
    until = hearing_ends(found) if kind == "hear" else waiting_until(found)
    passed = until is not None and until < found.today
    return decided.proposal["seal"] == sealed(found.report) and not passed and not answered(found)


def _unsaid(choice: Choice, found: Situation) -> Iterator[str]:
    """Yield what a person did not say and must: why it is not as proposed, and which doubts are settled.

    Why nobody was heard is told in words too: that the hearing may be left out has its reasons (art. 82.4).
    """
    other = differs(found, choice.kind)
    if other and choice.reason is None:
        yield "reason_missing"
    if (other or choice.reason == "no_hearing") and not choice.text.strip():
        yield "text_missing"
    if any(doubt.key not in choice.seen for doubt in doubts(found.report, choice.kind)):
        yield "doubts_unseen"


def differs(found: Situation, kind: Kind) -> bool:
    """Tell whether a decision is another than proposed; to confirm what silence granted never is.

    Of an application that was given up anything but accepting that is: the procedure goes on only for what is
    of general interest, or for others (Ley 39/2015, art. 94.4 and 94.5).
    """
    if kind == "grant" and found.silently_granted is not None:
        return False
    if kind == "withdraw":
        return False
    if _last(found, Happened.WITHDRAWAL_DECLARED) is not None:
        return True
    if kind == "hear":
        return not (as_proposed(found.file.queue, kind) and hearing_due(found.file))
    return not as_proposed(found.file.queue, kind)


def _desists(choice: Choice, found: Situation) -> Iterator[str]:
    """Yield why *desistimiento* cannot be declared (Ley 39/2015, arts. 68.1 and 73.3)."""
    del choice
    asked = _last(found, Happened.REQUIREMENT_NOTIFIED)
    complied = _last(found, Happened.REQUIREMENT_COMPLIED)
    until = found.lived.life.clock.cure_by
    if asked is None:
        yield "not_asked"
    elif complied is not None and complied.on >= asked.on:
        yield "complied"
    elif until is None or found.today <= until:
        yield "not_passed"


def _withdraws(choice: Choice, found: Situation) -> Iterator[str]:
    """Yield why giving the application up cannot be accepted: nobody gave it up (art. 94)."""
    del choice
    if _last(found, Happened.WITHDRAWAL_DECLARED) is None:
        yield "not_withdrawn"


def _refuses(choice: Choice, found: Situation) -> Iterator[str]:
    """Yield why a refusal comes too early: the person was not heard, or still may be (art. 82)."""
    ends = hearing_ends(found)
    if ends is not None and found.today <= ends and not waived(found):
        yield "hearing_runs"
    elif unheard(found) and choice.reason != "no_hearing":
        yield "hearing_due"


def proposed_kind(found: Situation) -> Kind | None:
    """Return the decision that the program proposes now, None while a person has to look first."""
    if found.silently_granted is not None:
        return "grant"
    if _last(found, Happened.WITHDRAWAL_DECLARED) is not None:
        return "withdraw"
    asked = found.standing.kind if found.standing is not None else None
    if asked is not None and _asked_already(asked, found):
        return None
    if found.file.queue == "cure":
        return "require" if [*_desists(Choice(kind="desist"), found)] else "desist"
    if found.file.queue == "refuse":
        return "refuse" if not [*_refuses(Choice(kind="refuse"), found)] else "hear"
    return next((kind for kind in SORTS if as_proposed(found.file.queue, kind)), None)


def _last(found: Situation, kind: Happened) -> Event | None:
    """Return what happened last of a kind, as far as it counts."""
    return next((event for event in reversed(found.lived.life.events) if event.kind is kind), None)


def _day(day: dt.date | None) -> str:
    """Return a day as people read it."""
    return f"{day:%d/%m/%Y}" if day else "-"
