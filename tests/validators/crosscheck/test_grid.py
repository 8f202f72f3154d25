"""The grid: one row a fact, one cell a paper, a verdict that a reviewer can check."""

import datetime as dt
from dataclasses import replace

import pytest

from pipeline.crosscheck import grid_lines, grid_report
from validators.crosscheck import crosscheck
from validators.facts import (
    Address,
    Application,
    AsistenciaRequest,
    Beneficiary,
    ConvenioRequest,
    Evidence,
    Fact,
    FamilyRecord,
    Filing,
    Identity,
    Mandate,
    Named,
    Period,
    Person,
    RegisterAnswer,
    Registration,
)

FILED = dt.date(2026, 3, 16)
BORN = dt.date(1985, 4, 3)


def fact(value, document="d1"):
    return Fact(value=value, confidence=0.98, evidence=(Evidence(document, "x"),))


def person(number="X1234567L", given="Nadia", born=BORN, nationality="MAR", second="Haddad"):
    return Person(
        given_name=fact(given),
        first_surname=fact("Benali"),
        second_surname=second and fact(second),
        id_number=number and fact(number),
        birth_date=born and fact(born),
        nationality=nationality and fact(nationality),
    )


def case(**changes):
    form = ConvenioRequest(document="d1", applicant=person())
    card = Identity(
        document="d2",
        number=fact("X1234567L"),
        surnames=fact("BENALI HADDAD"),
        given_name=fact("NADIA"),
        birth_date=fact(BORN),
        nationality=fact("MAR"),
    )
    parts = {
        "procedure": "convenio_especial",
        "filing": Filing(filed_on=FILED, source="office", received_on=FILED),
        "applicant": person(),
        "convenio": (form,),
        "identities": (card,),
    }
    return Application(**(parts | changes))


def certified(who, home=None, until=None):
    stay = Period(municipality=fact("Ceuta"), since=fact(dt.date(2019, 5, 10)), until=fact(until))
    address = Address(parts={n: fact(v) for n, v in (home or {}).items()})
    return Registration(document="d3", official=True, person=who, address=address, periods=(stay,))


def rows(application):
    return {(row.about, row.fact): row for row in crosscheck(application).rows}


def kinds(row):
    return [difference.kind for difference in row.differences]


def test_papers_in_order_agree_and_tolerate_letters():
    """The card has capitals, nothing else."""
    found = rows(case())
    assert {key: row.verdict for key, row in found.items()} == {
        ("applicant", "name"): "explained",
        ("applicant", "id_number"): "agree",
        ("applicant", "birth_date"): "agree",
        ("applicant", "nationality"): "agree",
    }
    assert found["applicant", "name"].tolerated


@pytest.mark.parametrize(
    ("who", "fact_", "verdict", "kind"),
    [
        (person(born=dt.date(1985, 3, 4)), "birth_date", "explained", "day_and_month"),
        (person(born=dt.date(1985, 4, 4)), "birth_date", "contradiction", "other_date"),
        (person(number="X7654321L", born=None), "id_number", "contradiction", "other_number"),
        (person(number="AB123456"), "id_number", "explained", "two_kinds"),
        (person(number="x-1234567-l"), "id_number", "explained", "notation"),
        (person(nationality="DZA"), "nationality", "contradiction", "other_nationality"),
        (person(given="Samira"), "name", "contradiction", "other_name"),
    ],
)
def test_a_certificate_that_differs_says_how(who, fact_, verdict, kind):
    """Each row has its own verdict and explanation."""
    found = rows(case(registrations=(certified(who),)))["applicant", fact_]
    assert (found.verdict, kind in kinds(found)) == (verdict, True)


def test_an_old_passport_number_is_explained_and_looked_at():
    """The form has the new passport, the certificate the old one (docs/law.md 4.3, example 50)."""
    new = person(number="CD456789")
    one = case(
        applicant=new,
        convenio=(ConvenioRequest(document="d1", applicant=new),),
        identities=(),
        registrations=(certified(person(number="AB123456")),),
    )
    found = rows(one)["applicant", "id_number"]
    assert (found.verdict, kinds(found), found.tolerated) == ("explained", ["old_number"], False)


def test_the_passport_number_of_the_persons_own_card_is_theirs_too():
    """Form with the NIE, passport shown with the same name and birth, certificate under the passport."""
    passport = replace(case().identities[0], document="d4", number=fact("AB123456"))
    one = case(
        identities=(*case().identities, passport), registrations=(certified(person(number="AB123456")),)
    )
    found = rows(one)["applicant", "id_number"]
    assert (found.verdict, kinds(found), found.tolerated) == ("explained", ["own_numbers"], True)


def test_homes_are_compared_where_the_register_shows_the_person_living():
    """The home of an entry that ended is no home any more."""
    home = {"street_name": "Mayor", "number": "1", "city": "Ceuta"}
    form = ConvenioRequest(
        document="d1",
        applicant=person(),
        address=Address(parts={"street_name": fact("Real"), "number": fact("1"), "city": fact("Ceuta")}),
    )
    now = rows(case(convenio=(form,), registrations=(certified(person(), home),)))["applicant", "address"]
    past = rows(case(convenio=(form,), registrations=(certified(person(), home, dt.date(2025, 1, 1)),)))
    assert (now.verdict, kinds(now)) == ("contradiction", ["other_street"])
    assert past["applicant", "address"].verdict == "not_comparable"


def test_the_account_of_the_representative_is_explained():
    """Neither the applicant's nor a stranger's (CE-PAGO-01)."""
    agent = Person(given_name=fact("Luis"), first_surname=fact("Ortega"), id_number=fact("12345678Z"))
    form = ConvenioRequest(
        document="d1",
        applicant=person(),
        representative=agent,
        account_holder=agent,
        iban=fact("ES91 2100 0418 4502 0005 1332"),
    )
    mandate = Mandate(document="d5", iban=fact("ES9121000418450200051332"), holder_name=fact("ORTEGA LUIS"))
    found = rows(case(convenio=(form,), mandates=(mandate,)))
    assert "representative_account" in kinds(found["account_holder", "name"])
    assert found["account_holder", "name"].verdict == "explained"
    assert kinds(found["account_holder", "account"]) == ["notation"]
    assert ("representative", "name") in found


def test_a_card_that_may_be_two_peoples_is_the_applicants_alone():
    """The representative of like name has no number: the applicant's own card is not theirs too."""
    agent = Person(given_name=fact("Nadia"), first_surname=fact("Benali"))
    form = ConvenioRequest(document="d1", applicant=person(), representative=agent)
    (name,) = [row for row in crosscheck(case(convenio=(form,))).rows if row.about == "representative"]
    assert [cell.paper for cell in name.cells] == ["d1"]


def test_a_card_that_may_be_the_representatives_and_is_not_the_applicants_is_theirs():
    """Unsure, and of nobody else: it is compared."""
    agent = Person(given_name=fact("Luis"), first_surname=fact("Ortega"))
    form = ConvenioRequest(document="d1", applicant=person(), representative=agent)
    card = Identity(
        document="d6",
        number=fact("12345678Z"),
        surnames=fact("ORTEGA SANZ"),
        given_name=fact("LUIS"),
        birth_date=fact(dt.date(1970, 1, 5)),
    )
    one = case(convenio=(form,), identities=(*case().identities, card))
    assert [cell.paper for cell in rows(one)["representative", "name"].cells] == ["d1", "d6"]


def test_each_beneficiary_has_rows_and_the_card_of_one_is_not_the_applicants():
    """A child whose card and family book came."""
    child = person(number="12345678Z", given="Omar", born=dt.date(2015, 1, 2), nationality="ESP")
    card = replace(
        case().identities[0],
        document="d6",
        number=fact("12345678Z"),
        given_name=fact("OMAR"),
        birth_date=fact(dt.date(2015, 1, 2)),
        nationality=fact("ESP"),
    )
    book = FamilyRecord(
        document="d7", people=(Named(name="Omar Benali Haddad", birth_date=dt.date(2015, 1, 2)),)
    )
    request = AsistenciaRequest(document="d1", holder=person(), beneficiaries=(Beneficiary(person=child),))
    one = case(
        procedure="asistencia_sanitaria",
        convenio=(),
        asistencia=(request,),
        identities=(*case().identities, card),
        family_records=(book,),
    )
    found = rows(one)
    assert [cell.paper for cell in found["beneficiary-1", "name"].cells] == ["d1", "d6", "d7"]
    assert [cell.paper for cell in found["applicant", "name"].cells] == ["d1", "d2"]
    assert found["beneficiary-1", "birth_date"].verdict == "agree"


def test_what_a_register_answered_is_one_more_column():
    """It is a paper like the others, with its own name."""
    answer = RegisterAnswer(
        document="register-1", source="s", ground="g", about="applicant", answer="found", person=person()
    )
    found = rows(case(register=(answer,)))["applicant", "id_number"]
    assert [(cell.paper, cell.kind) for cell in found.cells][-1] == ("register-1", "register")


def test_the_grid_is_told_as_json_and_as_lines():
    """Every cell with its value, certainty and place; every difference in three languages."""
    grid = crosscheck(case())
    told = grid_report(grid)
    assert told[0]["differences"][0]["reason"].keys() == {"es", "gl", "en"}
    assert told[0]["cells"][1]["evidence"] == [{"document": "d1", "field": "x"}]
    assert "solicitante, nombre: difieren, se explica" in list(grid_lines(grid))


def test_without_papers_there_is_no_grid():
    """An empty case has no rows, and is no error."""
    assert crosscheck(case(applicant=Person(), convenio=(), identities=())).rows == ()
