"""A file that was handed over is proved: whole, or which member was changed."""

import hashlib
import io
import zipfile

from pipeline.exchange.verifying import verify
from pipeline.receipts.key import certificate
from tests.pipeline.exchange.opening import AT, opened


def judged_file(handing, data, tmp_path):
    """Judge an archive as this machine does."""
    place = tmp_path / "dado.zip"
    place.write_bytes(data)
    return verify(place, [certificate(handing.settings.receipts)], AT)


def test_a_file_as_it_was_made_is_proved(handing, tmp_path):
    """Every member, both signatures, a key that this machine knows."""
    data, _ = handing()

    verdict = judged_file(handing, data, tmp_path)

    assert verdict.proved
    assert verdict.documents == 4


def test_a_file_signed_by_a_stranger_is_whole_and_not_proved(handing, tmp_path):
    """Who signed must be known here."""
    place = tmp_path / "dado.zip"
    place.write_bytes(handing()[0])

    verdict = verify(place, [], AT)

    assert (verdict.whole, verdict.proved) == (True, False)


def repacked(data, change):
    """Return an archive with its members changed."""
    members = opened(data)
    change(members)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, one in members.items():
            archive.writestr(name, one)
    return out.getvalue()


def with_other_manifest(members):
    """Change a document and the list with it: the signature is left to tell."""
    members["documentos/001.pdf"] += b"%"
    members["manifiesto.txt"] = "".join(
        f"{hashlib.sha256(one).hexdigest()}  {name}\n"
        for name, one in members.items()
        if not name.startswith("manifiesto")
    ).encode()


CHANGES = {
    "document": lambda m: m.update({"documentos/001.pdf": m["documentos/001.pdf"] + b"%"}),
    "metadata": lambda m: m.update({"metadatos/002.xml": m["metadatos/002.xml"] + b" "}),
    "gone": lambda m: m.pop("documentos/004.pdf"),
    "put in": lambda m: m.update({"documentos/009.pdf": b"%PDF-"}),
    "signature": lambda m: m.pop("indice.xml.p7s"),
    "list too": with_other_manifest,
    "no list": lambda m: m.pop("manifiesto.txt"),
}


def test_whatever_is_changed_is_found_and_named(handing, tmp_path):
    """One byte, one member more or less, a list made anew: none of it passes."""
    data, _ = handing()
    found = {name: judged_file(handing, repacked(data, change), tmp_path) for name, change in CHANGES.items()}

    assert not any(verdict.whole for verdict in found.values())
    assert {name: [tuple(one) for one in verdict.wrong] for name, verdict in found.items()} == {
        "document": [("changed", "documentos/001.pdf")],
        "metadata": [("changed", "metadatos/002.xml")],
        "gone": [("missing", "documentos/004.pdf")],
        "put in": [("strange", "documentos/009.pdf")],
        "signature": [("missing", "indice.xml.p7s")],
        "list too": [("changed", "indice.xml")],
        "no list": [("unreadable", "")],
    }


def test_bytes_beside_the_members_are_seen(handing, tmp_path):
    """Before, after or between them something else could lie, which another program would unpack."""
    data, _ = handing()
    cut = data.index(b"PK\x01\x02")
    beside = (b"PK\x03\x04" + data, data + b"%", data[:-2] + b"\x01\x00%", data[:cut] + b"%" + data[cut:])

    assert [judged_file(handing, one, tmp_path).whole for one in beside] == [False] * 4


def test_a_list_that_grows_when_it_is_read_is_none_of_ours(handing, tmp_path):
    """Ours are stored; what is packed, well or badly, is not opened."""
    members = opened(handing()[0])
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, one in members.items():
            archive.writestr(name, one)

    assert judged_file(handing, out.getvalue(), tmp_path).wrong == (("unreadable", ""),)


def test_a_file_whose_only_fault_is_a_seal_taken_away_is_not_whole(handing, tmp_path):
    """All members are as they were, and one of the two signatures is gone."""
    verdict = judged_file(handing, repacked(handing()[0], lambda m: m.pop("manifiesto.txt.p7s")), tmp_path)

    assert (verdict.wrong, verdict.whole) == ((), False)
