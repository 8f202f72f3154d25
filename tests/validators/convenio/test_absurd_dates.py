"""Dates at the ends of the calendar come from misread papers: they are judged, never a crash."""

import datetime as dt
from typing import Any

import pytest

from validators.facts import Absence, Filing, Permit

ENDS = [dt.date.min, dt.date(1900, 2, 28), dt.date(2024, 2, 29), dt.date(2099, 1, 1), dt.date.max]


@pytest.mark.parametrize("odd", ENDS, ids=str)
@pytest.mark.parametrize(
    "place", ["since", "until", "issued", "born", "expires", "signed", "away", "permit", "letter"]
)
def test_an_absurd_date_leads_to_a_queue(place: str, odd: dt.date, make: Any):
    """Every rule gives its answer whatever the date; one that cannot be true is never approved."""
    findings = make.judge(CASES[place](make, odd))
    assert (place, odd.year, make.queue(findings)) not in {
        (where, year, "approve") for where in ("since", "until", "born", "issued") for year in (1, 9999)
    }


def test_a_filing_long_ago_is_judged(make: Any):
    """No calendar and no law of that day: a person looks."""
    long_ago = dt.date(2015, 2, 28)
    filing = Filing(filed_on=long_ago, source="office", received_on=dt.date(2026, 3, 16))
    assert make.queue(make.judge(make.in_order(filing=filing))) == "review"


def registered(make: Any, **dates: Any) -> Any:
    stay = make.stay("Ceuta", dates.get("since", dt.date(2019, 5, 10)), dates.get("until"))
    issued = {"issued_on": make.fact(dates["issued"])} if "issued" in dates else {}
    return make.in_order(registrations=(make.certificate(stay, **issued),))


CASES = {
    "since": lambda make, odd: registered(make, since=odd),
    "until": lambda make, odd: registered(make, until=odd),
    "issued": lambda make, odd: registered(make, issued=odd),
    "born": lambda make, odd: make.in_order(who=make.person(born=odd)),
    "expires": lambda make, odd: make.in_order(
        identities=(make.card(make.person(), expires_on=make.fact(odd)),)
    ),
    "signed": lambda make, odd: make.in_order(
        convenio=(make.form(make.person(), applicant_signature=signed(make, odd)),),
        declarations=(make.declaration(make.person(), signature=signed(make, odd)),),
    ),
    "away": lambda make, odd: make.in_order(absences=(Absence(since=make.fact(odd), until=make.fact(odd)),)),
    "permit": lambda make, odd: make.in_order(
        permits=(
            Permit(
                document="d6", person=make.person(), valid_from=make.fact(odd), valid_until=make.fact(odd)
            ),
        )
    ),
    "letter": lambda make, odd: make.in_order(
        non_exports=(make.letter(make.person(), issued_on=make.fact(odd)),)
    ),
}


def signed(make: Any, on: dt.date) -> Any:
    return make.replace(make.form(make.person()).applicant_signature, on=make.fact(on))
