"""A letter, a declaration or the remarks oppose the query of data: whatever else they deny, it counts."""

import pytest

from extractors.said.mentions import touched

FREE = ["other", "remarks", "no_coverage_declaration", "absence_statement"]
LINES = [
    "Me opongo a la consulta de mis datos del padrón.",
    "Me opongo a que nadie mire mis datos",
    "No quiero que miren nada, me opongo a que consulten mis datos",
    "No quiero que miren nada, me opongo a la consulta",
    "No, me opongo.",
    "No tengo trabajo y me opongo a la consulta",
    "Autoriza la consulta: NO\nMe opongo a la consulta de mis datos",
    "Sin perjuicio de lo anterior no aporto nada más me opongo a la consulta",
    "Me opongo: no quiero que vean mis datos",
    "Me opongo a la consulta de mis datos: no la autorizo",
    "Vivo en la calle Real, barrio Centro\nMe opongo a la consulta",
    "El interesado se opone a la consulta",
    "Manifiesto mi oposición a que se consulten mis datos",
    "No autorizo la consulta de mis datos",
    "No consiento que se consulten mis datos",
    "No quiero que se consulte nada",
    "No quiero que nadie consulte mis datos",
    "No doy mi consentimiento",
    "No consulten mis datos",
    "Opóñome á consulta",
    "Non quero que miren nada, opóñome á consulta",
    "Non autorizo a consulta",
    "No vull que ningú miri res, m'oposo a la consulta",
    "Ez dut baimenik ematen, kontsultaren aurka nago",
    "I do not consent to the query",
    "I do not want anybody to look, I object",
    "Je ne travaille pas, je m'oppose à la consultation",
]


@pytest.mark.parametrize("line", LINES)
def test_opposition_is_heard_whatever_else_the_sentence_denies(line):
    """In a letter of no known kind; a "no" of other words takes nothing from it."""
    assert "opposes_queries" in touched(line, "other")


@pytest.mark.parametrize("kind", FREE)
def test_opposition_is_heard_wherever_a_person_writes_freely(kind):
    """A letter, the remarks, a declaration."""
    assert "opposes_queries" in touched(LINES[0], kind)


@pytest.mark.parametrize("kind", ["as_application", "ce_application", "padron_certificate"])
def test_printed_words_beside_a_box_are_no_opposition(kind):
    """There the box tells."""
    assert "opposes_queries" not in touched(LINES[0], kind)


@pytest.mark.parametrize(
    "line",
    [
        "No me opongo a la consulta.",
        "Yo no me opongo a la consulta de mis datos",
        "Me opongo a la consulta: NO",
        "Non me opoño á consulta",
        "No m'oposo a la consulta",
        "I do not object to the query",
        "Sin oposición a la consulta",
        "No manifiesto mi oposición a la consulta",
        "Autorizo la consulta de mis datos",
        "No tengo permiso de trabajo; preparo oposiciones.",
        "Vivo sin autorización de residencia.",
        "No doy mi teléfono",
    ],
)
def test_who_does_not_oppose_is_not_said_to(line):
    """A denial right before the words, an answer of no more than "no", and a consent are no opposition."""
    assert "opposes_queries" not in touched(line, "other")
