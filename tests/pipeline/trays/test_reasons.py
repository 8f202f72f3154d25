"""The reason of a case is that of its heaviest finding; all are kept."""

import pytest

from desk.web.words import sentences
from pipeline.trays.kinds import every_tray, tray_of_queue
from pipeline.trays.reasons import DOUBTFUL, OTHER, family, names, reasons_of
from validators.book import book


def finding(rule, outcome="review", certainty=1.0):
    """Return a finding as reports keep it."""
    return {"rule": rule, "outcome": outcome, "certainty": certainty}


def test_the_heaviest_reason_is_first_and_the_others_are_kept():
    """Whose papers these are comes before how long that person has lived here."""
    found = reasons_of("review", [finding("CE-RES-05"), finding("CE-PAGO-01"), finding("CE-ID-12")], 0.9)

    assert found.names == ("identity", "residence", "money")
    assert found.rules == ("CE-ID-12", "CE-RES-05", "CE-PAGO-01")


def test_only_what_brought_a_case_into_its_queue_speaks():
    """A thing to mend is no reason of a case that is refused."""
    found = reasons_of("refuse", [finding("CE-DOC-03", "cure"), finding("CE-RES-04", "not_met")], 0.9)

    assert (found.names, found.rules) == (("residence",), ("CE-RES-04",))


@pytest.mark.parametrize(("certainty", "reason"), [(0.9, "law"), (0.89, "residence")])
def test_the_law_is_the_reason_only_where_the_papers_are_surely_read(certainty, reason):
    """The year that completes on the very day: two readings of the law, or one of a smudged date."""
    assert reasons_of("review", [finding("CE-RES-03", certainty=certainty)], 0.9).names[0] == reason


def test_what_was_not_surely_read_is_said_after_the_reasons():
    """It never hides what the doubt is about."""
    assert reasons_of("review", [finding("CE-RES-05", certainty=0.6)], 0.9).names == ("residence", DOUBTFUL)


def test_a_case_that_no_finding_brought_where_it_is_has_a_reason_all_the_same():
    """Nothing legible is for a person; approved it needs none."""
    assert reasons_of("review", [], 0.9).names == (OTHER,)
    assert reasons_of("approve", [finding("CE-RES-05", "met")], 0.9).names == ()


def test_an_older_report_without_certainty_is_read():
    """It is then taken as sure."""
    assert reasons_of("cure", [{"rule": "AS-DEC-01", "outcome": "cure"}], 0.9).names == ("papers",)


def test_a_rule_of_a_later_law_is_not_lost():
    """It lies under the other reasons."""
    assert family("CE-NEW-99") == OTHER


def test_every_rule_of_the_book_has_a_reason():
    """But those that judge no application (the electronic file)."""
    assert [
        rule for rule in book() if family(rule) == OTHER and not rule.startswith(("ENI-", "CE-VER-"))
    ] == [
        "CE-CART-01",
        "CE-DEV-01",
    ]


def test_every_reason_and_tray_has_its_words():
    """In the three languages, as the desk refuses a sentence that lacks one."""
    said = sentences()

    assert [one for one in (*names(), DOUBTFUL) if f"reasons.{one}" not in said] == []
    assert "review-residence" in every_tray()
    assert tray_of_queue("approve", ()) == "approve"
