"""What an administrator may choose of the mail of a morning."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from pipeline.errors import UsageError
from pipeline.fits import near

_ADDRESS = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,190}")
_EVERY = "*"
MOST = 200
"""Receivers: each is a mail of its own, sent one after the other by one worker."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """Somebody who gets the mail."""

    address: str
    offices: tuple[str, ...] = ()
    """The codes of the offices whose figures it tells; all of them where none is named, or `*`."""
    language: Literal["es", "gl", "en"] = "es"
    calendars: tuple[str, ...] = ("state",)
    """The calendars of their offices (`ceuta`, `melilla`): no mail on a day that is off in all of them."""

    @property
    def name(self) -> str:
        """Return what `config show` calls it."""
        return self.address

    @property
    def whose(self) -> frozenset[str] | None:
        """Return the offices whose figures it tells, None for all."""
        return None if not self.offices or _EVERY in self.offices else frozenset(self.offices)

    @property
    def where(self) -> str:
        """Return the offices, for `config show`."""
        return _EVERY if self.whose is None else " ".join(self.offices)


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """How the mail goes out; it does not without a mail server and receivers."""

    host: str = ""
    """The mail server (SMTP)."""
    port: int = field(default=587, metadata={"most": 65535})
    security: Literal["starttls", "tls", "none"] = "starttls"
    """How the line is closed to others; `none` only to a server on this machine."""
    certificates: Path | None = None
    """A PEM file with the issuers that are believed besides those of the system."""
    user: str = ""
    password: str = field(default="", metadata={"secret": True})
    sender: str = ""
    """The address that the mail comes from."""
    at: str = "07:30"
    """The hour of working days, as the office's clock shows it, from which the mail goes out."""
    receivers: tuple[Receiver, ...] = ()
    seconds: float = field(default=20.0, metadata={"least": 1, "most": 120})
    """How long the mail server may take for each answer."""
    tries: int = field(default=6, metadata={"least": 1, "most": 50})
    """How often one mail is tried; the pauses between double from a minute on."""

    def __post_init__(self) -> None:
        """Refuse what could not be sent, or would be sent in the open."""
        self.hour()
        for address in (*((self.sender,) if self.sender else ()), *(one.address for one in self.receivers)):
            if not _ADDRESS.fullmatch(address):
                raise UsageError(
                    "digest: una dirección de correo no sirve", "Escríbala como jefatura@example.org."
                )
        if len(self.receivers) > MOST or len({one.address for one in self.receivers}) < len(self.receivers):
            raise UsageError(
                "digest.receivers: hay direcciones repetidas o demasiadas", f"Como mucho {MOST}."
            )
        if self.receivers and self.host and not self.sender:
            raise UsageError("digest.sender: falta", "Escriba la dirección desde la que sale el correo.")
        if self.security == "none" and self.host not in {"", "localhost", "127.0.0.1", "::1"}:
            raise UsageError(
                "digest.security: sin cifrar solo se envía a esta máquina", 'Escriba "starttls" o "tls".'
            )

    def hour(self) -> dt.time:
        """Return the hour from which the mail goes out."""
        try:
            return dt.time.fromisoformat(self.at)
        except ValueError as error:
            raise UsageError(f"digest.at: {self.at!r} no es una hora", "Escríbala como 07:30.") from error

    def check(self, offices: Collection[str]) -> None:
        """Raise UsageError where a receiver's office is none of *offices*: they would be told of nothing."""
        for one in self.receivers:
            if lost := sorted((one.whose or frozenset()).difference(offices)):
                raise UsageError(
                    f"digest.receivers: {lost[0]!r} no es una oficina de folders.offices",
                    near(lost[0], offices).strip()
                    or f"Escriba {', '.join(sorted(offices))}, o ninguna para todas.",
                )

    @property
    def wanted(self) -> bool:
        """Whether anything is sent."""
        return bool(self.host and self.receivers)
