"""What is said of the answer: the alarm before silence, what it granted, how an act was notified.

Source: Ley 39/2015 arts. 24, 40 to 44, 68 and 73; docs/law.md CE-RESOL-01 to 03 and PLZ-12 to 16.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from validators.deadlines import alarm, attempts_found, duty_met, notify_by, rejected_after
from validators.finding import Applied, Finding, Outcome
from validators.law import whole
from validators.law.regimes import LEY_39_2015
from validators.life import wording
from validators.life.answer import Answer, State, notified, stops
from validators.life.doings import Act
from validators.life.events import Event, Kind
from validators.life.said import seen
from validators.rules import Law
from validators.rules.after_grant import FINAL, SILENCE
from validators.rules.clock import SILENCE as EFFECT
from validators.rules.general import FILED
from validators.rules.notice_of_acts import CURE, NOTIFY

_L39 = "ley-39-2015"
_AGAINST = frozenset({"refusal", "referral", "desistimiento"})


def findings(found: Answer, events: Sequence[Event], today: dt.date, law: Law) -> Iterator[Finding]:
    """Yield what a person must know of the answer by *today*."""
    yield from _before(events, law)
    yield from found.clock.findings
    if found.state in {State.AWAITING, State.SUSPENDED, State.NOTIFYING, State.DOUBTFUL}:
        yield from _waiting(found, today, law)
    if found.clock.silence == "positive" and found.silent is not None:
        yield from _granted_by_silence(found, events, law)
    elif found.state is State.REJECTED_BY_SILENCE:
        yield EFFECT.on(law.on).finds(Outcome.NOTICE, law, reason=wording.REJECTED, since=found.since)
    for act in found.acts:
        yield from _notice(act, found, law)
    yield from _second_thoughts(found, law)


def _before(events: Sequence[Event], law: Law) -> Iterator[Finding]:
    """Yield GEN-FILED where something happened before the filing: one of the days is wrong."""
    early = [event for event in events if event.on < law.on]
    if early:
        words: dict[str, Any] = {"day": early[0].on, "filed": law.on}
        yield FILED.on(law.on).finds(
            Outcome.REVIEW, law, evidence=seen(*early), reason=wording.TOO_EARLY, **words
        )


def _waiting(found: Answer, today: dt.date, law: Law) -> Iterator[Finding]:
    """Yield the alarm, and what a person decides where the readings of the last day differ."""
    stopped = stops(found, law)
    if found.state is not State.DOUBTFUL:
        told = alarm(found.clock, today, found.at, law) if stopped is None else None
        yield from [told] if told else []
        past = found.clock.resolve_by is not None and today > found.clock.resolve_by
        if past and found.clock.silence == "negative" and found.clock.provisional:
            yield EFFECT.on(law.on).finds(
                Outcome.REVIEW, law, reason=wording.PERHAPS, last=found.clock.resolve_by
            )
        return
    first, last = found.last_days[0], found.last_days[-1]
    if first == last:
        yield SILENCE.on(law.on).finds(Outcome.REVIEW, law, reason=wording.PROVISIONAL, last=first)
    elif stopped is not None:
        yield SILENCE.on(law.on).finds(
            Outcome.REVIEW, law, reason=wording.BETWEEN, day=stopped, last=first, other=last
        )
    else:
        yield SILENCE.on(law.on).finds(Outcome.REVIEW, law, reason=wording.READINGS, last=first, other=last)


def _granted_by_silence(found: Answer, events: Sequence[Event], law: Law) -> Iterator[Finding]:
    """Yield CE-RESOL-02: what silence granted, its certificate, and what was later said against it."""
    if found.silent is None:
        return
    places = seen(*([found.recorded] if found.recorded else []))
    yield SILENCE.on(law.on).finds(Outcome.NOTICE, law, evidence=places, day=found.silent)
    if not any(event.kind is Kind.SILENCE_CERTIFIED for event in events):
        yield from _certificate(found, law)
    if found.withdrawn is not None and found.withdrawn.on >= found.silent:
        words: dict[str, Any] = {"day": found.withdrawn.on, "since": found.silent}
        yield SILENCE.on(law.on).finds(
            Outcome.REVIEW, law, evidence=seen(found.withdrawn), reason=wording.GIVEN_UP, **words
        )
    stopped = stops(found, law)
    if stopped is not None and found.last_days and stopped <= found.last_days[0]:
        yield SILENCE.on(law.on).finds(
            Outcome.REVIEW, law, reason=wording.IN_TIME, day=stopped, since=found.silent
        )
        return
    for act in found.acts:
        if act.taken is not None and act.outcome in _AGAINST:
            words = {"day": act.taken.on, "since": found.silent}
            yield SILENCE.on(law.on).finds(
                Outcome.REVIEW, law, evidence=seen(act.taken), reason=wording.AGAINST_IT, **words
            )


def _certificate(found: Answer, law: Law) -> Iterator[Finding]:
    """Yield by when silence is certified without being asked (Ley 39/2015, art. 24.4; not before it)."""
    days = whole(_L39, "silence_certificate_working_days", on=law.on)
    if found.clock.resolve_by is None or law.on < LEY_39_2015:
        return
    names = found.at.by_place()[0]
    by = law.calendars.add_working_days(found.clock.resolve_by, days, names).date
    if by is not None:
        yield SILENCE.on(law.on).finds(Outcome.NOTICE, law, reason=wording.CERTIFY, day=by)


def _notice(act: Act, found: Answer, law: Law) -> Iterator[Finding]:
    """Yield how one act was notified: its ten days, its attempts, its appeals."""
    if act.taken is None:
        yield NOTIFY.on(law.on).finds(Outcome.REVIEW, law, evidence=seen(*act.events), reason=wording.UNKNOWN)
        return
    met, by, day = duty_met(act.notices, law), notify_by(act.taken.on, found.at, law).date, notified(act, law)
    if met is not None and by is not None and met.on > by:
        words: dict[str, Any] = {"dictated": act.taken.on, "day": met.on, "last": by}
        yield NOTIFY.on(law.on).finds(
            Outcome.NOTICE, law, evidence=seen(act.taken), reason=wording.LATE, **words
        )
    wrong = attempts_found(act.notices.attempts, found.at, law)
    if wrong is not None and (day is None or day == act.notices.published_on):
        yield wrong
    if day is not None and found.clock.silence == "positive":
        yield from _final(act, day, found, law)
    if act.outcome == "desistimiento":
        yield from _desisted(act.taken, day, found, law)


def _final(act: Act, day: dt.date, found: Answer, law: Law) -> Iterator[Finding]:
    """Yield CE-RESOL-03: what the person may do against a decision that ends the administrative route."""
    months = whole("ljca-29-1998", "claim_months", on=law.on)
    appeal = whole(_L39, "reposicion_months", on=law.on)
    by = law.calendars.months_later(day, appeal, found.at.by_place()[0])
    if act.outcome in {"grant", "refusal"} and by.date is not None:
        places = seen(*([act.taken] if act.taken else []))
        reason = wording.REFUSED if act.outcome == "refusal" else None
        words: dict[str, Any] = {"day": day, "appeal": by.date, "months": months}
        yield FINAL.on(law.on).finds(Outcome.NOTICE, law, evidence=places, reason=reason, **words)


def _desisted(taken: Event, day: dt.date | None, found: Answer, law: Law) -> Iterator[Finding]:
    """Yield CE-SUB-01 where *desistimiento* came too early, or the person complied before its notice."""
    rule, requirements = CURE.on(law.on), found.requirements
    if not requirements:
        yield rule.finds(Outcome.REVIEW, law, evidence=seen(taken), reason=wording.UNASKED, day=taken.on)
        return
    last = found.clock.cure_by
    if last is not None and taken.on <= last:
        yield rule.finds(
            Outcome.REVIEW, law, evidence=seen(taken), reason=wording.HASTY, day=taken.on, last=last
        )
    complied = requirements[-1].complied_on
    if complied is not None and (day is None or complied <= day):
        yield rule.finds(Outcome.REVIEW, law, evidence=seen(taken), reason=wording.COMPLIED, day=complied)


def _second_thoughts(found: Answer, law: Law) -> Iterator[Finding]:
    """Yield CE-RESOL-03 where an act of another sense follows a notified grant: it is not taken back."""
    if found.state is not State.GRANTED or found.granted_on is None:
        return
    for act in found.acts:
        if act.taken is not None and act.outcome in _AGAINST and act.taken.on >= found.granted_on:
            words: dict[str, Any] = {"day": act.taken.on, "since": found.granted_on}
            yield FINAL.on(law.on).finds(
                Outcome.REVIEW, law, evidence=seen(act.taken), reason=wording.NOT_BACK, **words
            )


def applied(found: Answer, law: Law) -> Iterator[Applied]:
    """Yield the rules behind the dates: of the clock, and of each notice."""
    yield from found.clock.applied
    for act in found.acts:
        if act.taken is not None:
            yield from notify_by(act.taken.on, found.at, law).applied
        if act.notices.at_disposal_on is not None and act.notices.opened_on is None:
            yield from rejected_after(act.notices.at_disposal_on, law).applied
        met = duty_met(act.notices, law)
        yield from [met.applied] if met else []
