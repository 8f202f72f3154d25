"""The judgement of one application: every rule of its procedure, the timeline, the clock, the fee."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from validators.calendar import Calendars
from validators.crosscheck.agreed import agreed
from validators.crosscheck.card_numbers import numbered
from validators.crosscheck.corroboration import corroborated
from validators.deadlines import Deadlines, deadlines
from validators.facts import Application
from validators.fee import Fee, fee
from validators.finding import Finding, Outcome
from validators.law import version
from validators.once import kept
from validators.policy import Policy
from validators.residence import Residence, residence
from validators.rules import BEGINS, Law, judgements, rules
from validators.rules.general import OTHER_DAY, PROCEDURE
from validators.rules.request import ONE_ACT


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What the law says of one application. `residence` and `fee` only where the procedure has them."""

    findings: tuple[Finding, ...]
    residence: Residence | None
    deadlines: Deadlines
    fee: Fee | None


def assess(
    application: Application, policy: Policy, calendars: Calendars, *, as_of: dt.date | None = None
) -> Assessment:
    """Judge *application* under the law of its filing date; the same facts always give the same answer.

    A filing older than its procedure has no dates nor fee: there was no law to take them from. A replay may
    ask for the editions of another day, *as_of*; days are counted and figures taken as of the filing.
    """
    on = application.filing.filed_on
    day = as_of or on
    law = Law(on=on, version=version(day), policy=policy, calendars=calendars, as_of=as_of)
    with kept():
        settled = numbered(corroborated(application), least=policy.acceptance)
        return _assessed(agreed(settled, least=policy.acceptance), law)


def _assessed(application: Application, law: Law) -> Assessment:
    """Let every rule of the day speak, and compute the dates and the fee."""
    policy, day = law.policy, law.day
    findings = [f for j in judgements(application.procedure, day) for f in j.function(application, law)]
    if any(f.rule == ONE_ACT.id and f.outcome is Outcome.REVIEW for f in findings):
        # what the form asks for is not sure: nobody is sent elsewhere on it before a person has looked
        findings = [replace(f, outcome=Outcome.REVIEW) if f.outcome is Outcome.REFER else f for f in findings]
    begun = day >= BEGINS[application.procedure]
    clock = deadlines(application if begun else replace(application, procedure="unknown"), findings, law)
    return Assessment(
        findings=tuple(_of_the_day((*findings, *clock.findings), law)),
        residence=residence(application, policy) if begun else None,
        deadlines=clock,
        fee=fee(application, law) if begun else None,
    )


def _of_the_day(findings: Iterable[Finding], law: Law) -> Iterator[Finding]:
    """Yield the findings; what a rule says that does not hold on the day is never said, a person looks."""
    held = rules(law.day)
    for found in findings:
        if found.rule in held:
            yield found
        else:
            yield PROCEDURE.finds(
                Outcome.REVIEW, law, evidence=found.evidence, reason=OTHER_DAY, rule=found.rule
            )
