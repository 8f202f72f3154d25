"""The key that signs receipts: a PKCS#12 file, a PKCS#11 device, or the test key that `init` makes.

The test key proves nothing about who signs: its certificate says so of itself, and so does each receipt.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from pipeline.errors import EnvironmentFault
from pipeline.receipts.wording import Signer
from pipeline.settings import Receipts

if TYPE_CHECKING:
    from pyhanko.sign.signers.pdf_cms import Signer as PdfSigner

Certificate: TypeAlias = Any
"""A certificate as asn1crypto has it, which carries no types."""
TRIAL = "CLAVE DE PRUEBA, SIN VALIDEZ"
"""Organisational unit of the test key's certificate."""


class Key(NamedTuple):
    """A key ready to sign: what pyHanko signs with, who it says it is, the last moment it is good for."""

    signing: PdfSigner
    signer: Signer
    until: dt.datetime


def key(settings: Receipts, at: dt.datetime) -> Key | None:
    """Return the key that *settings* name, None where they name none.

    Raises:
        EnvironmentFault: it cannot be opened, or its certificate is not in force *at* this moment.
    """
    found = _opened(settings, _stamp(settings))
    if found is not None and at > found.until:
        what = f"El certificado que firma los acuses caducó el {found.until:%d/%m/%Y}"
        raise EnvironmentFault(what, "Instale el nuevo y cambie receipts.key en ventanilla.toml.")
    return found


def certificate(settings: Receipts) -> Certificate | None:
    """Return the certificate of the key that *settings* name, in force or not; raise as `key`."""
    found = _opened(settings, _stamp(settings))
    return None if found is None else found.signing.signing_cert


def forget() -> None:
    """Open the key anew when it is asked for next: a device was pulled out, and may be back."""
    _opened.cache_clear()


def _stamp(settings: Receipts) -> int:
    """Return when the key's file was changed last: a new one is used without a new start."""
    if settings.key is None:
        return 0
    try:
        return settings.key.stat().st_mtime_ns
    except OSError:
        return 0


@lru_cache(maxsize=4)
def _opened(settings: Receipts, stamp: int) -> Key | None:
    """Open the key once in a process, and again when its file has another *stamp*."""
    del stamp
    if settings.key is None and settings.pkcs11_module is None:
        return None
    try:
        signing = _device(settings) if settings.pkcs11_module else _file(settings)
        certificate: Certificate = signing.signing_cert
        return Key(signing, signer_of(certificate), certificate.not_valid_after)
    except Exception as error:  # noqa: BLE001 - a library's text may hold a path or a password
        what = f"No se puede abrir la clave que firma los acuses ({type(error).__name__})"
        remedy = "Revise receipts.key, receipts.password o receipts.pkcs11_* en ventanilla.toml."
        raise EnvironmentFault(what, remedy) from None


def _file(settings: Receipts) -> PdfSigner:
    """Open a PKCS#12 file."""
    from pipeline.receipts.sign import from_pkcs12  # noqa: PLC0415 - only who signs pays for pyHanko

    assert settings.key is not None
    return from_pkcs12(settings.key.read_bytes(), settings.password)


def _device(settings: Receipts) -> PdfSigner:
    """Open a PKCS#11 device; needs the extra `pkcs11`."""
    from pyhanko.config.pkcs11 import TokenCriteria  # noqa: PLC0415
    from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session  # noqa: PLC0415

    session = open_pkcs11_session(
        str(settings.pkcs11_module),
        token_criteria=TokenCriteria(label=settings.pkcs11_token) if settings.pkcs11_token else None,
        user_pin=settings.password or None,
    )
    return PKCS11Signer(session, cert_label=settings.pkcs11_label, key_label=settings.pkcs11_label)


def signer_of(certificate: Certificate) -> Signer:
    """Return who a certificate says it is."""
    subject = certificate.subject.native
    name = (
        subject.get("common_name") or subject.get("organization_name") or certificate.subject.human_friendly
    )
    return Signer(name=str(name), test=subject.get("organizational_unit_name") == TRIAL)
