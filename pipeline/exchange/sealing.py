"""Signatures of what is handed over: CAdES, detached, with the key that signs receipts."""

from __future__ import annotations

import asyncio
import datetime as dt
import hashlib

from pipeline.errors import EnvironmentFault, UsageError
from pipeline.receipts.key import Key, forget, key
from pipeline.settings import Receipts


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
