"""No paper, however odd, makes a case fail, and none is approved for it."""

import datetime as dt
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.law.changed import (
    QUICK,
    a_case,
    an_approved_case,
    approved,
    facts,
    one_of,
    rebuilt,
    routed,
    with_fact,
)
from validators.examples.vocabulary import without_none
from validators.facts import Application, Evidence, Fact

ODD_DATES = (dt.date.min, dt.date(1, 1, 2), dt.date(1900, 2, 28), dt.date(2024, 2, 29), dt.date.max)
ODD_TEXTS = (
    "",
    " ",
    "?",
    "ñ" * 300,
    "ESP",
    "XXX",
    "X1234567L",
    "12345678A",
    "alta",
    "0",
    "{",
    "{since}",
    "\u202eabc\x00",
)


def odd_value(hint: Any) -> st.SearchStrategy[Any]:
    """Return values of a type that no honest paper bears, beside ordinary ones."""
    kinds: dict[Any, st.SearchStrategy[Any]] = {
        dt.date: st.sampled_from(ODD_DATES) | st.dates(),
        str: st.sampled_from(ODD_TEXTS) | st.text(max_size=30),
        bool: st.booleans(),
        int: st.sampled_from([0, -1, 2026, 10**12]),
        float: st.floats(0, 1),
        Decimal: st.sampled_from([Decimal(0), Decimal(-1), Decimal("8400.00"), Decimal("1e30")]),
        Evidence: st.builds(Evidence, document=st.sampled_from(["d1", "d2", "d9"]), field=st.just("x")),
    }
    if hint in kinds:
        return kinds[hint]
    if get_args(hint) and all(isinstance(one, str) for one in get_args(hint)):
        return st.sampled_from(get_args(hint))
    return st.sampled_from(ODD_TEXTS) | st.lists(st.sampled_from(ODD_TEXTS), max_size=3)


@cache
def anything(hint: Any) -> st.SearchStrategy[Any]:
    """Return everything that a field of the facts could hold, by its type: absent, empty, contradictory."""
    bare = without_none(hint)
    found = _present(bare)
    return found if bare == hint else st.none() | found


def _present(hint: Any) -> st.SearchStrategy[Any]:
    if get_origin(hint) is Fact:
        value = odd_value(get_args(hint)[0])
        return st.builds(
            Fact,
            value=st.none() | value,
            confidence=st.sampled_from([0.0, 0.5, 0.89, 0.9, 1.0]),
            evidence=st.just((Evidence("d1", "x"),)),
            others=st.just(()) | st.tuples(value),
        )
    if get_origin(hint) is tuple:
        inner = get_args(hint)
        if len(inner) == 2 and inner[1] is Ellipsis:
            return st.lists(anything(inner[0]), max_size=2).map(tuple)
        return st.tuples(*(anything(one) for one in inner))
    if get_origin(hint) is not None and "Mapping" in str(get_origin(hint)):
        names = ["street_name", "postal_code", "city", "other", "income_declaration", "absence_statement"]
        return st.dictionaries(st.sampled_from(names), anything(get_args(hint)[1]), max_size=3)
    if is_dataclass(hint) and isinstance(hint, type):
        return record(hint)
    return odd_value(hint)


def record(kind: type) -> st.SearchStrategy[Any]:
    """Return records of a dataclass with anything in their fields; most fields keep to their defaults."""
    hints = get_type_hints(kind)
    return st.deferred(lambda: st.builds(kind, **{name: anything(hint) for name, hint in hints.items()}))


FIELDS = tuple(f.name for f in fields(Application) if f.name not in {"procedure", "filing"})
"""The fields of an application that a paper can spoil."""


@settings(max_examples=150, deadline=None)
@given(data=st.data(), example=a_case)
def test_no_paper_however_odd_makes_a_case_fail(data, example):
    """Any two fields hold anything at all: the case is still judged and routed."""
    hints = get_type_hints(Application)
    names = data.draw(st.lists(st.sampled_from(FIELDS), min_size=1, max_size=2, unique=True))
    odd = {name: data.draw(anything(hints[name]), label=name) for name in names}
    assert routed(replace(example.application, **odd)) in {"approve", "cure", "review", "refer", "refuse"}


@settings(max_examples=150, deadline=None)
@given(data=st.data(), example=a_case)
def test_no_single_fact_however_odd_makes_a_case_fail(data, example):
    """Some facts of a case are replaced by nonsense of their own type."""
    application = example.application
    for _ in range(data.draw(st.integers(1, 4))):
        number = data.draw(st.integers(0, len(facts(application)) - 1))
        value, written = facts(application)[number].value, facts(application)[number].evidence
        kind = type(value) if value is not None else str if written else dt.date  # blank, or still open
        new = None if kind is str and value is None else data.draw(odd_value(kind))
        application = with_fact(application, number, lambda fact, new=new: replace(fact, value=new))
    assert routed(application) in {"approve", "cure", "review", "refer", "refuse"}


@QUICK
@given(example=a_case, filed=st.sampled_from(ODD_DATES), received=st.sampled_from(ODD_DATES))
def test_no_day_of_filing_makes_a_case_fail(example, filed, received):
    """The first and the last day of all time, a leap day, a filing after its reception: never approved."""
    filing = replace(example.application.filing, filed_on=filed, received_on=received)
    assume(filed != dt.date(2024, 2, 29))
    assert routed(replace(example.application, filing=filing), example.policy) != "approve"


@QUICK
@given(example=an_approved_case, born=st.sampled_from([dt.date.max, dt.date.min]))
def test_nobody_born_at_the_end_or_the_beginning_of_time_is_approved(example, born):
    """A birth after the filing, or two thousand years ago, is looked at."""
    day = example.application.applicant.birth_date

    def reborn(one: Any) -> Any:
        return replace(one, value=born) if isinstance(one, Fact) and day and one.value == day.value else one

    assume(day is not None)
    asks = [form.request_type.value for form in example.application.convenio if form.request_type]
    assume(not asks or "alta" in asks)
    assert routed(rebuilt(example.application, reborn), example.policy) != "approve"


@QUICK
@given(
    example=one_of(lambda: (e for e in approved() if e.application.procedure == "convenio_especial")),
    pick=st.integers(0, 10),
    day=st.sampled_from([dt.date.min, dt.date.max]),
)
def test_a_stay_that_ends_before_it_begins_is_never_approved(example, pick, day):
    """A baja at the beginning of time, an alta at its end."""
    application = example.application
    asks = [form.request_type.value for form in application.convenio if form.request_type]
    assume("alta" in asks)
    shown = [n for n, one in enumerate(application.registrations) if one.official and one.periods]
    number = shown[pick % len(shown)]
    paper = application.registrations[number]
    field = "until" if day == dt.date.min else "since"
    wrong = tuple(replace(p, **{field: replace(getattr(p, field), value=day)}) for p in paper.periods)
    papers = list(application.registrations)
    papers[number] = replace(paper, periods=wrong)
    assert routed(replace(application, registrations=tuple(papers)), example.policy) != "approve"
