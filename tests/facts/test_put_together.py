"""Documents become one application: nothing settled silently, nothing counted twice."""

import datetime as dt

import pytest

from extractors.document import Item, Part, Reading
from pipeline.facts import put_together
from tests.facts.papers import FORM, PLACE, case, field, paper


def test_the_forms_person_is_the_applicant_and_papers_lend_only_the_nationality():
    """The annex has no place for the nationality; the card of the same person has."""
    card = paper(
        "identity_document",
        sha="card",
        number="X1234567L",
        nationality="MAR",
        surnames="HADDAD",
        given_name="SAMIR",
    )

    about = put_together(case(FORM, card))

    assert about.procedure == "convenio_especial"
    assert about.applicant.first_surname.value == "Haddad"
    assert about.applicant.nationality.value == "MAR"
    assert about.applicant.nationality.evidence == (("d2", "nationality"),)


def test_another_persons_card_lends_nothing():
    """A representative's or relative's card says nothing of the applicant's nationality."""
    card = paper("identity_document", sha="card", number="12345678Z", nationality="ESP", surnames="OTRA")

    assert put_together(case(FORM, card)).applicant.nationality is None


def test_papers_that_differ_keep_both_values():
    """The surest value stands first and the other is not lost."""
    card = paper("identity_document", sha="c", number="X1234567L", nationality=field("MAR", 0.99))
    declared = paper(
        "no_coverage_declaration", sha="d", declarant__id_number="X1234567L", nationality=field("DZA", 0.95)
    )

    nationality = put_together(case(FORM, card, declared)).applicant.nationality

    assert (nationality.value, nationality.others) == ("MAR", ("DZA",))


def test_the_same_paper_twice_counts_once():
    """A certificate that was put into the package twice is one certificate."""
    certificate = paper("padron_certificate", sha="p", municipality="Ceuta")

    assert len(put_together(case(FORM, certificate, certificate)).registrations) == 1


def test_two_papers_that_lie_on_one_page_of_a_file_are_two():
    """A booklet was copied open: each of its pages is a certificate of its own."""
    both = [paper("padron_certificate", sha="p", municipality=name) for name in ("Ceuta", "Melilla")]
    assert len(put_together(case(FORM, *both)).registrations) == 2


def test_two_sides_of_a_card_in_two_files_are_one_card():
    """The back has the machine readable zone, the front the name."""
    front = paper("identity_document", sha="f", number="X1234567L", surnames="HADDAD", document="tie")
    back = paper("identity_document", sha="b", number="X1234567L", mrz_valid=True)

    cards = put_together(case(FORM, front, back)).identities

    assert len(cards) == 1
    assert (cards[0].surnames.value, cards[0].mrz_valid.value) == ("HADDAD", True)


@pytest.mark.parametrize(("sure", "cards"), [(0.95, 2), (0.5, 1)])
def test_two_cards_of_one_number_that_surely_say_two_births_are_two(sure, cards):
    """One of them is not the applicant's, or was altered; a day read with doubt parts nothing."""
    said = {"number": "X1234567L", "document": "tie"}
    front = paper("identity_document", sha="f", birth_date=field("1984-06-21"), **said)
    other = paper("identity_document", sha="b", birth_date=field("1984-06-22", sure), **said)
    assert len(put_together(case(FORM, front, other)).identities) == cards


def test_a_form_in_two_files_is_one_form():
    """Page 1 and page 2 photographed apart: no field in common, so one request."""
    second = paper("ce_application", sha="page2", signature__applicant=True)

    requests = put_together(case(FORM, second)).convenio

    assert len(requests) == 1
    assert requests[0].applicant_signature.present.evidence == (("d2", "signature.applicant"),)


def test_two_whole_forms_stay_two():
    """Two applications in one package are for a person to split."""
    other = paper("ce_application", sha="other", applicant__first_surname="Ruiz", request_type="alta")

    assert len(put_together(case(FORM, other)).convenio) == 2


def test_a_date_that_is_no_date_is_known_with_no_certainty():
    """31 February read on a certificate decides nothing."""
    certificate = paper("padron_certificate", sha="p", issued_on="2026-02-31")

    issued = put_together(case(FORM, certificate)).registrations[0].issued_on

    assert (issued.value, issued.confidence) == (None, 0.0)


def test_a_field_that_is_empty_is_not_the_same_as_one_that_is_absent():
    """An unsigned place for a signature is empty; a form without such a place says nothing."""
    unsigned = paper("ce_application", sha="u", applicant__first_surname="Ruiz", signature__applicant=False)

    about = put_together(case(unsigned)).convenio[0]

    assert about.applicant_signature.present.value is False
    assert about.applicant_signature.on is None


def test_other_readings_of_a_field_stay_beside_it():
    """Two readers saw two dates: the rule must be able to see both."""
    seen = Reading(reader="ocr", text="03/05/2025", value="2025-05-03", confidence=0.4)
    certificate = paper("padron_certificate", sha="p", issued_on=field("2025-03-05", 0.5, readings=(seen,)))

    issued = put_together(case(FORM, certificate)).registrations[0].issued_on

    assert issued.others == (dt.date(2025, 5, 3),)


def test_a_stay_is_as_sure_as_its_own_row():
    """One blurred row of a table lowers its own dates, not those of the others."""
    rows = [
        {"municipality": "Ceuta", "from": "2019-05-10", "to": None},
        {"municipality": "Lugo", "from": "2015-01-02", "to": "2019-05-10"},
    ]
    items = (Item(page=1, box=PLACE, confidence=0.97), Item(page=1, box=PLACE, confidence=0.3))
    certificate = paper("padron_certificate", sha="p", periods=field(rows, 0.98, items=items))

    stays = put_together(case(FORM, certificate)).registrations[0].periods

    assert [stay.since.confidence for stay in stays] == [0.97, 0.3]


def test_a_beneficiarys_doubtful_tick_leaves_the_name_sure():
    """The law asks how sure the part is on which a rule stands; what tells no parts is as sure as its row."""
    row = {"given_name": "Ana", "relationship": "child", "annual_income": "0.00"}
    parts = {
        name: Part(page=1, box=PLACE, confidence=sure)
        for name, sure in {"given_name": 0.97, "relationship": 0.5}.items()
    }
    items = (Item(page=1, box=PLACE, confidence=0.5, parts=parts),)
    form = paper("as_application", sha="as", beneficiaries=field([row], 0.5, items=items))

    (found,) = put_together(case(form)).asistencia[0].beneficiaries

    assert found.person.given_name.confidence == 0.97
    assert found.relationship.confidence == found.annual_income.confidence == 0.5


def test_a_beneficiarys_income_that_is_no_amount_is_not_blank():
    """A blank income is asked for; what stands there and is no amount is for a person to read."""
    parts = {"annual_income": Part(page=1, box=PLACE, confidence=0.97)}
    items = (Item(page=1, box=PLACE, confidence=0.97, parts=parts),)
    form = paper("as_application", sha="as", beneficiaries=field([{"annual_income": "S/N"}], items=items))

    (found,) = put_together(case(form)).asistencia[0].beneficiaries

    assert (found.annual_income.value, found.annual_income.confidence) == (None, 0.0)


def test_a_baja_without_its_date_is_not_an_open_stay():
    """The paper says that the person left but not when: that is not the same as still living there."""
    rows = [{"municipality": "Ceuta", "from": "2019-05-10", "to": None, "cause_out": "expiry"}]
    certificate = paper("padron_certificate", sha="p", periods=field(rows))

    assert put_together(case(FORM, certificate)).registrations[0].periods[0].until.confidence == 0.0


RESIDENTS = [
    {"name": "HADDAD SAMIR", "id_number": "X1234567L", "birth_date": "1980-04-03", "from": "2022-02-01"},
    {"name": "RUIZ ANA", "id_number": "12345678Z", "birth_date": "1982-01-01", "from": "2010-02-01"},
]


def test_a_collective_certificate_counts_by_the_applicants_own_line():
    """The other lines of the dwelling are not the applicant's residence."""
    certificate = paper("padron_certificate", sha="p", municipality="Ceuta", residents=RESIDENTS)

    found = put_together(case(FORM, certificate)).registrations[0]

    assert [stay.since.value for stay in found.periods] == [dt.date(2022, 2, 1)]
    assert found.person.id_number.value == "X1234567L"


def test_a_collective_certificate_without_the_applicant_gives_no_stay():
    """Nobody else's line is taken instead."""
    certificate = paper("padron_certificate", sha="p", municipality="Ceuta", residents=RESIDENTS[1:])

    assert put_together(case(FORM, certificate)).registrations[0].periods == ()


def test_an_unreadable_member_keeps_its_code():
    """The rule needs to say what to hand in again."""
    broken = paper("unreadable", sha="x", pages=(), flags=("encrypted",))

    assert [(u.document, u.code) for u in put_together(case(FORM, broken)).unreadable] == [
        ("d2", "encrypted")
    ]
