"""What holds of every case, however its papers lie, are read, come or go, and whatever is chosen."""

import random
from dataclasses import fields, is_dataclass, replace
from typing import Any, get_args, get_type_hints

from hypothesis import given
from hypothesis import strategies as st

from tests.law.changed import (
    QUICK,
    a_case,
    an_approved_case,
    cases,
    facts,
    judged,
    one_of,
    rebuilt,
    routed,
    said,
    with_fact,
)
from validators.facts import Application, Fact, Unreadable
from validators.policy import Policy


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
WITH_PAPERS = one_of(lambda: ((e, name) for e in cases() for name in TWICE if getattr(e.application, name)))


@QUICK
@given(chosen=WITH_PAPERS)
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
