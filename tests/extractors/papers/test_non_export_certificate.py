"""Letters of foreign institutions in several languages."""

from __future__ import annotations

import pytest

from extractors.kinds._exportability import statements
from extractors.kinds.non_export_certificate import KIND
from extractors.prose import fold

SAID = [
    ("El derecho a la asistencia sanitaria de la interesada NO es exportable.", True),
    ("El derecho no es, en ningún caso, exportable a España.", True),
    ("Se expide certificado de no exportación del derecho.", True),
    ("No puede expedirse el documento portátil S1 a su favor.", True),
    ("Le droit aux soins de santé n'est pas exportable vers l'Espagne.", True),
    ("Ce droit ne peut en aucun cas être exporté.", True),
    ("The entitlement to health care cannot be exported to Spain.", True),
    ("The right is non-exportable.", True),
    ("She has no right to the export of sickness benefits in kind to Spain.", True),
    ("Her child has no right to the export of sickness benefits in kind to Spain.", None),
    ("O direito aos cuidados de saúde não é exportável.", True),
    ("Der Anspruch auf Sachleistungen ist nicht exportierbar.", True),
    ("Il diritto alle prestazioni sanitarie non è esportabile.", True),
    ("Dreptul la asistență medicală nu este exportabil.", True),
    ("El derecho de la interesada es exportable a España.", False),
    ("No figura deuda alguna y, por lo demás, su derecho a las prestaciones es exportable.", None),
    ("Ses droits sont exportables.", False),
    ("The entitlement can be exported to Spain.", False),
    ("Exportable: NO", True),
    ("Exportable: SÍ", False),
    ("El derecho solo sería exportable si fuese pensionista.", None),
    ("El derecho no es exportable, salvo en caso de urgencia.", None),
    ("The right is exportable only to pensioners.", None),
    ("El derecho de la persona citada no es exportable a Francia.", None),
    ("El derecho de la persona citada no era exportable a España.", None),
    ("El derecho a pensión de la persona citada no es exportable a España.", None),
    ("No puede afirmarse que el derecho no sea exportable.", None),
]


@pytest.mark.parametrize(("sentence", "denied"), SAID)
def test_a_sentence_says_yes_no_or_nothing_clear(sentence, denied):
    """A denial belongs to its verb; what cannot be told stays open."""
    assert {one.denied for one in statements(fold(sentence))} == {denied}


def test_a_french_letter(letter):
    """Country by the letterhead, not by the addressee; names and birth date from the sentence."""
    pages = letter(
        "ROYAUME DU MAROC",
        "Caisse Nationale de Sécurité Sociale",
        "",
        "INGESA, Dirección Territorial, Ceuta (Espagne)",
        "",
        "Objet : attestation",
        "",
        "Nous soussignés attestons que M. Omar BENALI, né le 14 février 1991 à Nador,",
        "est assuré auprès de notre Caisse. Son droit aux soins de santé n'est pas exportable",
        "vers l'Espagne.",
        "",
        "Fait à Rabat, le 3 mars 2026",
    )
    found = KIND.read(pages)
    assert KIND.starts(pages[0]) >= 0.9
    assert {name: field.value for name, field in found.items()} == {
        "person.first_surname": "BENALI",
        "person.given_name": "Omar",
        "person.birth_date": "1991-02-14",
        "country": "MAR",
        "institution": "Caisse Nationale de Sécurité Sociale",
        "issued_on": "2026-03-03",
        "not_exportable": True,
    }
    assert found["not_exportable"].confidence >= 0.9
    assert found["person.first_surname"].confidence <= 0.5


def test_a_spanish_letter_with_labels(letter):
    """Labels give the names; the country comes from the letterhead."""
    pages = letter(
        "INSTITUTO ECUATORIANO DE SEGURIDAD SOCIAL",
        "República del Ecuador",
        "CERTIFICADO DE NO EXPORTACIÓN DEL DERECHO",
        "Apellidos: PAREDES SOLANO",
        "Nombre: LUCÍA",
        "Fecha de nacimiento: 09/11/1985",
        "El derecho a prestaciones sanitarias no es exportable a España.",
        "Fecha: 15 de enero de 2026",
    )
    found = {name: field.value for name, field in KIND.read(pages).items()}
    assert found["country"] == "ECU"
    assert (found["person.first_surname"], found["person.second_surname"]) == ("PAREDES", "SOLANO")
    assert found["person.given_name"] == "LUCÍA"
    assert (found["person.birth_date"], found["issued_on"]) == ("1985-11-09", "2026-01-15")
    assert found["not_exportable"] is True


def test_sentences_that_differ_settle_nothing(letter):
    """Yes in one line and no in another is no answer."""
    pages = letter(
        "Institut national d'assurance",
        "France",
        "Nous attestons :",
        "Le droit est exportable.",
        "Droit non exportable.",
    )
    found = KIND.read(pages)["not_exportable"]
    assert (found.value, found.confidence, len(found.readings)) == (None, 0.3, 2)


def test_a_british_letter_that_says_yes(letter):
    """A right that can be exported is the opposite answer, as surely."""
    pages = letter(
        "NHS Business Services Authority",
        "Overseas Healthcare Services",
        "United Kingdom",
        "We hereby certify that Mrs Joan CARTER, born on 2 May 1950, is insured.",
        "Her entitlement to health care can be exported to Spain.",
    )
    found = KIND.read(pages)
    assert (found["not_exportable"].value, found["country"].value) == (False, "GBR")
    assert found["person.birth_date"].value == "1950-05-02"


def test_forms_that_ask_for_the_letter_are_not_the_letter(blank_forms):
    """The application names the certificate among its documents."""
    assert max(KIND.starts(page) for pages in blank_forms.values() for page in pages) < 0.3


def test_a_name_in_a_sentence_is_read_and_its_order_guessed(letter):
    """The words of the name are right; which of them is the surname nobody can prove."""
    pages = letter(
        "INSTITUTO NACIONAL DE PREVISIÓN",
        "Paraguay",
        "Se hace constar que Lucía Paredes Solano, nacida el 9 de noviembre de 1985, carece de",
        "derecho a exportar las prestaciones sanitarias.",
    )
    found = KIND.read(pages)
    names = ("person.given_name", "person.first_surname", "person.second_surname")
    assert [found[name].value for name in names] == ["Lucía", "Paredes", "Solano"]
    assert max(found[name].confidence for name in names) <= 0.5
    assert found["not_exportable"].value is True


_LETTER = ("Caisse Nationale de Sécurité Sociale", "Maroc", "Certifica que el derecho no es exportable.")


@pytest.mark.parametrize(
    "words",
    [
        "Validez: treinta días desde su emisión.",
        "Según manifiesta la interesada.",
        "Táchese lo que no proceda.",
        "Ello durante las estancias temporales.",
    ],
)
def test_a_letter_that_limits_itself_is_not_sure(letter, words):
    """A short term, hearsay, a choice that nobody made, stays alone: a person reads it."""
    assert KIND.read(letter(*_LETTER))["not_exportable"].confidence >= 0.9
    assert KIND.read(letter(*_LETTER, words))["not_exportable"].confidence < 0.9


def test_a_letter_that_nobody_signed_is_not_sure(letter):
    """Without ink, seal, code or a word of them it is worth a draft."""
    assert KIND.read(letter(*_LETTER, pen=False))["not_exportable"].confidence < 0.9
    sealed = letter(*_LETTER, "Documento firmado electrónicamente.", pen=False)
    assert KIND.read(sealed)["not_exportable"].confidence >= 0.9


def test_a_letter_tells_the_number_of_whom_it_names(letter):
    """The number belongs to the person, as in other papers."""
    assert KIND.read(letter(*_LETTER, "NIE X1234567L"))["person.id_number"].value == "X1234567L"


@pytest.mark.parametrize("title", ["D.ª", "Dª", "Madame", "doña"])
def test_a_courtesy_is_no_name(letter, title):
    """The person's name begins behind it, in whatever language the letter is."""
    words = (
        f"Se certifica que {title} Ana Pérez Gil, nacida el 2 de mayo de 1980, no tiene derecho exportable."
    )
    assert KIND.read(letter("CAJA", words))["person.given_name"].value == "Ana"


@pytest.mark.parametrize(
    "words",
    [
        "La institución abona la asistencia en España.",
        "El convenio bilateral le da derecho.",
        "She is entitled to care in Spain.",
        "Este documento no tiene efectos.",
    ],
)
def test_a_letter_that_grants_a_right_all_the_same_is_in_doubt(letter, words):
    """One in the other country itself is none in Spain."""
    assert KIND.read(letter(*_LETTER, words))["not_exportable"].confidence < 0.9
    at_home = "La interesada tiene derecho a asistencia en Marruecos."
    assert KIND.read(letter(*_LETTER, at_home))["not_exportable"].confidence >= 0.9
