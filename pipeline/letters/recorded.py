"""What the record of a case says that a letter needs: its notices, its withdrawal, the day of silence."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from pipeline.errors import UsageError
from pipeline.letters.choices import Choices
from pipeline.letters.kinds import Kind
from validators.life import SILENT, Event, Life, State
from validators.life import Kind as Happened

_CURED: frozenset[Kind] = frozenset({"requirement", "desistimiento"})
_AGAINST: frozenset[Kind] = frozenset({"hearing", "refusal", "referral", "desistimiento"})
RECORDED: frozenset[Kind] = frozenset({*_CURED, *_AGAINST, "withdrawal", "silence"})
"""The letters that the record of a case has anything to say to."""
_BY_SILENCE = frozenset({State.GRANTED_BY_SILENCE, State.REJECTED_BY_SILENCE})


def recorded(choices: Choices, kind: Kind, life: Life) -> Choices:
    """Return *choices* with what the record tells and a person did not say.

    Raises:
        UsageError: silence is to be certified, and by the record there is none; the letter speaks against
            what silence granted; or the person answered what the letter takes for unanswered.
    """
    if kind in _AGAINST:
        _allowed(life)
    if kind == "silence":
        told = any(event.kind in SILENT for event in life.events)
        return replace(choices, silent_since=_silent_since(life), silence_told=told)
    asked = _last(life, Happened.REQUIREMENT_NOTIFIED)
    if kind == "desistimiento":
        _unanswered(life, asked)
    if kind in _CURED and choices.notified_on is None and asked is not None:
        return replace(choices, notified_on=asked.on, longer_by=_longer_by(life, asked))
    withdrawn = _last(life, Happened.WITHDRAWAL_DECLARED)
    if kind == "withdrawal" and choices.asked_on is None and withdrawn is not None:
        return replace(choices, asked_on=withdrawn.on)
    return choices


def _allowed(life: Life) -> None:
    """Refuse to speak against what silence granted (Ley 39/2015, art. 24.3.a)."""
    if life.clock.silence == "positive" and life.silent_since is not None:
        what = f"Estimada por silencio desde el {life.silent_since:%d/%m/%Y}: solo cabe confirmarla"
        raise UsageError(
            what, "Si se notificó o se intentó en plazo, anótelo antes con `ventanilla case record`."
        )


def _unanswered(life: Life, asked: Event | None) -> None:
    """Refuse to take for given up what the person answered."""
    complied = _last(life, Happened.REQUIREMENT_COMPLIED)
    if complied is not None and (asked is None or complied.on >= asked.on):
        what = f"Consta que la persona contestó el {complied.on:%d/%m/%Y}"
        raise UsageError(what, "Lo que se entrega antes de la resolución se admite (Ley 39/2015, art. 73.3).")


def _last(life: Life, kind: Happened) -> Event | None:
    """Return what happened last of a kind."""
    return next((event for event in reversed(life.events) if event.kind is kind), None)


def _longer_by(life: Life, asked: Event) -> int:
    """Return the working days by which the time to cure was extended after the last requirement."""
    extended = [
        one for one in life.events if one.kind is Happened.REQUIREMENT_EXTENDED and one.on >= asked.on
    ]
    return sum(event.days or 0 for event in extended)


def _silent_since(life: Life) -> dt.date:
    """Return the day from which silence holds, by the record: a notice may have stopped the clock."""
    told = next((event for event in life.events if event.kind in SILENT), None)
    if told is not None:
        return told.on
    resolved = _last(life, Happened.RESOLUTION_TAKEN) or _last(life, Happened.RESOLUTION_NOTIFIED)
    silent = life.since if life.state in _BY_SILENCE else None if resolved else life.granted_on
    if silent is None:
        raise UsageError(
            "De ese expediente no consta silencio: está resuelto, o su plazo no ha pasado o no es seguro",
            "Vea cómo está con `ventanilla case life`.",
        )
    return silent
