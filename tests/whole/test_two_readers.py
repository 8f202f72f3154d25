"""A paper that tells programs other words than it shows: two readers that differ bring it to a person."""

import datetime as dt
from io import BytesIO

import pikepdf
import pytest
from pikepdf import Dictionary, Name, Operator, String

LATE = dt.date(2025, 11, 10)


def telling(paper, shown, told):
    """Return the paper whose line with *shown* tells programs *told* in its place (ActualText)."""
    out = BytesIO()
    with pikepdf.open(BytesIO(paper)) as opened:
        page = opened.pages[0]
        page.Contents = opened.make_stream(
            pikepdf.unparse_content_stream(list(_masked(pikepdf.parse_content_stream(page), shown, told)))
        )
        opened.save(out)
    return out.getvalue()


def _masked(steps, shown, told):
    """Yield the steps of a page, the line in question with a text of its own for programs."""
    for step in steps:
        line = bytes(step.operands[0]) if str(step.operator) == "Tj" else b""
        if shown not in line:
            yield step
            continue
        words = String(line.decode("cp1252").replace(shown.decode("cp1252"), told))
        yield [Name.Span, Dictionary(ActualText=words)], Operator("BDC")
        yield step
        yield [], Operator("EMC")


@pytest.mark.parametrize(
    ("shown", "told"),
    [
        (b"9 de marzo de 2026", "8 de marzo de 2026"),
        (b"Y2345678Z", "X7654321A"),
        (b"Khattabi", "Jattabi"),
        (b"10 de mayo de 2019", "10 de mayo de 2018"),
        (b"Y para que conste", ""),
    ],
)
def test_a_certificate_that_tells_programs_otherwise_is_looked_at(shown, told, make, hand_in):
    """A day of issue, a name, a date of entry, some words told away: one word is enough."""
    queue, said = hand_in(padron=telling(make.certificate(), shown, told))
    assert (queue, "GEN-FORMAT review" in said) == ("review", True)


def test_a_late_entry_told_as_an_early_one_is_looked_at(make, hand_in):
    """Without the second reader the certificate would prove seven years."""
    paper = telling(make.certificate(LATE), b"10 de noviembre de 2025", "10 de mayo de 2019")
    queue, said = hand_in(padron=paper)
    assert (queue, "GEN-FORMAT review" in said) == ("review", True)


def test_the_same_words_told_again_are_no_alarm(make, hand_in):
    """Accessible papers carry such texts by design."""
    assert hand_in(padron=telling(make.certificate(), b"2019", "2019"))[0] == "approve"


def with_a_field(paper):
    """Return the paper with an empty place for a signature on its page."""
    out = BytesIO()
    with pikepdf.open(BytesIO(paper)) as opened:
        field = opened.make_indirect(
            Dictionary(
                Type=Name.Annot, Subtype=Name.Widget, FT=Name.Sig, T=String("Firma"), Rect=[0, 0, 0, 0], F=132
            )
        )
        opened.pages[0].Annots = pikepdf.Array([field])
        opened.Root.AcroForm = Dictionary(Fields=pikepdf.Array([field]), SigFlags=3)
        opened.save(out)
    return out.getvalue()


def test_a_form_field_on_the_page_keeps_nobody_from_comparing(make, hand_in):
    """Every certificate that was signed by an office's program has one."""
    paper = telling(make.certificate(), b"Khattabi", "Jattabi")
    queue, said = hand_in(padron=with_a_field(paper))
    assert (queue, "GEN-FORMAT review" in said) == ("review", True)


def test_a_form_field_alone_is_no_alarm(make, hand_in):
    """The same certificate, saying what it shows."""
    assert hand_in(padron=with_a_field(make.certificate()))[0] == "approve"
