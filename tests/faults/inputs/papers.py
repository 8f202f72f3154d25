"""Makers of PDFs, written object by object, so that each can be made to lie."""

import io
import zlib
from functools import cache
from itertools import accumulate

import pikepdf
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

FONT = b"<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
WORDS = b"BT /F 12 Tf 20 60 Td (El secretario certifica que figura inscrita) Tj ET"
SMALL = b"/MediaBox[0 0 300 100]"


def raw(*objects, head=b"%PDF-1.7\n", size=None, root=1):
    """Return a PDF of *objects*, the first of which is the catalogue."""
    written = [b"%d 0 obj\n%b\nendobj\n" % (number, one) for number, one in enumerate(objects, 1)]
    places = accumulate((len(one) for one in written[:-1]), initial=len(head))
    out = head + b"".join(written)
    count = len(objects) + 1 if size is None else size
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    tail = b"trailer\n<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (count, root, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + tail


def stream(data, more=b""):
    """Return a stream object of *data*, packed."""
    return packed(zlib.compress(data, 9), more)


def packed(body, more=b""):
    """Return a stream object of what is packed already."""
    return b"<</Filter/FlateDecode%b/Length %d>>stream\n%b\nendstream" % (more, len(body), body)


@cache
def zeros():
    """Return 300 MB of zeros, packed to 300 kB, and never held unpacked."""
    squeeze = zlib.compressobj(9)
    return b"".join(squeeze.compress(bytes(1 << 20)) for _ in range(300)) + squeeze.flush()


def page(
    content=WORDS, *, resources=FONT, box=SMALL, more=b"", catalogue=b"", objects=(), head=b"%PDF-1.7\n"
):
    """Return a PDF of one page; *objects* count from 5."""
    return raw(
        b"<</Type/Catalog/Pages 2 0 R%b>>" % catalogue,
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R%b/Contents 4 0 R/Resources%b%b>>" % (box, resources, more),
        content if content.startswith(b"<<") else stream(content),
        *objects,
        head=head,
    )


@cache
def line():
    """Return a small sound paper."""
    return page()


@cache
def form():
    """Return a small form with a filled field, its objects packed together."""
    return changed(
        page(
            catalogue=b"/AcroForm<</Fields[5 0 R]/DR<</Font<</F 6 0 R>>>>/DA(/F 9 Tf)>>",
            more=b"/Annots[5 0 R]",
            objects=(
                b"<</Subtype/Widget/FT/Tx/T(nombre)/V(Yasmine)/Rect[20 20 120 40]/P 3 0 R>>",
                b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            ),
        ),
        lambda _: None,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
    )


@cache
def pictured():
    """Return a small paper with a picture on it."""
    out, image = io.BytesIO(), Image.linear_gradient("L").resize((60, 30))
    sheet = Canvas(out, pagesize=(300, 100), invariant=1)
    sheet.drawString(20, 60, "El secretario certifica que figura inscrita")
    sheet.drawInlineImage(image, 200, 10)
    sheet.save()
    return out.getvalue()


@cache
def locked(user, strength=128):
    """Return a paper with the password *user* to be seen, and another to be changed."""
    out = io.BytesIO()
    lock = StandardEncryption(user, ownerPassword="otra", strength=strength)
    sheet = Canvas(out, pagesize=(300, 100), encrypt=lock)
    sheet.drawString(20, 60, "El secretario certifica que figura inscrita")
    sheet.save()
    return out.getvalue()


def changed(data, change, **options):
    """Return the PDF after *change*."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as opened:
        change(opened)
        opened.save(out, **options)
    return out.getvalue()


def with_root(**entries):
    """Return the small paper with these entries in its catalogue."""

    def change(opened):
        for key, value in entries.items():
            opened.Root[f"/{key}"] = value

    return changed(line(), change)


def carrying(name, data):
    """Return the small paper with a file inside."""

    def change(opened):
        opened.attachments[name] = data

    return changed(line(), change)


def xfa(shown, *, fields):
    """Return a form of XFA that shows *shown* to a program that does not know such forms."""
    widget = b"<</Subtype/Widget/FT/Tx/T(a)/Rect[20 20 120 40]/P 3 0 R>>"
    return page(
        b"BT /F 10 Tf 10 80 Td 12 TL " + b"".join(b"(%b) Tj T* " % one for one in shown) + b"ET",
        catalogue=b"/AcroForm<</Fields[%b]/XFA 5 0 R>>" % (b"6 0 R" if fields else b""),
        more=b"/Annots[6 0 R]" if fields else b"",
        objects=(stream(b"<xdp:xdp/>"), widget),
    )


WAIT = (
    b"Please wait...",
    b"If this message is not eventually replaced by the proper contents of the document, your PDF",
    b"viewer may not be able to display this type of document. You can upgrade to the latest version",
    b"of Adobe Reader for Windows, Mac, or Linux by visiting http://www.adobe.com/go/reader_download.",
)


def pages_of(kids, count, *more):
    """Return a PDF whose tree of pages has these *kids*."""
    tree = b"<</Type/Pages/Kids[%b]/Count %d>>" % (kids, count)
    leaf = b"<</Type/Page/Parent 2 0 R%b/Contents 4 0 R/Resources%b>>" % (SMALL, FONT)
    return raw(b"<</Type/Catalog/Pages 2 0 R>>", tree, leaf, stream(WORDS), *more)


def deep_tree(levels):
    """Return a tree of pages of so many levels."""
    middle = (b"<</Type/Pages/Parent 2 0 R/Count 1/Kids[%d 0 R]>>" % (n + 6) for n in range(levels - 1))
    return pages_of(b"5 0 R", 1, *middle, b"<</Type/Pages/Count 1/Kids[3 0 R]>>")


def revised(previous):
    """Return a paper whose index names *previous*, or itself where None, as the one before it."""
    whole = line()
    at = int(whole[whole.rfind(b"startxref") + 9 : whole.rfind(b"%%EOF")])
    return whole.replace(b"/Size 5", b"/Size 5/Prev %d" % (at if previous is None else previous))


def outlines(first, after):
    """Return a paper with a table of contents whose entries lead to *first* and *after*."""
    entry = b"<</Title(a)/Parent 5 0 R/First %d 0 R/Next %d 0 R>>" % (first, after)
    top = b"<</Type/Outlines/First 6 0 R/Last 6 0 R/Count 1>>"
    return page(catalogue=b"/Outlines 5 0 R", objects=(top, entry))


def drawing(*forms):
    """Return a page that draws the form 5 0 R; each of *forms* is (what it draws, objects it knows)."""
    kind = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<<%b>>>>"
    made = (stream(draws, kind % knows) for draws, knows in forms)
    return page(b"/A Do", resources=b"<</XObject<</A 5 0 R>>>>", objects=tuple(made))


def laughing(levels):
    """Return a form that draws another ten times, which draws another ten times, and so on."""
    chain = [(b"/A Do " * 10, b"/A %d 0 R" % (n + 6)) for n in range(levels)]
    return drawing(*chain, (b"0 0 9 9 re f", b""))


def picture(columns, rows, data=b"0", more=b""):
    """Return a page with a picture that says it has so many pixels."""
    kind = b"/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8/ColorSpace/DeviceGray%b"
    image = stream(data, kind % (columns, rows, more))
    return page(b"300 0 0 100 0 0 cm /I Do", resources=b"<</XObject<</I 5 0 R>>>>", objects=(image,))


def filtered(name, data):
    """Return a page whose content is packed by the filter *name*."""
    return page(b"<</Filter%b/Length %d>>stream\n%b\nendstream" % (name, len(data), data))


def patterned(kind, objects):
    """Return a page painted with the pattern 5 0 R."""
    resources = b"<</Pattern<</P 5 0 R>>>>"
    return page(b"/Pattern cs /P scn 0 0 300 100 re f", resources=resources, objects=(kind, *objects))


def in_font(font, *objects):
    """Return a page written in the font 5 0 R."""
    return page(
        b"BT /F 12 Tf 20 60 Td (aaaa) Tj ET", resources=b"<</Font<</F 5 0 R>>>>", objects=(font, *objects)
    )
