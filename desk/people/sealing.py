"""What leaves the desk's hands and must come back unread and unchanged: sealed with a secret of the machine.

A seal says what for: what was sealed for one purpose does not open for another.
"""

from __future__ import annotations

import base64
import binascii
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from pipeline.desk_chosen import Entrance
from pipeline.errors import EnvironmentFault, UsageError

LEAST = 16
"""Characters of a secret: 64 bits in base 16."""
_NONCE = 12


@dataclass(frozen=True, slots=True)
class Seals:
    """The desk's secret. Without a `lasting` one, seals are worth nothing after a restart."""

    secret: bytes
    lasting: bool

    def seal(self, purpose: str, words: bytes) -> str:
        """Return *words* sealed, as text for a cookie or a form."""
        nonce = secrets.token_bytes(_NONCE)
        return base64.urlsafe_b64encode(nonce + self._for(purpose).encrypt(nonce, words, None)).decode()

    def opened(self, purpose: str, sealed: str) -> bytes | None:
        """Return the words in a seal made for this *purpose*, None if it is another or was changed."""
        try:
            raw = base64.urlsafe_b64decode(sealed.encode("ascii"))
            return self._for(purpose).decrypt(raw[:_NONCE], raw[_NONCE:], None)
        except (InvalidTag, ValueError, binascii.Error):
            return None

    def _for(self, purpose: str) -> AESGCM:
        """Return the key of one purpose."""
        return AESGCM(
            HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode()).derive(self.secret)
        )


def passing() -> Seals:
    """Return seals that end with this process."""
    return Seals(secrets.token_bytes(32), lasting=False)


def seals(chosen: Entrance) -> Seals:
    """Return the seals of the settings: of `desk.secret`, else of the file `desk.key`, else passing ones.

    Raises:
        UsageError: the secret is too short to be one.
        EnvironmentFault: the file is not there or cannot be read.
    """
    secret = chosen.secret or (_read(chosen.key) if chosen.key else "")
    if not secret:
        return passing()
    if len(secret) < LEAST:
        what = f"desk.secret o desk.key: menos de {LEAST} caracteres"
        raise UsageError(what, "Ponga uno largo y al azar, p. ej. el que escribe `openssl rand -hex 32`.")
    return Seals(secret.encode(), lasting=True)


def make_key(file: Path) -> None:
    """Write a new secret that only this account of the machine may read."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch(mode=0o600, exist_ok=False)
    file.write_text(secrets.token_hex(32) + "\n", encoding="ascii")


def _read(file: Path) -> str:
    """Return the secret in a file."""
    try:
        return file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        what = f"desk.key: no se puede leer {file}"
        raise EnvironmentFault(
            what, "Compruebe la ruta y los permisos; sin él no valen los códigos."
        ) from error
