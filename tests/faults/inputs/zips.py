"""Packages that lie, swell, hide or overlap, and those of real packers that only look odd."""

import io
import random
import struct
import zipfile
import zlib
from dataclasses import replace
from functools import partial

from tests.faults.inputs.case import DAMAGED, Input, read, returned
from tests.faults.inputs.papers import line
from tests.pipeline.intake.forged import Piece, deflated, descriptor, forge

ZEROS = bytes(1000 << 10)
"""What each member of a bomb unpacks to, at least: less than the limit on the ratio looks at."""
MIXED = random.Random(1).randbytes(18 << 10) + bytes(1600 << 10)
"""What packs well, but not suspiciously well."""
MEMBERS = 190


def paper(name=b"a.pdf", **changed):
    """Return a sound member, with some of its numbers changed."""
    return Piece(name=name, data=line(), **changed)


def overlapping():
    """Return one packed megabyte that every entry points at: 15 kB that unpack to 190 MiB."""
    kernel = Piece(name=b"a.pdf", data=ZEROS)
    return forge(kernel, *(replace(kernel, at=0, name=b"a.pdf") for _ in range(MEMBERS - 1)))


def quoting():
    """Return the same with a name for each: every member quotes the next one's header (Fifield 2019)."""
    packed = deflated(ZEROS)
    whole, crc, size = ZEROS, zlib.crc32(ZEROS), len(ZEROS)
    told = []
    for number in range(MEMBERS - 1, -1, -1):
        name = b"%03d.pdf" % number
        head = (
            struct.pack("<4s5H3L2H", b"PK\3\4", 20, 0, 8, 0, 33, crc, len(packed), size, len(name), 0) + name
        )
        told.insert(0, (name, crc, len(packed), size, len(head)))
        body = head + packed
        packed = struct.pack("<BHH", 0, len(head), len(head) ^ 0xFFFF) + body
        whole, size = head + whole, size + len(head)
        crc = zlib.crc32(whole)
    return _quoted(body, told)


def _quoted(body, told):
    """Return *body* with a directory of the members *told*, each of which begins inside the one before."""
    directory, offset = b"", 0
    for name, crc, packed, size, head in told:
        directory += struct.pack(
            "<4s2B5H3L5H2L", b"PK\1\2", 20, 3, 20, 0, 8, 0, 33, crc, packed, size, len(name),
            0, 0, 0, 0, 0, offset,
        )  # fmt: skip
        directory += name
        offset += head + 5
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, len(told), len(told), len(directory), len(body), 0)
    return body + directory + end


def nested(levels):
    """Return a ZIP in a ZIP, so many times."""
    data = forge(paper())
    for _ in range(levels):
        data = forge(Piece(name=b"b.zip", data=data))
    return data


def unicode_path(raw, other):
    """Return the extra field that gives the member called *raw* the name *other*."""
    return struct.pack("<2HBL", 0x7075, 5 + len(other), 1, zlib.crc32(raw)) + other


def wide(piece, **numbers):
    """Return *piece* with a zip64 field that nobody needs."""
    field = struct.pack("<2H2Q", 1, 16, numbers.get("size", len(piece.data)), len(piece.packed()))
    return replace(piece, extra=field, local_extra=field, size=0xFFFFFFFF)


def python(streamed):
    """Return a package of Python's own packer, onto a disk or into a network connection."""
    out = io.BytesIO()
    target = _OneWay(out) if streamed else out
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = b"hecho en el portal"
        archive.mkdir("papeles")
        archive.writestr("papeles/padrón.pdf", line())
    return out.getvalue()


class _OneWay(io.RawIOBase):
    """A place that cannot be gone back in."""

    def __init__(self, out):
        self._out = out

    def writable(self):
        return True

    def write(self, data):
        return self._out.write(data)


TIMES = struct.pack("<2HBL", 0x5455, 5, 1, 1_700_000_000)
OWNER = struct.pack("<2HBBLBL", 0x7875, 11, 1, 4, 501, 4, 20)
NTFS = struct.pack("<2HL2H3Q", 0x000A, 32, 0, 1, 24, 0, 0, 0)
JAVA = struct.pack("<2H", 0xCAFE, 0)
MAC = descriptor(paper("papeles/padro\u0301n.pdf".encode(), extra=TIMES + OWNER, local_extra=TIMES + OWNER))
RESOURCE = descriptor(Piece(name=b"__MACOSX/papeles/._padron.pdf", data=b"\0\5\x16\7" + bytes(120)))

ODD = {
    "Windows Explorer": read("a.zip", lambda: forge(paper(b"papeles/padr\xa2n.pdf", system=0, extra=NTFS))),
    "Windows in Spanish": read("a.zip", lambda: forge(paper("PADRÓN.pdf".encode("cp850"), system=0))),
    "backslashes of .NET": read("a.zip", lambda: forge(paper(b"papeles\\a.pdf", system=0))),
    "macOS": read("a.zip", lambda: forge(MAC, RESOURCE)),
    "Java": read(
        "a.zip",
        lambda: forge(
            descriptor(Piece(name=b"papeles/", data=b"", flags=0x800, extra=JAVA)),
            descriptor(paper("papeles/año.pdf".encode(), flags=0x800)),
        ),
    ),
    "descriptor without its mark": read("a.zip", lambda: forge(descriptor(paper(), mark=b""))),
    "Python": read("a.zip", partial(python, streamed=False)),
    "Python, streamed": read("a.zip", partial(python, streamed=True)),
    "zip64 where nobody needs it": read("a.zip", lambda: forge(wide(paper()))),
    "a path in Unicode that is its name": read(
        "a.zip", lambda: forge(paper(flags=0x800, extra=unicode_path(b"a.pdf", b"a.pdf")))
    ),
    "a path in Unicode beside cp437": read(
        "a.zip",
        lambda: forge(paper(b"a\xa4o.pdf", extra=unicode_path(b"a\xa4o.pdf", "año.pdf".encode()))),
    ),
    "a comment": read("a.zip", lambda: forge(paper(), comment=b"portal")),
    "bytes nobody asked for in an extra field": read("a.zip", lambda: forge(paper(extra=b"\0\0\0"))),
    "a stored member": read("a.zip", lambda: forge(paper(method=0))),
    "a name that Windows keeps for itself": read("a.zip", lambda: forge(paper(b"CON.pdf"))),
    "a file from a pipe": read("a.zip", lambda: forge(paper(b"-", attributes=0o010600 << 16))),
    "a ZIP that is called PDF": read("a.pdf", lambda: forge(paper())),
    "one ZIP inside": read("a.zip", partial(nested, 1)),
    "a bad member beside a good one": read("a.zip", lambda: forge(paper(), paper(b"b.pdf", crc=1))),
    "a program beside a paper": read("a.zip", lambda: forge(paper(), Piece(name=b"b.exe", data=b"MZ\0"))),
}

BOMBS = {
    "members that overlap": returned("a.zip", overlapping, "zip-ambiguous", "zip-bomb"),
    "members that quote each other": returned("a.zip", quoting, "zip-bomb"),
    "a member that swells": returned("a.zip", lambda: forge(Piece(data=bytes(3 << 20))), "zip-bomb"),
    "a size too small": returned("a.zip", lambda: forge(paper(size=9)), "zip-bomb"),
    "a size too large": returned("a.zip", lambda: forge(paper(size=9999)), "zip-bomb"),
    "a stored size that lies": returned("a.zip", lambda: forge(paper(method=0, size=9)), "zip-bomb"),
    "four gigabytes declared": returned(
        "a.zip", lambda: forge(wide(paper(), size=4 << 30)), "zip-bomb", "too-large", "zip-ambiguous"
    ),
    "more than may be unpacked": returned(
        "a.zip", lambda: forge(*(Piece(name=b"%d.pdf" % n, data=MIXED) for n in range(195))), "too-large"
    ),
    "too many members": returned(
        "a.zip", lambda: forge(*(Piece(name=b"%d.pdf" % n, method=0) for n in range(201))), "too-many-files"
    ),
    "too many folders": returned(
        "a.zip",
        lambda: forge(*(Piece(name=b"%d/" % n, data=b"", method=0) for n in range(2001))),
        "too-many-files",
    ),
    "a ZIP in a ZIP in a ZIP": returned("a.zip", partial(nested, 2), "zip-nested"),
    "ten levels of ZIP": returned("a.zip", partial(nested, 10), "zip-nested"),
    "a bomb one level down": returned(
        "a.zip",
        lambda: forge(paper(), Piece(name=b"b.zip", data=overlapping(), method=0)),
        "zip-ambiguous",
        "zip-bomb",
    ),
}

NAMES = {
    name: returned("a.zip", partial(forge, paper(raw, flags=flags)), "zip-unsafe-name")
    for name, raw, flags in (
        ("climbs out", b"../a.pdf", 0),
        ("climbs out from within", b"x/../../a.pdf", 0),
        ("climbs out the Windows way", b"..\\a.pdf", 0),
        ("climbs out with blanks", b".. /a.pdf", 0),
        ("from the root", b"/etc/a.pdf", 0),
        ("from a drive", b"C:a.pdf", 0),
        ("from a share", b"\\\\server\\a.pdf", 0),
        ("NUL in the name", b"a.pdf\0.exe", 0),
        ("a line break in the name", b"a\n.pdf", 0),
        ("a terminal's escape in the name", b"\x1b[2Ja.pdf", 0),
        ("read from right to left", "a\u202efdp.exe".encode(), 0x800),
        ("a name without end", b"a" * 1025 + b".pdf", 0),
        ("three folders deep", b"1/2/3/a.pdf", 0),
        ("no name", b"", 0),
    )
} | {
    name: returned("a.zip", partial(forge, paper(attributes=kind << 16)), "zip-unsafe-name")
    for name, kind in (("a link", 0o120777), ("a device", 0o060600), ("a socket", 0o140600))
}

AMBIGUOUS = {
    name: returned("a.zip", make, "zip-ambiguous")
    for name, make in (
        ("the same name twice", lambda: forge(paper(), paper())),
        ("twins by case", lambda: forge(paper(), paper(b"A.PDF"))),
        ("twins by Unicode", lambda: forge(paper("\u00e1.pdf".encode()), paper("a\u0301.pdf".encode()))),
        ("a file that is a folder", lambda: forge(paper(b"a"), paper(b"a/b.pdf"))),
        ("a folder with bytes", lambda: forge(paper(b"a/"))),
        ("two names for a member", lambda: forge(paper(local_name=b"b.pdf"))),
        ("two sizes for a member", lambda: forge(paper(local_size=5))),
        ("a path in Unicode that is another", lambda: forge(paper(extra=unicode_path(b"a.pdf", b"b.pdf")))),
        ("a false descriptor", lambda: forge(paper(flags=8, descriptor=b"PK\7\x08" + bytes(12)))),
        ("no descriptor", lambda: forge(paper(flags=8, descriptor=b""))),
        ("bytes before", lambda: forge(paper(), before=b"MZ")),
        ("bytes between", lambda: forge(paper(), between=b"hidden")),
        ("bytes after", lambda: forge(paper(), after=b"tail")),
        ("two end records", lambda: forge(paper()) + forge(paper(b"b.pdf"))),
        ("an end record in the comment", lambda: forge(paper(), comment=forge(paper(b"b.pdf")))),
        ("a member that is not listed", lambda: forge(paper(), paper(b"b.pdf"), count=1)),
        ("a member that is not there", lambda: forge(paper(), count=2)),
        ("a count that overflows", lambda: forge(paper(), count=0xFFFF)),
        ("false UTF-8", lambda: forge(paper(b"\xff.pdf", flags=0x800))),
    )
}

CLOSED = {
    "a password": returned("a.zip", lambda: forge(paper(flags=1)), "encrypted"),
    "a password of AES": returned("a.zip", lambda: forge(paper(flags=1, method=99)), "encrypted"),
    "an encrypted directory": returned("a.zip", lambda: forge(paper(flags=0x2041)), "encrypted"),
} | {
    f"packed by method {method}": returned("a.zip", partial(forge, paper(method=method)), "unsupported-type")
    for method in (1, 6, 9, 12, 14, 93, 95, 98)
}

KINDS = {
    name: returned(f"a{ending}", partial(bytes, data), code)
    for name, ending, data, code in (
        ("nothing", ".zip", b"", "empty"),
        ("a ZIP of nothing", ".zip", b"PK\5\6" + bytes(18), "empty"),
        ("RAR", ".rar", b"Rar!\x1a\7\1\0" + bytes(60), "unsupported-type"),
        ("RAR that is called ZIP", ".zip", b"Rar!\x1a\7\1\0" + bytes(60), "type-mismatch"),
        ("7z", ".7z", b"7z\xbc\xaf\x27\x1c\0\4" + bytes(60), "unsupported-type"),
        ("gzip", ".tgz", b"\x1f\x8b\x08" + bytes(60), "unsupported-type"),
        ("xz", ".xz", b"\xfd7zXZ\0" + bytes(60), "unsupported-type"),
        ("bzip2", ".bz2", b"BZh91AY&SY" + bytes(60), "unsupported-type"),
        ("tar", ".tar", b"a.pdf".ljust(257, b"\0") + b"ustar\x0000" + bytes(300), "unsupported-type"),
        ("a program called PDF", ".pdf", b"MZ\x90\0" + bytes(200), "type-mismatch"),
        ("a page of the web", ".html", b"<!doctype html><script>alert(1)</script>", "unsupported-type"),
        ("a letter in text", ".txt", b"hola", "unsupported-type"),
        ("a letter of Word", ".doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "unsupported-type"),
    )
} | {
    "a letter of Word in a ZIP's clothes": returned(
        "a.docx", lambda: forge(Piece(name=b"[Content_Types].xml", data=b"<a/>")), "unsupported-type"
    ),
    "nothing but a text": returned(
        "a.zip", lambda: forge(Piece(name=b"nota.txt", data=b"hola")), "no-documents"
    ),
    "nothing but a system's files": returned(
        "a.zip", lambda: forge(Piece(name=b"Thumbs.db", data=b"x"), RESOURCE), "no-documents"
    ),
    "nothing but folders": returned(
        "a.zip", lambda: forge(Piece(name=b"a/", data=b"", method=0)), "no-documents"
    ),
    "a sum that is wrong": returned("a.zip", lambda: forge(paper(crc=1)), "corrupt"),
    "packed bytes that are none": returned(
        "a.zip",
        lambda: (
            forge(replace(paper(), method=0))
            .replace(b"PK\3\4\x14\0\0\0\0", b"PK\3\4\x14\0\0\0\x08")
            .replace(b"PK\1\2\x14\3\x14\0\0\0\0", b"PK\1\2\x14\3\x14\0\0\0\x08")
        ),
        "corrupt",
    ),
}


def cut(tenth):
    """Return the first tenths of a sound package."""
    whole = forge(paper(), paper(b"b.pdf"))
    return whole[: len(whole) * tenth // 10]


CUT = {
    f"{tenth} tenths of a package": Input("a.zip", partial(cut, tenth), DAMAGED - {"read"})
    for tenth in range(1, 10)
}
