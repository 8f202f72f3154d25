"""The page of a receipt: tagged, archivable, the same each time, whatever a file is called."""

import io
import itertools

import pikepdf
import pytest
from pypdfium2 import PdfDocument

from pipeline.letters import typeset as module
from pipeline.receipts.paper import paper
from pipeline.receipts.told import Listed
from pipeline.receipts.wording import parts

LONG = "Certificado_de_empadronamiento_histórico_colectivo_" * 4 + ".pdf"


def page(told, *languages, manifest=b"{}"):
    words = parts(told, None, languages or ("es",))
    return paper(words, number=told.number, office=told.office, at=told.received_at, manifest=manifest)


def text(pdf):
    return "\n".join(sheet.get_textpage().get_text_range() for sheet in PdfDocument(pdf))


def sides(pdf):
    """Yield the left and right end of each piece of text, in points."""
    for sheet in PdfDocument(pdf):
        words = sheet.get_textpage()
        for index in range(words.count_rects()):
            left, _, right, _ = words.get_rect(index)
            yield left, right


def structure(pdf):
    """Return the roles of the structure tree, in reading order."""
    roles = []

    def walk(node):
        if isinstance(node, pikepdf.Array):
            for kid in node:
                walk(kid)
        elif isinstance(node, pikepdf.Dictionary):
            roles.extend([str(node.S)] if "/S" in node else [])
            walk(node.get("/K"))

    walk(pdf.Root.StructTreeRoot)
    return roles


def test_it_claims_both_standards_and_has_what_they_ask_for(receipt):
    """PDF/A-3a and PDF/UA-1: identification, language, title shown, tags, colours, all fonts inside."""
    with pikepdf.open(io.BytesIO(page(receipt()))) as pdf:
        root = pdf.Root
        with pdf.open_metadata() as metadata:
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "A")
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"] == "Acuse de entrega CEU01-2026-000001"
        fonts = [font for sheet in pdf.pages for font in sheet.Resources.Font.values()]

        assert root.MarkInfo.Marked is True
        assert str(root.Lang) == "es"
        assert root.ViewerPreferences.DisplayDocTitle is True
        assert [str(intent.S) for intent in root.OutputIntents] == ["/GTS_PDFA1"]
        assert fonts
        for font in fonts:
            assert "/FontFile2" in font.DescendantFonts[0].FontDescriptor


def test_it_can_be_walked_by_headings_and_tables(receipt):
    """One title, a heading for each section, headers in both tables."""
    with pikepdf.open(io.BytesIO(page(receipt()))) as pdf:
        roles = structure(pdf)

    assert [role for role in roles if role in {"/H1", "/H2"}] == ["/H1", *["/H2"] * 5]
    assert roles.count("/Table") == 2
    assert roles.count("/TH") == 5


def test_a_part_in_another_language_says_so_to_the_screen_reader(receipt):
    """Galician is not read out as Spanish."""
    with pikepdf.open(io.BytesIO(page(receipt(), "es", "gl"))) as pdf:
        said = {
            str(one.Lang) for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/Lang" in one
        }

    assert {"es", "gl"} <= said


def test_the_manifest_is_attached(receipt):
    """Byte for byte, as data."""
    with pikepdf.open(io.BytesIO(page(receipt(), manifest=b'{"a": "\xc3\xb1"}'))) as pdf:
        assert pdf.attachments["manifest.json"].get_file().read_bytes() == b'{"a": "\xc3\xb1"}'
        assert [str(file.AFRelationship) for file in pdf.Root.AF] == ["/Data"]


def test_the_same_receipt_is_the_same_bytes(receipt):
    """Nothing of the moment of writing gets in."""
    assert page(receipt()) == page(receipt())


def test_sixty_files_with_long_names_are_all_there_within_the_margins(receipt):
    """Nothing is cut, and each digest can be copied without invisible marks in it."""
    files = tuple(Listed(f"{n:02d}_{LONG}", f"{n:064x}", n) for n in range(60))
    pdf = page(receipt(files=files))
    shown = text(pdf).replace("\r\n", "").replace("\n", "").replace("\u200b", "")

    for file in files:
        assert file.name in shown
        assert file.sha256 in shown
    assert all(left > 50 and right < 595 - 50 for left, right in sides(pdf))


@pytest.mark.parametrize(
    "name", ["中文.pdf", "😀.pdf", "a\x01b.pdf", "محمد.pdf", "\ufffe.pdf", "#set [x] $a$ *b*"]
)
def test_no_name_stops_a_receipt(receipt, name):
    """What no font can show is printed as its code; what looks like markup is text."""
    shown = text(page(receipt(files=(Listed(name, "c" * 64, 1),), name=name)))

    assert "c" * 32 in shown


def test_markup_in_a_name_is_only_text(receipt):
    """Nothing that comes in from outside is ever read as layout."""
    name = '#read("/etc/passwd") = Título'

    assert name in text(page(receipt(name=name))).replace("\r\n", " ").replace("\u200b", "")


def test_without_the_fonts_of_the_system_it_is_still_written(receipt, monkeypatch):
    """typst brings a family of its own; the page says the same."""
    monkeypatch.setattr(module, "_FONTS", ())
    module._fonts.cache_clear()
    shown = text(page(receipt()))
    module._fonts.cache_clear()

    assert "CEU01-2026-000001" in shown


def test_pages_are_numbered(receipt):
    """So that nobody takes a part for the whole."""
    files = tuple(Listed(f"{n}.pdf", "d" * 64, n) for n in range(60))
    pdf = page(receipt(files=files))
    count = len(PdfDocument(pdf))

    assert count > 1
    for number in itertools.islice(range(1, 99), count):
        assert f"página {number} de {count}" in text(pdf)
