"""The residence of a case as the contract prints it, and the arithmetic under it."""

import datetime as dt
from typing import Any

import pytest

from validators.facts import Person
from validators.policy import Policy
from validators.residence import residence
from validators.towns import is_country, same_town


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def test_the_block_shows_window_stays_and_the_day_the_year_is_complete(make: Any):
    """One open stay: no gaps, and the year from its own beginning."""
    block = residence(make.in_order(), Policy())
    assert (
        block.window,
        block.periods,
        block.gaps,
        block.overlaps,
        block.chain_start,
        block.complete_on,
    ) == (
        (day("2025-03-16"), day("2026-03-16")),
        (("Ceuta", day("2019-05-10"), None),),
        (),
        (),
        day("2019-05-10"),
        day("2020-05-10"),
    )


def test_a_gap_counts_from_the_baja_to_the_alta(make: Any):
    """Days are the difference of the two dates."""
    papers = (
        make.certificate(make.stay("Málaga", day("2024-01-10"), day("2025-06-30"))),
        make.certificate(make.stay("Melilla", day("2025-07-12"))),
    )
    block = residence(make.in_order(registrations=papers), Policy())
    assert block.gaps == ((day("2025-06-30"), day("2025-07-12"), 12),)


def test_the_adjacent_day_is_no_gap(make: Any):
    """By policy one day may lie between a baja and the next alta."""
    papers = (
        make.certificate(make.stay("Málaga", day("2024-01-10"), day("2025-06-30"))),
        make.certificate(make.stay("Melilla", day("2025-07-01"))),
    )
    block = residence(make.in_order(registrations=papers), Policy())
    assert (block.gaps, block.chain_start) == ((), day("2024-01-10"))


def test_an_overlap_counts_until_the_earlier_end(make: Any):
    """Twenty days in two municipalities."""
    papers = (
        make.certificate(make.stay("Málaga", day("2024-01-10"), day("2025-10-05"))),
        make.certificate(make.stay("Ceuta", day("2025-09-15"))),
    )
    block = residence(make.in_order(registrations=papers), Policy())
    assert block.overlaps == ((day("2025-09-15"), day("2025-10-05"), 20),)


def test_a_stay_in_two_certificates_counts_once(make: Any):
    """An older certificate still shows the stay open, a newer one its end."""
    papers = (
        make.certificate(make.stay("Málaga", day("2024-01-10")), issued_on=make.fact(day("2025-01-15"))),
        make.certificate(
            make.stay("Málaga", day("2024-01-10"), day("2025-09-10")),
            make.stay("Ceuta", day("2025-09-10")),
        ),
    )
    block = residence(make.in_order(registrations=papers), Policy())
    assert block.periods == (
        ("Málaga", day("2024-01-10"), day("2025-09-10")),
        ("Ceuta", day("2025-09-10"), None),
    )


def test_a_residence_that_does_not_reach_the_filing_has_no_chain(make: Any):
    """A stay that ended before leaves a gap up to the filing day."""
    paper = make.certificate(make.stay("Ceuta", day("2020-01-10"), day("2026-02-01")))
    block = residence(make.in_order(registrations=(paper,)), Policy())
    assert (block.chain_start, block.complete_on, block.gaps) == (
        None,
        None,
        ((day("2026-02-01"), day("2026-03-16"), 43),),
    )


def test_no_block_without_a_register_paper_or_for_the_other_procedure(make: Any):
    """The contract has null there."""
    none = residence(make.in_order(registrations=()), Policy())
    other = residence(make.in_order(procedure="asistencia_sanitaria"), Policy())
    assert (none, other) == (None, None)


def test_a_volante_alone_is_shown_for_information(make: Any):
    """No rule rests on it, yet the reviewer sees what it says."""
    note = make.certificate(make.stay("Ceuta", day("2020-01-10")), official=False)
    block = residence(make.in_order(registrations=(note,)), Policy())
    assert block.periods == (("Ceuta", day("2020-01-10"), None),)


def test_another_person_s_stays_do_not_count(make: Any):
    """A certificate of somebody else proves nothing for the applicant."""
    someone = Person(
        first_surname=make.fact("Ortega"), given_name=make.fact("Luis"), id_number=make.fact("Y7654321G")
    )
    paper = make.certificate(make.stay("Ceuta", day("2020-01-10")), person=someone)
    assert residence(make.in_order(registrations=(paper,)), Policy()).periods == ()


def test_a_certificate_under_the_passport_of_a_card_holder_counts(make: Any):
    """The form has the NIE, the register the passport, and both papers are in the package."""
    passport = make.person(number="AB1234567")
    cards = (make.card(make.person()), make.card(passport, kind=make.fact("passport"), support_number=None))
    paper = make.certificate(make.stay("Ceuta", day("2020-01-10")), person=passport)
    findings = make.judge(make.in_order(identities=cards, registrations=(paper,)))
    assert make.outcomes(findings, "CE-RES-15") == set()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("CEUTA", "Ceuta", True),
        ("Ciudad Autónoma de Ceuta", "Ceuta", True),
        ("Concello da Coruña", "A Coruña", True),
        ("Alicante/Alacant", "Alacant", True),
        ("Donostia - San Sebastián", "Donostia", True),
        ("L'Hospitalet de Llobregat", "Hospitalet de Llobregat, L'", True),
        ("San Sebastián", "San Sebastián de los Reyes", False),
        ("Ceuta", "Melilla", False),
        ("Villaceuta", "Ceuta", False),
        ("", "Ceuta", False),
    ],
)
def test_a_municipality_is_known_under_its_names(one: str, other: str, same: bool):
    """Letterheads, double names and articles do not make two municipalities of one."""
    assert same_town(one, other) is same


@pytest.mark.parametrize(
    ("origin", "country"), [("MAR", True), ("ESP", False), ("Sevilla", False), ("Rus", False), (None, False)]
)
def test_an_origin_is_a_country_by_its_code(origin: str | None, country: bool):
    """Three capitals are a country; a name as the paper writes it is a municipality."""
    assert is_country(origin) is country


def test_a_stay_that_ends_on_the_filing_day_reaches_it(make: Any):
    """The day of the baja is still a day of the entry."""
    paper = make.certificate(make.stay("Ceuta", day("2020-01-10"), day("2026-03-16")))
    assert residence(make.in_order(registrations=(paper,)), Policy()).chain_start == day("2020-01-10")


def test_a_certificate_issued_after_the_reception_is_pointed_out(make: Any):
    """It may answer a requirement; a reviewer sees that it is newer than the case."""
    paper = make.certificate(make.stay("Ceuta", day("2020-01-10")), issued_on=make.fact(day("2026-03-20")))
    findings = make.judge(make.in_order(registrations=(paper,)))
    assert (make.outcomes(findings, "CE-RES-18"), make.queue(findings)) == ({"notice"}, "approve")
