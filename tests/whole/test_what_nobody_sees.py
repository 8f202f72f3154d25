"""Text for programs only, and pictures over text: what a person sees decides."""

import datetime as dt
from io import BytesIO

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

LATE = dt.date(2025, 11, 10)
GOOD = (
    "CERTIFICADO DE EMPADRONAMIENTO INDIVIDUAL",
    "Yasmine El Khattabi Nouri, con NIE Y2345678Z, nacida el 21 de junio de 1984,",
    "figura inscrita en Ceuta con fecha de alta 10 de mayo de 2019.",
)


def test_the_case_in_order_is_approved(hand_in):
    """Every other test changes one thing of it."""
    assert hand_in()[0] == "approve"


def lines(sheet, before):
    """Write the good certificate where the late one has other words, after *before* sets the pen."""
    sheet.canvas.saveState()
    before(sheet.canvas)
    for row, line in enumerate(GOOD):
        sheet.text(80, 420 + 20 * row, line)
    sheet.canvas.restoreState()


def invisible(canvas):
    """Set the pen to text rendering mode 3."""
    canvas._code.append("3 Tr")


def clipped(canvas):
    """Let only a corner of the page be drawn on."""
    path = canvas.beginPath()
    path.rect(0, 0, 5, 5)
    canvas.clipPath(path, stroke=0)


PENS = {
    "white": lambda canvas: canvas.setFillGray(1),
    "nearly white": lambda canvas: canvas.setFillGray(0.95),
    "transparent": lambda canvas: canvas.setFillAlpha(0.02),
    "clipped": clipped,
}


@pytest.mark.parametrize("pen", PENS)
def test_hidden_words_beside_a_certificate_are_looked_at(pen, make, hand_in):
    """A certificate of less than a year does not become one of seven by words that nobody sees."""
    paper = make.over(make.certificate(LATE), lambda sheet: lines(sheet, PENS[pen]))
    queue, said = hand_in(padron=paper)
    assert (queue, "GEN-FORMAT review" in said) == ("review", True)


def test_letters_of_the_invisible_mode_do_not_count(make, hand_in):
    """A scanner's layer says what it likes: the certificate that is seen is of less than a year."""
    paper = make.over(make.certificate(LATE), lambda sheet: lines(sheet, invisible))
    assert hand_in(padron=paper)[0] != "approve"


def test_a_picture_over_a_whole_text_is_what_counts(make, hand_in):
    """Below the picture of a certificate of months lies the text of one of years."""
    seen = make.picture(make.certificate(LATE))
    paper = make.over(
        make.certificate(), lambda sheet: sheet.canvas.drawImage(seen, 0, 0, sheet.width, sheet.height)
    )
    assert hand_in(padron=paper)[0] != "approve"


def test_a_picture_over_one_line_is_what_counts(make, hand_in):
    """The line with the date of alta is covered by a picture of another."""
    seen = make.picture(make.certificate(LATE))

    def patch(sheet):
        path = sheet.canvas.beginPath()
        path.rect(75, sheet.height - 262, 450, 50)
        sheet.canvas.clipPath(path, stroke=0)
        sheet.canvas.drawImage(seen, 0, 0, sheet.width, sheet.height)

    assert hand_in(padron=make.over(make.certificate(), patch))[0] != "approve"


def test_a_line_pasted_as_a_picture_is_read(make, hand_in):
    """What is added to a certificate as a picture is as much part of it as its text."""
    note = make.picture(make.letter("Causó BAJA en este padrón el 1 de febrero de 2026."))

    def paste(sheet):
        sheet.canvas.saveState()
        path = sheet.canvas.beginPath()
        path.rect(75, sheet.height - 480, 440, 40)
        sheet.canvas.clipPath(path, stroke=0)
        sheet.canvas.drawImage(note, 0, -340, sheet.width, sheet.height)
        sheet.canvas.restoreState()

    assert hand_in(padron=make.over(make.certificate(), paste))[0] != "approve"


@pytest.mark.parametrize(
    ("field", "shown", "held"),
    [("account.first_surname", "Benali", "El Khattabi"), ("applicant.address.city", "Madrid", "Ceuta")],
)
def test_a_field_that_shows_something_else_than_it_holds_is_looked_at(field, shown, held, make, hand_in):
    """A viewer draws the appearance, a program reads the value: neither is believed alone."""
    form = make.holding(make.form(**{field.replace(".", "__"): shown}), field, held)
    queue, said = hand_in(solicitud=form)
    assert (queue, "GEN-FORMAT review" in said) == ("review", True)


@pytest.mark.parametrize("covered", [1, 2, 4])
def test_figures_of_a_year_under_a_patch_are_missed(covered, make, hand_in):
    """Even one figure that is covered, and painted anew as a picture, leaves a hole in the text."""
    box = make.place(make.certificate(), "2019", covered)
    patch = make.picture(make.letter("5"))

    def cover(sheet):
        sheet.canvas.drawImage(patch, box[0], box[1], box[2] - box[0], box[3] - box[1])

    queue, said = hand_in(padron=make.over(make.certificate(), cover))
    assert (queue, "GEN-FORMAT review" in said) == ("review", True)


def noted(paper, kind, text):
    """Return the paper with a note of this kind, whose drawing holds *text*, in the middle of its page."""
    out = BytesIO()
    with pikepdf.open(BytesIO(paper)) as opened:
        look = opened.make_stream(b"BT /F 11 Tf 1 4 Td (%b) Tj ET" % text.encode("cp1252"))
        look.Type, look.Subtype, look.BBox = Name.XObject, Name.Form, Array([0, 0, 440, 20])
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        look.Resources = Dictionary(Font=Dictionary(F=font))
        place = Array([80, 400, 520, 420])
        note = Dictionary(Type=Name.Annot, Subtype=Name(kind), Rect=place, F=4, AP=Dictionary(N=look))
        opened.pages[0].Annots = Array([opened.make_indirect(note)])
        opened.save(out)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["/FreeText", "/Stamp", "/Square", "/Line", "/Link", "/Watermark"])
def test_words_in_a_note_are_read(kind, make, hand_in):
    """Whatever kind of note a program takes for it: it stands on the paper, and in no text layer."""
    paper = noted(make.certificate(), kind, "Causó BAJA en este padrón el 1 de febrero de 2026.")
    assert hand_in(padron=paper)[0] != "approve"
