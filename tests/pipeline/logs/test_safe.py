"""What of a log record may be said, and what of it never is."""

import ast
import logging
from pathlib import Path

import pytest

from pipeline.logs.safe import COVERED, LONGEST, OURS, covered, said

HOUSE = Path(__file__).parents[3]
SAYS = {"debug", "info", "warning", "error", "exception", "critical", "log"}
ULID = "01JABCDEFGHJKMNPQRSTVWXYZ0"


def record(name, message, *blanks, error=None, **fields):
    made = logging.LogRecord(
        name, logging.WARNING, __file__, 1, message, blanks, (type(error), error, None) if error else None
    )
    made.__dict__.update(fields)
    return made


@pytest.mark.parametrize(
    "persons",
    [
        "12345678Z",
        "12.345.678-Z",
        "X1234567L",
        "x-1234567-l",
        "ES91 2100 0418 4502 0005 1332",
        "ES9121000418450200051332",
        "ana.garcia@example.org",
        "AAA123456",
        "956 12 34 56",
        "+34 600-123-456",
        "28/1234567840",
        "1_ENTRADA/Ana Garcia padron.pdf",
    ],
)
def test_what_looks_like_a_persons_is_covered(persons):
    """An identity number, an account, an address, a telephone, a file as handed in: none stands in a line."""
    assert persons.split("/")[-1] not in covered(f"office CEU01: {persons}")
    assert COVERED in covered(f"office CEU01: {persons}")


@pytest.mark.parametrize(
    "text",
    [
        f"case {ULID}: receipt given up: OSError",
        "case CEU01-2026-000123: 2026-11-22",
        "KeyError in desk/web/doors.py:152 > pipeline/store/claims.py:1042",
        "the clock jumped by 3600 s",
    ],
)
def test_our_own_ids_stay_to_be_looked_for(text):
    """Ids of cases, numbers, days and places in the program are what a log is for."""
    assert covered(text) == text


def test_a_sentence_is_one_line_of_bounded_length():
    """A line break would make two records of one, and a megabyte fills a disk."""
    told = covered("a\nb\r\x1b[31m" + "x y " * 1_000_000)

    assert "\n" not in told
    assert "\x1b" not in told
    assert len(told) <= LONGEST


def test_of_a_librarys_message_only_the_kind_is_kept():
    """A parser may quote the paper in what it warns of."""
    line = said(record("pypdf._reader", "invalid name /%s", "Ana García", error=ValueError("Ana García")))

    assert line.text == ""
    assert line.kind.startswith("ValueError")
    assert "García" not in repr(line)


def test_an_error_in_a_blank_is_told_by_its_kind_and_code():
    """Also in our own sentences the words of an error stay out."""
    line = said(record("desk.web", "no mail: %s", OSError(28, "No space left: /srv/Ana García.pdf")))

    assert line.text == "no mail: OSError ENOSPC"


def test_fields_are_those_of_the_list_and_plain():
    """A field that nobody put on the list is left out, and so is one with a blank in it."""
    line = said(record("flows.drain", "done", office="CEU01", status=200, queue="a b", name_of="Ana"))

    assert line.fields == {"office": "CEU01", "status": 200}


def test_a_sentence_gives_its_case_and_number_as_fields():
    """Who gathers logs finds all lines of a case without reading sentences."""
    line = said(record("pipeline.reconcile", "case %s (%s)", ULID, "CEU01-2026-000123"))

    assert line.fields == {"case": ULID, "number": "CEU01-2026-000123"}


def calls():
    """Yield every call of a logger in the program, with its file."""
    for top in sorted(OURS - {"ventanilla"}):
        for file in sorted((HOUSE / top).rglob("*.py")):
            text = file.read_text(encoding="utf-8")
            for node in ast.walk(ast.parse(text)) if "log." in text else ():
                if isinstance(node, ast.Call) and says(node.func):
                    yield f"{file.relative_to(HOUSE)}:{node.lineno}", node


def says(called):
    """Tell whether it is a way in which a logger of ours says something."""
    return (
        isinstance(called, ast.Attribute)
        and called.attr in SAYS
        and isinstance(called.value, ast.Name)
        and called.value.id.lstrip("_") == "log"
    )


def test_every_message_of_ours_is_a_constant():
    """What is put together before it is logged could hold anything: blanks are filled in by the one place."""
    found = list(calls())
    made = [
        place
        for place, call in found
        for text in call.args[call.func.attr == "log" :][:1]
        if not isinstance(text, ast.Constant)
    ]

    assert len(found) > 10
    assert made == []
