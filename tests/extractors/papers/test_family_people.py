"""Who stands in family papers: each person once, in their place, and nobody surely who is not there."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest

from extractors.bounds import Bounds
from extractors.family.explained import known_words
from extractors.family.people import UNSURE, people
from extractors.reading.files.pdf import PdfPages
from extractors.recognise import documents
from fixtures import family
from fixtures.people import human

DAY = dt.date(2021, 2, 3)
_BOOK = (
    "TITULAR 1", "Nombre: Luis", "Apellidos: Ortega Gil",
    "TITULAR 2", "Nombre: Ana", "Apellidos: Ruiz Soto",
)  # fmt: skip


@pytest.fixture
def pages_of():
    """Read the pages of a PDF."""

    def opened(data):
        with PdfPages(data, Bounds()) as pages:
            return tuple(pages)

    return opened


def drawn(name, language, layout, seed):
    """Return a family paper of invented people by its maker's name."""
    chance = Random(f"{name} {language} {layout} {seed}")
    a, b, child = (human(chance, "Ceuta", "ESP") for _ in range(3))
    make = {
        "family_book": lambda: family.family_book(
            chance, (a, b), (child,) * (seed % 2) + (human(chance, "Ceuta", "ESP"),), language, layout
        ),
        "birth": lambda: family.birth(chance, child, (a, b), language, layout),
        "marriage": lambda: family.marriage(chance, a, b, DAY, language, layout),
        "partners": lambda: family.partners(chance, a, b, DAY, language, layout),
        "deed": lambda: family.partners(chance, a, b, DAY, language, "deed"),
        "foster": lambda: family.foster(chance, a, child, DAY, language, layout),
        "disability": lambda: family.disability(chance, child, 65, DAY, language, layout),
        "income": lambda: family.income(chance, child, 2024, Decimal("14400.00"), language, layout),
    }
    return make[name]()


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("layout", family.LAYOUTS)
@pytest.mark.parametrize("language", family.LANGUAGES)
@pytest.mark.parametrize(
    "name", ["family_book", "birth", "marriage", "partners", "deed", "foster", "disability", "income"]
)
def test_a_family_paper_is_known_and_wholly_read(pages_of, name, language, layout, seed):
    """Labels or sentences, Spanish or Galician: the kind and every field, surely."""
    paper = drawn(name, language, layout, seed)
    (document,) = documents(pages_of(paper.data), file="x", sha256="y")
    read = {name: document.fields[name] for name in paper.fields}
    assert document.kind == paper.kind
    assert {name: field.value for name, field in read.items()} == paper.fields
    assert all(field.confidence >= 0.9 for field in read.values())


def named(kind, pages):
    """Return name and role of everybody, and how sure the list is."""
    found = people(kind, pages)
    return [(one["name"], one.get("role")) for one in found.value], found.confidence


def test_a_birth_certificate_may_begin_with_the_child_under_no_heading(letter):
    """The names above the parents' labels are the child's."""
    pages = letter(
        "Nombre: Eva",
        "Apellidos: Ortega Ruiz",
        "Fecha de nacimiento: 3/5/2015",
        "Nombre del padre: Luis Ortega Gil",
        "Nombre de la madre: Ana Ruiz Soto",
    )
    found, sure = named("birth", pages)
    assert found == [("Eva Ortega Ruiz", "child"), ("Luis Ortega Gil", "parent"), ("Ana Ruiz Soto", "parent")]
    assert sure >= 0.9


def test_a_scan_may_lose_the_blank_before_the_number_of_a_child(letter):
    """Who stands under "Hijo/a1" is a child, and none of the couple."""
    found, sure = named("family_book", letter(*_BOOK, "HIJO/A1", "Nombre: Eva", "Apellidos: Ortega Ruiz"))
    assert found[2] == ("Eva Ortega Ruiz", "child")
    assert sure >= 0.9


def test_two_people_under_the_word_for_one_of_a_couple_are_unsure(letter):
    """The second stands under a heading that was not read: perhaps a child."""
    found, sure = named("family_book", letter(*_BOOK, "HUO/A 1", "Nombre: Eva", "Apellidos: Ortega Ruiz"))
    assert [role for _, role in found] == ["holder", "spouse", "spouse"]
    assert sure <= UNSURE


def test_labels_and_headings_are_words_of_the_paper_and_names_are_not(letter):
    """What the vocabulary explains needs no second look on a scan: misread, it would be none of it."""
    (page,) = letter(*_BOOK, "HIJO/A 2", "Nombre: Eva")
    said = {word.text for word in known_words("family_book", page)}
    assert {"TITULAR", "HIJO/A", "2", "Nombre:", "Apellidos:"} <= said
    assert said.isdisjoint({"Luis", "Ortega", "Eva"})


def test_children_may_be_a_numbered_list(letter):
    """A line each, with the day of birth in words of the sentence."""
    pages = letter(
        "Titular: Ortega Gil, Luis",
        "Hijos:",
        "1º Eva Ortega Ruiz, nacida el 3 de mayo de 2015",
        "2º Juan Ortega Ruiz, nacido el 4 de junio de 2017",
    )
    found = people("family_book", pages)
    assert [one.get("birth_date") for one in found.value] == [None, "2015-05-03", "2017-06-04"]
    assert found.confidence >= 0.9


def test_a_line_that_is_nobodys_makes_the_list_unsure(letter):
    """A child whose line cannot be read must not be left out surely."""
    pages = letter("Titular: Luis Ortega Gil", "Hijos:", "1º Eva Ortega Ruiz", "2º J?an 0rteg4 (ilegible)")
    assert named("family_book", pages) == (
        [("Luis Ortega Gil", "holder"), ("Eva Ortega Ruiz", "child")],
        UNSURE,
    )


def test_an_empty_place_for_a_second_child_is_nobody(letter):
    """A label without a word beside it."""
    pages = letter("Titular: Luis Ortega Gil", "Hijo 1: Eva Ortega Ruiz", "Hijo 2:")
    assert named("family_book", pages)[1] >= 0.9


def test_whoever_is_named_again_in_the_same_place_stands_once(letter):
    """The book repeats the parents on the page of each child."""
    pages = letter(
        "Titular: Luis Ortega Gil",
        "Hijo 1: Eva Ortega Ruiz",
        "Padre: Luis Ortega Gil",
        "Hijo 2: Juan Ortega Ruiz",
        "Padre: Luis Ortega Gil",
    )
    assert [name for name, _ in named("family_book", pages)[0]].count("Luis Ortega Gil") == 1


def test_a_marriage_of_one_is_unsure(letter):
    """A marriage certificate has two spouses."""
    assert named("marriage", letter("Contrayente A: Luis Ortega Gil"))[1] == UNSURE


def test_a_decision_on_one_person_alone_is_unsure(letter):
    """Whoever decides on a person decides between two at least: one was not read."""
    assert named("court_decision", letter("Se acoge a la menor Eva Ruiz Gil."))[1] == UNSURE


def test_officials_are_no_parties(letter):
    """Judge, lawyer and attorney have courtesies too."""
    pages = letter(
        "Vistos por D. Tomás Prado Mas, Magistrado-Juez, los autos a instancia de Dª Ana Ruiz Soto,",
        "representada por la procuradora Dª Elena Pons Gil, contra D. Luis Ortega Gil.",
    )
    assert [name for name, _ in named("court_decision", pages)[0]] == ["Ana Ruiz Soto", "Luis Ortega Gil"]


def test_a_raised_letter_that_became_a_mark_is_still_a_courtesy(letter):
    """*Dª* is D? or D* to a reader of scans."""
    pages = letter("D. Luis Ortega Gil y D? Ana Ruiz Soto figuran inscritos.")
    assert [name for name, _ in named("partner_registration", pages)[0]] == [
        "Luis Ortega Gil",
        "Ana Ruiz Soto",
    ]


@pytest.mark.parametrize(("doubted", "name", "number"), [("12345678Z", 0.9, 0.5), ("Ruiz", 0.5, 0.9)])
def test_a_number_and_the_name_before_it_are_each_as_sure_as_their_own_words(letter, doubted, name, number):
    """The number has a place of its own; the name and the birth tell together who it is."""
    page, *_ = letter("Dª Ana Ruiz Soto, con DNI 12345678Z, y D. Luis Ortega Gil figuran inscritos.")
    words = tuple(w._replace(confidence=0.5) if doubted in w.text else w for w in page.words)
    first, second = people("partner_registration", [replace(page, words=words)]).items
    assert (first.parts["name"].confidence >= 0.9) is (name >= 0.9)
    assert (first.parts["id_number"].confidence >= 0.9) is (number >= 0.9)
    assert first.confidence == 0.5
    assert second.confidence >= 0.9


def test_a_doubtful_birth_holds_whose_it_is(letter):
    """A day misread makes another person of the same name."""
    page, *_ = letter("Dª Ana Ruiz Soto, nacida el 3 de mayo de 1980, y D. Luis Ortega Gil figuran.")
    words = tuple(w._replace(confidence=0.5) if w.text == "3" else w for w in page.words)
    first, second = people("partner_registration", [replace(page, words=words)]).items
    assert first.confidence == first.parts["birth_date"].confidence == 0.5
    assert min(first.parts["name"].confidence, second.confidence) >= 0.9


def test_a_number_after_somebody_unread_is_not_the_one_befores(letter):
    """A courtesy that nobody knows hides a person, whose number must not pass to another."""
    pages = letter("D. Luis Ortega Gil y D4 Ana Ruiz Soto, con DNI 12345678Z, figuran inscritos.")
    found = people("partner_registration", pages)
    assert found.value == [{"name": "Luis Ortega Gil"}]
    assert found.confidence == UNSURE


def test_grandparents_in_a_sentence_do_not_become_spouses(letter):
    """After "hijo de" stand parents, whoever comes after them."""
    pages = letter(
        "D. Luis Ortega Gil, nacido el 6 de mayo de 1978, hijo de Juan Ortega Mas y de Marta Gil Rey, y",
        "Dª Ana Ruiz Soto, nacida el 2 de enero de 1980, contrajeron matrimonio.",
    )
    assert [name for name, role in named("marriage", pages)[0] if role == "spouse"] == [
        "Luis Ortega Gil",
        "Ana Ruiz Soto",
    ]
