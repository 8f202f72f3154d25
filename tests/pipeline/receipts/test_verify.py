"""A receipt looked at again: valid, or what was changed."""

import hashlib
import io
import json
import zipfile

import pikepdf
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from pipeline.receipts.key import certificate
from pipeline.receipts.packet import MANIFEST, PAPER, TEXT, packed, packet
from pipeline.receipts.seal import anchors
from pipeline.receipts.told import Listed
from pipeline.receipts.verify import Problem, papers, stands, verify

NAMES = (PAPER, TEXT, MANIFEST)


@pytest.fixture
def ours(trial):
    """Return the certificate that is known here."""
    return (certificate(trial),)


def members(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def again(content, receipt):
    """Pack members as they were packed."""
    return packed(content, receipt().received_at)


def test_a_receipt_as_it_was_given_is_valid(given, ours):
    """As the ZIP, and as its page alone."""
    assert verify(given, ours).proved
    assert verify(members(given)[PAPER], ours).proved


def test_it_holds_the_three_files_and_the_manifest_names_nobody(given):
    """The page for people, text for any editor, data for programs without personal data in them."""
    content = members(given)

    assert set(content) == set(NAMES)
    assert b"Ana Prueba" not in content[MANIFEST]
    assert content[TEXT].startswith(b"\xef\xbb\xbfACUSE DE ENTREGA\r\n")


def test_the_same_receipt_is_not_proved_where_its_key_is_not_known(given, issued, caplog):
    """A forger can sign as well as we can, not with our key; no log names who signed."""
    _, authority = issued(ec.generate_private_key(ec.SECP256R1()))

    for trusted in ((), anchors(authority)):
        verdict = verify(given, trusted)

        assert verdict.sound
        assert not verdict.proved
    assert caplog.records == []


def test_any_changed_byte_is_noticed(given, ours):
    """Wherever it is: in the page, in the text, in the data, in the envelope."""
    unnoticed = []
    for at in range(0, len(given), 1499):
        changed = bytearray(given)
        changed[at] ^= 1
        if verify(bytes(changed), ours).proved:
            unnoticed.append(at)

    assert len(given) > 50_000
    assert unnoticed == []


def test_the_signature_s_own_place_hides_nothing(given, ours):
    """Nobody signs the room that is left in it, so we look at it ourselves."""
    page = members(given)[PAPER]
    at = page.rindex(b"00>")

    assert not verify(page[:at] + b"01>" + page[at + 3 :], ours).proved


@pytest.mark.parametrize("name", NAMES)
def test_the_member_that_was_changed_is_named(given, ours, receipt, name):
    """Packed anew, so that the envelope's own check sums agree."""
    content = members(given)
    content[name] = content[name].replace(b"CEU01-2026", b"CEU01-2027")
    verdict = verify(again(content, receipt), ours)

    assert content != members(given)
    assert Problem("changed", name) in verdict.problems
    assert not verdict.sound


@pytest.mark.parametrize("name", NAMES)
def test_the_member_that_is_missing_is_named(given, ours, receipt, name):
    """A receipt is its three files."""
    content = {key: value for key, value in members(given).items() if key != name}
    verdict = verify(again(content, receipt), ours)

    assert Problem("missing", name) in verdict.problems


def test_a_member_that_was_added_is_named(given, ours, receipt):
    """Nothing rides along."""
    verdict = verify(again(members(given) | {"leame.exe": b"MZ"}, receipt), ours)

    assert verdict.problems[0] == Problem("strange", "leame.exe")


def test_a_page_given_another_attachment_is_broken(given, ours, receipt):
    """The manifest under the signature is the one that counts."""
    content = members(given)
    with pikepdf.open(io.BytesIO(content[PAPER])) as pdf:
        pdf.attachments[MANIFEST] = b"{}"
        out = io.BytesIO()
        pdf.save(out)
    verdict = verify(again(content | {PAPER: out.getvalue()}, receipt), ours)

    assert verdict.seal.state == "broken"
    assert Problem("changed", PAPER) in verdict.problems


def test_bytes_after_the_signed_page_break_it(given, ours):
    """The signature must cover the whole file."""
    page = members(given)[PAPER]

    assert verify(page + b"\n% more\n%%EOF\n", ours).seal.state == "broken"


@pytest.mark.parametrize("data", [b"", b"hola", b"PK\x03\x04", b"PK\x05\x06" + bytes(18), b"%PDF-1.7"])
def test_what_is_no_receipt_is_not_valid(data, ours):
    """Whatever a person gives it, it answers."""
    assert not verify(data, ours).proved


def test_a_receipt_that_claims_gigabytes_is_not_unpacked(given, ours):
    """The packet comes from outside."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(PAPER, bytes(64 << 20))
    verdict = verify(out.getvalue(), ours)

    assert Problem("strange", PAPER) in verdict.problems


def test_the_papers_handed_in_are_known_again(tmp_path, receipt):
    """By their digests; a package holds for what lies inside it."""
    told, folder = handed(tmp_path, receipt)

    assert papers(told, folder) == (2, ())


def test_the_paper_that_was_changed_is_named(tmp_path, receipt):
    """The others are told to be the same."""
    told, folder = handed(tmp_path, receipt)
    (folder / "padrón.pdf").write_bytes(b"otro")

    assert papers(told, folder) == (1, (Problem("changed", "padrón.pdf"),))


def test_the_paper_that_is_missing_is_named(tmp_path, receipt):
    """It was handed in, and is not there."""
    told, folder = handed(tmp_path, receipt)
    (folder / "padrón.pdf").unlink()

    assert papers(told, folder) == (1, (Problem("missing", "padrón.pdf"),))


def test_a_manifest_does_not_lead_out_of_the_folder(tmp_path, receipt):
    """A forged one could ask what is elsewhere on the machine."""
    (tmp_path / "secret").write_bytes(b"x")
    (tmp_path / "in").mkdir()
    digest = hashlib.sha256(b"x").hexdigest()
    for name in ("../secret", str(tmp_path / "secret")):
        told = {"name": "..", "files": [{"name": name, "sha256": digest}]}

        assert papers(told, tmp_path / "in") == (0, (Problem("missing", name),))


def handed(folder, receipt):
    """Return a manifest of two files and one inside them, and the folder with the two."""
    files = {"solicitud.pdf": b"uno", "padrón.pdf": b"dos"}
    for name, data in files.items():
        (folder / name).write_bytes(data)
    listed = [Listed(name, hashlib.sha256(data).hexdigest(), len(data)) for name, data in files.items()]
    listed.append(Listed("dentro.pdf", "e" * 64, 3, inside=True))
    made = packet(receipt(files=tuple(listed)), None, ("es",))
    return json.loads(members(made)[MANIFEST]), folder


def test_a_whole_receipt_stands_for_its_own_submission_only(given):
    """Whoever signed it; another number or order is another receipt."""
    assert stands(given, "CEU01-2026-000001", 1)
    assert not stands(given, "CEU01-2026-000001", 2)
    assert not stands(given, "CEU01-2026-000002", 1)
    assert not stands(given[:-200], "CEU01-2026-000001", 1)


def test_a_receipt_from_before_there_was_a_page_stands(receipt):
    """It was given out; nobody gets a second one with other words."""
    old = {"manifest.json": b'{"number": "CEU01-2026-000001", "order": 1}', TEXT: b"x", "acuse.html": b"x"}

    assert stands(again(old, receipt), "CEU01-2026-000001", 1)
