"""How a case stands, in the words of whoever handed it in; a reason for coming back says what to do."""

from __future__ import annotations

from dataclasses import dataclass

from desk.web.visit import Visit
from pipeline.reasons import reason, reasons
from pipeline.store.cases import Line
from pipeline.waiting import WAITS

_NEXT = frozenset({"notice", "answer", "done"})
"""What comes after a decision, as `pipeline.folders.status` says it in ESTADO.html."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A word in a frame, what it means, and what to do; `moving` while the program works on it."""

    word: str
    kind: str
    more: str = ""
    remedy: str = ""
    moving: bool = False


def standing(visit: Visit, line: Line, code: str | None = None) -> Standing:
    """Return how a case stands; *code* says why it was returned."""
    say = visit.say
    if line.stage == "returned":
        return _returned(visit, code)
    if line.stage in {"waiting", "hold"}:
        more = say(f"office.waits_{line.waits_for}") if line.waits_for in WAITS else ""
        return Standing(word=say(f"office.stage_{line.stage}"), kind="care", more=more)
    if answered := _answered(visit, line):
        return answered
    if line.stage == "accepted" or line.queue is None:
        return Standing(word=say("office.stage_accepted"), kind="info", moving=True)
    return Standing(word=say(f"office.queue_{line.queue}"), kind=line.queue)


def _answered(visit: Visit, line: Line) -> Standing | None:
    """Return what silence or a person answered, in the order of ESTADO.html; None while nobody did."""
    say = visit.say
    if line.silence is not None and line.awaits != "done":
        return Standing(word=say(f"office.{line.silence}"), kind="info")
    if line.decided is not None:
        more = say(f"office.next_{line.awaits}") if line.awaits in _NEXT else ""
        return Standing(word=say(f"decide.done_{line.decided}").capitalize(), kind="none", more=more)
    if line.stage in {"closed", "resolved"}:
        return Standing(word=say(f"office.stage_{line.stage}"), kind="none")
    return None


def _returned(visit: Visit, code: str | None) -> Standing:
    """Return why a case came back, in the words of MOTIVO.txt."""
    word = visit.say("office.stage_returned")
    if code is None or code not in reasons():
        return Standing(word=word, kind="bad")
    found, language = reason(code), visit.say.language
    more, remedy = getattr(found.message, language), getattr(found.remedy, language)
    return Standing(word=word, kind="bad", more=more, remedy=remedy)
