"""What a paper draws may not be what it tells every program: where the law turns on it, the eye decides."""

import datetime as dt
from io import BytesIO

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Operator, String

LATE = dt.date(2025, 11, 10)
DRAWN = {
    "0": "zero", "1": "one", "2": "two", "3": "three", "4": "four", "5": "five", "6": "six", "7": "seven",
    "8": "eight", "9": "nine", " ": "space",
}  # fmt: skip


def table(told):
    """Return the table by which a font tells programs *told*, one sign for each of its codes from 65 on."""
    pairs = "\n".join(f"<{65 + at:02x}> <{ord(one):04x}>" for at, one in enumerate(told))
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def /CMapType 2 def\n"
        "1 begincodespacerange <00> <ff> endcodespacerange\n"
        f"{len(told)} beginbfchar\n{pairs}\nendbfchar\nendcmap end end"
    ).encode()


def font(opened, shown, told):
    """Return a font of common letters that draws *shown* and tells programs *told*."""
    letters = Array([65, *(Name(f"/{DRAWN.get(one, one)}") for one in shown)])
    return Dictionary(
        Type=Name.Font,
        Subtype=Name.Type1,
        BaseFont=Name("/Times-Roman"),
        Encoding=Dictionary(Type=Name.Encoding, Differences=letters),
        ToUnicode=opened.make_stream(table(told)),
    )


def lying(paper, shown, told):
    """Return the paper with *shown* drawn by a font that tells programs *told*."""
    out = BytesIO()
    with pikepdf.open(BytesIO(paper)) as opened:
        page = opened.pages[0]
        page.Resources.Font = Dictionary(
            dict(page.Resources.Font.items()) | {"/L": font(opened, shown, told)}
        )
        steps = list(_set(pikepdf.parse_content_stream(page), shown))
        page.Contents = opened.make_stream(pikepdf.unparse_content_stream(steps))
        opened.save(out)
    return out.getvalue()


def _set(steps, shown):
    """Yield the steps of a page, *shown* set in the font of its own."""
    pen = None
    for step in steps:
        pen = step.operands if str(step.operator) == "Tf" else pen
        line = bytes(step.operands[0]) if str(step.operator) == "Tj" else b""
        if shown.encode() not in line:
            yield step
            continue
        before, after = line.split(shown.encode(), 1)
        yield [String(before.decode("cp1252"))], Operator("Tj")
        yield [Name.L, pen[1]], Operator("Tf")
        yield [String("".join(chr(65 + at) for at in range(len(shown))))], Operator("Tj")
        yield [*pen], Operator("Tf")
        yield [String(after.decode("cp1252"))], Operator("Tj")


@pytest.mark.parametrize(("shown", "told"), [("2025", "2019"), ("10 de noviembre", "10 de mayo     ")])
def test_a_font_that_tells_programs_another_date_is_looked_at(shown, told, make, hand_in):
    """Every reader of the text believes it: seven years, where the paper shows four months."""
    queue, said = hand_in(padron=lying(make.certificate(LATE), shown, told))
    assert (queue, "GEN-FORMAT review" in said) == ("review", True)


def test_a_font_that_tells_what_it_draws_is_no_alarm(make, hand_in):
    """Nearly all papers have such a table."""
    assert hand_in(padron=lying(make.certificate(), "2019", "2019"))[0] == "approve"


def test_figures_struck_over_with_others_are_looked_at(make, hand_in):
    """The year of the text is still there, below strokes that make it another."""
    left, foot, right, top = make.place(make.certificate(), "2019", 2)

    def strike(sheet):
        for share in (0.2, 0.4, 0.6, 0.8):
            sheet.canvas.line(left, foot + share * (top - foot), right, top - share * (top - foot))

    queue, said = hand_in(padron=make.over(make.certificate(), strike))
    assert (queue, "GEN-FORMAT review" in said) == ("review", True)
