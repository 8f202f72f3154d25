"""PDFs that loop, swell, lie, act or are cut, and some that only look odd."""

import zlib
from functools import partial

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tests.faults.inputs.case import DAMAGED, HARMLESS, Input, read, returned
from tests.faults.inputs.papers import (
    WAIT,
    WORDS,
    carrying,
    changed,
    deep_tree,
    drawing,
    filtered,
    form,
    in_font,
    laughing,
    line,
    locked,
    outlines,
    packed,
    page,
    pages_of,
    patterned,
    picture,
    pictured,
    revised,
    stream,
    with_root,
    xfa,
    zeros,
)

TYPE3 = (
    b"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[1 0 0 1 0 0]/FirstChar 97/LastChar 97"
    b"/Widths[9]/Encoding<</Differences[97/a]>>/CharProcs<</a 6 0 R>>/Resources<</Font<</F 5 0 R>>>>>>"
)
MASKED = b"<</ExtGState<</G<</SMask<</S/Luminosity/G 5 0 R>>>>>>>>"
STORED = b"/Type/ObjStm/N 1/First 4/Extends 5 0 R"
TILE = b"/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 9 9]/XStep %b/YStep %b/Resources%b"

LOOPS = {
    name: Input("a.pdf", make, HARMLESS)
    for name, make in (
        ("a tree of pages in itself", partial(pages_of, b"2 0 R", 1)),
        (
            "two trees of pages in each other",
            partial(pages_of, b"5 0 R", 1, b"<</Type/Pages/Kids[2 0 R]/Count 1>>"),
        ),
        ("three thousand levels of pages", partial(deep_tree, 3000)),
        ("an index before itself", partial(revised, None)),
        ("an index before the beginning", partial(revised, 0)),
        ("contents that begin with themselves", partial(outlines, 6, 6)),
        ("contents in a circle", partial(outlines, 5, 5)),
        ("a drawing of itself", lambda: drawing((b"/A Do /A Do /A Do", b"/A 5 0 R"))),
        ("drawings of each other", lambda: drawing((b"/B Do", b"/B 6 0 R"), (b"/A Do", b"/A 5 0 R"))),
        ("a length that is itself", lambda: page(b"<</Length 4 0 R>>stream\n%b\nendstream" % WORDS)),
        ("a reference to itself", lambda: page(resources=b" 5 0 R", objects=(b"5 0 R",))),
        ("a store of objects that extends itself", lambda: page(objects=(stream(b"9 0 null", STORED),))),
        (
            "a field that is its own parent",
            lambda: page(
                catalogue=b"/AcroForm<</Fields[5 0 R]>>",
                more=b"/Annots[5 0 R]",
                objects=(b"<</Subtype/Widget/FT/Tx/T(a)/Rect[0 0 9 9]/Parent 5 0 R/Kids[5 0 R]>>",),
            ),
        ),
        (
            "names in a circle",
            lambda: page(catalogue=b"/Names<</EmbeddedFiles 5 0 R>>", objects=(b"<</Kids[5 0 R 5 0 R]>>",)),
        ),
        (
            "a structure in a circle",
            lambda: page(
                catalogue=b"/StructTreeRoot 5 0 R",
                objects=(b"<</Type/StructTreeRoot/K 5 0 R/ParentTree 5 0 R>>",),
            ),
        ),
        (
            "a font of itself",
            lambda: in_font(
                b"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[5 0 R]>>"
            ),
        ),
        ("a letter that writes itself", lambda: in_font(TYPE3, stream(b"9 0 d0 BT /F 9 Tf (a) Tj ET"))),
        (
            "a pattern painted with itself",
            lambda: patterned(
                stream(b"/Pattern cs /P scn 0 0 9 9 re f", TILE % (b"9", b"9", b"<</Pattern<</P 5 0 R>>>>")),
                (),
            ),
        ),
        (
            "a mask that wears itself",
            lambda: page(
                b"/G gs 0 0 99 99 re f",
                resources=MASKED,
                objects=(
                    stream(
                        b"/G gs 0 0 99 99 re f",
                        b"/Subtype/Form/BBox[0 0 99 99]/Group<</S/Transparency>>/Resources" + MASKED,
                    ),
                ),
            ),
        ),
        ("an encryption of itself", lambda: line().replace(b"/Root 1 0 R", b"/Root 1 0 R/Encrypt 4 0 R")),
        ("a page that is its own parent", lambda: line().replace(b"/Parent 2 0 R", b"/Parent 3 0 R")),
        ("labels in a circle", lambda: page(catalogue=b"/PageLabels 5 0 R", objects=(b"<</Kids[5 0 R]>>",))),
    )
}

BOMBS = {
    name: Input("a.pdf", make, HARMLESS | {"too-large"})
    for name, make in (
        ("content of 300 MB", lambda: page(packed(zeros()))),
        ("content packed twice", lambda: filtered(b"[/FlateDecode/FlateDecode]", zlib.compress(zeros(), 9))),
        (
            "content in runs",
            lambda: filtered(b"[/FlateDecode/RunLengthDecode]", zlib.compress(b"\x81a" * (4 << 20))),
        ),
        ("content in LZW", lambda: filtered(b"[/FlateDecode/LZWDecode]", zlib.compress(zeros(), 9))),
        (
            "a filter a thousand times",
            lambda: filtered(b"[" + b"/FlateDecode" * 1000 + b"]", zlib.compress(WORDS)),
        ),
        ("ten million saved states", lambda: page(b"q " * 10_000_000)),
        (
            "strokes without end",
            lambda: page(b"".join(b"%d 0 m 9 %d l S\n" % (n, n) for n in range(999)) * 1000),
        ),
        ("a billion drawings", partial(laughing, 9)),
        (
            "three hundred levels of drawings",
            lambda: drawing(
                *((b"/A Do", b"/A %d 0 R" % (n + 6)) for n in range(300)), (b"0 0 9 9 re f", b"")
            ),
        ),
        (
            "a tile smaller than anything",
            lambda: patterned(stream(b"0 0 9 9 re f", TILE % (b"0.0001", b"0.0001", b"<<>>")), ()),
        ),
        (
            "letters by the hundred thousand",
            lambda: page(b"BT /F 1 Tf 9 9 Td " + b"(aaaaaaaaaa) Tj " * 21_000 + b"ET"),
        ),
        ("deep arrays", lambda: page(objects=(b"[" * 50_000 + b"]" * 50_000,))),
        ("deep dictionaries", lambda: page(objects=(b"<</A" * 50_000 + b"0" + b">>" * 50_000,))),
        ("deep arrays among the strokes", lambda: page(b"[" * 500_000)),
        ("a name of ten megabytes", lambda: page(objects=(b"/" + b"A" * 10_000_000,))),
        ("a string of ten megabytes", lambda: page(objects=(b"(" + b"A" * 10_000_000 + b")",))),
        ("a hundred thousand objects", lambda: page(objects=(b"null",) * 100_000)),
        (
            "a hundred thousand notes",
            lambda: page(
                more=b"/Annots[" + b"5 0 R " * 100_000 + b"]",
                objects=(b"<</Subtype/FreeText/Rect[0 0 9 9]>>",),
            ),
        ),
        (
            "a page told of a thousand times",
            lambda: page(more=b"/Annots[]").replace(
                b"/Contents 4 0 R", b"/Contents[" + b"4 0 R " * 20_000 + b"]"
            ),
        ),
        ("an index of a billion", lambda: line().replace(b"xref\n0 5", b"xref\n0 999999999")),
        ("metadata of 300 MB", lambda: page(catalogue=b"/Metadata 5 0 R", objects=(packed(zeros()),))),
        (
            "a carried file of 300 MB",
            lambda: page(
                catalogue=b"/Names<</EmbeddedFiles<</Names[(a)5 0 R]>>>>",
                objects=(b"<</Type/Filespec/F(a.txt)/EF<</F 6 0 R>>>>", packed(zeros())),
            ),
        ),
        (
            "a profile of 300 MB",
            lambda: page(
                b"/C cs 0.5 scn 0 0 9 9 re f",
                resources=b"<</ColorSpace<</C[/ICCBased 5 0 R]>>>>",
                objects=(packed(zeros(), b"/N 1"),),
            ),
        ),
        (
            "a table of letters without end",
            lambda: in_font(
                b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>",
                stream(b"1 beginbfrange <0000> <FFFFFFFF> <0041> endbfrange " * 1000),
            ),
        ),
        (
            "a function of functions",
            lambda: page(
                b"/S sh",
                resources=b"<</Shading<</S 5 0 R>>>>",
                objects=(
                    b"<</ShadingType 1/ColorSpace/DeviceGray/Matrix[999 0 0 999 0 0]/Function 6 0 R>>",
                    stream(
                        b"{" + b"dup mul " * 100_000 + b"}", b"/FunctionType 4/Domain[0 1 0 1]/Range[0 1]"
                    ),
                ),
            ),
        ),
    )
}

SIZES = {
    "a picture of 900 megapixels": returned("a.pdf", partial(picture, 30_000, 30_000), "image-too-large"),
    "a picture as wide as a street": returned("a.pdf", partial(picture, 2_000_000_000, 1), "image-too-large"),
    "a picture that does not fit the memory": Input(
        "a.pdf", partial(picture, 9_900, 9_900, bytes(1 << 20)), HARMLESS
    ),
    "a JPEG that lies about its size": Input(
        "a.pdf",
        partial(picture, 60_000, 100, b"\xff\xd8\xff\xc0\x00\x0b\x08\xff\xff\xff\xff\x01\x01\x11\x00"),
        frozenset({"image-too-large"}),
    ),
    "more pages than allowed": returned("a.pdf", partial(pages_of, b"3 0 R " * 501, 501), "too-many-pages"),
    "a hundred thousand pages": returned(
        "a.pdf", partial(pages_of, b"3 0 R " * 100_000, 100_000), "too-many-pages", "memory", "timeout"
    ),
    "a cut that leaves nothing": Input("a.pdf", lambda: page(more=b"/CropBox[900 900 999 999]"), DAMAGED),
    "more text than allowed": returned(
        "a.pdf", lambda: page(b"BT /F 1 Tf 9 9 Td " + b"(aaaaaaaaaa) Tj " * 21_000 + b"ET"), "too-large"
    ),
} | {
    f"a sheet of {box.decode()}": Input("a.pdf", partial(page, box=b"/MediaBox[%b]" % box), HARMLESS)
    for box in (
        b"0 0 0 0",
        b"0 0 1e9 1e9",
        b"0 0 -300 -100",
        b"0 0 1e-9 1e-9",
        b"0 0 nan inf",
        b"0 0 300",
        b"a b c d",
    )
}

ODD = {
    name: read("a.pdf", make)
    for name, make in (
        ("a small sound paper", line),
        ("a small form", form),
        ("a small paper with a picture", pictured),
        ("the version of a paper of 1993", lambda: page(head=b"%PDF-1.0\n")),
        ("a version that will never be", lambda: page(head=b"%PDF-9.9\n")),
        ("lines that end in CR and LF", lambda: page(head=b"%PDF-1.4\r\n%\xe2\xe3\xcf\xd3\r\n")),
        ("five bytes before", lambda: b"hola\n" + line()),
        ("a kilobyte before", lambda: b"x" * 1019 + line()),
        ("five kilobytes after", lambda: line() + b"x" * 5000),
        ("no mark of its end", lambda: line().replace(b"%%EOF\n", b"")),
        ("no index", lambda: line()[: line().rfind(b"xref\n0")]),
        ("an index that is elsewhere", lambda: line().replace(b"startxref\n", b"startxref\n9")),
        ("an index that is wrong by one", lambda: line().replace(b"xref\n0 5", b"xref\n1 5")),
        ("no first line", lambda: line()[9:]),
        ("pages that do not say so", lambda: line().replace(b"/Type/Page/", b"/")),
        ("names in numbers", lambda: line().replace(b"/Contents", b"/C#6fntents")),
        ("no list of fonts", lambda: page(resources=b"<<>>")),
        ("nothing on the page", lambda: page(b"")),
        ("a sheet turned upside down in numbers", lambda: page(box=b"/MediaBox[300 100 0 0]")),
        ("a poster", lambda: page(box=b"/MediaBox[0 0 14400 14400]")),
        ("a sheet in inches", lambda: page(more=b"/UserUnit 72")),
        ("a turn by an odd angle", lambda: page(more=b"/Rotate 45")),
        ("a turn a hundred times over", lambda: page(more=b"/Rotate 36090")),
        ("an owner's password", partial(locked, "", 40)),
        ("an owner's password of 128 bits", partial(locked, "")),
        (
            "an owner's password of AES",
            lambda: changed(
                line(), lambda _: None, encryption=pikepdf.Encryption(user="", owner="otra", R=6)
            ),
        ),
        ("a script", lambda: with_root(OpenAction=Dictionary(S=Name.JavaScript, JS=String("app.alert(1)")))),
        (
            "a program to be started",
            lambda: with_root(OpenAction=Dictionary(S=Name.Launch, F=String("a.exe"))),
        ),
        ("a carried program", partial(carrying, "a.exe", b"MZ\0")),
        ("a carried paper", lambda: carrying("a.pdf", line())),
        ("a form of XFA with fields", partial(xfa, (b"Nombre",), fields=True)),
        ("a ZIP behind a paper", lambda: line() + b"PK\5\6" + bytes(18)),
        ("two revisions", lambda: line() + line()[9:]),
        ("a thousand blank revisions", lambda: line() + b"startxref\n0\n%%EOF\n" * 1000),
        (
            "marks of language and structure",
            lambda: with_root(Lang=String("es"), MarkInfo=Dictionary(Marked=True)),
        ),
        ("an extension of somebody's own", lambda: with_root(Nadie=Array([1, 2, Dictionary(A=1)]))),
    )
}

CLOSED = {
    "a user's password": returned("a.pdf", partial(locked, "clave"), "encrypted"),
    "a user's password of 40 bits": returned("a.pdf", partial(locked, "clave", 40), "encrypted"),
    "a user's password of AES": returned(
        "a.pdf",
        lambda: changed(
            line(), lambda _: None, encryption=pikepdf.Encryption(user="clave", owner="otra", R=6)
        ),
        "encrypted",
    ),
    "a lock nobody knows": returned(
        "a.pdf",
        lambda: line().replace(b"/Root 1 0 R", b"/Root 1 0 R/Encrypt<</Filter/Nadie/V 9/R 9>>"),
        "encrypted",
        "corrupt",
    ),
    "a form of XFA that waits": returned("a.pdf", partial(xfa, WAIT, fields=False), "unsupported-type"),
    "a form of XFA that shows nothing": returned("a.pdf", partial(xfa, (), fields=False), "unsupported-type"),
    "two kilobytes before": returned("a.pdf", lambda: b"x" * 2048 + line(), "type-mismatch"),
    "a paper without pages": returned("a.pdf", partial(pages_of, b"", 0), "corrupt"),
    "a paper without a beginning": returned("a.pdf", lambda: b"%PDF-1.7\n%%EOF\n", "corrupt"),
    "a name and nothing else": returned("a.pdf", lambda: b"%PDF-", "corrupt"),
}


def cut(make, tenth):
    """Return the first tenths of a sound paper."""
    whole = make()
    return whole[: len(whole) * tenth // 10]


CUT = {
    f"{tenth} tenths of {what}": Input("a.pdf", partial(cut, make, tenth), DAMAGED)
    for tenth in range(1, 10)
    for what, make in (("a paper", line), ("a form", form), ("a paper with a picture", pictured))
}
