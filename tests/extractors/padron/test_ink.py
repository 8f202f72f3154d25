"""Signatures and seals drawn on a page, and what is drawn there and is neither."""

import io

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from extractors.padron.read import certificate
from extractors.reading.files import pdf


def pen(canvas):
    """Draw a scribble."""
    path = canvas.beginPath()
    path.moveTo(90, 500)
    path.curveTo(110, 540, 120, 480, 140, 510)
    path.curveTo(160, 540, 170, 470, 210, 505)
    canvas.drawPath(path)


def seal(canvas):
    """Draw a round seal with words in it."""
    canvas.circle(420, 500, 35)
    canvas.setFont("Helvetica", 6)
    canvas.drawCentredString(420, 498, "RONDA")


def frame(canvas):
    """Draw an empty frame and a rule under it."""
    canvas.rect(80, 480, 150, 50)
    canvas.line(60, 460, 500, 460)


def blocks(canvas):
    """Draw a code of squares."""
    for at in range(0, 625, 2):
        canvas.rect(90 + at % 25 * 3, 470 + at // 25 * 3, 3, 3, stroke=0, fill=1)


def paper(*drawings, title=""):
    """Return the fields of a certificate with *drawings* under its last words."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    lines = (
        "AYUNTAMIENTO DE RONDA",
        "CERTIFICADO DE EMPADRONAMIENTO",
        "CERTIFICO que D. ALI SAIDI OMAR figura inscrito en el padrón desde el 10/05/2019.",
        "Ronda, a 2 de marzo de 2026",
    )
    for at, line in enumerate(lines):
        canvas.drawString(70, 760 - 40 * at, line)
    canvas.drawString(90, 560, title)
    for drawing in drawings:
        drawing(canvas)
    canvas.save()
    return certificate(list(pdf.pages(buffer.getvalue())))


@pytest.mark.parametrize(
    ("drawings", "title", "signed"),
    [
        ((pen,), "El Secretario", (True, 0.93)),
        ((pen, seal), "", (True, 0.92)),
        ((pen,), "", (True, 0.75)),
        ((frame,), "El Secretario", (False, 0.8)),
        ((frame,), "", (False, 0.9)),
        ((blocks,), "", (False, 0.9)),
        ((), "La Secretaria", (False, 0.8)),
    ],
)
def test_who_signed_is_seen_by_the_ink(drawings, title, signed):
    """A pen or a round seal vouches, most by a title; frames, rules and codes of squares do not."""
    field = paper(*drawings, title=title)["signed"]
    assert (field.value, field.confidence) == signed
