"""What holds of the year of residence whatever the registers say."""

import datetime as dt
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from validators.facts import Application, Fact
from validators.finding import Finding

FILED = dt.date(2026, 3, 16)
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
DAYS = st.dates(dt.date(2022, 1, 1), dt.date(2026, 6, 1)) | st.dates(
    dt.date(2025, 3, 10), dt.date(2025, 3, 20)
)
STAY = st.fixed_dictionaries(
    {
        "town": st.sampled_from(["Ceuta", "Ceuta", "Melilla", "Málaga"]),
        "since": DAYS,
        "days": st.none() | st.integers(0, 900),
        "cause_in": st.sampled_from([None, "residence_change", "abroad", "birth", "omission"]),
        "cause_out": st.sampled_from(["residence_change", None, "expiry", "improper", "duplicate", "abroad"]),
        "origin": st.sampled_from([None, None, "MAR", "Sevilla"]),
        "issued": st.none() | st.dates(dt.date(2025, 6, 1), dt.date(2026, 6, 1)),
    }
)
STAYS = st.lists(STAY, min_size=1, max_size=4)


def case(stays: list[dict[str, Any]], make: Any) -> Application:
    """Return a case with one certificate for each stay."""
    return make.in_order(registrations=tuple(certificate(one, make) for one in stays))


def certificate(one: dict[str, Any], make: Any) -> Any:
    until = None if one["days"] is None else one["since"] + dt.timedelta(days=one["days"])
    period = make.stay(
        one["town"],
        one["since"],
        until,
        cause_in=one["cause_in"],
        cause_out=one["cause_out"] if until else None,
        origin=one["origin"],
    )
    return make.certificate(period, issued_on=make.fact(one["issued"]) if one["issued"] else None)


def said(findings: tuple[Finding, ...]) -> set[tuple[str, str, str]]:
    return {(f.rule, f.outcome.value, f.reason.es) for f in findings}


def residence(findings: tuple[Finding, ...], outcome: str) -> set[str]:
    return {f.rule for f in findings if f.rule.startswith("CE-RES") and f.outcome == outcome}


@QUICK
@given(stays=STAYS, days=st.integers(1, 40))
def test_an_earlier_registration_never_takes_the_year_away(stays: list[dict[str, Any]], days: int, make: Any):
    """Who has proved the year still has it when the oldest stay began some days before."""
    before = make.judge(case(stays, make))
    assume("CE-RES-02" in residence(before, "met"))
    oldest = min(range(len(stays)), key=lambda place: stays[place]["since"])
    earlier = [dict(one) for one in stays]
    earlier[oldest]["since"] -= dt.timedelta(days=days)
    lasted = stays[oldest]["days"]
    earlier[oldest]["days"] = None if lasted is None else lasted + days
    assert residence(make.judge(case(earlier, make)), "not_met") == set()


@QUICK
@given(stays=STAYS, order=st.randoms(use_true_random=False))
def test_the_order_of_the_papers_does_not_matter(stays: list[dict[str, Any]], order: Any, make: Any):
    """The same certificates in another order give the same findings."""
    shuffled = list(stays)
    order.shuffle(shuffled)
    assert said(make.judge(case(shuffled, make))) == said(make.judge(case(stays, make)))


@QUICK
@given(stays=STAYS)
def test_the_order_of_the_stays_in_a_certificate_does_not_matter(stays: list[dict[str, Any]], make: Any):
    """A certificate that lists its stays backwards says the same."""
    papers = [certificate(one | {"issued": dt.date(2026, 3, 10)}, make) for one in stays]
    periods = tuple(period for paper in papers for period in paper.periods)
    forwards = make.in_order(registrations=(make.certificate(*periods),))
    backwards = make.in_order(
        registrations=(make.certificate(*periods[::-1], town=periods[0].municipality.value),)
    )
    assert said(make.judge(forwards)) == said(make.judge(backwards))


@QUICK
@given(stays=STAYS)
def test_a_proved_year_has_no_day_without_a_registration(stays: list[dict[str, Any]], make: Any):
    """Counted day by day, without any of the program's arithmetic, the year is covered."""
    assume("CE-RES-02" in residence(make.judge(case(stays, make)), "met"))
    covered = {
        one["since"].toordinal() + day
        for one in stays
        for day in range(4000 if one["days"] is None else one["days"] + 1)
    }
    assert set(range(dt.date(2025, 3, 16).toordinal(), FILED.toordinal() + 1)) <= covered


@QUICK
@given(stays=STAYS, pick=st.integers(0, 10_000), sure=st.floats(0, 1))
def test_a_lower_certainty_never_makes_anything_met(
    stays: list[dict[str, Any]], pick: int, sure: float, make: Any
):
    """Reading one value of the case less surely can only take `met` away, and never opens `approve`."""
    clear = case(stays, make)
    dim = lowered(clear, pick % count(clear), sure)
    before, after = make.judge(clear), make.judge(dim)
    newly = {f.rule for f in after if f.outcome == "met"} - {f.rule for f in before if f.outcome == "met"}
    assert (newly, make.queue(after) == "approve" and make.queue(before) != "approve") == (set(), False)


def count(value: Any) -> int:
    """Return how many facts a value holds."""
    seen: list[None] = []
    rebuilt(value, lambda fact: seen.append(None) or fact)
    return len(seen)


def lowered(value: Any, pick: int, sure: float) -> Any:
    """Return the value with the confidence of fact number *pick* lowered to at most *sure*."""
    facts = iter(range(1_000_000))
    return rebuilt(
        value,
        lambda fact: replace(fact, confidence=min(fact.confidence, sure if next(facts) == pick else 1.0)),
    )


def rebuilt(value: Any, change: Callable[[Fact[Any]], Fact[Any]]) -> Any:
    """Return the value with every fact in it changed."""
    if isinstance(value, Fact):
        return change(value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{f.name: rebuilt(getattr(value, f.name), change) for f in fields(value)})
    if type(value) is tuple:
        return tuple(rebuilt(part, change) for part in value)
    if isinstance(value, dict):
        return {name: rebuilt(part, change) for name, part in value.items()}
    return value
