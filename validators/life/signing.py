"""From the grant to the signature: by when the convenio is signed, from when it has effect, its years.

Source: Orden SSI/1475/2014 arts. 4.1 and 5.4, RD 576/2013 arts. 4.3 and 4.4, the model of the convenio
(BOE-A-2014-10169, 2.ª and 7.ª); docs/law.md CE-FORM-01, CE-EFE-01, CE-VIG-01.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from validators.deadlines import Limit
from validators.finding import Finding, Outcome, Text
from validators.life.events import Event, Kind
from validators.life.said import seen
from validators.rules import Law
from validators.rules.after_grant import EFFECT, SIGNING, TERM


def signature(events: Sequence[Event]) -> Event | None:
    """Return the signature, the first where several were recorded."""
    return next((event for event in events if event.kind is Kind.SIGNED), None)


def in_force(signed: Event, ended_on: dt.date | None, today: dt.date, law: Law) -> Iterator[Finding]:
    """Yield CE-EFE-01 and CE-VIG-01 of a signed convenio that did not end before (*ended_on*) it began."""
    if ended_on is None or ended_on > signed.on:
        yield EFFECT.finds(Outcome.MET, law, evidence=seen(signed), day=signed.on)
    if ended_on is None or ended_on > today:
        ends = dt.date(max(today, signed.on).year, 12, 31)
        renewed = ends.year - signed.on.year
        yield TERM.finds(Outcome.NOTICE, law, reason=_RENEWED if renewed else None, day=ends, count=renewed)


def said(
    granted_on: dt.date | None, signed: Event | None, limit: Limit | None, today: dt.date, law: Law
) -> Iterator[Finding]:
    """Yield CE-FORM-01: signed in time or not; past the day a person looks at whose fault it is."""
    last = limit.date if limit else None
    if signed is not None and (granted_on is None or signed.on < granted_on):
        yield SIGNING.finds(Outcome.REVIEW, law, evidence=seen(signed), reason=_UNGRANTED, signed=signed.on)
    elif limit is not None and last is None:
        yield SIGNING.finds(Outcome.REVIEW, law, reason=_NO_DAY, where=limit.reason)
    elif last is not None and signed is not None:
        outcome, reason = (Outcome.MET, _IN_TIME) if signed.on <= last else (Outcome.REVIEW, _LATE)
        yield SIGNING.finds(outcome, law, evidence=seen(signed), reason=reason, signed=signed.on, day=last)
    elif last is not None and today > last:
        yield SIGNING.finds(Outcome.REVIEW, law, reason=_LAPSED, day=last)
    elif last is not None:
        yield SIGNING.finds(Outcome.NOTICE, law, day=last)


_IN_TIME = Text(
    "Firmado el {signed}, dentro de los tres meses (hasta el {day}).",
    "Asinado o {signed}, dentro dos tres meses (ata o {day}).",
    "Signed on {signed}, within the three months (until {day}).",
)
_LATE = Text(
    "Firmado el {signed}, pasado el plazo (hasta el {day}): decida si el retraso fue por causa de la "
    "persona.",
    "Asinado o {signed}, pasado o prazo (ata o {day}): decida se o atraso foi por causa da persoa.",
    "Signed on {signed}, after the time (until {day}): decide whether the delay is attributable to the "
    "person.",
)
_LAPSED = Text(
    "El plazo para firmar venció el {day}. Caduca solo si es por causa de la persona: decídalo.",
    "O prazo para asinar venceu o {day}. Só caduca se é por causa da persoa: decídao.",
    "The time to sign ended on {day}. It lapses only if that is attributable to the person: decide.",
)
_UNGRANTED = Text(
    "Consta firmado el {signed} sin una concesión anterior: compruebe las fechas.",
    "Consta asinado o {signed} sen unha concesión anterior: comprobe as datas.",
    "It appears as signed on {signed} without a grant before it: check the dates.",
)
_NO_DAY = Text(
    "No hay calendario para contar los tres meses de la firma ({where}).",
    "Non hai calendario para contar os tres meses da sinatura ({where}).",
    "There is no calendar to count the three months to sign ({where}).",
)
_RENEWED = Text(
    "Vigente hasta el {day}; prórrogas anuales hasta ahora: {count}.",
    "Vixente ata o {day}; prórrogas anuais ata agora: {count}.",
    "In force until {day}; yearly renewals so far: {count}.",
)
