"""What holds of every case, whatever its papers say: tried on all examples of the law, changed at random."""

import datetime as dt
import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pipeline.routing import queue
from validators.assess import Assessment, assess
from validators.calendar import Calendars
from validators.examples import Example, examples
from validators.examples.vocabulary import without_none
from validators.facts import Application, Evidence, Fact, Unreadable
from validators.law import versions
from validators.law.regimes import RD_576_2013
from validators.policy import Policy
from validators.rules import editions

CASES = tuple(example for example in examples() if example.reckoning is None)
APPROVED = tuple(example for example in CASES if example.queue == "approve")
QUICK = settings(max_examples=100, deadline=None)
CYCLE, TURN = 400, 146_097
"""Years, and days, after which the Gregorian calendar repeats itself, days of the week included."""
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

a_case = st.sampled_from(CASES)
an_approved_case = st.sampled_from(APPROVED)


def judged(application: Application, policy: Policy | None = None) -> Assessment:
    return assess(application, policy or Policy(), Calendars.shipped())


def routed(application: Application, policy: Policy | None = None) -> str:
    return queue(judged(application, policy).findings)


def said(assessment: Assessment) -> Counter[tuple[str, str]]:
    return Counter((f.rule, f.outcome.value) for f in assessment.findings)


def rebuilt(value: Any, change: Callable[[Any], Any]) -> Any:
    """Return the value with every fact, and every date outside of facts, changed."""
    if isinstance(value, Fact | dt.date):
        return change(value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{f.name: rebuilt(getattr(value, f.name), change) for f in fields(value)})
    if isinstance(value, tuple):
        parts = [rebuilt(part, change) for part in value]
        return type(value)(*parts) if hasattr(value, "_fields") else tuple(parts)
    if isinstance(value, dict):
        return {name: rebuilt(part, change) for name, part in value.items()}
    return value


def facts(value: Any) -> list[Fact[Any]]:
    """Return every fact that a value holds, in order."""
    found: list[Fact[Any]] = []
    rebuilt(value, lambda one: found.append(one) or one if isinstance(one, Fact) else one)
    return found


def with_fact(value: Any, number: int, change: Callable[[Fact[Any]], Fact[Any]]) -> Any:
    """Return the value with one of its facts changed."""
    places = iter(range(1_000_000))
    return rebuilt(
        value, lambda one: change(one) if isinstance(one, Fact) and next(places) == number else one
    )


# -- the order of papers ------------------------------------------------------------------------------


def shuffled(value: Any, order: random.Random) -> Any:
    """Return the value with every list in it in another order."""
    if is_dataclass(value) and not isinstance(value, type | Fact):
        return replace(value, **{f.name: shuffled(getattr(value, f.name), order) for f in fields(value)})
    if type(value) is tuple:
        parts = [shuffled(part, order) for part in value]
        if not any(isinstance(part, str) for part in parts):  # a flag and its paper are a pair
            order.shuffle(parts)
        return tuple(parts)
    return value


@QUICK
@given(example=a_case, order=st.randoms(use_true_random=False))
def test_the_order_of_papers_periods_and_beneficiaries_changes_nothing(example, order):
    """The same facts in another order give the same findings and the same queue."""
    before, after = example.application, shuffled(example.application, order)
    found = [judged(one, example.policy) for one in (before, after)]
    assert said(found[0]) == said(found[1])


# -- certainty ----------------------------------------------------------------------------------------


@QUICK
@given(example=a_case, pick=st.integers(0, 10_000), sure=st.sampled_from([0.0, 0.5, 0.61, 0.89]))
def test_a_doubtful_reading_never_leads_to_a_firmer_proposal(example, pick, sure):
    """Reading one value less surely leaves the queue, or sends the case to a person."""
    application = example.application
    number = pick % len(facts(application))
    dim = with_fact(application, number, lambda fact: replace(fact, confidence=min(fact.confidence, sure)))
    before, after = routed(application, example.policy), routed(dim, example.policy)
    assert after in {before, "review"}


@QUICK
@given(example=a_case, sure=st.floats(0, 0.89))
def test_a_case_read_faintly_is_never_approved_refused_or_referred(example, sure):
    """When no value is read surely, no proposal is made on them."""
    dim = rebuilt(
        example.application, lambda one: replace(one, confidence=sure) if isinstance(one, Fact) else one
    )
    firm = {f.rule for f in judged(dim, example.policy).findings if f.certainty < 0.9} & {
        f.rule
        for f in judged(dim, example.policy).findings
        if f.outcome in {"met", "refer", "not_met"} and f.certainty < 0.9
    }
    assert (firm, routed(dim, example.policy) == "approve") == (set(), False)


# -- papers that come or go ---------------------------------------------------------------------------


@QUICK
@given(
    example=a_case,
    code=st.sampled_from(["illegible", "encrypted", "corrupt", "malware", "timeout", "page-unreadable"]),
)
def test_an_unreadable_page_never_leads_to_approval(example, code):
    """What cannot be read is asked for, or looked at: never passed over."""
    lost = (*example.application.unreadable, Unreadable(document="d99", code=code))
    assert routed(replace(example.application, unreadable=lost), example.policy) != "approve"


TWICE = (
    *("registrations", "identities", "declarations", "representations", "non_exports", "permits"),
    *("mandates", "family_records", "partnerships", "decisions", "disabilities", "incomes"),
)
WITH_PAPERS = [(e, name) for e in CASES for name in TWICE if getattr(e.application, name)]


@QUICK
@given(chosen=st.sampled_from(WITH_PAPERS))
def test_a_second_copy_of_a_paper_changes_nothing(chosen):
    """Who hands in a paper twice, scanned anew, is where they were."""
    example, name = chosen
    papers = getattr(example.application, name)
    copied = replace(example.application, **{name: (*papers, replace(papers[-1], document="d98"))})
    assert routed(copied, example.policy) == routed(example.application, example.policy)


REQUIRED = {
    "convenio_especial": ("convenio", "identities", "registrations", "declarations"),
    "asistencia_sanitaria": ("asistencia", "identities", "declarations"),
}
ONLY_IDENTITY = ("convenio", "identities")


def required(application: Application) -> tuple[str, ...]:
    """Return the papers without which an application is not in order."""
    asks = [form.request_type.value for form in application.convenio if form.request_type]
    if asks and "alta" not in asks:
        return ONLY_IDENTITY
    return REQUIRED[application.procedure]


@QUICK
@given(example=an_approved_case, pick=st.integers(0, 10))
def test_without_a_required_paper_nothing_is_approved(example, pick):
    """A case in order loses one kind of paper that the law asks for: it is not in order any more."""
    application = example.application
    names = [name for name in required(application) if getattr(application, name)]
    gone = replace(application, **{names[pick % len(names)]: ()})
    assert routed(gone, example.policy) != "approve"


# -- time ---------------------------------------------------------------------------------------------


def moved(value: Any, days: int) -> Any:
    """Return the value with all its dates later by some days."""

    def later(one: Any) -> Any:
        if isinstance(one, Fact):
            others = tuple(later(other) for other in one.others)
            return replace(one, value=later(one.value), others=others)
        if type(one) is int:  # a year
            return one + CYCLE * days // TURN
        return one + dt.timedelta(days=days) if type(one) is dt.date else one

    return rebuilt(value, later)


def older_than_convenios(example: Example) -> bool:
    """Whether a case tells of a convenio that ended before there were any: a day that is the law's own."""
    ends = (one.ended_on for one in example.application.earlier_convenios)
    return any(end is not None and end.value is not None and end.value < RD_576_2013 for end in ends)


MOVABLE = [e for e in CASES if e.filed_on >= versions()[-1] and not older_than_convenios(e)]
"""Cases under the newest law, without dates that are the law's own."""


@QUICK
@given(example=st.sampled_from(MOVABLE), times=st.integers(1, 3))
def test_four_hundred_years_later_the_same_dates_mean_the_same(example, times):
    """Only the calendars of working days, which end, may speak otherwise."""
    days = times * TURN
    later = moved(example.application, days)
    before, after = judged(example.application, example.policy), judged(later, example.policy)
    differing = {rule for rule, _ in (said(before) - said(after)) + (said(after) - said(before))}
    assert {rule for rule in differing if not rule.startswith("PLZ-")} == set()
    assert moved(before.residence, days) == after.residence


def on_day(example: Example, day: dt.date) -> Application:
    """Return an example's case as if it had been filed on another day, all its dates as far from it."""
    return moved(example.application, (day - example.filed_on).days)


CHANGED = [
    pytest.param(edition, day, id=f"{rule} {day}")
    for rule, same in editions().items()
    if len(same) > 1 and not rule.startswith("PLZ-")
    for edition in same
    for day in (edition.since, edition.until)
    if day is not None and day > dt.date(2012, 8, 5)
]


@pytest.mark.parametrize(("edition", "day"), CHANGED)
def test_each_edition_of_a_rule_is_quoted_on_its_first_and_on_its_last_day(edition, day):
    """Where the law changed, a case in which the rule speaks quotes the article of that very day.

    What stands on calendars of days off cannot be moved to another year; examples show both sides of it.
    """
    speaking = [e for e in CASES if e.fires(edition.id) and not e.applies(edition.id)]
    found = (judged(on_day(e, day), e.policy).findings for e in speaking)
    quoted = next((q for q in ({f.basis for f in some if f.rule == edition.id} for some in found) if q), None)
    assert speaking == [] or quoted == {edition.basis}


def oldest_stay(application: Application, days: int) -> Application:
    """Return the application with its oldest stay begun some days earlier, in every paper that shows it."""
    known = [p.since.value for r in application.registrations for p in r.periods if p.since.value]
    first = min(known)

    def earlier(one: Any) -> Any:
        return replace(one, since=replace(one.since, value=first - dt.timedelta(days=days)))

    papers = tuple(
        replace(r, periods=tuple(earlier(p) if p.since.value == first else p for p in r.periods))
        for r in application.registrations
    )
    return replace(application, registrations=papers)


PROVED = tuple(e for e in CASES if e.expected.get("CE-RES-02") == {None: frozenset({"met"})})


@QUICK
@given(example=st.sampled_from(PROVED), days=st.integers(1, 800))
def test_more_days_of_registration_never_take_the_year_away(example, days):
    """Who proves the year still proves it when the first registration is older."""
    found = judged(oldest_stay(example.application, days), example.policy).findings
    assert "not_met" not in {f.outcome for f in found if f.rule.startswith("CE-RES")}


@QUICK
@given(example=st.sampled_from(PROVED), days=st.integers(1, 60))
def test_filing_later_never_takes_the_year_away(example, days):
    """Who proves the year on a day does not fail it by waiting, with certificates that are as fresh."""
    application = example.application
    assume(all(p.until.value is None for r in application.registrations[-1:] for p in r.periods))
    assume(not application.absences)
    day = example.filed_on + dt.timedelta(days=days)
    filing = replace(application.filing, filed_on=day, received_on=day)
    found = judged(replace(application, filing=filing), example.policy).findings
    assert "not_met" not in {f.outcome for f in found if f.rule.startswith("CE-RES")}


# -- settings -----------------------------------------------------------------------------------------


def choices(hint: Any) -> st.SearchStrategy[Any]:
    """Return the values that a setting may take: all its words, or numbers at and around its edges."""
    if get_args(hint):
        return st.sampled_from(get_args(hint))
    return st.sampled_from([0.0, 0.5, 1.0]) if hint is float else st.sampled_from([0, 1, 2, 90, 400])


POLICIES = st.builds(Policy, **{name: choices(hint) for name, hint in get_type_hints(Policy).items()})


@QUICK
@given(example=a_case, policy=POLICIES)
def test_every_choice_of_settings_has_an_answer(example, policy):
    """No setting makes a case fail; it is judged and routed."""
    assert routed(example.application, policy) in {"approve", "cure", "review", "refer", "refuse"}


# -- impossible facts ---------------------------------------------------------------------------------


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


def odd_fields(application: Application) -> Iterator[str]:
    """Yield the fields of an application that a paper can spoil."""
    yield from (f.name for f in fields(application) if f.name not in {"procedure", "filing"})


FIELDS = tuple(odd_fields(CASES[0].application))


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
    example=st.sampled_from([e for e in APPROVED if e.application.procedure == "convenio_especial"]),
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
