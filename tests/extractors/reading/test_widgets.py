"""Form fields give their full names, values and states, and stand where a person sees them."""

from __future__ import annotations

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from extractors.bounds import Bounds
from extractors.reader import read_file
from extractors.reading.files import pdf


def fields(sheet):
    """Draw one field of each kind."""
    form = sheet.acroForm
    form.textfield(name="titular.nombre", value="MARÍA", x=60, y=600, width=100, height=20)
    form.checkbox(name="acepta", checked=True, x=60, y=560, size=12)
    form.checkbox(name="rechaza", checked=False, x=90, y=560, size=12)
    form.radio(name="pago", value="ingreso", selected=False, x=60, y=530, size=12)
    form.radio(name="pago", value="domiciliado", selected=True, x=90, y=530, size=12)
    form.choice(name="ciudad", value="Ceuta", options=["Ceuta", "Melilla"], x=60, y=500, width=80, height=20)


def widgets(data):
    """Return the widgets of the first page."""
    with pdf.pages(data) as pages:
        return pages[0].widgets


def test_values_and_states_are_read(paper):
    """Text, tick boxes, the chosen one of several and a list."""
    here = widgets(paper.typed(draw=fields))
    assert [(w.kind, w.name, w.on, w.value) for w in here if w.kind != "button"] == [
        ("text", "titular.nombre", None, "MARÍA"),
        ("choice", "ciudad", None, "Ceuta"),
    ]
    assert [(w.name, w.export, w.on) for w in here if w.kind == "button"] == [
        ("acepta", "Yes", True),
        ("rechaza", "Yes", False),
        ("pago", "ingreso", False),
        ("pago", "domiciliado", True),
    ]


def test_a_field_takes_kind_and_value_from_those_above_it(paper):
    """A widget of a field two levels up has the full name and the inherited value."""

    def nest(opened):
        page = opened.pages[0]
        top = opened.make_indirect(Dictionary(T=String("titular"), FT=Name.Tx, V=String("arriba")))
        middle = opened.make_indirect(Dictionary(T=String("datos"), Parent=top))
        leaf = Dictionary(Type=Name.Annot, Subtype=Name.Widget, Rect=[60, 600, 160, 620], Parent=middle)
        leaf.T = String("nombre")
        page.Annots = Array([opened.make_indirect(leaf)])
        opened.Root.AcroForm = Dictionary(Fields=Array([top]))

    (widget,) = widgets(paper.changed(paper.typed(), nest))
    assert (widget.name, widget.kind, widget.value) == ("titular.datos.nombre", "text", "arriba")


@pytest.mark.filterwarnings("ignore:This document has 1 form widget")  # pikepdf of what is made here
def test_a_field_may_hold_the_one_above_it_itself(paper):
    """Neither has a number of its own: that does not make them one object."""

    def nest(opened):
        above = Dictionary(T=String("titular"), FT=Name.Tx, V=String("arriba"))
        leaf = Dictionary(Type=Name.Annot, Subtype=Name.Widget, Rect=[60, 600, 160, 620], Parent=above)
        opened.pages[0].Annots = Array([leaf])
        opened.Root.AcroForm = Dictionary(Fields=Array([]))

    (widget,) = widgets(paper.changed(paper.typed(), nest))
    assert (widget.name, widget.value) == ("titular", "arriba")


def test_a_signature_field_says_whether_it_is_signed(paper):
    """A field with a signature's contents is signed; an empty one is not."""

    def sign(opened):
        empty = Dictionary(Subtype=Name.Widget, FT=Name.Sig, T=String("f1"), Rect=[60, 60, 160, 90])
        done = Dictionary(Subtype=Name.Widget, FT=Name.Sig, T=String("f2"), Rect=[60, 20, 160, 50])
        done.V = Dictionary(Type=Name.Sig, Contents=pikepdf.String(b"\x30\x00"), ByteRange=[0, 1, 2, 3])
        both = Array([opened.make_indirect(empty), opened.make_indirect(done)])
        opened.pages[0].Annots = both
        opened.Root.AcroForm = Dictionary(Fields=both, SigFlags=3)

    here = widgets(paper.changed(paper.typed(), sign))
    assert [(w.name, w.signed) for w in here] == [("f1", False), ("f2", True)]


def test_a_field_of_a_turned_page_stands_among_its_words(paper):
    """Fields move with the words, and go back to the page as it is shown."""

    def rotate(opened):
        opened.pages[0].rotate(90, relative=False)

    with pdf.pages(paper.changed(paper.typed(draw=fields), rotate)) as pages:
        box = pages[0].widgets[0].box
        shown = pages[0].as_filed(box)
    assert (box.x0, box.y0) == pytest.approx((60, 222), abs=2)
    assert (shown.x0, shown.y0) == pytest.approx((600, 60), abs=2)


def test_what_is_typed_in_a_field_is_in_the_picture(paper):
    """Fields are drawn as a person sees them."""
    with pdf.pages(paper.typed(draw=fields)) as pages:
        page = pages[0]
        assert page.picture().ink(page.widgets[0].box.grown(-3)) > 0.01


def test_a_form_whose_fields_cannot_be_read_is_read_by_eye(paper):
    """What stands in its fields is on the picture, and is never sure: a filled form is not a blank one."""

    def spoil(opened):
        opened.pages[0].Annots[0].F = Name.Nowhere

    with pdf.pages(paper.changed(paper.typed(draw=fields), spoil)) as pages:
        assert (pages[0].reader, pages[0].widgets) == ("ocr", ())
        assert "padrón" in pages[0].text


def test_a_form_that_only_another_program_can_show_is_no_paper(paper):
    """A dynamic XFA form shows a page that asks for Adobe Reader, and no field."""

    def shell(opened):
        opened.Root.AcroForm = Dictionary(Fields=Array(), XFA=opened.make_stream(b"<xdp/>"))

    data = paper.changed(paper.typed(["Please wait...", "Open it with Adobe Reader 8 or later"]), shell)
    assert read_file(data, "a.pdf", Bounds()).code == "unsupported-type"


def test_an_xfa_form_with_fields_is_read(paper):
    """A static XFA form carries the same fields as any other."""

    def add(opened):
        opened.Root.AcroForm.XFA = opened.make_stream(b"<xdp/>")

    assert read_file(paper.changed(paper.typed(draw=fields), add), "a.pdf", Bounds()).code is None
