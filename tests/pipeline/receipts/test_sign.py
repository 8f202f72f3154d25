"""Receipts signed: by whom, with what, and that the page stays archivable and tagged."""

import datetime as dt
import io
import os
import stat
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pikepdf
import pytest
from asn1crypto import tsp
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from pipeline.errors import EnvironmentFault
from pipeline.receipts.key import certificate, key
from pipeline.receipts.packet import PAPER, packet
from pipeline.receipts.seal import anchors
from pipeline.receipts.sign import signed
from pipeline.receipts.trial import make_trial_key
from pipeline.receipts.verify import _members, verify
from pipeline.receipts.wording import Signer
from pipeline.settings import Receipts

NOW = dt.datetime.now(dt.UTC)
PRIVATE = {
    "RSA": lambda: rsa.generate_private_key(public_exponent=65_537, key_size=2048),
    "curve": lambda: ec.generate_private_key(ec.SECP256R1()),
}


def sheet(packed):
    return _members(packed)[0][PAPER]


def test_the_key_to_try_with_is_for_its_owner_only_and_names_itself(tmp_path):
    """Nobody else on the machine can sign with it, and it claims nothing."""
    place = tmp_path / "new" / "clave.p12"
    make_trial_key(place)

    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert key(Receipts(key=place), NOW).signer == Signer("Ventanilla", test=True)


def test_a_key_that_is_there_is_never_overwritten(trial):
    """Receipts that it signed would no longer be known."""
    with pytest.raises(FileExistsError):
        make_trial_key(trial.key)


def test_a_signature_leaves_the_page_archivable_and_tagged(given):
    """The page's bytes stand unchanged under an increment; version, metadata and tags are as they were."""
    page = sheet(given)
    end = page.index(b"%%EOF") + len(b"%%EOF")
    with pikepdf.open(io.BytesIO(page)) as after, pikepdf.open(io.BytesIO(page[:end])) as before:
        field = after.Root.AcroForm.Fields[0]

        assert "/Version" not in after.Root
        assert after.Root.Metadata.read_bytes() == before.Root.Metadata.read_bytes()
        assert after.Root.StructTreeRoot.objgen == before.Root.StructTreeRoot.objgen
        assert after.Root.MarkInfo.Marked is True
        assert str(after.pages[0].Tabs) == "/S"
        assert str(field.TU) == "Firma del acuse"
        assert int(field.F) & 0b110 == 0b100  # printed, not hidden: PDF/A
        assert all(side < 0 for side in field.Rect)  # outside the page: PDF/UA


def test_it_is_certified_against_any_later_change(given):
    """A filled field or a note after it breaks it, in any reader."""
    with pikepdf.open(io.BytesIO(sheet(given))) as pdf:
        signature = pdf.Root.AcroForm.Fields[0].V

        assert str(signature.SubFilter) == "/ETSI.CAdES.detached"
        assert int(signature.Reference[0].TransformParams.P) == 1
        assert pdf.Root.Perms.DocMDP.objgen == signature.objgen


@pytest.mark.parametrize("kind", PRIVATE)
def test_a_key_of_the_body_signs_and_its_authority_is_enough_to_know_it(receipt, issued, kind):
    """With a password, and a chain; both kinds of key in use."""
    file, authority = issued(PRIVATE[kind]())
    settings = Receipts(key=file, password="secreto")
    verdict = verify(packet(receipt(), key(settings, NOW), ("es",)), anchors(authority))

    assert verdict.proved
    assert verdict.seal.signer == Signer("Sello del Instituto", test=False)
    assert verdict.told["signed"] is True
    assert verdict.told["test_key"] is False


def test_without_a_key_a_receipt_says_that_it_is_not_signed(receipt):
    """It is still whole, but nobody answers for it."""
    made = packet(receipt(), key(Receipts(), NOW), ("es",))
    verdict = verify(made)

    assert (verdict.sound, verdict.proved, verdict.seal.state) == (True, False, "none")
    assert verdict.told["signed"] is False
    assert "No lleva firma electrónica" in _members(made)[0]["acuse.txt"].decode("utf-8-sig")


def test_a_wrong_password_is_a_fault_of_the_machine_that_tells_no_secret(issued):
    """The remedy names the settings, never what is in them."""
    file, _ = issued(PRIVATE["curve"]())

    with pytest.raises(EnvironmentFault, match=r"receipts\.password") as caught:
        key(Receipts(key=file, password="otro secreto"), NOW)
    assert "otro secreto" not in str(caught.value)


def test_a_new_key_in_the_place_of_the_old_one_is_used_at_once(issued, tmp_path):
    """Nobody need start the workers again when a certificate is renewed."""
    place = tmp_path / "sello.p12"
    settings = Receipts(key=place, password="secreto")
    for moment, name in ((1_000, "Sello viejo"), (2_000, "Sello nuevo")):
        file, _ = issued(PRIVATE["curve"](), name=name)
        place.write_bytes(file.read_bytes())
        os.utime(place, (moment, moment))

        assert key(settings, NOW).signer.name == name


def test_a_device_without_its_library_is_a_fault_of_the_machine(tmp_path):
    """A setting for PKCS#11 that leads nowhere is told in one line."""
    with pytest.raises(EnvironmentFault, match="pkcs11"):
        key(Receipts(pkcs11_module=tmp_path / "none.so", pkcs11_label="sello"), NOW)


def test_a_device_that_was_pulled_out_is_a_fault_of_the_machine(receipt, trial, monkeypatch):
    """No case is to blame; once it is back the key is opened anew."""
    opened = key(trial, NOW)

    def gone(*_):
        raise RuntimeError

    monkeypatch.setattr(opened.signing, "sign_raw", gone)
    with pytest.raises(EnvironmentFault, match="No se puede firmar"):
        packet(receipt(), opened, ("es",))
    assert verify(packet(receipt(), key(trial, NOW), ("es",)), [certificate(trial)]).proved


def test_a_certificate_that_has_run_out_signs_nothing(issued):
    """Its receipts would be refused by whoever checks them."""
    file, _ = issued(PRIVATE["curve"](), days=1)

    with pytest.raises(EnvironmentFault, match="caducó"):
        key(Receipts(key=file, password="secreto"), NOW + dt.timedelta(days=2))


@pytest.fixture
def authority(issued):
    """Return a real time-stamp authority on this machine: its address, its certificate, its requests."""
    file, pem = issued(PRIVATE["RSA"](), name="Autoridad de sellado")
    signing = key(Receipts(key=file, password="secreto"), NOW).signing
    stamper = DummyTimeStamper(signing.signing_cert, signing.signing_key)
    asked = []

    class Stamps(BaseHTTPRequestHandler):
        def do_POST(self):  # the name is http.server's
            asked.append(tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"]))))
            answer = stamper.request_tsa_response(asked[-1]).dump()
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_):
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Stamps)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", pem, asked
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_configured_authority_adds_its_time_stamp(given, trial, authority):
    """B-T; the authority sees a digest and nothing else."""
    address, pem, asked = authority
    opened = key(trial, NOW)
    pdf = signed(sheet_unsigned(), opened.signing, address)
    embedded = PdfFileReader(io.BytesIO(pdf)).embedded_signatures[0]
    roots = [certificate(trial), *anchors(pem)]
    status = validate_pdf_signature(embedded, ValidationContext(trust_roots=roots))

    assert len(asked) == 1
    assert status.intact
    assert status.timestamp_validity.intact


def test_an_authority_that_does_not_answer_leaves_the_signature_without_a_stamp(trial):
    """The receipt is owed now."""
    server = HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    port = server.server_port
    server.server_close()
    pdf = signed(sheet_unsigned(), key(trial, NOW).signing, f"http://127.0.0.1:{port}")
    embedded = PdfFileReader(io.BytesIO(pdf)).embedded_signatures[0]
    status = validate_pdf_signature(embedded, ValidationContext(trust_roots=[certificate(trial)]))

    assert status.intact
    assert status.timestamp_validity is None


def sheet_unsigned():
    """Return a small page."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(out)
    return out.getvalue()
