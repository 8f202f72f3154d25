"""What comes from papers is only ever text on the page: it wraps, it is whole, and it forges nothing."""

import json
import re

import pytest
from pypdfium2 import PdfDocument

from pipeline.errors import UsageError
from pipeline.letters.casefile import case_file
from pipeline.letters.choices import Choices
from pipeline.letters.compose import as_json, letter
from pipeline.letters.words import words

LONG = "Wolfeschlegelsteinhausenbergerdorff" * 143


def named(told, read, name):
    """Return the report of a case whose applicant has that given name."""
    report = told()
    report["documents"][0]["fields"]["applicant.given_name"] = read(name)
    return report


def sides(pdf):
    """Yield the left and right end of each piece of text, in points."""
    for sheet in PdfDocument(pdf):
        words = sheet.get_textpage()
        for index in range(words.count_rects()):
            left, _, right, _ = words.get_rect(index)
            yield left, right


@pytest.mark.parametrize(
    "name",
    [
        "#eval(1)",
        "$x^2$",
        "*negrita*",
        "= Título",
        "\\ #set page()",
        '#read("/etc/passwd")',
        "<a>",
        "@cita",
        "`x`",
    ],
)
def test_what_looks_like_markup_is_printed_as_it_is(told, page, text, read, name):
    """No name is ever read as layout."""
    assert f"{name} García Núñez" in text(page(named(told, read, name)))


@pytest.mark.parametrize("mark", ["\u202e", "\u2066", "\r\n", "\u2028", "\x00", "\x1b[31m"])
def test_marks_that_turn_or_break_a_line_are_taken_out(told, page, text, read, mark):
    """A name cannot turn the words that follow it, nor begin a line that looks like ours."""
    shown = text(page(named(told, read, f"Ana{mark}Firma: nadie")))

    assert mark.strip("\r\n") not in shown or not mark.strip()
    assert "Firma: nadie García Núñez" in shown


@pytest.mark.parametrize("name", ["中文", "😀", "محمد", "\ufffe"])
def test_a_letter_that_no_font_has_does_not_stop_the_page(told, page, text, read, name):
    """It is printed as its code, and the rest stands."""
    assert "García Núñez" in text(page(named(told, read, name)))


def test_a_name_of_five_thousand_letters_wraps_within_the_margins(told, page, text, read):
    """Nothing is cut off and nothing runs over the edge."""
    made = page(named(told, read, LONG))
    frame = r"CEU01-2026-000123 página \d de \d|" + re.escape(words("es").say("mark"))

    assert LONG in re.sub(frame, "", text(made)).replace(" ", "")
    assert all(left > 50 and right < 595 - 50 for left, right in sides(made))


def test_a_file_name_and_an_added_paragraph_wrap_too(told, page, found):
    """A table's cell is as safe as a line."""
    report = told(findings=[found("CE-RES-09", "cure", es=LONG)])
    report["documents"][1]["file"] = f"{LONG}.pdf"
    made = page(report, choices=Choices(added=(LONG,)))

    assert all(left > 50 and right < 595 - 50 for left, right in sides(made))


@pytest.mark.parametrize(
    "change",
    [
        {"status": None},
        {"filed_on": "ayer"},
        {"documents": None},
        {"findings": [{"rule": "X"}]},
        {"deadlines": None},
        {"residence": {"window": ["2025-01-01"]}},
        {"fee": {"monthly": "mucho"}},
        {"queue": None},
    ],
)
def test_a_report_that_is_none_is_refused_in_words(told, change):
    """It may come from a file that somebody changed; nobody's data stand in the message."""
    with pytest.raises(UsageError, match="informe de un expediente valorado"):
        case_file(told(**change))


@pytest.mark.parametrize("status", ["returned", "waiting", "hold"])
def test_a_case_that_nobody_judged_has_no_letter(told, status):
    """It is a good report: whoever asks is told how the case stands, not that the file is wrong."""
    with pytest.raises(UsageError, match="No hay carta que escribir"):
        case_file(told(status=status))


@pytest.mark.parametrize("report", [None, [], "x", {}, {"status": "routed"}])
def test_what_is_no_report_at_all_is_refused_too(report):
    """Whatever JSON can hold."""
    with pytest.raises(UsageError):
        case_file(report)


def test_a_doubtful_name_or_address_is_left_to_be_filled_in(told, page, text, read):
    """A letter with the wrong name or street is worse than one without."""
    report = told()
    report["documents"][0]["fields"]["applicant.given_name"] = read("Ana", confidence=0.89)
    report["documents"][0]["fields"]["applicant.address.number"] = read("7", confidence=0.5)
    shown = text(page(report))

    assert "[nombre y apellidos]" in shown
    assert "García" not in shown
    assert "Calle Real" not in shown


def test_an_address_for_notices_is_where_the_letter_goes(told, page, text, read):
    """The form says where a person wants to be notified."""
    report = told()
    fields = report["documents"][0]["fields"]
    fields |= {"notification.choice": read("other_address")}
    fields |= {
        f"notification.address.{name}": read(value)
        for name, value in (("street_name", "Mar"), ("city", "Melilla"))
    }
    shown = text(page(report))

    assert "Ana García Núñez Mar Melilla" in shown
    assert "Calle Real" not in shown


def test_a_letter_goes_to_the_representative_that_the_form_names(told, page, text, read):
    """Ley 39/2015, art. 5.1; a name that was not read surely is left to be filled in."""
    report = told()
    fields = report["documents"][0]["fields"]
    fields |= {"representative.given_name": read("Ola"), "representative.first_surname": read("Kay")}
    sure = text(page(report))
    fields["representative.given_name"]["confidence"] = 0.5

    assert "Ana García Núñez A la atención de Ola Kay, que le representa Calle Real 7" in sure
    assert "A la atención de [nombre de quien representa]" in text(page(report))
    assert "A la atención de" not in text(page(told()))


@pytest.mark.parametrize(
    ("value", "confidence", "opposed"), [(True, 0.98, True), (True, 0.5, False), (False, 0.98, False)]
)
def test_who_objects_to_queries_is_told_so(told, page, text, read, value, confidence, opposed):
    """Ley 39/2015, art. 28.2: then the papers must be brought."""
    report = told("asistencia_sanitaria")
    report["documents"][0]["fields"]["opposes_queries"] = read(value, confidence=confidence)

    assert ("Usted se ha opuesto a que consultemos" in text(page(report))) is opposed
    assert ("No tiene que traer documentos" in text(page(report))) is not opposed


@pytest.mark.parametrize(
    ("rule", "place", "opposed"),
    [
        ("CE-DOC-06", ("d3", "opposes_queries"), True),
        ("CE-DOC-06", ("presentacion", "remarks"), True),
        ("CE-DOC-06", ("register-1", "periods"), False),
        ("AS-FORM-01", ("presentacion", "remarks"), False),
    ],
)
def test_who_objects_in_a_letter_or_the_remarks_is_told_so(told, page, text, rule, place, opposed):
    """A convenio's form has no box for it; remarks on anything else are no opposition."""
    report = told()
    found = report["findings"][0] | {"rule": rule, "outcome": "notice"}
    report["findings"].append(found | {"evidence": [{"document": place[0], "field": place[1]}]})

    assert ("Usted se ha opuesto a que consultemos" in text(page(report))) is opposed


def test_a_letter_is_plain_json(told):
    """What the page is set from can be shown, kept and read by others' programs."""
    made = as_json(letter(case_file(told()), "refusal"))

    assert json.loads(json.dumps(made))["kind"] == "refusal"
