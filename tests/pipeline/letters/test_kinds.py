"""Which letter the queue of a case calls for."""

import pytest

from pipeline.errors import UsageError
from pipeline.letters.casefile import case_file
from pipeline.letters.choices import Choices
from pipeline.letters.compose import letter
from pipeline.letters.kinds import called_for


@pytest.mark.parametrize(
    ("queue", "kind"),
    [("cure", "requirement"), ("approve", "grant"), ("refer", "referral"), ("review", None)],
)
def test_a_queue_calls_for_its_letter(told, queue, kind):
    """None while a person has to look first."""
    assert called_for(case_file(told(queue=queue))) == kind


@pytest.mark.parametrize(
    ("asked", "kind"),
    [("alta", "grant"), ("baja", "baja"), ("variacion", "variation"), (["alta", "baja"], "grant")],
)
def test_what_was_asked_for_is_what_is_confirmed(told, read, asked, kind):
    """A withdrawal of a convenio is no grant; a form that ticks two things never gets to `approve` alone."""
    report = told(queue="approve")
    report["documents"][0]["fields"]["request_type"] = read(asked)

    assert called_for(case_file(report)) == kind


@pytest.mark.parametrize(
    ("evidence", "kind"),
    [
        ([("d2", "periods")], "refusal"),
        ([("d2", "periods"), ("register", "periods")], "hearing"),
        ([], "hearing"),
    ],
)
def test_a_refusal_on_the_persons_own_papers_needs_no_hearing(told, found, evidence, kind):
    """Ley 39/2015, art. 82.4: what the person did not bring, the person must be able to answer."""
    findings = [found("CE-RES-04", "not_met", evidence=evidence)]

    assert called_for(case_file(told(queue="refuse", findings=findings))) == kind


@pytest.mark.parametrize("kind", ["requirement", "hearing", "refusal", "referral"])
def test_a_letter_without_anything_to_say_is_refused(told, kind):
    """No empty table goes out."""
    with pytest.raises(UsageError, match="nada que decir"):
        letter(case_file(told(findings=[])), kind)


@pytest.mark.parametrize("kind", ["baja", "variation"])
def test_the_inss_has_no_convenio_to_end_or_change(told, kind):
    """These letters are of one procedure."""
    with pytest.raises(UsageError, match="procedimiento"):
        letter(case_file(told("asistencia_sanitaria")), kind)


@pytest.mark.parametrize("days", [9, 16])
def test_a_hearing_is_of_ten_to_fifteen_days(told, days):
    """Ley 39/2015, art. 82.2."""
    with pytest.raises(UsageError, match="10 a 15"):
        letter(case_file(told()), "hearing", choices=Choices(hearing_days=days))


@pytest.mark.parametrize(("days", "words"), [(None, "diez días hábiles"), (15, "quince días hábiles")])
def test_a_hearing_says_its_days(told, page, text, days, words):
    """The fewest, unless a person chose more."""
    assert f"Tiene {words}" in text(page(told(), "hearing", choices=Choices(hearing_days=days)))
