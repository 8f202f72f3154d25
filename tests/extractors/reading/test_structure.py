"""What a file carries besides pages is told, and damage is mended or named."""

from __future__ import annotations

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen import canvas

from extractors.bounds import Bounds
from extractors.reader import read_file
from extractors.reading.files import copies


def read(data, **bounds):
    """Read the file."""
    return read_file(data, "a.pdf", Bounds(**bounds))


def locked(user: str) -> bytes:
    """Return a paper that needs the password *user* to be seen, and another to be changed."""
    out = io.BytesIO()
    sheet = canvas.Canvas(out, encrypt=StandardEncryption(user, ownerPassword="dueño", strength=128))
    sheet.drawString(60, 700, "El secretario certifica que figura inscrita en el padrón")
    sheet.save()
    return out.getvalue()


def signed(data: bytes, after: bytes) -> bytes:
    """Return the paper with a signature over all of it, then *after*."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as opened:
        contents = String(b"\x30" + b"\x00" * 20)
        value = Dictionary(Type=Name.Sig, Contents=contents, ByteRange=Array([0, 1, 2, 1111111111]))
        field = Dictionary(Subtype=Name.Widget, FT=Name.Sig, T=String("f"), Rect=[0, 0, 9, 9], V=value)
        fields = Array([opened.make_indirect(field)])
        opened.pages[0].Annots = fields
        opened.Root.AcroForm = Dictionary(Fields=fields, SigFlags=3)
        opened.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    whole = out.getvalue()
    return whole.replace(b"1111111111", b"%010d" % (len(whole.rstrip()) - 2)) + after


def act(opened):
    opened.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def launch(opened):
    annotation = Dictionary(
        Subtype=Name.Link, Rect=[0, 0, 9, 9], A=Dictionary(S=Name.Launch, F=String("a.exe"))
    )
    opened.pages[0].Annots = Array([opened.make_indirect(annotation)])


def attach(opened):
    opened.attachments["a.txt"] = b"hola"


def go_to_top(opened):
    opened.Root.OpenAction = Array([opened.pages[0].obj, Name.XYZ, 0, 842, 0])


def link(opened):
    annotation = Dictionary(
        Subtype=Name.Link, Rect=[0, 0, 9, 9], A=Dictionary(S=Name.URI, URI=String("https://a.es"))
    )
    opened.pages[0].Annots = Array([opened.make_indirect(annotation)])


def acting(**action):
    """Return a change that puts an action on the first page."""

    def change(opened):
        annotation = Dictionary(Subtype=Name.Link, Rect=[0, 0, 9, 9], A=Dictionary(**action))
        opened.pages[0].Annots = Array([opened.make_indirect(annotation)])

    return change


def on_print(opened):
    opened.Root.AA = Dictionary(WP=Dictionary(S=Name.JavaScript, JS=String("app.alert(1)")))


def play(opened):
    annotation = Dictionary(Subtype=Name.RichMedia, Rect=[0, 0, 9, 9])
    opened.pages[0].Annots = Array([opened.make_indirect(annotation)])


def xfa(opened):
    fields = Array([opened.make_indirect(Dictionary(FT=Name.Tx, T=String("a"), V=String("b")))])
    opened.Root.AcroForm = Dictionary(Fields=fields, XFA=opened.make_stream(b"<xdp/>"))


ACTIVE = {
    "a script on opening": act,
    "a script on printing": on_print,
    "a form that sends itself": acting(S=Name.SubmitForm, F=String("https://a.es")),
    "a form that fetches": acting(S=Name.ImportData, F=String("a.fdf")),
    "a step into a carried file": acting(S=Name.GoToE, D=Array([0, Name.Fit])),
    "a step into another file": acting(S=Name.GoToR, F=String("a.pdf"), D=Array([0, Name.Fit])),
    "a film": play,
    "a carried text": attach,
    "a form of XFA": xfa,
}


@pytest.mark.parametrize("name", ACTIVE)
def test_what_acts_or_carries_files_is_told(paper, name):
    """Read all the same, and flagged."""
    reading = read(paper.changed(paper.typed(), ACTIVE[name]))
    assert (reading.code, reading.flags) == (None, ("active-content",))


def carrying(name, data):
    """Return a change that puts a file inside the PDF."""

    def change(opened):
        opened.attachments[name] = data

    return change


PROGRAMS = {
    "to be started": launch,
    "by its name": carrying("factura.exe", b"hola"),
    "by a name that Windows would shorten": carrying("factura.exe. ", b"hola"),
    "by its first bytes": carrying("factura.txt", b"MZ\x90\0" + bytes(60)),
    "a shell script": carrying("factura", b"#!/bin/sh\n"),
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_program_inside_is_told(paper, name):
    """A person looks before anything goes on; the paper itself is read."""
    reading = read(paper.changed(paper.typed(), PROGRAMS[name]))
    assert (reading.code, reading.flags) == (None, ("active-content", "executable-inside"))


def test_a_script_in_a_file_that_cannot_be_walked_is_told(paper):
    """Without a catalogue that the first library finds, the bare words count."""
    whole = paper.changed(paper.typed(), act)
    (copy, *_) = copies.copies(whole.replace(b"/Root", b"/Rott").replace(b"/Catalog", b"/Cata"))
    assert copy.flags == ("repaired", "active-content")


@pytest.mark.parametrize("change", [go_to_top, link])
def test_views_and_links_are_no_alarm(paper, change):
    """Every second office's certificate opens at the top of its page and links to its seat."""
    assert read(paper.changed(paper.typed(), change)).flags == ()


def test_a_signed_paper_that_was_added_to_is_told(paper):
    """Bytes after the end of what the signature covers: somebody changed the paper after signing."""
    assert read(signed(paper.typed(), b"")).flags == ()
    addition = b"9 0 obj\n<<>>\nendobj\n%%EOF\n"
    assert "changed-after-signing" in read(signed(paper.typed(), addition)).flags


def appended(whole: bytes, objects: dict[int, bytes]) -> bytes:
    """Return *whole* with a further revision that holds *objects*."""
    out, table = whole, b""
    for number, one in objects.items():
        table += b"%d 1\n%010d 00000 n \n" % (number, len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, one)
    previous = int(whole[whole.rfind(b"startxref") + 9 : whole.rfind(b"%%EOF")])
    trailer = b"trailer\n<</Size %d/Root 1 0 R/Prev %d>>\n" % (max(*objects, 6) + 1, previous)
    return out + b"xref\n" + table + trailer + b"startxref\n%d\n%%%%EOF\n" % len(out)


def signed_by_hand(paper) -> bytes:
    """Return a signed paper of known objects: 1 catalogue, 4 contents, 6 signature."""
    form = b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[5 0 R]/SigFlags 3>>>>"
    text = b"BT /F1 12 Tf 60 700 Td (Certificado) Tj ET"
    objects = [
        form,
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Annots[5 0 R]>>",
        b"<</Length %d>>stream\n%b\nendstream" % (len(text), text),
        b"<</Subtype/Widget/FT/Sig/T(f)/Rect[0 0 9 9]/V 6 0 R>>",
        b"<</Type/Sig/Contents<30>/ByteRange[0 1 2 1111111111]>>",
    ]
    whole = paper.raw(objects)
    return whole.replace(b"1111111111", b"%010d" % (len(whole) - 2))


CATALOGUE = b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[5 0 R]/SigFlags 3>>%b>>"


def test_proofs_added_to_a_signature_are_no_change(paper):
    """Certificates and revocation lists kept for later (PAdES B-LT) follow the signature by design."""
    proofs = {1: CATALOGUE % b"/DSS 7 0 R", 7: b"<</Certs[8 0 R]>>", 8: b"<</Length 1>>stream\nx\nendstream"}
    assert read(appended(signed_by_hand(paper), proofs)).flags == ()


@pytest.mark.parametrize(
    "objects",
    [
        {4: b"<</Length 0>>stream\n\nendstream"},
        {1: CATALOGUE % b"/DSS 7 0 R/Lang(es)", 7: b"<<>>"},
        {1: CATALOGUE % b"/DSS 7 0 R", 7: b"<</Certs[4 0 R]>>", 4: b"<</Length 0>>stream\n\nendstream"},
        {9: b"<</Type/Annot>>"},
    ],
)
def test_anything_else_after_a_signature_is_a_change(paper, objects):
    """Other contents, another catalogue, contents passed off as proofs, an object nobody asked for."""
    assert "changed-after-signing" in read(appended(signed_by_hand(paper), objects)).flags


def test_bytes_before_and_after_the_paper_are_told(paper):
    """A kilobyte of something else after the end, anything before the beginning."""
    assert read(b"hola\n" + paper.typed()).flags == ("prefix-data",)
    assert "trailing-data" in read(paper.typed() + b"\n" * 2 + b"x" * 1100).flags


def test_a_paper_that_lost_its_first_line_is_read(paper):
    """Some transfers eat the first line."""
    whole = paper.typed()
    reading = read(whole[whole.index(b"\n1 0 obj") + 1 :])
    assert (reading.code, "repaired" in reading.flags) == (None, True)


def test_a_pdf_that_begins_too_late_is_none(paper):
    """Only the first 1024 bytes are searched."""
    assert read(b"x" * 1020 + paper.typed()).code == "unsupported-type"
    assert read(b"x" * 1019 + paper.typed()).code is None


def test_an_owner_password_does_not_keep_from_reading():
    """Printing and copying are forbidden; seeing is not."""
    reading = read(locked(""))
    assert reading.code is None
    assert [(one.pages, one.reader) for one in reading.documents] == [((1,), "text")]


def test_a_user_password_does():
    """Nobody here knows it."""
    assert read(locked("clave")).code == "encrypted"


def test_a_paper_without_its_index_is_read_from_a_mended_copy(paper):
    """The tail is lost, the objects are there."""
    whole = paper.typed()
    reading = read(whole[: whole.rfind(b"xref")])
    assert (reading.code, reading.flags) == (None, ("repaired",))
    assert reading.documents[0].language == "es"


@pytest.mark.parametrize("tenth", range(1, 10))
def test_a_cut_paper_is_never_passed_off_as_whole(paper, tenth):
    """At every tenth of its length: corrupt, or flagged as repaired."""
    whole = paper.typed()
    reading = read(whole[: len(whole) * tenth // 10])
    assert reading.code == "corrupt" or "repaired" in reading.flags


def test_a_paper_without_pages_is_corrupt(paper):
    """A page tree that is empty, or runs in a circle."""
    root = b"<</Type/Catalog/Pages 2 0 R>>"
    assert read(paper.raw([root, b"<</Type/Pages/Kids[]/Count 0>>"])).code == "corrupt"
    assert read(paper.raw([root, b"<</Type/Pages/Kids[2 0 R]/Count 1>>"])).code == "corrupt"


def test_one_page_more_than_allowed(paper):
    """Five hundred, or what the settings say."""
    two = paper.changed(paper.typed(), lambda opened: opened.pages.append(opened.pages[0]))
    assert read(two, pages=2).code is None
    assert read(two, pages=1).code == "too-many-pages"


@pytest.mark.parametrize(("bound", "code"), [("page_letters", "too-large"), ("letters", "too-large")])
def test_more_text_than_anybody_writes(paper, bound, code):
    """On one page, or on all of them together."""
    letters = sum(map(len, paper.prose)) + 2 * (len(paper.prose) - 1)
    assert read(paper.typed(), **{bound: letters}).code is None
    assert read(paper.typed(), **{bound: letters - 1}).code == code


def test_a_page_with_a_flood_of_pixels_is_refused_undecoded(paper):
    """A 30 000 by 30 000 image of one kilobyte would be a gigabyte."""
    size = b"/Width 30000/Height 30000/BitsPerComponent 8/ColorSpace/DeviceGray"
    image = b"<</Type/XObject/Subtype/Image%b/Length 1>>stream\n0\nendstream" % size
    data = paper.drawn(b"595 0 0 842 0 0 cm /I Do", b"<</XObject<</I 5 0 R>>>>", image)
    assert read(data).code == "image-too-large"


OTHERS = [(b"", "empty"), (b"hola", "unsupported-type"), (b"PK\x03\x04", "unsupported-type")]


@pytest.mark.parametrize(("data", "code"), OTHERS)
def test_other_files_are_named(data, code):
    """What is neither PDF nor image is not opened."""
    assert read(data).code == code
