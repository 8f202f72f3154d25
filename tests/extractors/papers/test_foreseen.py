"""Words that a letter, a remark or a paper of no known kind does not need."""

from __future__ import annotations

import pytest

from extractors.said.foreseen import UNFORESEEN, unforeseen, unforeseen_in

_LETTER, _FAMILY = "non_export_certificate", "family_record"
_PLAIN = "Esta institución certifica que doña Ana Pérez Gil no tiene derecho exportable a España. "


def _first(kind, text, **how):
    """Return the first word that nobody foresaw, None where all were."""
    place = next(unforeseen_in(kind, text, **how), None)
    return text[slice(*place)] if place else None


@pytest.mark.parametrize(
    "words",
    [
        "Ceuta, 14 de marzo de 2026\nEstimados señores: adjunto les remito la solicitud y el padrón.",
        "Muchas gracias por su ayuda.\nMi teléfono es 600 123 456 y mi correo ana@correo.example\nAna",
        "Achego copia do pasaporte. Un saúdo cordial,\nANA PÉREZ GIL",
        "Us envio la documentació que acompanya la sol·licitud. Atentament, Ana Pérez",
        "Honekin bidaltzen dut eskaera. Eskerrik asko.",
        "Solicitud firmada. Mi teléfono es 600 123 456. Certificado de la CNSS de Marruecos, para mi hija.",
        "Soy pensionista.",
        "Please find enclosed a copy of my passport. Kind regards, Ana",
    ],
)
def test_what_only_sends_greets_and_thanks_was_foreseen(words):
    """With a place before the day, names, addresses of the net and a signature."""
    assert _first("other", words) is None


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("Les remito la solicitud. Prefiero que no sigan con esto.", "Prefiero"),
        ("Adjunto copia. Renuncio", "Renuncio"),
        ("La carta está en Lyon.", "está"),
        ("Mi domicilio es Calle Nueva 3.", "domicilio"),
        ("Los documentos de Marruecos y Francia.", "Francia"),
        ("La solicitud firmada por Ana Gil.", "firmada"),
        ("DEJO LA SOLICITUD", "DEJO"),
        ("Adjunto remito a ustedes el documento que no es mío", "no"),
        ("Fecha de entrada: 3/4/2026\nGracias", "Fecha"),
        ("Léase 2025 en lugar de 2019. Gracias", "Léase"),
    ],
)
def test_a_word_that_does_more_is_for_a_person(words, first):
    """Whatever it says, and whether it stands first, alone or in capitals."""
    assert _first("other", words) == first


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("La situación será revisada el mes próximo.", "será"),
        ("Léase 2025 en lugar de 2019.", "Léase"),
        ("Proyecto de certificado\n", "Proyecto"),
        ("", None),
    ],
)
def test_a_letter_says_one_thing(words, first):
    """What corrects it, puts it off or heads it as no letter yet needs other words than it has."""
    text = words + _PLAIN if words.endswith("\n") else _PLAIN + words
    found = [text[start:end] for start, end in unforeseen_in(_LETTER, text)]
    assert (first in found) if first else not found


def test_a_scan_may_have_one_letter_of_a_long_word_wrong():
    """Of a word as long as that no other is near; a digital one says what it says."""
    assert _first(_LETTER, _PLAIN.replace("certifica", "certlfica"), seen=True) is None
    assert _first(_LETTER, _PLAIN.replace("certifica", "certlfica")) == "certlfica"
    assert _first(_LETTER, _PLAIN + "rs ds", seen=True) is None
    assert _first("other", "Muchas gracias rs si no", seen=True) == "si"


def test_only_papers_of_few_words_are_asked(letter):
    """The mention shows the word where it stands; a certificate of the register has its own lists."""
    assert unforeseen("other", letter("Vivo en Lyon"))[UNFORESEEN].text == "Vivo"
    assert unforeseen("padron_certificate", letter("Vivo en Lyon")) == {}


@pytest.mark.parametrize(
    ("kind", "words", "first"),
    [
        (_LETTER, "El pasaporte no es el de la persona.", "no"),
        (_LETTER, "La persona no tiene derecho a prestaciones.", None),
        (_LETTER, "The form can be issued.", "can"),
        (_LETTER, "The form cannot be issued.", None),
        (_FAMILY, "Los cónyuges no conviven.", "no"),
        (_FAMILY, "No conviven.", "No"),
        (_FAMILY, "No consta ninguna anotación marginal.", None),
        (_FAMILY, "Anotación marginal: separación.", "separación"),
        (_FAMILY, "Régimen: separación de bienes.", None),
        (_FAMILY, "Consta matrimonio anterior.", "anterior"),
        (_FAMILY, "Lo anterior es traducción fiel.", None),
    ],
)
def test_a_word_may_need_another_beside_it(kind, words, first):
    """A denial what it may deny, a translator's words the translation: alone they tell the case."""
    found = [words[start:end] for start, end in unforeseen_in(kind, words)]
    assert (first in found) if first else not found
