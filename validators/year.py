"""Whether the year before the filing is proved and, if not, what breaks it: one verdict, no wording.

Source: docs/law.md section 4.2, rules CE-RES-02 to CE-RES-09.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from validators.facts import Fact
from validators.finding import Outcome
from validators.policy import Policy
from validators.residence import Timeline, timeline
from validators.stays import Stay
from validators.towns import is_country, same_town


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The rule that speaks, its outcome, and the names, days and dates that its reason shows."""

    rule: str
    outcome: Outcome
    words: Mapping[str, Any] = field(default_factory=dict)


def verdict(line: Timeline, policy: Policy, *, appealed: bool) -> Verdict | None:
    """Return what the stays prove; None where no stay had begun by the filing day.

    *appealed*: the papers speak of an appeal against a baja; a finding of non-residence then waits.
    """
    start, complete = line.start, line.complete_on
    if start is None or complete is None:
        return _ended(line, policy, appealed=appealed)
    if complete > line.on:
        return _broken(line, policy, appealed=appealed)
    if doubt := next(_denials(line, policy), None):
        return doubt
    if complete == line.on:
        return Verdict(
            rule="CE-RES-03",
            outcome=Outcome(policy.boundary_day),
            words={"start": start, "complete": complete},
        )
    return Verdict(rule="CE-RES-02", outcome=Outcome.MET, words={"start": start, "complete": complete})


def _ended(line: Timeline, policy: Policy, *, appealed: bool) -> Verdict | None:
    """Return what follows when the last stay ended before the filing day."""
    last = line.before
    if last is None:
        return None
    found = _denied(line, last, appealed=appealed)
    if found is not None:
        return found
    if last.cause_out == "expiry":
        outcome = Outcome.NOT_MET if policy.lapsed_gap == "broken" else Outcome.REVIEW
        return Verdict(rule="CE-RES-06", outcome=outcome, words=_hole(last.end, line.on))
    return Verdict(rule="CE-RES-09", outcome=Outcome.CURE, words={"town": None} | _hole(last.end, line.on))


def _broken(line: Timeline, policy: Policy, *, appealed: bool) -> Verdict:
    """Return what broke the chain less than a year before the filing day."""
    first, before = line.chain[0], line.before
    denied = before and _denied(line, before, appealed=appealed)
    if denied:
        return denied
    if arrived(first):
        return Verdict(
            rule="CE-RES-04",
            outcome=Outcome.NOT_MET,
            words={"start": first.since, "complete": line.complete_on},
        )
    since = before.end if before else line.opens
    hole = _hole(since, first.since)
    if first.cause_in == "omission" or (before and before.cause_out == "expiry"):
        return Verdict(rule="CE-RES-06", outcome=_lapse(line, policy), words=hole)
    town = _uncertified(first, before)
    if town is not None or before is None or _silent(line, before):
        return Verdict(rule="CE-RES-09", outcome=Outcome.CURE, words={"town": town} | hole)
    return Verdict(rule="CE-RES-05", outcome=Outcome.REVIEW, words=hole)


def _lapse(line: Timeline, policy: Policy) -> Outcome:
    """Return what a gap after a lapse means: by default a person says, else the policy.

    Where the gap does not interrupt, the year is proved only if the entries on both sides make it.
    """
    if policy.lapsed_gap == "broken":
        return Outcome.NOT_MET
    before = line.before
    if policy.lapsed_gap == "review" or before is None:
        return Outcome.REVIEW
    bridged = [replace(s, until=line.chain[0].since) if s is before else s for s in line.stays]
    joined = timeline(bridged, line.on, line.years, policy.adjacency_days).complete_on
    return Outcome.MET if joined is not None and joined < line.on else Outcome.REVIEW


def _denied(line: Timeline, last: Stay, *, appealed: bool) -> Verdict | None:
    """Return the denial of a stay that ended inside the year by a move abroad or a finding of absence."""
    if last.end < line.opens:
        return None
    if last.cause_out == "abroad":
        return Verdict(rule="CE-RES-08", outcome=Outcome.NOT_MET, words={"until": last.end})
    if last.cause_out == "improper":
        outcome = Outcome.REVIEW if appealed else Outcome.NOT_MET
        return Verdict(rule="CE-RES-07", outcome=outcome, words={"town": last.town, "until": last.end})
    return None


def _denials(line: Timeline, policy: Policy) -> Iterator[Verdict]:
    """Yield what speaks against a chain whose dates alone are complete: a person weighs it.

    A registered move abroad or arrival from abroad inside the year, or a year that needs a stay which
    the municipality found not to be lived in.
    """
    for stay in line.chain:
        inside = stay.until is not None and line.opens <= stay.until <= line.on
        if inside and stay.cause_out == "abroad":
            yield Verdict(rule="CE-RES-08", outcome=Outcome.REVIEW, words={"until": stay.end})
        if inside and stay.cause_out == "improper" and _needed(line, stay, policy):
            yield Verdict(
                rule="CE-RES-07", outcome=Outcome.REVIEW, words={"town": stay.town, "until": stay.end}
            )
        if stay is not line.chain[0] and stay.since > line.opens and arrived(stay):
            yield Verdict(rule="CE-RES-08", outcome=Outcome.REVIEW, words={"until": stay.since})


def _needed(line: Timeline, stay: Stay, policy: Policy) -> bool:
    """Whether the year is not complete without *stay*."""
    rest = timeline([s for s in line.stays if s is not stay], line.on, line.years, policy.adjacency_days)
    return rest.complete_on is None or rest.complete_on >= line.on


def arrived(stay: Stay) -> bool:
    """Whether the register says that the person came from abroad, or was born, on that day."""
    if stay.cause_in == "birth" or is_country(stay.origin):
        return True
    return stay.cause_in == "abroad" and stay.origin is None


def _uncertified(first: Stay, before: Stay | None) -> str | None:
    """Return the municipality that the person came from, or stayed in, if no certificate shows it."""
    if (
        first.origin
        and not is_country(first.origin)
        and not (before and same_town(first.origin, before.town))
    ):
        return first.origin
    return before.town if before and before.presumed else None


def _silent(line: Timeline, before: Stay) -> bool:
    """Whether what came before says nothing of the year: it ended earlier, and not by moving in Spain."""
    return before.end < line.opens and before.cause_out in {None, "abroad", "improper"}


def _hole(since: dt.date, until: dt.date) -> dict[str, Any]:
    """Return the words for a gap."""
    return {"since": since, "until": until, "days": (until - since).days}


def deciding(line: Timeline, acceptance: float) -> Iterator[Fact[Any]]:
    """Yield the facts on which the verdict stands: those of stays that may touch the year.

    A doubtful end may lie anywhere after the beginning, a doubtful beginning anywhere before the end.
    """
    for stay in (*line.stays, *line.later):
        sure_end = stay.until is not None and not stay.presumed and stay.until_fact.confidence >= acceptance
        if not (sure_end and stay.end < line.opens):
            yield from stay.facts


def variants(found: tuple[Stay, ...]) -> Iterator[tuple[Stay, ...]]:
    """Yield the stays with one of them in another reading, once for each reading."""
    for place, stay in enumerate(found):
        for other in stay.alternatives:
            yield (*found[:place], replace(other, alternatives=()), *found[place + 1 :])
