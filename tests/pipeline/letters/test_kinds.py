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


@pytest.mark.parametrize(
    ("asked", "kind"), [("alta", "baja"), ("alta", "variation"), ("baja", "grant"), ("variacion", "baja")]
)
def test_no_letter_gives_what_the_application_does_not_ask_for(told, read, asked, kind):
    """Nobody who asks for a convenio is told that it ends."""
    report = told()
    report["documents"][0]["fields"]["request_type"] = read(asked)

    with pytest.raises(UsageError, match="pide otra cosa"):
        letter(case_file(report), kind)


@pytest.mark.parametrize("kind", ["grant", "baja", "variation"])
def test_where_it_is_not_sure_what_is_asked_for_a_person_chooses(told, read, kind):
    """A box read with doubt forbids nothing."""
    report = told()
    report["documents"][0]["fields"]["request_type"] = read("alta", confidence=0.3)

    assert letter(case_file(report), kind).kind == kind


@pytest.mark.parametrize("days", [9, 16])
def test_a_hearing_is_of_ten_to_fifteen_days(told, days):
    """Ley 39/2015, art. 82.2."""
    with pytest.raises(UsageError, match="10 a 15"):
        letter(case_file(told()), "hearing", choices=Choices(hearing_days=days))


@pytest.mark.parametrize(("days", "words"), [(None, "diez días hábiles"), (15, "quince días hábiles")])
def test_a_hearing_says_its_days(told, page, text, days, words):
    """The fewest, unless a person chose more."""
    assert f"Tiene {words}" in text(page(told(), "hearing", choices=Choices(hearing_days=days)))


def test_a_grant_fixes_every_condition_of_the_convenio(told, page, text):
    """CE-RESOL-03: person, cover, start, time to sign, fee and its change, payment, length, end."""
    shown = text(page(told(), "grant"))

    for words in (
        "Ana García Núñez. El convenio cubre solo a esta persona.",
        "cartera común básica",
        "Desde el día en que se firma el convenio.",
        "Tres meses, desde el día siguiente al de la notificación",
        "60,00 € al mes hasta cumplir 65 años; 157,00 € al mes desde el mes siguiente",
        "dentro de los cinco primeros días hábiles del mes siguiente",
        "Hasta el final del año. Después se renueva solo",
        "dos cuotas seguidas o tres alternas",
        "hasta que pase un año (Real Decreto 576/2013, art. 7.3)",
    ):
        assert words in shown


def test_a_grant_says_by_which_rules_the_fee_is_what_it_is(told, page, text):
    """The sentences of the case, in place of the general one."""
    rules = [{"rule": "CE-FEE-02", "reason": {"es": "157,00 € desde el 01/04/2039."}, "basis": "x"}]
    shown = text(page(told(fee={"monthly": "60.00", "from": None, "rules": rules}), "grant"))

    assert "157,00 € desde el 01/04/2039." in shown
    assert "Por la edad que tenía" not in shown


def test_a_recognition_names_the_beneficiaries_that_nothing_speaks_against(told, page, text, found):
    """One of two is doubted: only the other stands on the letter."""
    doubted = [found("AS-BEN-04", "review", person="beneficiary-2")]
    shown = text(page(told("asistencia_sanitaria", findings=doubted), "grant"))

    assert "1 Luis García Hijo o hija" in shown
    assert "Eva Ruiz" not in shown


@pytest.mark.parametrize(
    ("people", "title", "partly"),
    [
        ([None], "se deniega el derecho a la asistencia sanitaria", False),
        (["beneficiary-2", None], "se deniega el derecho a la asistencia sanitaria", False),
        (["beneficiary-2", "beneficiary-1"], "se deniega el derecho de personas beneficiarias", True),
    ],
)
def test_a_refusal_of_a_beneficiary_is_not_one_of_the_holder(told, page, text, found, people, title, partly):
    """Who is refused is named, and that nobody else is."""
    findings = [found("AS-BEN-04", "not_met", person=person) for person in people]
    report = told("asistencia_sanitaria", findings=findings)
    concerned = "afecta solo a: Persona beneficiaria 2, Eva Ruiz; Persona beneficiaria 1, Luis García."

    assert title in text(page(report, "refusal"))
    assert (concerned in text(page(report, "refusal"))) is partly
    assert (concerned in text(page(report, "hearing"))) is partly
