"""Of whom a sentence speaks, and how a convenio is said to have ended."""

from __future__ import annotations

import pytest

from extractors.said.mentions import touched


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
        ("Residencia temporal y trabajo por cuenta ajena.", "social_security_worker", "nobody"),
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


@pytest.mark.parametrize(
    "name",
    ["Pere Mena Reta", "Lucía Marinero Tutor", "Jordi Mariner", "D.ª Ana Pescador", "Doña Eva Gestoso"],
)
def test_a_name_is_no_subject(name):
    """Abbreviations and trades are surnames too."""
    assert not touched(f"Apellidos y nombre: {name}")


@pytest.mark.parametrize(
    ("sentence", "subject"),
    [
        ("Traballo por conta allea", "social_security_worker"),
        ("Treballo per compte d'altri", "social_security_worker"),
        ("Besteren konturako langilea naiz", "social_security_worker"),
        ("Pentsioduna naiz", "pensioner"),
        ("Je touche une pension de retraite", "pensioner"),
        ("Esgotei a prestación por desemprego", "exhausted_benefit"),
        ("He esgotat l'atur", "exhausted_benefit"),
        ("Son mariñeiro", "maritime"),
        ("Itsasgizona naiz", "maritime"),
        ("Tinc el formulari S1", "foreign_cover"),
        ("J'ai le formulaire S1", "foreign_cover"),
        ("I am insured in Germany", "foreign_cover"),
        ("Teño a tarxeta sanitaria europea", "european_card"),
        ("Visc a l'estranger", "lives_abroad"),
        ("Vivo no estranxeiro", "lives_abroad"),
        ("Itzulitako emigrantea naiz", "returned_emigrant"),
        ("Egoera irregularrean nago", "no_legal_residence"),
        ("Je suis sans papiers", "no_legal_residence"),
        ("Je n'ai pas de titre de séjour", "no_legal_residence"),
        ("No tinc papers", "no_legal_residence"),
        ("I do not have a residence permit", "no_legal_residence"),
        ("He demanat asil", "international_protection"),
        ("I have applied for asylum", "international_protection"),
        ("Haurdun nago", "pregnancy"),
        ("Genero indarkeriaren biktima naiz", "gender_violence"),
        ("Tiven un convenio especial", "earlier_convenio"),
        ("con medidas de apoio", "support_measures"),
        ("Garda de feito", "de_facto_guardian"),
    ],
)
def test_the_other_languages_are_heard(sentence, subject):
    """Galician, Catalan, Basque, English, French."""
    assert subject in touched(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Non son pensionista",
        "No sóc pensionista",
        "Ez naiz pentsioduna",
        "I am not a pensioner",
        "Je ne suis pas retraité",
        "No resido en el extranjero",
        "Nunca he pedido asilo",
        "Tengo permiso de residencia",
        "Dispongo de residencia legal",
        "Avenida del Marinero Español 4",
        "Calle Hogar del Jubilado 2",
        "Me comprometo a pagar las cuotas del convenio especial",
        "Certificado de empadronamiento de la Ciudad Autónoma de Melilla",
        "Firma del padre, madre o tutor legal",
        "Bono social para pensionistas",
    ],
)
def test_what_is_denied_or_has_another_meaning_is_not_heard(sentence):
    """A denial, an address, a promise, the opposite."""
    assert not touched(sentence)


@pytest.mark.parametrize(
    ("sentence", "whose"),
    [
        ("Mi vecino es pensionista.", "relative"),
        ("He is a pensioner.", "somebody"),
        ("Mis padres son pensionista y jubilado.", "relative"),
        ("Doña Lucía Morán es pensionista.", "somebody"),
        ("Mi mujer es pensionista.", "relative"),
        ("Ma femme est retraitée.", "relative"),
    ],
)
def test_what_is_mine_is_not_me(sentence, whose):
    """A possessive before another word speaks of another person."""
    assert touched(sentence)["pensioner"].value["of"] == whose


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
