"""A receipt to work with, and keys made on the spot."""

import datetime as dt
from dataclasses import replace

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12
from cryptography.x509.oid import NameOID

from pipeline.receipts.key import key
from pipeline.receipts.packet import packet
from pipeline.receipts.told import Clock, Listed, Told
from pipeline.receipts.trial import make_trial_key
from pipeline.settings import Receipts
from validators.deadlines import terms

AT = dt.datetime(2026, 3, 16, 9, 30, 3, tzinfo=dt.timezone(dt.timedelta(hours=1)))
CONVENIO = next(term for term in terms(AT.date()) if term.procedure == "convenio_especial")
RECEIPT = Told(
    number="CEU01-2026-000001",
    order=1,
    kind="new",
    office="CEU01",
    received_at=AT,
    first_at=None,
    filed_on=AT.date(),
    person="Ana Prueba",
    name="solicitud.zip",
    registry_number=None,
    procedure="convenio_especial",
    files=(
        Listed("solicitud.zip", "a" * 64, 1234),
        Listed("padrón.pdf", "b" * 64, 567, inside=True),
    ),
    clock=Clock(dt.date(2026, 3, 17), (CONVENIO,), dt.date(2026, 4, 30)),
    cure_days=10,
    phone="956 000 000",
)


@pytest.fixture
def receipt():
    """Return a function that gives the receipt of a complete filing, with some things changed."""
    return lambda **changes: replace(RECEIPT, **changes)


@pytest.fixture(scope="session")
def trial(tmp_path_factory):
    """Return the settings of a machine with the test key."""
    path = tmp_path_factory.mktemp("key") / "clave_de_prueba.p12"
    make_trial_key(path)
    return Receipts(key=path)


@pytest.fixture(scope="session")
def given(trial):
    """Return the packet of that receipt, signed with the test key."""
    return packet(RECEIPT, key(trial, dt.datetime.now(dt.UTC)), ("es",))


@pytest.fixture(scope="session")
def issued(tmp_path_factory):
    """Return a function that makes a key of an authority's: (its PKCS#12 file, the authority's PEM file)."""
    folder = tmp_path_factory.mktemp("issued")

    def make(private, *, days=365, password=b"secreto", name="Sello del Instituto"):
        root = rsa.generate_private_key(public_exponent=65_537, key_size=2048)
        now = dt.datetime.now(dt.UTC)

        def certificate(subject, public, since, until, *, ca):
            return (
                x509.CertificateBuilder()
                .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)]))
                .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Autoridad")]))
                .public_key(public)
                .serial_number(x509.random_serial_number())
                .not_valid_before(since)
                .not_valid_after(until)
                .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
                .add_extension(_usage(ca=ca), critical=True)
                .sign(root, hashes.SHA256())
            )

        past = now - dt.timedelta(days=1000)
        authority = certificate("Autoridad", root.public_key(), past, now + dt.timedelta(days=1000), ca=True)
        until = now + dt.timedelta(days=days)
        own = certificate(name, private.public_key(), past, until, ca=False)
        lock = BestAvailableEncryption(password)
        stem = x509.random_serial_number()
        file, pem = folder / f"{stem}.p12", folder / f"{stem}.pem"
        file.write_bytes(pkcs12.serialize_key_and_certificates(b"sello", private, own, [authority], lock))
        pem.write_bytes(authority.public_bytes(Encoding.PEM))
        return file, pem

    return make


def _usage(*, ca):
    uses = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "encipher_only", "decipher_only"), False
    )
    return x509.KeyUsage(
        digital_signature=not ca, content_commitment=not ca, key_cert_sign=ca, crl_sign=ca, **uses
    )
