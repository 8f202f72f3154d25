"""Every finding of every rule can be said in a letter, with its article, its papers and what to bring."""

import datetime as dt
from importlib.resources import files

import pytest

from pipeline.letters.casefile import case_file
from pipeline.letters.choices import Choices
from pipeline.letters.compose import letter
from pipeline.letters.words import languages, words
from validators.authorities import authorities
from validators.rules import editions, rules
from validators.tables import read

LATER = Choices(written_on=dt.date(2026, 12, 1))
TIME = "CE-SUB-01"
"""The time to cure is told beside the defects, not as one of them."""
EDITIONS = [edition for number, same in editions().items() if number != TIME for edition in same]


def table(name):
    return read(files("pipeline.letters").joinpath(name)).table("rules")


def rows(report, kind="requirement", language="es", choices=LATER):
    """Return the rows of a letter's first table, each cell as the texts of its lines."""
    (part,) = letter(case_file(report), kind, (language,), choices).parts
    grid = next(block for block in part.blocks if block.kind == "grid")
    return [[[line.text for line in cell] for cell in row] for row in grid.rows]


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("kind", [("requirement", "cure"), ("refusal", "not_met"), ("referral", "refer")])
def test_no_rule_leaves_an_empty_sentence(told, found, language, kind):
    """Reason, article, what to bring and where it was seen: none is blank, whatever the rule."""
    letter_kind, outcome = kind
    findings = [
        found(rule.id, outcome, es=rule.es) | {"reason": {"es": rule.es, "gl": rule.gl, "en": rule.en}}
        for rule in EDITIONS
    ]
    shown = rows(told(findings=findings), letter_kind, language)

    assert len(shown) == len({(rule.id, rule.es) for rule in EDITIONS})
    assert all(text.strip() for row in shown for cell in row for text in cell)
    assert all(cell for row in shown for cell in row)


def test_the_time_to_cure_is_no_defect(told, found):
    """It has its own section, with its own article."""
    shown = rows(
        told(findings=[found(TIME, "cure", es="Diez días."), found("CE-DOC-03", "cure", es="Falta.")])
    )

    assert [row[1][0] for row in shown] == ["Falta."]


def test_what_to_bring_is_asked_for_rules_that_exist_in_words_that_exist():
    """A rule that is renamed does not lose its sentence unseen."""
    brought = table("bring.yaml")

    assert set(brought) <= set(rules())
    assert all(words("es").has(f"bring.{slug}") for slug in brought.values())


def test_whatever_the_lack_of_a_certificate_breaks_asks_for_the_certificate(told, found):
    """Without one no entry and no year are proved either (Orden SSI/1475/2014, art. 5.2.b)."""
    rules_of_it = ("CE-DOC-02", "CE-EMP-01", "CE-RES-01")
    shown = rows(told(findings=[found(rule, "cure", es=rule) for rule in rules_of_it]))

    assert {row[2][0] for row in shown} == {words("es").say("bring.register")}


def test_a_referral_goes_to_a_body_that_exists():
    """Rules and bodies by their names in validators."""
    bodies = table("bodies.yaml")

    assert set(bodies) <= set(rules())
    assert set(bodies.values()) <= set(authorities())


def test_a_body_named_in_the_reason_is_the_one_the_case_goes_to(told, found):
    """The rule of the catalogue knows better than a table: it read the paper."""
    mutual = authorities()["isfas"].name.es
    here = told(findings=[found("CE-SUJ-01", "refer", es=f"Le corresponde {mutual}.")])

    assert rows(here, "referral")[0][0] == [mutual]


def test_a_reason_without_a_known_body_says_so(told, found):
    """Nobody is sent to a body that was guessed."""
    here = told(findings=[found("CE-X-1", "refer", es="Le corresponde a otro.")])

    assert rows(here, "referral")[0][0] == ["El organismo que dice el motivo"]


def test_a_defect_names_its_paper_and_page(told, found):
    """The page of the field; of a paper that is not there, that it is not."""
    seen = found("CE-RES-09", "cure", es="Uno.", evidence=[("d2", "periods"), ("d2", "periods")])
    pageless = found("CE-RES-16", "cure", es="Dos.", evidence=[("d2", "issued_on")])
    nowhere = found("CE-DOC-03", "cure", es="Tres.", evidence=[])

    shown = rows(told(findings=[seen, pageless, nowhere]))

    assert [row[3] for row in shown] == [
        ["padrón.pdf, página 2"],
        ["padrón.pdf"],
        ["No está entre los papeles"],
    ]


def test_the_same_defect_is_asked_for_once_and_of_each_person(told, found):
    """Twice for the applicant is once; for two beneficiaries it is two, each by name."""
    twice = [found("AS-DEC-01", "cure", es="Falta."), found("AS-DEC-01", "cure", es="Falta.")]
    each = [found("AS-BEN-01", "cure", es="Falta.", person=f"beneficiary-{n}") for n in (1, 2, 9)]
    shown = rows(told("asistencia_sanitaria", findings=[*twice, *each]))

    assert [row[1][0] for row in shown] == [
        "Falta.",
        "Persona beneficiaria 1, Luis García",
        "Persona beneficiaria 2, Eva Ruiz",
        "Persona beneficiaria 9",
    ]


def test_an_article_is_cited_in_the_language_of_the_letter(told):
    """Galician names the Orde, English joins with "and"."""
    cited = [rows(told(), language=language)[1][1][-1] for language in ("es", "gl", "en")]

    assert cited == [
        "Norma: Orden SSI/1475/2014, art. 5.2.b y 5.2.c",
        "Norma: Orde SSI/1475/2014, art. 5.2.b e 5.2.c",
        "Law: Orden SSI/1475/2014, art. 5.2.b and 5.2.c",
    ]


def test_a_person_may_leave_defects_out_and_add_words(told, page, text):
    """Data, not markup: which rules, and a paragraph."""
    edited = Choices(left_out=frozenset({"CE-DOC-03"}), added=("Venga por la *mañana*.", " "))
    shown = text(page(told(), choices=edited))

    assert "Falta la declaración responsable." not in shown
    assert "Falta el certificado de Málaga." in shown
    assert "Además Venga por la *mañana*." in shown
