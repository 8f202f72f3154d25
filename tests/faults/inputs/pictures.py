"""Pictures that lie about their size, loop, swell or are cut, and some that only look odd."""

import io
import struct
import zlib
from functools import cache, partial

from PIL import Image, PngImagePlugin

from tests.faults.inputs.case import DAMAGED, HARMLESS, Input, read, returned
from tests.faults.inputs.papers import zeros

FORMS = {"JPEG": ".jpg", "PNG": ".png", "TIFF": ".tif"}


@cache
def saved(form, mode="L", size=(60, 30), **options):
    """Return a picture of a soft grey, on which there is nothing to be read."""
    out = io.BytesIO()
    Image.linear_gradient("L").resize(size).point(lambda v: 200 + v // 8).convert(mode).save(
        out, form, **options
    )
    return out.getvalue()


def chunk(kind, data):
    """Return one chunk of a PNG."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(columns, rows, *more, depth=8, pixels=b""):
    """Return a PNG that says it is so large, with chunks of *more* before what pixels it has."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", columns, rows, depth, 0, 0, 0, 0))
    parts = (head, *more, chunk(b"IDAT", zlib.compress(pixels, 9)), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def tiff(columns, rows, *, after=0, strips=1, length=1):
    """Return a TIFF of one directory that says the next one stands at *after*."""
    tags = (
        (256, 4, 1, columns), (257, 4, 1, rows), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1),
        (273, 4, strips, 8), (277, 3, 1, 1), (278, 4, 1, rows), (279, 4, strips, length),
    )  # fmt: skip
    body = b"".join(struct.pack("<HHII", *tag) for tag in tags)
    return b"II*\0" + struct.pack("<I", 8) + struct.pack("<H", len(tags)) + body + struct.pack("<I", after)


def frames(count):
    """Return a TIFF of so many pages."""
    page = Image.new("L", (8, 8), 255)
    out = io.BytesIO()
    page.save(out, "TIFF", save_all=True, append_images=[page] * (count - 1))
    return out.getvalue()


def resized(data, columns, rows):
    """Return the JPEG with another size written into its header."""
    at = data.index(b"\xff\xc0") + 5
    return data[:at] + struct.pack(">HH", rows, columns) + data[at + 4 :]


def told(text):
    """Return a PNG with a packed text inside."""
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", text, zip=True)
    return saved.__wrapped__("PNG", pnginfo=info)


def turned(orientation):
    """Return a JPEG that says how it was held."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    return saved.__wrapped__("JPEG", exif=exif)


BAD = {
    "a PNG of 900 megapixels": returned("a.png", partial(png, 30_000, 30_000), "image-too-large"),
    "a PNG as wide as can be told": returned("a.png", partial(png, 2**31 - 1, 1), "image-too-large"),
    "a PNG one pixel over the limit": returned("a.png", partial(png, 10_001, 10_000), "image-too-large"),
    "a PNG of nothing": returned("a.png", partial(png, 0, 0), "corrupt"),
    "a PNG without its pixels": returned("a.png", partial(png, 9_000, 9_000), "corrupt", "memory"),
    "a PNG of more pixels than it says": Input("a.png", partial(png, 8, 8, pixels=bytes(1 << 20)), DAMAGED),
    "a PNG of 95 megapixels in 90 kB": Input(
        "a.png", lambda: png(9_700, 9_700, pixels=bytes(9_701 * 9_700)), HARMLESS
    ),
    "a PNG of a depth that is none": returned("a.png", partial(png, 8, 8, depth=99), "corrupt"),
    "a PNG with a wrong sum": Input(
        "a.png", lambda: png(8, 8, pixels=bytes(72)).replace(b"IDAT", b"IDAT", 1)[:-20] + bytes(20), DAMAGED
    ),
    "a PNG with a text of 300 MB": Input(
        "a.png", lambda: png(8, 8, chunk(b"zTXt", b"a\0\0" + zeros())), HARMLESS
    ),
    "a PNG with a profile of 300 MB": Input(
        "a.png", lambda: png(8, 8, chunk(b"iCCP", b"a\0\0" + zeros())), HARMLESS
    ),
    "a JPEG that says it is the largest there is": returned(
        "a.jpg", lambda: resized(saved("JPEG"), 65_535, 65_535), "image-too-large"
    ),
    "a JPEG that says it is larger": Input("a.jpg", lambda: resized(saved("JPEG"), 9_000, 9_000), HARMLESS),
    "a JPEG of nothing": returned("a.jpg", lambda: resized(saved("JPEG"), 0, 0), "corrupt"),
    "a JPEG of a beginning": returned("a.jpg", lambda: b"\xff\xd8\xff", "corrupt"),
    "a TIFF whose next page is itself": Input("a.tif", partial(tiff, 8, 8, after=8), HARMLESS),
    "a TIFF of four gigabytes": returned("a.tif", partial(tiff, 60_000, 60_000), "image-too-large"),
    "a TIFF of strips without end": Input("a.tif", partial(tiff, 8, 8, strips=2**31), HARMLESS),
    "a TIFF of a strip that is not there": returned(
        "a.tif", partial(tiff, 99, 99, length=2**31), "corrupt", "memory"
    ),
    "a TIFF of too many pages": returned("a.tif", partial(frames, 501), "too-many-pages"),
    "a TIFF of a beginning": returned("a.tif", lambda: b"II*\0", "corrupt"),
    "a GIF": returned("a.gif", lambda: b"GIF89a" + bytes(100), "unsupported-type"),
    "a GIF that is called JPEG": returned("a.jpg", lambda: b"GIF89a" + bytes(100), "type-mismatch"),
    "a WebP": returned("a.webp", lambda: b"RIFF\x24\0\0\0WEBPVP8 " + bytes(30), "unsupported-type"),
    "a picture of a telephone": returned(
        "a.heic", lambda: b"\0\0\0\x18ftypheic" + bytes(40), "unsupported-type"
    ),
    "a drawing for the web": returned("a.svg", lambda: b"<svg onload='alert(1)'/>", "unsupported-type"),
    "a bitmap": returned("a.bmp", lambda: b"BM" + bytes(60), "unsupported-type"),
}

ODD = {
    **{f"a sound {form}": read(f"a{ending}", partial(saved, form)) for form, ending in FORMS.items()},
    "a JPEG that loads step by step": read("a.jpg", partial(saved, "JPEG", progressive=True)),
    "a JPEG for printers": read("a.jpg", partial(saved, "JPEG", "CMYK")),
    "a JPEG held sideways": read("a.jpg", partial(turned, 6)),
    "a JPEG held in no known way": read("a.jpg", partial(turned, 99)),
    "a PNG of two colours": read("a.png", partial(saved, "PNG", "1")),
    "a PNG that is transparent": read("a.png", partial(saved, "PNG", "RGBA")),
    "a PNG of a palette": read("a.png", partial(saved, "PNG", "P")),
    "a PNG with a text": read("a.png", partial(told, "hola")),
    "a TIFF of a fax": read("a.tif", partial(saved, "TIFF", "1", compression="group4")),
    "a TIFF in LZW": read("a.tif", partial(saved, "TIFF", compression="tiff_lzw")),
    "a picture of one pixel": read("a.png", partial(saved, "PNG", size=(1, 1))),
    "a picture as narrow as a thread": read("a.png", partial(saved, "PNG", size=(1, 2000))),
    "a PNG that is called JPEG": read("a.jpg", partial(saved, "PNG")),
    "a JPEG that is a PDF too": read("a.jpg", partial(saved, "JPEG", comment=b"%PDF-1.7\n")),
}


def cut(form, tenth):
    """Return the first tenths of a sound picture."""
    whole = saved(form)
    return whole[: len(whole) * tenth // 10]


CUT = {
    f"{tenth} tenths of a {form}": Input(f"a{ending}", partial(cut, form, tenth), DAMAGED)
    for tenth in range(1, 10)
    for form, ending in FORMS.items()
}
