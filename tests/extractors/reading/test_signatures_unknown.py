"""Signatures that cannot be followed, giving up in time, and answers that come out of the sandbox."""

import io
import json
import subprocess
import sys
import tempfile
from dataclasses import astuple
from pathlib import Path

import pikepdf
import pytest
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner

from extractors import wire
from extractors.bounds import Bounds
from extractors.document import Signature
from extractors.reader import read_file
from extractors.reading.apart.sandbox import Sandbox
from extractors.reading.files import signatures as module
from extractors.reading.files.signatures import signatures
from tests.extractors.reading.signing import Authority, answers, paper, sign


@pytest.fixture(scope="module")
def authority():
    return Authority()


@pytest.fixture(scope="module")
def ana(authority):
    return authority.person()


def test_a_paper_without_signatures_does_not_load_the_library():
    """Half a second for every paper would be too much."""
    code = (
        "import sys; from extractors.reading.files.signatures import signatures\n"
        "assert signatures(b'%PDF-1.7 nothing signed') == ()\n"
        "sys.exit('pyhanko' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_what_cannot_be_followed_is_unknown():
    """Bytes that only look like a signature."""
    assert signatures(b"%PDF-1.7\n/ByteRange [0 1 2 3]\n%%EOF") == (Signature(),)


def test_it_gives_up_in_time(ana, monkeypatch):
    """A file made to keep it busy costs its seconds and no more; what was not answered is unknown."""
    from extractors.reading.files import signed

    def forever(*_):
        while True:
            pass

    monkeypatch.setattr(module, "_CPU_SECONDS", 0.05)
    monkeypatch.setattr(signed, "_judged", forever)

    assert signatures(sign(paper(), ana)) == (Signature(),)


def test_what_was_answered_before_it_gave_up_is_kept(authority, ana, monkeypatch):
    """One signature that costs too much does not hide the one before it."""
    from extractors.reading.files import signed

    data = sign(sign(paper(), ana), authority.person("Eva Prueba"), "Firma2")
    judge = signed._judged

    def slow(one, *rest):
        while one.field_name == "Firma2":
            pass
        return judge(one, *rest)

    signatures(data)
    monkeypatch.setattr(module, "_CPU_SECONDS", 2)
    monkeypatch.setattr(signed, "_judged", slow)

    assert [one.signer for one in signatures(data)] == ["Ana Prueba", ""]


def test_an_encrypted_paper_that_opens_without_password_is_judged(ana):
    """As many bodies protect what they issue."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(paper())) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="x", user="", R=6))
    writer = IncrementalPdfFileWriter(io.BytesIO(out.getvalue()))
    writer.encrypt("")
    signed = io.BytesIO()
    about = PdfSignatureMetadata(field_name="Firma", md_algorithm="sha256")
    PdfSigner(about, ana).sign_pdf(writer, output=signed)

    assert answers(signed.getvalue())[0][:2] == ("valid", "valid")


def test_a_broken_signature_is_flagged_and_a_good_one_carried(ana):
    """On the bytes as they came, whatever is read from them."""
    data = sign(paper(), ana)
    at = data.index(b"/MediaBox") + 12
    good, broken = (
        read_file(one, "padron.pdf", Bounds()) for one in (data, data[:at] + b"9" + data[at + 1 :])
    )

    assert [one.intact for one in good.signatures] == ["valid"]
    assert "signature-broken" not in good.flags
    assert "signature-broken" in broken.flags


def test_in_the_sandbox_the_anchors_are_seen_and_the_answers_come_back(authority, ana, tmp_path):
    """The child has no network and no folder of ours but this one file."""
    (tmp_path / "padron.pdf").write_bytes(sign(paper(), ana))
    # the sandbox has a /dev of its own, so that a file in shared memory is not seen there
    with (
        tempfile.TemporaryDirectory(dir="/var/tmp") as disk,
        Sandbox(Bounds(anchors=authority.pem(Path(disk)))) as sandbox,
    ):
        reading = sandbox.read(tmp_path / "padron.pdf", "padron.pdf")

    assert reading.code is None
    assert [astuple(one)[3:] for one in reading.signatures] == [("valid", "valid", "valid", "unknown")]


def test_they_cross_the_wire_unchanged(ana):
    """As JSON and back."""
    reading = read_file(sign(paper(), ana), "padron.pdf", Bounds())

    assert reading.signatures
    assert wire.unpacked(json.loads(json.dumps(wire.packed(reading)))).signatures == reading.signatures


@pytest.mark.parametrize(
    "lie", [{"intact": "perfect"}, {"intact": ["valid"]}, {"signer": 7}, {"stated_at": {}}, {"more": "valid"}]
)
def test_a_child_that_was_taken_over_cannot_say_more_than_four_answers(lie):
    """Each is one of three words, and names are text."""
    with pytest.raises((ValueError, TypeError)):
        wire.signature(lie)
