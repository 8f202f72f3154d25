"""What was asked for and when: by which word, and from which day."""

import datetime as dt

import pytest

from pipeline.case import Presentation
from pipeline.facts import put_together
from tests.facts.papers import FORM, case, paper


def test_papers_of_both_procedures_are_no_procedure():
    """Which law applies is for a person to say."""
    inss = paper("as_application", sha="i", holder__first_surname="Haddad")

    assert put_together(case(FORM, inss)).procedure == "unknown"


def test_a_stated_procedure_that_the_form_denies_is_no_procedure():
    """The office says INSS and the form is the convenio's."""
    said = Presentation(said_by="office", procedure="asistencia_sanitaria")

    assert put_together(case(FORM, said=(said,))).procedure == "unknown"


@pytest.mark.parametrize(
    ("said", "source", "day"),
    [
        ((), "reception", dt.date(2026, 3, 16)),
        ((Presentation(said_by="package", filed_on=dt.date(2026, 3, 10)),), "package", dt.date(2026, 3, 10)),
        (
            (Presentation(said_by="package", filed_on=dt.date(2026, 3, 17)),),
            "reception",
            dt.date(2026, 3, 16),
        ),
        (
            (
                Presentation(said_by="option", filed_on=dt.date(2026, 3, 12)),
                Presentation(said_by="package", filed_on=dt.date(2026, 3, 10)),
            ),
            "option",
            dt.date(2026, 3, 12),
        ),
        (
            (
                Presentation(said_by="office", filed_on=dt.date(2026, 3, 11)),
                Presentation(said_by="option", filed_on=dt.date(2026, 3, 12)),
            ),
            "office",
            dt.date(2026, 3, 11),
        ),
    ],
)
def test_the_filing_date_is_the_weightiest_word_and_never_the_senders_after_reception(said, source, day):
    """Office, then option, then the sender's, which cannot lie after the day it came."""
    filing = put_together(case(FORM, said=said)).filing

    assert (filing.source, filing.filed_on) == (source, day)


def test_a_registry_stamp_dates_a_filing_that_nobody_dated():
    """The receipt in the papers is better than the day the file arrived."""
    receipt = paper("filing_receipt", sha="r", filed_at="2026-03-09T10:15:00")

    filing = put_together(case(FORM, receipt)).filing

    assert (filing.source, filing.filed_on) == ("stamp", dt.date(2026, 3, 9))


def test_reception_near_midnight_is_the_day_in_spain():
    """23:30 UTC in March is already tomorrow in Madrid."""
    late = dt.datetime(2026, 3, 16, 23, 30, tzinfo=dt.UTC)

    assert put_together(case(FORM, received_at=late)).filing.received_on == dt.date(2026, 3, 17)
