"""Signed papers, and an authority of the tests' own."""

import datetime as dt
import io
from dataclasses import astuple

from asn1crypto import x509 as plain
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import AuthorityInformationAccessOID, NameOID
from pyhanko.keys.internal import translate_pyca_cryptography_key_to_asn1
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers.pdf_cms import SimpleSigner
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore
from reportlab.pdfgen.canvas import Canvas

from extractors.reading.files.signatures import signatures

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


def answers(data, anchors=""):
    return [astuple(one)[3:] for one in signatures(data, anchors)]
