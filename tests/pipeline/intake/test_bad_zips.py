"""ZIPs that lie, swell, hide or overlap: each is returned with the code of the contract."""

import datetime as dt
import io
import struct
import zipfile
import zlib
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.case import Returned
from pipeline.intake.receive import receive_path
from pipeline.intake.unpack import unpack
from pipeline.intake.zip_check import check
from pipeline.limits import Limits
from pipeline.reasons import reasons
from tests.pipeline.intake.forged import PAPER, Piece, descriptor, forge

A, B = Piece(name=b"a.pdf"), Piece(name=b"b.pdf")
LARGE = b"0" * (3 << 20)
LINK = Piece(name=b"a.pdf", data=b"/etc/passwd", method=0, attributes=0o120777 << 16)

BAD = {
    "cut short": (forge(A, B)[:-30], "corrupt"),
    "no end record": (b"PK\3\4" + bytes(80), "corrupt"),
    "climbs out": (forge(Piece(name=b"../a.pdf")), "zip-unsafe-name"),
    "climbs out the Windows way": (forge(Piece(name=b"x\\..\\..\\a.pdf")), "zip-unsafe-name"),
    "absolute": (forge(Piece(name=b"/etc/a.pdf")), "zip-unsafe-name"),
    "on a drive": (forge(Piece(name=b"C:\\a.pdf")), "zip-unsafe-name"),
    "NUL in the name": (forge(Piece(name=b"a.pdf\0.exe")), "zip-unsafe-name"),
    "newline in the name": (forge(Piece(name=b"a\n.pdf")), "zip-unsafe-name"),
    "right to left": (forge(Piece(name="a\u202efdp.exe".encode(), flags=0x800)), "zip-unsafe-name"),
    "no name": (forge(Piece(name=b"")), "zip-unsafe-name"),
    "a link": (forge(LINK), "zip-unsafe-name"),
    "three folders deep": (forge(Piece(name=b"1/2/3/a.pdf")), "zip-unsafe-name"),
    "same name twice": (forge(A, A), "zip-ambiguous"),
    "twins by case": (forge(A, Piece(name=b"A.PDF")), "zip-ambiguous"),
    "twins by Unicode form": (
        forge(
            Piece(name="\u00e1.pdf".encode(), flags=0x800), Piece(name="a\u0301.pdf".encode(), flags=0x800)
        ),
        "zip-ambiguous",
    ),
    "file and folder of one name": (forge(Piece(name=b"a"), Piece(name=b"a/b.pdf")), "zip-ambiguous"),
    "two names for one member": (forge(replace(A, local_name=b"z.pdf")), "zip-ambiguous"),
    "two sizes for one member": (forge(replace(A, local_size=5)), "zip-ambiguous"),
    "false UTF-8": (forge(Piece(name=b"\xff.pdf", flags=0x800)), "zip-ambiguous"),
    "second name in an extra field": (
        forge(
            Piece(
                name=b"a.pdf",
                flags=0x800,
                extra=struct.pack("<2HBL", 0x7075, 10, 1, zlib.crc32(b"a.pdf")) + b"b.pdf",
            )
        ),
        "zip-ambiguous",
    ),
    "data before": (forge(A, before=b"MZ program"), "zip-ambiguous"),
    "data after": (forge(A) + b"tail", "zip-ambiguous"),
    "data between": (forge(A, between=b"hidden"), "zip-ambiguous"),
    "two end records": (forge(A) + forge(B), "zip-ambiguous"),
    "end record in the comment": (forge(A, comment=forge(B)), "zip-ambiguous"),
    "more members declared": (forge(A, count=2), "zip-ambiguous"),
    "fewer members declared": (forge(A, B, count=1), "zip-ambiguous"),
    "false data descriptor": (
        forge(replace(A, flags=8, descriptor=b"PK\7\x08" + bytes(12))),
        "zip-ambiguous",
    ),
    "swells": (forge(Piece(data=LARGE)), "zip-bomb"),
    "stored with a false size": (forge(Piece(method=0, size=9)), "zip-bomb"),
    "too many": (forge(*(Piece(name=b"%d.pdf" % n) for n in range(201))), "too-many-files"),
    "a count that overflows": (forge(A, count=0xFFFF), "zip-ambiguous"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_zip_is_returned_with_its_code(taken, name):
    """Whatever is wrong with the structure, the code is one of the contract's and nothing is inflated."""
    data, code = BAD[name]

    assert taken("solicitud.zip", data).code == code


def test_overlapping_members_are_a_bomb():
    """The second member's packed bytes begin inside the first's: a few bytes would be read many times."""
    inner = Piece(name=b"b.pdf", data=b"0" * 50, method=0)
    outer = Piece(name=b"a.pdf", data=inner.local(), method=0)
    nested = replace(inner, at=len(outer.local()) - len(inner.local()))

    faults = check(forge(outer, nested), Limits()).faults

    assert "zip-bomb" in {fault.code for fault in faults}


@pytest.mark.parametrize(("size", "code"), [(-1, "zip-bomb"), (1, "zip-bomb")])
def test_a_false_size_is_found_while_inflating(taken, size, code):
    """Both headers agree on a size that the packed bytes do not have."""
    assert taken("a.zip", forge(replace(A, size=len(PAPER) + size))).code == code


def test_a_false_sum_makes_the_member_corrupt(taken):
    """The CRC of the only member is wrong, so nothing can be read."""
    assert taken("a.zip", forge(replace(A, crc=1))).code == "corrupt"


def test_a_false_sum_beside_a_sound_member_keeps_the_case(taken):
    """One bad member of an otherwise readable ZIP does not return the case."""
    members = taken("a.zip", forge(replace(A, crc=1), B)).members

    assert [(m.file, m.code) for m in members] == [("a.pdf", "corrupt"), ("b.pdf", None)]


@pytest.mark.parametrize("count", [200, 201])
def test_the_limit_on_members_is_exact(count):
    """Two hundred members are taken, one more is not."""
    pieces = (Piece(name=b"%d.pdf" % n, data=b"%PDF-", method=0) for n in range(count))

    assert bool(check(forge(*pieces), Limits()).faults) == (count > 200)


@pytest.mark.parametrize("mark", [b"PK\7\x08", b""])
def test_streamed_members_are_read(taken, mark):
    """macOS, Java and web portals write the numbers after the data, marked or not."""
    members = taken("portal.zip", forge(descriptor(A, mark=mark), descriptor(B, mark=mark))).members

    assert [m.code for m in members] == [None, None]


@pytest.mark.parametrize(
    ("raw", "flags", "name"),
    [
        (b"padr\xa2n\\a\xa4o.pdf", 0, "padrón/año.pdf"),
        ("padrón.pdf".encode("cp850"), 0, "padrón.pdf"),
        ("PADRÓN.pdf".encode("cp850"), 0, "PADRÓN.pdf"),
        ("padro\u0301n.pdf".encode(), 0, "padrón.pdf"),
        ("padrón.pdf".encode(), 0x800, "padrón.pdf"),
        (b"./a//b.pdf", 0, "a/b.pdf"),
    ],
)
def test_names_of_other_systems_are_read(taken, raw, flags, name):
    """Windows Explorer, macOS and portals each spell accents and folders in their own way."""
    assert [m.file for m in taken("a.zip", forge(Piece(name=raw, flags=flags))).members] == [name]


@pytest.mark.parametrize(("flags", "method", "code"), [(1, 8, "encrypted"), (0, 93, "unsupported-type")])
def test_a_zip_that_cannot_be_unpacked_is_returned(taken, flags, method, code):
    """A password, or a packing that is not read."""
    assert taken("a.zip", forge(Piece(flags=flags, method=method))).code == code


def test_encryption_prevails_over_a_bad_name(taken):
    """Of several codes the first of the contract's order is given."""
    assert taken("a.zip", forge(Piece(name=b"../a.pdf", flags=1))).code == "encrypted"


def test_an_end_record_inside_a_stored_zip_is_not_a_second_one(taken):
    """A ZIP kept whole inside another brings its own end record, honestly."""
    members = taken("a.zip", forge(Piece(name=b"justificante.zip", data=forge(A), method=0))).members

    assert [m.file for m in members] == ["justificante.zip/a.pdf"]


class Stream(io.BytesIO):
    """A place that cannot be gone back in, as a network connection."""

    def seekable(self):
        return False

    def tell(self):
        raise io.UnsupportedOperation


@pytest.mark.parametrize("wide", [False, True])
def test_zips_of_real_packers_are_read(taken, wide):
    """Streamed, with 64-bit sizes or without, with a comment and a folder of its own."""
    out = Stream()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = b"hecho en el portal"
        archive.mkdir("papeles")
        with archive.open("papeles/a.pdf", "w", force_zip64=wide) as member:
            member.write(PAPER)

    assert [(m.file, m.code) for m in taken("a.zip", out.getvalue()).members] == [("papeles/a.pdf", None)]


def test_a_zip64_end_record_is_read(monkeypatch, taken):
    """Packers that write it always, whatever the size."""
    monkeypatch.setattr(zipfile, "ZIP_FILECOUNT_LIMIT", 0)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.pdf", PAPER)
    data = out.getvalue()

    assert b"PK\6\6" in data
    assert [m.file for m in taken("a.zip", data).members] == ["a.pdf"]


SOUND = forge(A, descriptor(B), Piece(name=b"c/d.png", method=0, data=b"\x89PNG\r\n\x1a\n" + bytes(40)))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    at=st.integers(0, len(SOUND) - 1),
    new=st.binary(min_size=0, max_size=6),
    cut=st.integers(0, 8),
)
def test_no_damage_to_a_zip_escapes_the_closed_list(tmp_path_factory, at, new, cut):
    """Bytes changed, put in or taken out anywhere: papers, or a code, never an exception."""
    work = tmp_path_factory.mktemp("damaged")
    (work / "a.zip").write_bytes(SOUND[:at] + new + SOUND[at + cut :])
    (work / "members").mkdir()
    received = receive_path(
        work / "a.zip", filed_on=None, office=None, procedure=None, received_at=dt.datetime.now(dt.UTC)
    )

    case = unpack(received, work / "members", Limits())
    codes = {case.code} if isinstance(case, Returned) else {m.code for m in case.members}

    assert codes <= {None, *reasons()}
