"""The rendered page of every letter in every language: marked, tagged, archivable, whole, in its language."""

import datetime as dt
import io
import itertools

import pikepdf
import pytest
from pypdfium2 import PdfDocument

from pipeline.letters.choices import Choices
from pipeline.letters.kinds import KINDS
from pipeline.letters.words import languages, words

LATER = Choices(written_on=dt.date(2026, 12, 1))
DECIDED = Choices(written_on=dt.date(2026, 12, 1), decided_by="Pilar Sanz", decided_on=dt.date(2026, 11, 30))
CASES = [("convenio_especial", kind) for kind in KINDS] + [
    ("asistencia_sanitaria", kind) for kind in KINDS if kind not in {"baja", "variation"}
]
EVERY = [(*case, language) for case in CASES for language in languages()]
DECISIONS = {"grant", "refusal", "referral", "desistimiento", "withdrawal", "baja", "variation"}


@pytest.mark.parametrize(("procedure", "kind", "language"), EVERY)
def test_a_letter_claims_both_standards_and_has_what_they_ask_for(told, page, procedure, kind, language):
    """PDF/A-3a and PDF/UA-1: identification, language, title shown, tags, all fonts inside."""
    with pikepdf.open(io.BytesIO(page(told(procedure), kind, (language,), LATER))) as pdf:
        root = pdf.Root
        with pdf.open_metadata() as metadata:
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "A")
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"].endswith("CEU01-2026-000123")
        fonts = [font for sheet in pdf.pages for font in sheet.Resources.Font.values()]

        assert root.MarkInfo.Marked is True
        assert str(root.Lang) == language
        assert root.ViewerPreferences.DisplayDocTitle is True
        assert fonts
        assert all("/FontFile2" in font.DescendantFonts[0].FontDescriptor for font in fonts)


@pytest.mark.parametrize(("procedure", "kind", "language"), EVERY)
def test_a_letter_can_be_walked_by_headings(told, page, roles, procedure, kind, language):
    """One title, sections under it, and no table without a row of headings."""
    walked = roles(page(told(procedure), kind, (language,), LATER))

    assert walked.count("/H1") == 1
    assert walked.count("/H2") >= 3
    assert walked.count("/THead") == walked.count("/Table")


@pytest.mark.parametrize(("procedure", "kind", "language"), EVERY)
def test_every_page_of_a_draft_says_that_it_is_one(told, page, procedure, kind, language):
    """On each page, and on none once a named person has decided."""
    mark = words(language).say("mark")
    for choices, there in ((LATER, True), (DECIDED, False)):
        pdf = PdfDocument(page(told(procedure), kind, (language,), choices))
        assert [mark in sheet.get_textpage().get_text_range() for sheet in pdf] == [there] * len(pdf)


@pytest.mark.parametrize(("procedure", "kind", "language"), EVERY)
def test_a_letter_says_who_writes_to_whom_who_decides_and_what_of_the_data(
    told, page, text, procedure, kind, language
):
    """In this order: body, person, title, who decides, data protection; no brace left open."""
    said = words(language)
    shown = text(page(told(procedure), kind, (language,), LATER))
    marks = [
        said.say(f"bodies.{procedure}"),
        "Ana García Núñez",
        "CEU01-2026-000123",
        said.say("closing.title"),
        said.say("closing.draft"),
        said.say("data.title"),
    ]

    places = [shown.index(mark) for mark in marks]
    assert places == sorted(places)
    assert "{" not in shown


@pytest.mark.parametrize(("procedure", "kind", "language"), EVERY)
def test_a_decision_says_who_may_appeal_where_and_by_when(told, page, text, procedure, kind, language):
    """A convenio ends the administrative route; the INSS is answered first by a complaint to itself."""
    said = words(language)
    shown = text(page(told(procedure), kind, (language,), LATER))
    terms = {
        "convenio_especial": [said.count("months", 1), said.count("months", 2)],
        "asistencia_sanitaria": [said.count("working_days", 30)],
    }
    asked = kind in DECISIONS or (kind, procedure) == ("silence", "asistencia_sanitaria")

    assert (said.say("appeals.mend") in shown) is asked
    assert not asked or all(term in shown for term in terms[procedure])


def test_a_decision_names_the_person_who_decided(told, page, text):
    """A program proposed; a person answers for it."""
    shown = text(page(told(), "grant", choices=DECIDED))

    assert "La decisión la ha tomado una persona: Pilar Sanz, el 30 de noviembre de 2026." in shown
    assert "Resolución: se concede" in shown
    assert "Propuesta" not in shown


def test_a_letter_in_two_languages_tells_the_screen_reader_where_the_second_begins(told, page):
    """Galician is not read out as Spanish."""
    with pikepdf.open(io.BytesIO(page(told(), languages=("es", "gl")))) as pdf:
        said = {
            str(one.Lang) for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/Lang" in one
        }

    assert {"es", "gl"} <= said


def test_the_same_case_and_choices_are_the_same_bytes(told, page):
    """Nothing of the moment of writing gets in."""
    assert page(told(), "refusal", ("es", "gl", "en")) == page(told(), "refusal", ("es", "gl", "en"))


def test_forty_defects_repeat_the_heading_of_their_table_on_each_page(told, page, found):
    """Nobody has to leaf back to know what a column is; all forty are there, in order."""
    many = [found(f"CE-X-{n}", "cure", es=f"Falta la cosa {n:02d}.") for n in range(40)]
    pdf = PdfDocument(page(told(findings=many)))
    sheets = [sheet.get_textpage().get_text_range() for sheet in pdf]
    with_rows = [sheet for sheet in sheets if "Falta la cosa" in sheet]
    shown = " ".join("\n".join(sheets).split())
    places = [shown.index(f"Falta la cosa {n:02d}.") for n in range(40)]

    assert len(with_rows) > 2
    assert all("Qué puede aportar" in sheet for sheet in with_rows)
    assert places == sorted(places)


def test_pages_are_numbered(told, page, text, found):
    """So that nobody takes a part for the whole."""
    many = [found(f"CE-X-{n}", "cure", es=f"Falta la cosa {n}.") for n in range(40)]
    made = page(told(findings=many))
    count = len(PdfDocument(made))

    for number in itertools.islice(range(1, 99), count):
        assert f"página {number} de {count}" in text(made)
