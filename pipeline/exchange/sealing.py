"""Signatures of what is handed over: CAdES, detached, with the key that signs receipts; and their worth."""

from __future__ import annotations

import asyncio
import datetime as dt
import hashlib
from collections.abc import Iterable
from typing import Literal

from pipeline.errors import EnvironmentFault, UsageError
from pipeline.receipts.key import Certificate, Key, forget, key
from pipeline.settings import Receipts

Worth = Literal["good", "unknown", "broken"]
"""Of a known key, of one that nobody here knows, or not of these bytes."""


class Sealer:
    """Signs with one key; without any, where that is wanted, nothing is signed."""

    def __init__(self, settings: Receipts, at: dt.datetime, *, unsigned: bool) -> None:
        """Open the key; raise UsageError where there is none and *unsigned* is not wanted."""
        self._key: Key | None = None if unsigned else key(settings, at)
        if self._key is None and not unsigned:
            what = "No hay clave con que firmar el índice del expediente"
            raise UsageError(
                what, "Ponga receipts.key en ventanilla.toml, o pídalo sin firmar (--unsigned): se dirá."
            )

    @property
    def name(self) -> str | None:
        """Return who signs, None where nobody does."""
        return self._key.signer.name if self._key else None

    @property
    def test(self) -> bool:
        """Whether the key is the one for trying out, which proves nothing."""
        return self._key is not None and self._key.signer.test

    def __call__(self, data: bytes) -> bytes | None:
        """Return the signature of *data*; raise EnvironmentFault if the key signs no more."""
        return self.digest(hashlib.sha256(data).hexdigest())

    def digest(self, sha256: str) -> bytes | None:
        """Return the signature of the bytes of that digest, which need not be read for it; raise as above."""
        if self._key is None:
            return None
        signing = self._key.signing.async_sign(
            bytes.fromhex(sha256), "sha256", use_pades=True, is_pdf_sig=False
        )
        try:
            return bytes(asyncio.run(signing).dump())
        except Exception as error:  # noqa: BLE001 - each library and device has errors of its own
            forget()
            what = f"No se puede firmar el expediente ({type(error).__name__})"
            raise EnvironmentFault(
                what, "Compruebe la clave o su dispositivo; `ventanilla doctor`."
            ) from None


def worth(data: bytes, signature: bytes, trusted: Iterable[Certificate], at: dt.datetime) -> Worth:
    """Return what a *signature* of *data* is worth; its chain is judged at the moment *at*."""
    try:
        return asyncio.run(_judged(data, signature, tuple(trusted), at))
    except Exception:  # noqa: BLE001 - the file may be anybody's; what cannot be followed is no signature
        return "broken"


async def _judged(data: bytes, signature: bytes, trusted: tuple[Certificate, ...], at: dt.datetime) -> Worth:
    """Judge a signature; raise whatever the library raises on one that is none."""
    from asn1crypto import cms  # type: ignore[import-untyped]  # noqa: PLC0415 - it carries no types; as below
    from pyhanko.sign.validation import async_validate_detached_cms  # noqa: PLC0415 - only who verifies pays
    from pyhanko.sign.validation.settings import KeyUsageConstraints  # noqa: PLC0415
    from pyhanko_certvalidator import ValidationContext  # noqa: PLC0415

    signed = cms.ContentInfo.load(signature)["content"]
    context = ValidationContext(trust_roots=[*trusted], moment=at, allow_fetching=False)
    usage = KeyUsageConstraints(
        key_usage={"non_repudiation", "digital_signature"}, match_all_key_usages=False
    )
    status = await async_validate_detached_cms(data, signed, context, key_usage_settings=usage)
    if not (status.intact and status.valid):
        return "broken"
    return "good" if trusted and status.trusted else "unknown"
