"""The judgement of one application: every rule of its procedure, the timeline, the clock, the fee."""

from __future__ import annotations

from dataclasses import dataclass

from validators.calendar import Calendars
from validators.deadlines import Deadlines, deadlines
from validators.facts import Application
from validators.fee import Fee, fee
from validators.finding import Finding
from validators.law import version
from validators.policy import Policy
from validators.residence import Residence, residence
from validators.rules import Law, judgements


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What the law says of one application. `residence` and `fee` only where the procedure has them."""

    findings: tuple[Finding, ...]
    residence: Residence | None
    deadlines: Deadlines
    fee: Fee | None


def assess(application: Application, policy: Policy, calendars: Calendars) -> Assessment:
    """Judge *application* under the law of its filing date; the same facts always give the same answer."""
    on = application.filing.filed_on
    law = Law(on=on, version=version(on), policy=policy, calendars=calendars)
    findings = [f for j in judgements(application.procedure, on) for f in j.function(application, law)]
    clock = deadlines(application, findings, law)
    return Assessment(
        findings=(*findings, *clock.findings),
        residence=residence(application, policy),
        deadlines=clock,
        fee=fee(application, law),
    )
