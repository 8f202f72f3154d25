"""A receipt signed: PAdES B-B, or B-T where a time-stamp authority is configured. Nothing else is fetched.

The signature is an increment after the page's own bytes, with a field that is not seen: without size and
outside the page, as PDF/A and PDF/UA both allow it (ISO 19005-3, 6.3; ISO 14289-1, 7.18.1).
"""

from __future__ import annotations

import contextlib
import io
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import pkcs12
from pyhanko.keys.internal import translate_pyca_cryptography_cert_to_asn1 as plain_certificate
from pyhanko.keys.internal import translate_pyca_cryptography_key_to_asn1 as plain_key
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import InvisSigSettings, MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers.pdf_cms import Signer, SimpleSigner
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.timestamps.api import TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko_certvalidator.registry import SimpleCertificateStore
from pyhanko_certvalidator.util import get_pyca_cryptography_hash

from pipeline.receipts.key import Certificate

FIELD, LETTER = "Acuse", "Carta"
"""The names of the field of a signature on a receipt, and on a letter."""
_RESERVED = 16_384
"""Bytes kept for the signature, so that it need not be made twice; a chain takes under half."""
_TIMESTAMP_SECONDS = 10


class KeptSigner(SimpleSigner):
    """A signer that keeps the key open: to load an RSA key anew for each signature costs 0.3 s."""

    def __init__(self, private: Any, certificate: Certificate, store: SimpleCertificateStore) -> None:
        super().__init__(certificate, plain_key(private), store)
        self._private = private

    def sign_raw(self, data: bytes, digest_algorithm: str) -> bytes:
        """Sign *data* with the open key."""
        digest = get_pyca_cryptography_hash(digest_algorithm)
        if isinstance(self._private, RSAPrivateKey):
            return self._private.sign(data, PKCS1v15(), digest)
        if isinstance(self._private, EllipticCurvePrivateKey):
            return self._private.sign(data, ECDSA(digest))
        return super().sign_raw(data, digest_algorithm)


class _Increment(IncrementalPdfFileWriter):
    """An increment that adds the signature and nothing else: version and metadata stay those of PDF/A."""

    output_version = (1, 7)

    def ensure_output_version(self, version: tuple[int, int]) -> None:
        """Stay at the version on which PDF/A-3 stands; signatures on curves ask for PDF 2.0."""

    def _update_meta(self) -> None:
        """Leave the metadata as the page has them."""


def from_pkcs12(data: bytes, password: str) -> Signer:
    """Return a signer with the key of a PKCS#12 file.

    Raises:
        ValueError: the password is wrong, or the file holds no key with its certificate.
    """
    private, certificate, others = pkcs12.load_key_and_certificates(data, password.encode() or None)
    if private is None or certificate is None:
        raise ValueError
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]  # its constructor has no types
    store.register_multiple([plain_certificate(other) for other in others])
    return KeptSigner(private, plain_certificate(certificate), store)


def signed(pdf: bytes, signer: Signer, tsa: str = "", name: str = FIELD) -> bytes:
    """Return *pdf* with a signature that certifies it: no later change is allowed.

    With *tsa*, the address of an authority, its time stamp is added; an authority that does not answer
    leaves the signature without one.
    """
    if tsa:
        # A receipt is owed now; the signature is good without the stamp.
        with contextlib.suppress(TimestampRequestError, OSError):
            return _signed(pdf, signer, _authority(tsa), name)
    return _signed(pdf, signer, None, name)


def _authority(address: str) -> TimeStamper:
    """Return the client of a time-stamp authority."""
    from pyhanko.sign.timestamps.requests_client import RequestsHTTPTimeStamper  # noqa: PLC0415

    return RequestsHTTPTimeStamper(address, timeout=_TIMESTAMP_SECONDS)  # type: ignore[no-untyped-call]  # nor this


def _signed(pdf: bytes, signer: Signer, authority: TimeStamper | None, name: str) -> bytes:
    """Sign once, in a field of that *name*."""
    writer = _Increment(io.BytesIO(pdf))
    about = PdfSignatureMetadata(
        field_name=name,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    field = SigFieldSpec(
        name,
        readable_field_name="Firma del acuse" if name == FIELD else "Firma de la carta",
        invis_sig_settings=InvisSigSettings(box_out_of_bounds=True),
    )
    out = io.BytesIO()
    PdfSigner(about, signer, timestamper=authority, new_field_spec=field).sign_pdf(
        writer, bytes_reserved=_RESERVED, output=out
    )
    return out.getvalue()
