"""The key that `init` makes, to try receipts out: its certificate says that it proves nothing."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import NoEncryption, pkcs12
from cryptography.x509.oid import NameOID

from pipeline.files import Files
from pipeline.receipts.key import TRIAL

_YEARS = 10


def make_trial_key(path: Path) -> None:
    """Write a key with a certificate of its own at *path*, readable by its owner only, without password.

    Raises:
        OSError: the file is there already, or cannot be written.
    """
    private = rsa.generate_private_key(public_exponent=65_537, key_size=3072)
    certificate = _certificate(private, dt.datetime.now(dt.UTC))
    data = pkcs12.serialize_key_and_certificates(b"ventanilla", private, certificate, None, NoEncryption())
    files = Files()
    files.make_folder(path.parent)
    with files.create(path, 0o600) as file:
        files.write(file, data)
        files.force(file)
    files.force_folder(path.parent)


def _certificate(private: RSAPrivateKey, now: dt.datetime) -> x509.Certificate:
    """Return a certificate that only the key itself answers for."""
    names = ((NameOID.COMMON_NAME, "Ventanilla"), (NameOID.ORGANIZATIONAL_UNIT_NAME, TRIAL))
    name = x509.Name([x509.NameAttribute(kind, value) for kind, value in names])
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=365 * _YEARS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_to_sign(), critical=True)
        .sign(private, hashes.SHA256())
    )


def _to_sign() -> x509.KeyUsage:
    """Return the use of a key that signs documents and nothing else."""
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
