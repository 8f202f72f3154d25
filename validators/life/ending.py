"""How a convenio in force ends: the first day without it, why, and until when no other one is had.

Source: RD 576/2013 art. 7, Orden SSI/1475/2014 art. 6, the model of the convenio (BOE-A-2014-10169, 5.ª);
docs/law.md CE-EXT-01 to 05. The last day with it is that of the death, the loss or the notice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from validators.dates import add_months, day_after
from validators.deadlines import bar_ends
from validators.finding import Finding, Outcome, Text
from validators.law import whole
from validators.life.events import Event, Kind
from validators.life.payments import Extinct
from validators.life.said import seen
from validators.rules import Law, Rule
from validators.rules.after_grant import BREACH, DEATH, LOSS, OWN, UNPAID

ACT = "rd-576-2013"
Reason = Literal["death", "requirement_lost", "own_decision", "unpaid", "breach"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """An end: `on` is the first day without the convenio, `others` the days by other readings.

    `bar_until` is the anniversary; who files by then is barred, who files on that very day is for a person
    (docs/law.md section 11, number 17). None where the law sets no bar. `sure` is false where by some
    reading the convenio goes on.
    """

    reason: Reason
    on: dt.date
    others: tuple[dt.date, ...] = ()
    bar_until: dt.date | None = None
    sure: bool = True
    event: Event | None = None


class _Cause(NamedTuple):
    """Why an event ends a convenio, by which rule, and whether the law bars another for a year."""

    reason: Reason
    rule: Rule
    barred: bool


_CAUSES: Mapping[Kind, _Cause] = MappingProxyType(
    {
        Kind.DIED: _Cause("death", DEATH, barred=False),
        Kind.PADRON_LEFT: _Cause("requirement_lost", LOSS, barred=False),
        Kind.ENTITLED: _Cause("requirement_lost", LOSS, barred=False),
        Kind.REQUIREMENT_LOST: _Cause("requirement_lost", LOSS, barred=False),
        Kind.END_NOTIFIED: _Cause("own_decision", OWN, barred=True),
        Kind.BREACH_RESOLVED: _Cause("breach", BREACH, barred=True),
    }
)
_RULES: Mapping[Reason, Rule] = MappingProxyType(
    {cause.reason: cause.rule for cause in _CAUSES.values()} | {"unpaid": UNPAID}
)


def ends(signed_on: dt.date, events: Sequence[Event], unpaid: Extinct | None, law: Law) -> list[Ended]:
    """Return every end that the events and the fees bring, the earliest first."""
    found = [_end(event, events, law) for event in events if event.kind in _CAUSES and event.on >= signed_on]
    if unpaid is not None:
        found.append(_for_fees(unpaid, law))
    return sorted(found, key=lambda end: end.on)


def _end(event: Event, events: Sequence[Event], law: Law) -> Ended:
    """Return the end that one event brings."""
    cause = _CAUSES[event.kind]
    if event.kind is Kind.BREACH_RESOLVED:
        on = event.effect or event.on
    elif event.kind is Kind.PADRON_LEFT and event.keep:
        on = _kept(event, events)
    else:
        on = day_after(event.on)
    return Ended(
        reason=cause.reason, on=on, bar_until=bar_ends(on, law) if cause.barred else None, event=event
    )


def _kept(event: Event, events: Sequence[Event]) -> dt.date:
    """Return the end of a convenio kept on request: when the new one begins, at most three months later."""
    most = day_after(add_months(event.on, whole(ACT, "kept_months", on=event.on)))
    new = [one.on for one in events if one.kind is Kind.NEW_CONVENIO and one.on > event.on]
    return min([most, *new])


def _for_fees(unpaid: Extinct, law: Law) -> Ended:
    """Return the end that non-payment brings; the earliest day where the readings differ."""
    on, *others = unpaid.days
    return Ended(
        reason="unpaid",
        on=on,
        others=tuple(others),
        bar_until=bar_ends(on, law),
        sure=unpaid.always,
    )


def told(end: Ended, law: Law, *, first: bool) -> Finding:
    """Return what is said of an end: certain, or a `review` with every day where the readings differ."""
    rule = _RULES[end.reason]
    words: dict[str, Any] = {"day": end.on, "bar": end.bar_until or "", "others": _listed(end.others)}
    places = seen(*([end.event] if end.event else []))
    if end.reason == "unpaid" and (end.others or not end.sure):
        doubt = _FIRST_DOUBT if first else _READINGS if end.others else _PERHAPS
        return rule.finds(Outcome.REVIEW, law, evidence=places, reason=doubt, **words)
    return rule.finds(Outcome.NOTICE, law, evidence=places, reason=_why(end, first=first), **words)


def _why(end: Ended, *, first: bool) -> Text | None:
    """Return what is said of a certain end where the rule's own sentence is not enough."""
    if end.event is None:
        return _FIRST if first else None
    return _KEPT if end.event.keep else _REASONS.get(end.event.kind)


def _listed(days: Sequence[dt.date]) -> str:
    """Return days as a reason writes them."""
    return ", ".join(f"{day:%d/%m/%Y}" for day in days)


def too_early(events: Sequence[Event], signed_on: dt.date | None, law: Law) -> Iterator[Finding]:
    """Yield the ends that came before there was a convenio: a person sees to what they mean."""
    for event in events:
        if event.kind in _CAUSES and (signed_on is None or event.on < signed_on):
            rule = _CAUSES[event.kind].rule
            yield rule.finds(Outcome.REVIEW, law, evidence=seen(event), reason=_BEFORE, day=event.on)


_FIRST = Text(
    "No se pagó la primera cuota: el convenio no llegó a producir efectos; sin otro hasta pasado el {bar}.",
    "Non se pagou a primeira cota: o convenio non chegou a producir efectos; sen outro ata pasado o {bar}.",
    "The first fee was not paid: the agreement never had effect; no other one until after {bar}.",
)
_FIRST_DOUBT = Text(
    "La primera cuota no consta pagada en plazo y de una vez: decida si el convenio llegó a producir "
    "efectos.",
    "A primeira cota non consta pagada en prazo e dunha vez: decida se o convenio chegou a producir efectos.",
    "The first fee does not appear as paid on time and in full: decide whether the agreement had effect.",
)
_READINGS = Text(
    "Impago de cuotas: según se cuente, el convenio se extingue el {day} o el {others}. Decida una persona.",
    "Impago de cotas: segundo se conte, o convenio extínguese o {day} ou o {others}. Decida unha persoa.",
    "Unpaid fees: depending on how they are counted, it ends on {day} or {others}. A person decides.",
)
_PERHAPS = Text(
    "Impago de cuotas: según se cuente, el convenio se extingue el {day} o sigue. Decida una persona.",
    "Impago de cotas: segundo se conte, o convenio extínguese o {day} ou segue. Decida unha persoa.",
    "Unpaid fees: depending on how they are counted, it ends on {day} or goes on. A person decides.",
)
_BEFORE = Text(
    "El {day} consta un suceso que extingue un convenio, pero aún no se había firmado: decida qué procede.",
    "O {day} consta un suceso que extingue un convenio, pero aínda non se asinara: decida que procede.",
    "On {day} something happened that ends an agreement, but none was signed yet: decide what follows.",
)
_KEPT = Text(
    "Deja el padrón de Ceuta o Melilla y pidió mantener el convenio: sin efectos desde el {day}, cuando "
    "empieza otro o pasan los tres meses.",
    "Deixa o padrón de Ceuta ou Melilla e pediu manter o convenio: sen efectos desde o {day}, cando comeza "
    "outro ou pasan os tres meses.",
    "Leaves the register of Ceuta or Melilla and asked to keep the agreement: no effect from {day}, when "
    "another begins or the three months pass.",
)
_REASONS: Mapping[Kind, Text] = MappingProxyType(
    {
        Kind.PADRON_LEFT: Text(
            "Deja el padrón de Ceuta o Melilla: sin efectos desde el {day}.",
            "Deixa o padrón de Ceuta ou Melilla: sen efectos desde o {day}.",
            "Leaves the register of Ceuta or Melilla: no effect from {day}.",
        ),
        Kind.ENTITLED: Text(
            "Pasa a tener derecho por otra vía: sin efectos desde el {day}.",
            "Pasa a ter dereito por outra vía: sen efectos desde o {day}.",
            "Becomes entitled by another route: no effect from {day}.",
        ),
    }
)
