"""Whatever the papers say, the rules answer, and doubt never turns into approval."""

import datetime as dt
from dataclasses import fields, is_dataclass, replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from validators.facts import Address, Fact, Person, Signature

odd_dates = st.sampled_from([dt.date.min, dt.date(1964, 2, 29), dt.date(2026, 3, 16), dt.date.max])
odd_texts = st.one_of(
    st.sampled_from(["", " ", "dni", "ESP", "XXA", "12345678Z", "ES91", "A" * 400, "a b " * 30]),
    st.text(max_size=12),
)
confidences = st.sampled_from([0.0, 0.5, 1.0])


def facts(values):
    return st.one_of(
        st.none(),
        st.builds(Fact, value=st.one_of(st.none(), values), confidence=confidences, others=st.tuples(values)),
    )


people = st.builds(
    Person,
    first_surname=facts(odd_texts),
    given_name=facts(odd_texts),
    id_type=facts(st.one_of(odd_texts, st.lists(odd_texts, max_size=2))),
    id_number=facts(odd_texts),
    birth_date=facts(odd_dates),
    nationality=facts(odd_texts),
)
forms = st.fixed_dictionaries(
    {},
    optional={
        "holder": people,
        "representative": people,
        "previous_holder": people,
        "province": facts(odd_texts),
        "social_security_number": facts(odd_texts),
        "for_holder": facts(st.booleans()),
        "opposes_queries": facts(st.booleans()),
        "address": st.builds(
            Address, parts=st.dictionaries(st.sampled_from(["postal_code", "city"]), facts(odd_texts))
        ),
        "holder_signature": st.builds(Signature, present=facts(st.booleans()), on=facts(odd_dates)),
    },
)
cards = st.fixed_dictionaries(
    {},
    optional={
        "kind": facts(odd_texts),
        "number": facts(odd_texts),
        "surnames": facts(odd_texts),
        "birth_date": facts(odd_dates),
        "expires_on": facts(odd_dates),
        "support_number": facts(odd_texts),
        "mrz_valid": facts(st.booleans()),
    },
)
common = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@common
@given(forms, cards)
def test_every_reading_has_an_answer(spaniard, judged, form, card):
    """Strange, empty, contradictory and impossible values give findings, never an exception."""
    changed = replace(spaniard.asistencia[0], **form)
    case = replace(
        spaniard,
        applicant=changed.holder,
        asistencia=(changed,),
        identities=(replace(spaniard.identities[0], **card),),
    )
    assert judged(case).findings


def blurred(value, confidence):
    """The same facts, all of them read with this confidence."""
    match value:
        case Fact():
            return replace(value, confidence=confidence)
        case tuple() if not hasattr(value, "_fields"):
            return tuple(blurred(one, confidence) for one in value)
        case _ if is_dataclass(value):
            return replace(
                value, **{f.name: blurred(getattr(value, f.name), confidence) for f in fields(value)}
            )
    return value


@pytest.mark.parametrize(("confidence", "queue"), [(0.9, "approve"), (0.89, "review"), (0.0, "review")])
def test_a_case_read_faintly_is_looked_at(confidence, queue, spaniard, judged):
    """The clean case, with every value just at or just below the acceptance threshold."""
    assert judged(blurred(spaniard, confidence)).queue == queue


@common
@given(forms, cards)
def test_doubt_in_everything_never_approves(spaniard, judged, form, card):
    """Whatever is written: read faintly, no case is proposed for approval."""
    changed = replace(spaniard.asistencia[0], **form)
    case = replace(
        spaniard,
        applicant=changed.holder,
        asistencia=(changed,),
        identities=(replace(spaniard.identities[0], **card),),
    )
    assert judged(blurred(case, 0.5)).queue != "approve"
