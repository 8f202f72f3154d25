"""The signatures of papers that people hand in: four answers each, from the file alone."""

import datetime as dt
import io
import json
import socket
import subprocess
import sys
import tempfile
from dataclasses import astuple
from pathlib import Path

import pikepdf
import pytest
from asn1crypto import x509 as plain
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import AuthorityInformationAccessOID, NameOID
from pyhanko.keys.internal import translate_pyca_cryptography_key_to_asn1
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers.pdf_cms import SimpleSigner
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko_certvalidator.registry import SimpleCertificateStore
from reportlab.pdfgen.canvas import Canvas

from extractors import wire
from extractors.bounds import Bounds
from extractors.document import Signature
from extractors.reader import read_file
from extractors.reading import signatures as module
from extractors.reading.apart.sandbox import Sandbox
from extractors.reading.signatures import signatures

NOW = dt.datetime.now(dt.UTC).replace(microsecond=0)
DAY = dt.timedelta(days=1)


class Authority:
    """An issuer of certificates with a key of its own."""

    def __init__(self, name="Autoridad", address="http://127.0.0.1:9"):
        self.private, self.address = ec.generate_private_key(ec.SECP256R1()), address
        self.name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        self.certificate = self._issue(
            self.name, self.private.public_key(), NOW - 900 * DAY, NOW + 900 * DAY, ca=True
        )

    def _issue(self, subject, public, since, until, *, ca):
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self.name)
            .public_key(public)
            .serial_number(x509.random_serial_number())
            .not_valid_before(since)
            .not_valid_after(until)
            .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        )
        if not ca:  # addresses that a careless program would call
            point = x509.DistributionPoint(
                [x509.UniformResourceIdentifier(f"{self.address}/crl")], None, None, None
            )
            places = [
                x509.AccessDescription(kind, x509.UniformResourceIdentifier(f"{self.address}/{path}"))
                for kind, path in (
                    (AuthorityInformationAccessOID.OCSP, "ocsp"),
                    (AuthorityInformationAccessOID.CA_ISSUERS, "issuer"),
                )
            ]
            builder = builder.add_extension(x509.CRLDistributionPoints([point]), critical=False)
            builder = builder.add_extension(x509.AuthorityInformationAccess(places), critical=False)
        return builder.sign(self.private, hashes.SHA256())

    def person(self, name="Ana Prueba", since=NOW - 800 * DAY, until=NOW + 800 * DAY):
        """Return somebody who can sign."""
        private = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        own = self._issue(subject, private.public_key(), since, until, ca=False)
        store = SimpleCertificateStore()
        store.register_multiple([asn1(self.certificate)])
        return SimpleSigner(asn1(own), translate_pyca_cryptography_key_to_asn1(private), store)

    def revoked(self, *people, on=NOW - DAY):
        """Return the list of withdrawn certificates, with those of *people* on it."""
        builder = x509.CertificateRevocationListBuilder().issuer_name(self.name)
        builder = builder.last_update(NOW - 2 * DAY).next_update(NOW + 5 * DAY)
        for one in people:
            entry = x509.RevokedCertificateBuilder().serial_number(one.signing_cert.serial_number)
            builder = builder.add_revoked_certificate(entry.revocation_date(on).build())
        return builder.sign(self.private, hashes.SHA256()).public_bytes(Encoding.DER)

    def pem(self, folder):
        """Return the path of its certificate."""
        place = folder / "ancla.pem"
        place.write_bytes(self.certificate.public_bytes(Encoding.PEM))
        return str(place)


def asn1(certificate):
    return plain.Certificate.load(certificate.public_bytes(Encoding.DER))


def paper(words="Certificado de empadronamiento"):
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    canvas.drawString(72, 720, words)
    canvas.acroForm.textfield(name="observaciones", x=72, y=600, value="")
    canvas.save()
    return out.getvalue()


def sign(data, who, name="Firma", **settings):
    about = PdfSignatureMetadata(
        field_name=name, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES, **settings
    )
    out = io.BytesIO()
    PdfSigner(about, who).sign_pdf(IncrementalPdfFileWriter(io.BytesIO(data)), output=out)
    return out.getvalue()


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


def answers(data, anchors=""):
    return [astuple(one)[3:] for one in signatures(data, anchors)]


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


def test_a_paper_without_signatures_does_not_load_the_library():
    """Half a second for every paper would be too much."""
    code = (
        "import sys; from extractors.reading.signatures import signatures\n"
        "assert signatures(b'%PDF-1.7 nothing signed') == ()\n"
        "sys.exit('pyhanko' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_what_cannot_be_followed_is_unknown():
    """Bytes that only look like a signature."""
    assert signatures(b"%PDF-1.7\n/ByteRange [0 1 2 3]\n%%EOF") == (Signature(),)


def test_it_gives_up_in_time(ana, monkeypatch):
    """A file made to keep it busy costs its seconds and no more; what was not answered is unknown."""
    from extractors.reading import signed

    def forever(*_):
        while True:
            pass

    monkeypatch.setattr(module, "_CPU_SECONDS", 0.05)
    monkeypatch.setattr(signed, "_judged", forever)

    assert signatures(sign(paper(), ana)) == (Signature(),)


def test_what_was_answered_before_it_gave_up_is_kept(authority, ana, monkeypatch):
    """One signature that costs too much does not hide the one before it."""
    from extractors.reading import signed

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
