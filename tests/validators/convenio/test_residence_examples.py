"""The worked examples of docs/law.md section 4.3, run whole through the judgement of a case."""

import datetime as dt
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
import yaml

from validators.facts import Absence, Application, Evidence, Mention, Permit, Resident, Signature

TABLE = Path(__file__).parents[2] / "law" / "residence_examples.yaml"
EXAMPLES = yaml.safe_load(TABLE.read_text(encoding="utf-8"))["examples"]
FAMILIES = ("CE-RES", "CE-EMP", "CE-PAD")


def test_every_example_of_the_table_is_there():
    """The law's table has sixty examples."""
    assert {example["number"] for example in EXAMPLES} == set(range(1, 61))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"example {example['number']}")
def test_a_worked_example_goes_where_the_law_says(example: dict[str, Any], make: Any):
    """The residence rules alone, the rules named, and the whole case give what the table says."""
    findings = make.judge(application(example, make))
    residence = [f for f in findings if f.rule.startswith(FAMILIES)]
    found = {(f.rule, f.outcome.value) for f in findings}
    assert (
        make.queue(residence),
        set(example["rules"].items()) - found,
        make.queue(findings),
    ) == (example["expected"], set(), example.get("whole_case", example["expected"]))


def application(example: dict[str, Any], make: Any) -> Application:
    """Build the case of an example: all in order but for what the example says."""
    filed = example["filed_on"]
    born = example.get("born", dt.date(1985, 4, 3))
    who = make.person(born=born)
    passport = example.get("passport")
    if passport:
        who = make.person(number=passport, born=born, id_type=make.fact("passport"))
    signed = Signature(present=make.fact(True), on=make.fact(example.get("signed_on", filed)))
    cards = [make.card(who)]
    if passport:
        cards = [make.card(who, kind=make.fact("passport"), support_number=None, permit=None)]
    return make.in_order(
        filed,
        who,
        convenio=(make.form(who, applicant_signature=signed),),
        identities=tuple(cards),
        registrations=tuple(certificates(example, who, make)),
        absences=tuple(
            Absence(since=make.fact(a["from"]), until=make.fact(a["to"])) for a in example.get("absences", ())
        ),
        mentions=tuple(
            Mention(subject=subject, evidence=Evidence("d3", subject))
            for subject in example.get("mentions", ())
        ),
        permits=tuple(permits(example, who, make)),
    )


def certificates(example: dict[str, Any], who: Any, make: Any):
    """Yield one certificate of each municipality, with its stays."""
    stays = [
        {"entered": "residence_change"} | ({"entered": "abroad", "came_from": "MAR"} | one if not n else one)
        for n, one in enumerate(example.get("stays", ()))
    ]
    for town, own in groupby(stays, key=lambda one: one["town"]):
        yield certificate(example, who, make, town, tuple(period(one, make) for one in own))
    if "undated" in example:
        yield certificate(example, who, make, example["undated"], ())


def period(one: dict[str, Any], make: Any):
    """Return one stay of an example."""
    entered = None if one["entered"] == "unknown" else one["entered"]
    origin = one.get("came_from") if entered in {"abroad", "residence_change"} else None
    found = make.stay(
        one["town"],
        one["from"],
        one.get("to"),
        cause_in=entered,
        origin=origin,
        cause_out=one.get("left", "residence_change" if "to" in one else None),
    )
    others = (one["or_from"],) if "or_from" in one else ()
    return make.replace(found, since=make.fact(one["from"], others=others))


def certificate(example: dict[str, Any], who: Any, make: Any, town: str, periods: tuple[Any, ...]):
    """Return one certificate of an example."""
    says = example.get("certificate", {})
    name = make.person(born=who.birth_date.value, number=says.get("passport", who.id_number.value))
    changed = says.get("last_change_on")
    line = Resident(name="Nadia Benali Haddad", birth_date=who.birth_date.value)
    return make.certificate(
        *periods,
        town=town,
        official=says.get("official", True),
        person=name,
        form=make.fact(says.get("form", "historical")),
        issued_on=make.fact(says.get("issued_on", example["filed_on"] - dt.timedelta(days=6))),
        signed=make.fact(says.get("signed", True)),
        last_change_on=make.fact(changed) if changed else None,
        residents=(line,) if says.get("form") == "collective" else (),
    )


def permits(example: dict[str, Any], who: Any, make: Any):
    """Yield the authorisation to reside of an example."""
    if "permit_since" in example:
        since = make.fact(example["permit_since"])
        yield Permit(document="d6", person=who, valid_from=since, valid_until=make.fact(dt.date(2028, 1, 1)))
