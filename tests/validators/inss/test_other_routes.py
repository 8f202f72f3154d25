"""What may belong to another body stops an INSS application, or is decided on sure facts."""

import datetime as dt
from dataclasses import replace
from importlib.resources import files

import pytest
import yaml

from validators.facts import (
    Absence,
    ConsularExit,
    Decision,
    Disability,
    Evidence,
    Fact,
    Mention,
    Named,
    NonExport,
    Person,
)
from validators.kinship import fact_of

SUBJECTS = set(
    yaml.safe_load(files("extractors.said").joinpath("mentions.yaml").read_text("utf-8"))["subjects"]
)
ANA = Person(
    first_surname=Fact(value="Ruiz"),
    second_surname=Fact(value="Soto"),
    given_name=Fact(value="Ana"),
    id_number=Fact(value="12345678Z"),
    birth_date=Fact(value=dt.date(1980, 1, 2)),
)


def said(*subjects, **how):
    mentions = tuple(Mention(subject=s, evidence=Evidence("d9", s), **how) for s in subjects)
    return lambda case: replace(case, mentions=(*case.mentions, *mentions))


def paper(kind):
    return lambda case: replace(case, papers={**case.papers, kind: ("d9",)})


def born(day):
    return lambda case: replace(case, applicant=replace(case.applicant, birth_date=Fact(value=day)))


def left(day, person=ANA, country="CHL"):
    exit_ = ConsularExit(
        document="d9", person=person, country=Fact(value=country), left_on=Fact(value=day) if day else None
    )
    return lambda case: replace(case, consular_exits=(exit_,))


def decided(subject, name="Ana Ruiz Soto", confidence=0.99):
    decision = Decision(
        document="d9", people=(Named(name=name),), subject=Fact(value=subject, confidence=confidence)
    )
    return lambda case: replace(case, decisions=(decision,))


def certified(person):
    return lambda case: replace(
        case, disabilities=(Disability(document="d9", person=person, degree=Fact(value=70)),)
    )


def abroad(since, until):
    return lambda case: replace(
        case, absences=(*case.absences, Absence(since=Fact(value=since), until=Fact(value=until)))
    )


def both(*steps):
    def changed(case):
        for step in steps:
            case = step(case)
        return case

    return changed


def on(day):
    return lambda case: replace(
        case, filing=replace(case.filing, filed_on=day, received_on=day), declarations=_dated(case, day)
    )


def _dated(case, day):
    return tuple(
        replace(d, signature=replace(d.signature, on=Fact(value=day) if d.signature.on else None))
        for d in case.declarations
    )


MINOR = dt.date(2008, 3, 17)
LINES = [
    # what the papers say, the rule that speaks, its outcome, the queue
    (said("social_security_worker"), "CAT-01", "refer", "refer"),
    (said("social_security_worker", whose="another"), "CAT-01", "review", "review"),
    (said("social_security_worker", whose="unsaid"), "CAT-01", "review", "review"),
    (said("pensioner"), "CAT-02", "refer", "refer"),
    (said("pensioner", "foreign_pension"), "CAT-02", "review", "review"),
    (said("unemployment_benefit"), "CAT-03", "refer", "refer"),
    (said("periodic_benefit"), "CAT-03", "refer", "refer"),
    (said("exhausted_benefit"), "CAT-04", "refer", "refer"),
    (said("maritime"), "AS-ISM-01", "refer", "refer"),
    (said("health_card"), "AS-COB-01", "review", "review"),
    (said("mutual_insurance", words="ISFAS"), "CAT-16", "refer", "refer"),
    (said("mutual_insurance", words="mutualista"), "CAT-16", "review", "review"),
    (said("foreign_cover"), "CAT-13", "refer", "refer"),
    (said("foreign_cover", whose="unsaid"), "CAT-13", "review", "review"),
    (said("european_card"), "CAT-13", "review", "review"),
    (said("disability_scheme"), "CAT-15", "notice", "approve"),
    (certified(ANA), "CAT-15", "notice", "approve"),
    (paper("disability_certificate"), "CAT-15", "review", "review"),
    (said("power_of_attorney"), "AS-REP-02", "review", "review"),
    (said("power_of_attorney", "power_registered"), "AS-REP-02", "notice", "approve"),
    (said("power_registered"), "AS-REP-02", "review", "review"),
    (said("guardianship"), "AS-REP-03", "cure", "cure"),
    (said("guardianship", whose="unsaid"), "AS-REP-03", "review", "review"),
    (said("support_measures"), "AS-REP-03", "cure", "cure"),
    (said("de_facto_guardian"), "AS-REP-03", "cure", "cure"),
    (decided("guardianship"), "AS-REP-03", "met", "approve"),
    (decided("guardianship", name="Luis Pérez Gil"), "AS-REP-03", "review", "review"),
    (decided("guardianship", confidence=0.8), "AS-REP-03", "review", "review"),
    (paper("court_decision"), "AS-REP-03", "review", "review"),
    (said("desamparo"), "AS-TUT-01", "review", "review"),
    (both(born(MINOR), said("desamparo")), "AS-TUT-01", "cure", "review"),
    (both(born(MINOR), decided("desamparo")), "AS-TUT-01", "met", "review"),
    (said("returned_emigrant"), "CAT-10", "cure", "cure"),
    (said("returned_emigrant", whose="unsaid"), "CAT-10", "review", "review"),
    (said("returned_emigrant", whose="another"), "CAT-12", "review", "review"),
    (left(dt.date(2024, 5, 1)), "CAT-10", "met", "approve"),
    (left(dt.date(2026, 2, 1), country="CUB"), "CAT-10", "cure", "cure"),
    (left(dt.date(2026, 3, 17)), "CAT-10", "review", "review"),
    (left(None), "CAT-10", "review", "review"),
    (paper("consular_deregistration"), "CAT-10", "review", "review"),
    (said("lives_abroad"), "CAT-11", "cure", "cure"),
    (said("lives_abroad", whose="unsaid"), "CAT-11", "review", "review"),
    (said("no_legal_residence"), "CAT-17", "review", "review"),
    (said("short_stay"), "CAT-17", "review", "review"),
    (born(MINOR), "CAT-18", "review", "review"),
    (said("pregnancy"), "CAT-19", "notice", "approve"),
    (said("international_protection"), "CAT-20", "review", "review"),
    (said("temporary_protection"), "CAT-20", "review", "review"),
    (said("statelessness"), "CAT-20", "review", "review"),
    (said("trafficking"), "CAT-21", "notice", "approve"),
    (said("gender_violence"), "CAT-22", "notice", "approve"),
    (said("sexual_violence"), "CAT-22", "notice", "approve"),
    (said("notifiable_disease"), "CAT-22", "notice", "approve"),
    (said("abortion"), "CAT-22", "notice", "approve"),
    (said("earlier_convenio"), "CAT-23", "notice", "approve"),
    (abroad(dt.date(2025, 1, 1), dt.date(2025, 3, 31)), "CAT-24", "met", "approve"),
    (abroad(dt.date(2025, 1, 1), dt.date(2025, 4, 1)), "CAT-24", "review", "review"),
    (abroad(dt.date(2025, 1, 1), None), "CAT-24", "review", "review"),
    (paper("absence_statement"), "CAT-24", "review", "review"),
]


@pytest.mark.parametrize(("changed", "rule", "outcome", "queue"), LINES)
def test_a_spaniard_with_a_sign_of_another_route(changed, rule, outcome, queue, spaniard, judged):
    """The clean application of a Spaniard with one thing more: its rule speaks, and the queue follows."""
    found = judged(changed(spaniard))
    assert (found.outcomes(rule), found.queue) == ({outcome}, queue)


NOT_FOR_THE_INSS = {"appeal", "weighty_paper"}
"""Of the convenio alone; and words that weigh only in a paper of no known kind."""
HARMLESS_FOR_A_NATIONAL = {
    "pregnancy",
    "trafficking",
    "gender_violence",
    "sexual_violence",
    "notifiable_disease",
    "abortion",
    "disability_scheme",
    "earlier_convenio",
}
"""The own right by residence is sure, whatever else is so: the reviewer is told."""
ALL = sorted(SUBJECTS - NOT_FOR_THE_INSS)


@pytest.mark.parametrize("subject", ALL)
def test_no_subject_that_the_readers_notice_is_passed_over(subject, spaniard, judged):
    """Every subject that a paper's text may touch stops a Spaniard's case, or is told beside a sure right."""
    found = judged(said(subject)(spaniard))
    told = len(found.findings) > len(judged(spaniard).findings) or found.queue != "approve"
    assert told
    assert (found.queue == "approve") == (subject in HARMLESS_FOR_A_NATIONAL)


@pytest.mark.parametrize("subject", ALL)
def test_a_foreigner_without_a_residence_paper_is_never_approved(subject, foreigner, judged):
    """No subject makes up for the paper that is missing."""
    assert judged(said(subject)(foreigner("PAK", "passport"))).queue != "approve"


@pytest.mark.parametrize(
    ("subject", "rule", "outcome"),
    [
        ("pregnancy", "CAT-19", "refer"),
        ("gender_violence", "CAT-22", "refer"),
        ("abortion", "CAT-22", "review"),
        ("international_protection", "CAT-20", "refer"),
        ("trafficking", "CAT-21", "refer"),
    ],
)
def test_a_group_without_legal_residence_goes_to_its_own_regime(subject, rule, outcome, foreigner, judged):
    """Stated of the applicant, who is stated to be without residence."""
    case = said(subject, "no_legal_residence")(foreigner("PAK", "passport"))
    found = judged(case)
    assert (found.outcomes(rule), found.outcomes("CAT-17"), found.queue) == ({outcome}, {"refer"}, "refer")


@pytest.mark.parametrize(
    ("filed", "outcome"),
    [(dt.date(2018, 7, 30), "review"), (dt.date(2018, 7, 31), "refer"), (dt.date(2026, 3, 13), "refer")],
)
def test_the_free_route_begins_with_the_decree_of_2018(filed, outcome, foreigner, judged):
    """The day before there was urgent care only."""
    case = both(said("no_legal_residence"), on(filed))(foreigner("PAK", "passport"))
    assert judged(case).outcomes("CAT-17") == {outcome}


@pytest.mark.parametrize(
    ("filed", "outcome"), [(dt.date(2026, 3, 12), "review"), (dt.date(2026, 3, 13), "refer")]
)
def test_violence_has_a_regime_of_its_own_since_2026(filed, outcome, foreigner, judged):
    """Before, a person decides."""
    case = both(said("gender_violence", "no_legal_residence"), on(filed))(foreigner("PAK", "passport"))
    assert judged(case).outcomes("CAT-22") == {outcome}


@pytest.mark.parametrize(
    ("filed", "outcome"), [(dt.date(2026, 3, 12), "notice"), (dt.date(2026, 3, 13), "review")]
)
def test_a_short_stay_of_a_union_citizen_is_doubtful_since_the_repeal(filed, outcome, foreigner, judged):
    """DA 2.2 of RD 1192/2012 ended on 13 March 2026."""
    case = both(said("short_stay"), on(filed))(foreigner("DEU", "passport"))
    assert judged(case).outcomes("CAT-14") == {outcome}


def test_a_return_from_a_country_that_may_cover_was_doubtful_until_2026(spaniard, judged):
    """The old article 26 asked for no cover by the country of provenance."""
    returned = left(dt.date(2020, 5, 1), country="MAR")
    assert judged(both(returned, on(dt.date(2026, 3, 12)))(spaniard)).outcomes("CAT-10") == {"review"}
    assert judged(both(returned, on(dt.date(2026, 3, 13)))(spaniard)).outcomes("CAT-10") == {"met"}


@pytest.mark.parametrize(
    ("nationality", "cards", "rule"),
    [
        ("ESP", ("dni",), "CAT-05"),
        ("DEU", ("passport", "eu_certificate"), "CAT-06"),
        ("PAK", ("passport", "tie"), "CAT-07"),
    ],
)
def test_each_holder_falls_in_the_category_of_their_papers(nationality, cards, rule, foreigner, judged):
    """Nationality and residence tell it."""
    found = judged(foreigner(nationality, *cards))
    assert [r for r in ("CAT-05", "CAT-06", "CAT-07") if found.outcomes(r) == {"met"}] == [rule]


def test_the_access_that_was_there_before_ended_in_august_2012(spaniard, judged):
    """CAT-25 is history."""
    assert judged(on(dt.date(2012, 8, 31))(spaniard)).outcomes("CAT-25") == {"review"}
    assert judged(on(dt.date(2012, 9, 1))(spaniard)).outcomes("CAT-25") == set()


def test_the_union_citizens_letter_on_a_pension_is_a_doubt(foreigner, judged):
    """A foreign letter names foreign pensions by its nature."""
    case = foreigner("DEU", "passport", "eu_certificate")
    letter = replace(case, mentions=(Mention(subject="pensioner", evidence=Evidence("d6", "pensioner")),))
    theirs = NonExport(document="d6", person=case.applicant, country=Fact(value="DEU"))
    found = judged(replace(letter, non_exports=(theirs,)))
    assert (found.outcomes("AS-COB-01"), found.outcomes("CAT-02")) == ({"review"}, {"review"})


@pytest.mark.parametrize(
    ("written", "sure"), [("12345678Z", 0.95), ("1234S678Z", 0.5), ("87654321X", 0.5), (None, 0.95)]
)
def test_a_doubtful_number_counts_unless_it_is_the_persons_own(written, sure):
    """Misread, it would hardly be just the one that stands in another paper."""
    line = Named(
        name="Ana Ruiz Soto",
        id_number=written,
        confidence=0.95,
        number_confidence=0.5 if written else 1.0,
    )
    assert fact_of(line, "d9", ANA).confidence == sure


def test_a_doubtful_number_that_two_papers_share_proves_nothing_without_its_letter():
    """A letter that does not hold may be the same mistake twice."""
    other = replace(ANA, id_number=Fact(value="12345678A"))
    line = Named(name="Ana Ruiz Soto", id_number="12345678A", confidence=0.95, number_confidence=0.5)
    assert fact_of(line, "d9", other).confidence == 0.5
