"""Where the rules on absence, renewal, export and the boundary day turn."""

import datetime as dt
from typing import Any

import pytest

from validators.facts import Absence
from validators.policy import Policy


def away(make: Any, *spans: tuple[str, str], sure: float = 0.99) -> tuple[Absence, ...]:
    return tuple(
        Absence(
            since=make.fact(dt.date.fromisoformat(since), sure),
            until=make.fact(dt.date.fromisoformat(until), sure),
        )
        for since, until in spans
    )


@pytest.mark.parametrize(
    ("spans", "outcome"),
    [
        ([("2025-05-01", "2025-07-29")], "met"),  # 90 days of 2025
        ([("2025-05-01", "2025-07-30")], "review"),  # 91
        ([("2025-05-01", "2025-07-20"), ("2025-06-01", "2025-07-29")], "met"),  # the same days twice
        ([("2025-01-01", "2025-03-31"), ("2026-01-01", "2026-03-15")], "met"),  # 90 + 74, 90 of them early
        ([("2025-11-02", "2025-12-31"), ("2026-01-01", "2026-02-28")], "met"),  # 60 + 59 in the window
        ([("2025-11-02", "2025-12-31"), ("2026-01-01", "2026-03-01")], "review"),  # 60 + 60
        ([("2025-07-20", "2025-07-10")], "review"),  # ends before it begins
    ],
)
def test_absences_count_by_natural_year_and_in_the_window(
    spans: list[tuple[str, str]], outcome: str, make: Any
):
    """Up to 90 days of a natural year and under 120 in the year before the filing."""
    findings = make.judge(make.in_order(absences=away(make, *spans)))
    assert make.outcomes(findings, "CE-RES-12") == {outcome}


def test_a_short_absence_read_badly_is_not_short(make: Any):
    """A person looks at dates that the program is not sure of."""
    findings = make.judge(make.in_order(absences=away(make, ("2025-05-01", "2025-05-09"), sure=0.5)))
    assert make.outcomes(findings, "CE-RES-12") == {"review"}


def test_a_statement_of_absences_that_gives_none_is_looked_at(make: Any):
    """The paper is there for a reason."""
    findings = make.judge(make.in_order(papers={"absence_statement": ("d9",)}))
    assert make.outcomes(findings, "CE-RES-12") == {"review"}


@pytest.mark.parametrize(
    ("nation", "permit", "outcomes"),
    [
        ("MAR", "RESIDENCIA TEMPORAL", {"review"}),
        ("MAR", "RESIDENCIA DE LARGA DURACIÓN - UE", set()),
        ("MAR", "FAMILIAR DE CIUDADANO DE LA UNIÓN", set()),
        ("FRA", "RESIDENCIA TEMPORAL", set()),
        ("GBR", "RESIDENCIA TEMPORAL", {"review"}),
    ],
)
def test_only_those_who_must_renew_have_a_renewal_mark(
    nation: str, permit: str, outcomes: set[str], make: Any
):
    """Two years after the alta, for those without long residence or the freedom of the Union."""
    who = make.person(nationality=make.fact(nation))
    stay, issued = make.stay("Ceuta", dt.date(2024, 3, 14)), make.fact(dt.date(2026, 3, 13))
    paper = make.certificate(stay, issued_on=issued, person=who)
    case = make.in_order(
        who=who, identities=(make.card(who, permit=make.fact(permit)),), registrations=(paper,)
    )
    assert make.outcomes(make.judge(case), "CE-RES-20") == outcomes


@pytest.mark.parametrize(
    ("reading", "outcome"), [("review", "review"), ("met", "met"), ("not_met", "not_met")]
)
def test_the_boundary_day_is_a_choice(reading: Any, outcome: str, make: Any):
    """The year that completes on the filing day: the setting decides what is proposed."""
    paper = make.certificate(make.stay("Ceuta", dt.date(2025, 3, 16)))
    findings = make.judge(make.in_order(registrations=(paper,)), Policy(boundary_day=reading))
    assert make.outcomes(findings, "CE-RES-03") == {outcome}


def test_a_person_from_a_third_country_is_looked_at(make: Any):
    """The duty goes by nationality, the certificate by provenance: where they differ a person decides."""
    paper = make.certificate(make.stay("Ceuta", dt.date(2019, 5, 10), cause_in="abroad", origin="FRA"))
    findings = make.judge(make.in_order(registrations=(paper,)))
    assert make.outcomes(findings, "CE-DOC-04") == {"met", "review"}


def test_a_stateless_person_owes_no_certificate_of_export(make: Any):
    """RD 1192/2012 art. 6.2.e exempts them."""
    who = make.person(nationality=make.fact("XXA"))
    findings = make.judge(make.in_order(who=who, non_exports=()))
    assert "cure" not in make.outcomes(findings, "CE-DOC-04")


def test_the_missing_municipality_is_named_with_its_dates(make: Any):
    """The letter to the person says which certificate, from when to when."""
    paper = make.certificate(
        make.stay("Ceuta", dt.date(2025, 10, 1), cause_in="residence_change", origin="Sevilla")
    )
    findings = make.judge(make.in_order(registrations=(paper,)))
    told = [f.reason.gl for f in findings if f.rule == "CE-RES-09"]
    assert told == ["Falta o certificado de Sevilla entre o 16/03/2025 e o 01/10/2025."]


def test_a_year_short_tells_from_when_to_file_again(make: Any):
    """The day after the year is complete."""
    paper = make.certificate(make.stay("Ceuta", dt.date(2025, 3, 17), cause_in="abroad", origin="MAR"))
    findings = make.judge(make.in_order(registrations=(paper,)))
    assert ["18/03/2026" in f.reason.en for f in findings if f.rule == "CE-RES-13"] == [True]


def test_other_proof_of_an_older_residence_is_not_refused_unread(make: Any):
    """A paper the program does not know may be the proof that the person offers."""
    paper = make.certificate(make.stay("Ceuta", dt.date(2025, 10, 1), cause_in="abroad", origin="MAR"))
    findings = make.judge(make.in_order(registrations=(paper,), papers={"other": ("d9",)}))
    assert (make.outcomes(findings, "CE-RES-19"), make.queue(findings)) == ({"review"}, "review")


@pytest.mark.parametrize(("issued", "outcome"), [("2026-03-14", "notice"), ("2026-03-13", "review")])
def test_a_certificate_of_the_very_renewal_day_shows_the_entry_alive(issued: str, outcome: str, make: Any):
    """The mark of an alta of 14 March 2024 is 14 March 2026."""
    stay, day = make.stay("Ceuta", dt.date(2024, 3, 14)), dt.date.fromisoformat(issued)
    findings = make.judge(make.in_order(registrations=(make.certificate(stay, issued_on=make.fact(day)),)))
    assert make.outcomes(findings, "CE-RES-20") == {outcome}


@pytest.mark.parametrize(("issued", "outcome"), [("2025-12-16", "met"), ("2025-12-15", "cure")])
def test_a_certificate_serves_for_three_months(issued: str, outcome: str, make: Any):
    """Three months to the day still show the residence on the filing day."""
    stay, day = make.stay("Ceuta", dt.date(2019, 5, 10)), dt.date.fromisoformat(issued)
    findings = make.judge(make.in_order(registrations=(make.certificate(stay, issued_on=make.fact(day)),)))
    assert make.outcomes(findings, "CE-RES-16") == {outcome}


@pytest.mark.parametrize(
    ("left", "outcomes"), [("2025-11-14", ({"met"}, set())), ("2025-11-15", (set(), {"review"}))]
)
def test_sixty_days_in_two_municipalities_are_transient(
    left: str, outcomes: tuple[set[str], set[str]], make: Any
):
    """A double entry from 15 September."""
    papers = (
        make.certificate(make.stay("Málaga", dt.date(2024, 1, 10), dt.date.fromisoformat(left))),
        make.certificate(make.stay("Ceuta", dt.date(2025, 9, 15))),
    )
    findings = make.judge(make.in_order(registrations=papers))
    assert (make.outcomes(findings, "CE-RES-10"), make.outcomes(findings, "CE-RES-11")) == outcomes


def test_a_stay_that_begins_before_the_last_one_ends_goes_on(make: Any):
    """Two entries of one municipality that overlap by days are one residence, not one that ended."""
    paper = make.certificate(
        make.stay("Ceuta", dt.date(2024, 1, 10), dt.date(2025, 9, 15)),
        make.stay("Ceuta", dt.date(2025, 9, 1)),
    )
    findings = make.judge(make.in_order(registrations=(paper,)))
    assert make.outcomes(findings, "CE-RES-02") == {"met"}


def test_one_inconclusive_letter_beside_a_good_one_is_looked_at(make: Any):
    """Two letters of the same country must both say no."""
    letters = (make.letter(make.person()), make.letter(make.person(), not_exportable=make.fact(None)))
    findings = make.judge(make.in_order(non_exports=letters))
    assert make.outcomes(findings, "CE-DOC-04") == {"review"}


@pytest.mark.parametrize(("expires", "queue"), [("2026-03-16", "approve"), ("2026-03-15", "review")])
def test_a_card_serves_on_its_last_day(expires: str, queue: str, make: Any):
    """In force means that the filing day is not after the expiry."""
    card = make.card(make.person(), expires_on=make.fact(dt.date.fromisoformat(expires)))
    assert make.queue(make.judge(make.in_order(identities=(card,)))) == queue


@pytest.mark.parametrize(
    ("filed", "outcome"), [("2026-02-27", "refer"), ("2026-02-28", "review"), ("2026-03-01", "met")]
)
def test_who_was_born_on_29_february_comes_of_age_in_doubt(filed: str, outcome: str, make: Any):
    """There is no 29 February 2026: the 28th is for a person to decide."""
    who = make.person(born=dt.date(2008, 2, 29))
    findings = make.judge(make.in_order(dt.date.fromisoformat(filed), who))
    assert make.outcomes(findings, "CE-SUJ-04") == {outcome}


def test_a_form_without_any_box_is_judged_as_an_alta(make: Any):
    """Not ticking is no way round the papers of an alta."""
    blank = make.form(make.person(), request_type=make.fact(None))
    findings = make.judge(make.in_order(convenio=(blank,), registrations=()))
    assert make.outcomes(findings, "CE-DOC-02") == {"cure"}
