"""Of whom a sentence speaks, and how a convenio is said to have ended."""

from __future__ import annotations

import pytest

from extractors.mentions import touched


@pytest.mark.parametrize(
    ("sentence", "subject", "whose"),
    [
        ("Soy pensionista desde 2020.", "pensioner", "writer"),
        ("Sí, soy pensionista.", "pensioner", "writer"),
        ("Percibo una pensión de viudedad.", "pensioner", "writer"),
        ("No puedo trabajar por mi embarazo.", "pregnancy", "writer"),
        ("Estou embarazada de cinco meses.", "pregnancy", "writer"),
        ("Soc pensionista.", "pensioner", "writer"),
        ("Je suis enceinte.", "pregnancy", "writer"),
        ("Mi marido es pensionista.", "pensioner", "relative"),
        ("A miña nai é pensionista.", "pensioner", "relative"),
        ("Soy hija de un pensionista.", "pensioner", "relative"),
        ("Situación: pensionista.", "pensioner", "somebody"),
        ("Figura en alta en la Seguridad Social.", "social_security_worker", "somebody"),
        ("Si es usted pensionista, marque la casilla.", "pensioner", "nobody"),
        ("Cuando la persona sea pensionista, acuda al INSS.", "pensioner", "nobody"),
        ("¿Es usted pensionista?", "pensioner", "nobody"),
        ("Régimen especial de trabajadores autónomos.", "social_security_worker", "nobody"),
        ("Informe de vida laboral.", "social_security_worker", "nobody"),
        ("Soy mutualista de una mutualidad de abogados.", "mutual_insurance", "nobody"),
        ("Soy mutualista de MUFACE.", "mutual_insurance", "writer"),
    ],
)
def test_a_sentence_speaks_of_its_writer_of_a_relative_or_of_nobody(sentence, subject, whose):
    """The nearest word before the phrase tells; a supposition or a question speaks of nobody."""
    assert touched(sentence)[subject].value["of"] == whose


def test_an_answered_question_speaks_of_somebody():
    """A form that somebody filled in."""
    assert touched("¿Es usted pensionista? Sí")["pensioner"].value["of"] == "somebody"


def test_what_is_said_plainly_weighs_more_than_what_is_supposed():
    """A leaflet's question before the writer's own words does not hide them."""
    text = "¿Es usted pensionista? Consulte. Soy pensionista."
    assert touched(text)["pensioner"].value["of"] == "writer"


def test_a_city_that_governs_itself_is_no_self_employed_person():
    """Ceuta is a ciudad autónoma."""
    assert not touched("Consejería de la Ciudad Autónoma de Ceuta")
    assert "social_security_worker" in touched("Soy autónoma desde marzo")


def test_the_papers_numbers_go_with_the_mention():
    """They tell whether an official paper is about the applicant; a wrong letter is no number."""
    said = touched("D.ª Ana Ruiz, DNI 12345678Z (no 12345678A), figura en alta en la Seguridad Social")
    assert said["social_security_worker"].value["numbers"] == ["12345678Z"]


@pytest.mark.parametrize(
    ("text", "cause", "ended_on", "or_on"),
    [
        (
            "El convenio especial suscrito queda extinguido por impago con efectos de 1 de octubre de 2025.",
            "unpaid",
            "2025-10-01",
            None,
        ),
        (
            "Me di de baja voluntaria en el convenio especial el 3 de marzo de 2025.",
            "own_decision",
            "2025-03-04",
            "2025-03-03",
        ),
        (
            "Declara extinguido el convenio especial por incumplimiento, con efectos desde el 15/09/2025.",
            "breach",
            "2025-09-15",
            None,
        ),
        ("Tuve un convenio especial con el INGESA.", None, None, None),
        (
            "Convenio especial extinguido por impago de la primera cuota, con efectos de 1/10/2025.",
            "unpaid",
            None,
            None,
        ),
        (
            "Convenio especial extinguido por impago o incumplimiento, con efectos de 1/2/2025.",
            None,
            "2025-02-01",
            None,
        ),
        (
            "O convenio especial subscrito queda extinguido por falta de pagamento con efectos do 1/10/2025.",
            "unpaid",
            "2025-10-01",
            None,
        ),
    ],
)
def test_the_end_of_a_convenio_is_read_where_it_is_clear(text, cause, ended_on, or_on):
    """The day of effects, or the day after the notice with the other reading kept; two causes are none."""
    value = touched(text)["earlier_convenio"].value
    assert (value.get("cause"), value.get("ended_on"), value.get("or_on")) == (cause, ended_on, or_on)
