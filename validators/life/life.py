"""The life of one case on one day: from its filing to its answer, its signature, its fees and its end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from validators.dates import add_days, add_years, day_after, last_of_month
from validators.deadlines import Deadlines, Limit, signing_limit
from validators.facts import Application
from validators.finding import Applied, Finding, Outcome, Text
from validators.life import ending, signing, told
from validators.life.answer import Answer, State, answer
from validators.life.ending import Ended
from validators.life.events import Event, Kind, standing
from validators.life.payments import Extinct, Quota, extinct, quotas, short, undue
from validators.life.said import seen
from validators.life.variation import asked, varied
from validators.quotas import schedule
from validators.rules import Law
from validators.rules._asked import alta, kinds
from validators.rules.notices_and_payment import PAYMENT

MOST_YEARS = 120
"""No convenio lasts longer, whatever day is asked for: nobody counts its months for ever."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """How a case stands on a day, and why.

    `since` is the day from which `state` holds, None where it is that of the filing or open, `silent_since`
    that from which silence has answered, whatever the case became later. `clock` has the dates to resolve by
    the reading of the settings, `last_days` those by every reading. `events` are those that count. `quotas`
    are the months from the signature to the end, or to the month of the day asked for.
    """

    state: State
    on: dt.date
    clock: Deadlines
    last_days: tuple[dt.date, ...]
    events: tuple[Event, ...]
    findings: tuple[Finding, ...]
    applied: tuple[Applied, ...]
    since: dt.date | None = None
    silent_since: dt.date | None = None
    granted_on: dt.date | None = None
    sign_by: Limit | None = None
    signed_on: dt.date | None = None
    ended: Ended | None = None
    quotas: tuple[Quota, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Term:
    """What follows the signature of a convenio."""

    quotas: tuple[Quota, ...]
    ends: tuple[Ended, ...]
    unpaid: Extinct | None
    findings: tuple[Finding, ...]


def life(application: Application, events: Iterable[Event], today: dt.date, law: Law) -> Life:
    """Return the life of *application* as it stands on the day *today*.

    *law* is that of the filing day. What is recorded of a later day, or was annulled, does not count. Facts
    that cannot be are findings for a person, never exceptions.
    """
    counted = standing(events, today)
    found = answer(application, counted, today, law)
    asks = _asks(application, law)
    said = (
        *told.findings(found, counted, today, law),
        *asked(asks, _convenio_of(application), found.granted_on, law),
    )
    if asks != "alta":
        return _life(found, counted, today, said, tuple(told.applied(found, law)))
    return _convenio(application, found, counted, today, law, said)


def _asks(application: Application, law: Law) -> str:
    """Return what the case asks for: `recognition` of the INSS, or a sure baja or variacion, else an alta."""
    if application.procedure != "convenio_especial":
        return "recognition"
    return "alta" if alta(application, law) else next(iter(kinds(application)))


def _convenio_of(application: Application) -> str | None:
    """Return the number of the case of the person's convenio in force, where the record knows one only."""
    known = [one.case for one in application.earlier_convenios if one.in_force and one.case]
    return known[0] if len(known) == 1 else None


def _life(
    found: Answer,
    counted: tuple[Event, ...],
    today: dt.date,
    said: Sequence[Finding],
    applied: tuple[Applied, ...],
) -> Life:
    """Return the life of a case that no convenio follows."""
    return Life(
        state=found.state,
        on=today,
        clock=found.clock,
        last_days=found.last_days,
        events=counted,
        findings=tuple(said),
        applied=applied,
        since=found.since,
        silent_since=found.silent,
        granted_on=found.granted_on,
    )


def _convenio(
    application: Application,
    found: Answer,
    counted: tuple[Event, ...],
    today: dt.date,
    law: Law,
    said: tuple[Finding, ...],
) -> Life:
    """Return the life of a case that asks for a convenio."""
    signed = signing.signature(counted)
    limit = signing_limit(found.granted_on, found.at, law) if found.granted_on else None
    term = _term(application, found, signed, counted, today, law) if signed else None
    state, since = _state(found, signed, limit, term, counted, today)
    ended = term.ends[0] if term and term.ends else None
    signed_on = signed.on if signed else None
    return Life(
        state=state,
        on=today,
        clock=found.clock,
        last_days=found.last_days,
        events=counted,
        findings=(
            *said,
            *signing.said(found.granted_on, signed, limit, today, law),
            *(signing.in_force(signed, ended.on if ended else None, today, law) if signed else ()),
            *varied(counted, signed_on, law),
            *ending.too_early(counted, signed_on, law),
            *(term.findings if term else ()),
        ),
        applied=(*told.applied(found, law), *(limit.applied if limit and not signed else ())),
        since=since,
        silent_since=found.silent,
        granted_on=found.granted_on,
        sign_by=limit,
        signed_on=signed_on,
        ended=ended,
        quotas=term.quotas if term else (),
    )


def _state(
    found: Answer,
    signed: Event | None,
    limit: Limit | None,
    term: _Term | None,
    counted: Sequence[Event],
    today: dt.date,
) -> tuple[State, dt.date | None]:
    """Return how a convenio stands and since when: granted, waiting for its signature, in force, ended."""
    if signed is not None:
        return _in_force(found, signed, term.ends if term else (), today)
    lapse = next((event for event in counted if event.kind is Kind.LAPSE_DECLARED), None)
    if lapse is not None and found.granted_on is not None:
        return State.LAPSED, lapse.on
    if limit is not None and limit.date is not None and today > limit.date:
        return State.LAPSE_DOUBTFUL, day_after(limit.date)
    if found.state is State.GRANTED:
        return State.AWAITING_SIGNATURE, found.since
    return found.state, found.since


def _in_force(
    found: Answer, signed: Event, ends: Sequence[Ended], today: dt.date
) -> tuple[State, dt.date | None]:
    """Return whether a signed convenio is in force, ended, or in doubt between the readings of its end."""
    if found.granted_on is None:
        return State.DOUBTFUL, signed.on
    if not ends or today < ends[0].on:
        return State.IN_FORCE, signed.on
    first = ends[0]
    if first.sure and today >= max(first.on, *first.others, first.on):
        return State.ENDED, first.on
    return State.DOUBTFUL, first.on


def _term(
    application: Application,
    found: Answer,
    signed: Event,
    counted: Sequence[Event],
    today: dt.date,
    law: Law,
) -> _Term:
    """Return the months of a signed convenio, how it ends, and what is to be said of both."""
    first_end = next(iter(ending.ends(signed.on, counted, None, law)), None)
    last = min(last_of_month(today), last_of_month(add_years(signed.on, MOST_YEARS)))
    if first_end is not None:
        last = min(last, add_days(first_end.on, -1))
    born = application.applicant.birth_date
    sure = born is not None and not born.others and born.confidence >= law.policy.acceptance
    if born is None or born.value is None or not sure:
        doubt = PAYMENT.on(law.on).finds(Outcome.REVIEW, law, born, reason=_NO_AGE)
        return _term_of((), ending.ends(signed.on, counted, None, law), None, (doubt,), law)
    dues = schedule(born.value, signed.on, last, law.policy)
    months = tuple(quotas(dues, counted, found.at, today, law))
    unpaid = extinct(months, law)
    ends = ending.ends(signed.on, counted, unpaid, law)
    return _term_of(_until(months, ends), ends, unpaid, tuple(_shortages(months, counted, law)), law)


def _term_of(
    months: tuple[Quota, ...],
    ends: Sequence[Ended],
    unpaid: Extinct | None,
    findings: tuple[Finding, ...],
    law: Law,
) -> _Term:
    """Return a term with what is said of each of its ends."""
    first = unpaid is not None and unpaid.first
    said = tuple(ending.told(end, law, first=first) for end in ends[:1])
    return _Term(quotas=months, ends=tuple(ends), unpaid=unpaid, findings=(*findings, *said))


def _until(months: tuple[Quota, ...], ends: Sequence[Ended]) -> tuple[Quota, ...]:
    """Return the months that are owed: none that begins after the convenio has ended by every reading."""
    if not ends or not ends[0].sure:
        return months
    last = max(ends[0].on, *ends[0].others, ends[0].on)
    return tuple(quota for quota in months if quota.due.month < last)


def _shortages(months: Sequence[Quota], counted: Sequence[Event], law: Law) -> Iterator[Finding]:
    """Yield CE-PAGO-01: months of which nothing is on record, payments in part, and of months not owed."""
    silent = [quota.due.month for quota in months if quota.status == "unrecorded"]
    if silent:
        named = ", ".join(f"{month:%m/%Y}" for month in silent)
        yield PAYMENT.on(law.on).finds(Outcome.REVIEW, law, reason=_UNRECORDED, months=named)
    for event in undue((quota.due for quota in months), counted):
        rule, month = PAYMENT.on(law.on), f"{event.month:%m/%Y}"
        yield rule.finds(Outcome.REVIEW, law, evidence=seen(event), reason=_UNDUE, day=event.on, month=month)
    for due, event in short((quota.due for quota in months), counted):
        rule, month = PAYMENT.on(law.on), f"{due.month:%m/%Y}"
        yield rule.finds(Outcome.REVIEW, law, evidence=seen(event), reason=_SHORT, day=event.on, month=month)


_NO_AGE = Text(
    "No se conoce con seguridad la fecha de nacimiento: no se calculan las cuotas ni sus impagos.",
    "Non se coñece con seguridade a data de nacemento: non se calculan as cotas nin os seus impagos.",
    "The date of birth is not known for sure: fees and their non-payment are not computed.",
)
_UNRECORDED = Text(
    "Pasado el plazo de pago, no consta nada de {months}: anote si se pagaron o quedaron impagadas.",
    "Pasado o prazo de pagamento, non consta nada de {months}: anote se se pagaron ou quedaron impagadas.",
    "After the time to pay nothing is on record of {months}: record whether they were paid or not.",
)
_UNDUE = Text(
    "El {day} consta un pago de {month}, un mes del que no se debe cuota: vea si el mes está mal o si se "
    "devuelve.",
    "O {day} consta un pagamento de {month}, un mes do que non se debe cota: vexa se o mes está mal ou se se "
    "devolve.",
    "On {day} a payment of {month} is on record, a month for which no fee is due: see whether the month is "
    "wrong or the payment is to be refunded.",
)
_SHORT = Text(
    "El pago del {day} no llega a la cuota de {month}: la cuota no se fracciona.",
    "O pagamento do {day} non chega á cota de {month}: a cota non se fracciona.",
    "The payment of {day} is less than the fee of {month}: fees are not split.",
)
