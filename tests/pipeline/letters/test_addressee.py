"""Whom a letter is for when the person said something else than the papers after filing."""

import copy
from dataclasses import replace

from pipeline.letters.addressee import addressee
from pipeline.letters.casefile import Later, case_file


def to(report, **later):
    """Return whom letters on a case are for."""
    return addressee(replace(case_file(report), later=Later(**later)))


def test_the_address_said_later_goes_before_that_of_the_form(told):
    """Ley 39/2015, art. 41.1: the person may choose another place at any time."""
    report = told()
    assert to(report).address == ("Calle Real 7", "51001 Ceuta")
    assert to(report, address=("Nueva 3",)).address == ("Nueva 3",)
    assert to(report, address=()).address == ()


def test_who_was_named_later_is_written_to(told):
    """And nobody any more where the representation ended (art. 5)."""
    report = copy.deepcopy(told())
    fields = report["documents"][0]["fields"]
    fields |= {
        f"representative.{part}": fields["applicant.given_name"] for part in ("given_name", "first_surname")
    }
    assert to(report).representative == "Ana Ana"
    named = to(report, represented=True, representative="Eva Ruiz")
    assert (named.represented, named.representative) == (True, "Eva Ruiz")
    ended = to(report, represented=False)
    assert (ended.represented, ended.representative) == (False, "")


def test_an_address_with_a_door_that_nobody_read_is_left_to_be_filled_in(told):
    """A letter without its door goes astray, be the door by hand, in doubt, or only perhaps there."""
    report = told()
    fields = report["documents"][0]["fields"]
    sure = fields["applicant.address.city"]
    for door in ({"value": None, "confidence": 0.95, "hand": True}, {"value": None, "confidence": 0.5}):
        fields["applicant.address.door"] = sure | door
        assert to(report).address == ()
    fields["applicant.address.door"] = sure | {"value": None, "confidence": 0.95}
    assert to(report).address == ("Calle Real 7", "51001 Ceuta")
