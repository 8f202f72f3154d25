"""The signatures of papers that people hand in: four answers each, from the file alone."""

import datetime as dt
import io
import socket
from dataclasses import astuple

import pytest
from pyhanko.keys.internal import translate_pyca_cryptography_key_to_asn1
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.signers.pdf_cms import SimpleSigner
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko_certvalidator.registry import SimpleCertificateStore

from extractors.reading.files.signatures import signatures
from tests.extractors.reading.signing import DAY, NOW, Authority, answers, asn1, paper, sign


def add_proofs(data, *lists):
    """Add a security store with revocation lists, as long-term signatures have it."""
    from asn1crypto.crl import CertificateList

    out = io.BytesIO(data)
    DocumentSecurityStore.add_dss(out, sig_contents=None, crls=[CertificateList.load(one) for one in lists])
    return out.getvalue()


def changed_after(data, how):
    """Add an update to a signed file."""
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    how(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def other_text(writer):
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Contents"] = writer.add_object(_stream(b"BT /F1 12 Tf 72 720 Td (Otra cosa) Tj ET"))
    writer.update_container(page)


def filled(writer):
    from pyhanko.pdf_utils.generic import pdf_name, pdf_string

    field = writer.root["/AcroForm"]["/Fields"][0]
    field[pdf_name("/V")] = pdf_string("Ceuta")
    writer.update_container(field)


def repainted(writer):
    from pyhanko.pdf_utils.generic import pdf_name

    field = writer.root["/AcroForm"]["/Fields"][0].get_object()
    field["/AP"][pdf_name("/N")] = writer.add_object(_stream(b"BT (Ceuta) Tj ET"))
    writer.update_container(field["/AP"])


def _stream(data):
    from pyhanko.pdf_utils.generic import StreamObject

    return StreamObject(stream_data=data)


@pytest.fixture(scope="module")
def authority():
    return Authority()


@pytest.fixture(scope="module")
def ana(authority):
    return authority.person()


def test_a_good_signature_of_a_known_issuer(authority, ana, tmp_path):
    """Intact, whole and of a known chain; of revocation the file says nothing, and nobody was asked."""
    found = signatures(sign(paper(), ana), authority.pem(tmp_path))

    assert [(one.signer, one.issuer) for one in found] == [("Ana Prueba", "Autoridad")]
    assert abs(dt.datetime.fromisoformat(found[0].stated_at) - NOW) < DAY
    assert [astuple(one)[3:] for one in found] == [("valid", "valid", "valid", "unknown")]


def test_without_anchors_the_issuer_is_unknown_not_bad(ana):
    """Nobody told the program whom to believe."""
    assert answers(sign(paper(), ana)) == [("valid", "valid", "unknown", "unknown")]


def test_an_issuer_that_is_not_among_the_anchors_is_unknown(ana, tmp_path):
    """Another authority of the same name does not answer for it."""
    assert answers(sign(paper(), ana), Authority().pem(tmp_path)) == [
        ("valid", "valid", "unknown", "unknown")
    ]


def test_one_changed_byte_breaks_it(authority, ana, tmp_path):
    """Anywhere in what was signed."""
    data = sign(paper(), ana)
    at = data.index(b"/MediaBox") + 12
    broken = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]

    assert answers(broken, authority.pem(tmp_path))[0][0] == "invalid"


def test_a_signature_whose_own_value_cannot_be_read_is_broken(ana):
    """Somebody wrote over it."""
    data = sign(paper(), ana)
    at = data.index(b"/Contents <30") + len(b"/Contents <")

    assert answers(data[:at] + b"ff" * 40 + data[at + 80 :]) == [("invalid", "unknown", "unknown", "unknown")]


@pytest.mark.parametrize("how", [other_text, filled])
def test_what_was_added_after_it_is_not_covered(ana, how):
    """Other words on the page, or a field filled in: the signature speaks of the file as it was."""
    assert answers(changed_after(sign(paper(), ana), how)) == [("valid", "invalid", "unknown", "unknown")]


def test_two_people_sign_one_after_the_other(authority, ana, tmp_path):
    """The second adds only itself; the first still speaks of all that it signed."""
    data = sign(sign(paper(), ana), authority.person("Eva Prueba"), "Firma2")
    found = signatures(data, authority.pem(tmp_path))

    assert [one.signer for one in found] == ["Ana Prueba", "Eva Prueba"]
    assert {astuple(one)[3:] for one in found} == {("valid", "valid", "valid", "unknown")}


def test_a_change_between_two_signatures_shows_in_the_first(authority, ana):
    """The second covers the change; the first did not see it."""
    data = sign(changed_after(sign(paper(), ana), other_text), authority.person("Eva Prueba"), "Firma2")

    assert [one[:2] for one in answers(data)] == [("valid", "invalid"), ("valid", "valid")]


def test_a_certified_paper_is_whole_until_something_is_added(ana):
    """Even what another signature would allow."""
    certified = sign(paper(), ana, certify=True, docmdp_permissions=MDPPerm.NO_CHANGES)

    assert answers(certified)[0][:2] == ("valid", "valid")
    assert answers(changed_after(certified, filled))[0][:2] == ("valid", "invalid")


def test_a_field_that_shows_something_else_is_a_change(ana):
    """What it holds stayed, what is seen did not."""
    assert answers(changed_after(sign(paper(), ana), repainted))[0][:2] == ("valid", "invalid")


def test_a_field_filled_before_a_second_signature_is_a_change_for_the_first(authority, ana):
    """The first person did not sign it."""
    data = sign(changed_after(sign(paper(), ana), filled), authority.person("Eva Prueba"), "Firma2")

    assert [one[:2] for one in answers(data)] == [("valid", "invalid"), ("valid", "valid")]


def test_a_certificate_out_of_force_when_it_signed(authority, tmp_path):
    """It had run out before; the bytes are as signed all the same."""
    late = authority.person(until=NOW - 30 * DAY)

    assert answers(sign(paper(), late), authority.pem(tmp_path)) == [("valid", "valid", "invalid", "unknown")]


def test_a_certificate_that_answers_for_itself(tmp_path):
    """Anybody can make one in anybody's name."""
    alone = Authority("Ana Prueba")
    store = SimpleCertificateStore()
    who = SimpleSigner(asn1(alone.certificate), translate_pyca_cryptography_key_to_asn1(alone.private), store)
    data = sign(paper(), who)

    assert answers(data, Authority().pem(tmp_path)) == [("valid", "valid", "unknown", "unknown")]


def test_embedded_lists_tell_that_it_was_not_withdrawn(authority, ana, tmp_path):
    """Proofs that came after the signature are no change."""
    data = add_proofs(sign(paper(), ana), authority.revoked())

    assert answers(data, authority.pem(tmp_path)) == [("valid", "valid", "valid", "valid")]


def test_embedded_lists_tell_that_it_was_withdrawn(authority, ana, tmp_path):
    """Before it signed."""
    data = add_proofs(sign(paper(), ana), authority.revoked(ana))

    assert answers(data, authority.pem(tmp_path)) == [("valid", "valid", "valid", "invalid")]


def test_a_list_that_another_issuer_made_proves_nothing(authority, ana, tmp_path):
    """A sender can embed what they like."""
    data = add_proofs(sign(paper(), ana), Authority().revoked())

    assert answers(data, authority.pem(tmp_path)) == [("valid", "valid", "valid", "unknown")]


def test_nothing_is_ever_fetched(tmp_path, monkeypatch):
    """Not the issuer, not a list, not an answer, though the certificate names where to ask."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0)
        port = server.getsockname()[1]
        caller = Authority(address=f"http://127.0.0.1:{port}")
        data, anchors = sign(paper(), caller.person()), caller.pem(tmp_path)
        opened = []
        monkeypatch.setattr(socket, "socket", lambda *a, **_: opened.append(a))
        found = answers(data, anchors)
        monkeypatch.undo()
        with pytest.raises(BlockingIOError):
            server.accept()

    assert found == [("valid", "valid", "valid", "unknown")]
    assert opened == []


def test_the_same_file_has_the_same_answers_on_any_day(authority, ana, tmp_path):
    """Judged at the moment that it states: long after its certificate ran out it says the same."""
    import time_machine

    data, anchors = sign(paper(), ana), authority.pem(tmp_path)
    today = signatures(data, anchors)
    with time_machine.travel(NOW + 5000 * DAY):
        assert signatures(data, anchors) == today
