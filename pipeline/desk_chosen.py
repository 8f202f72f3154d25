"""What an administrator may choose of the way into the desk; `pipeline.settings.Desk` has the rest."""

from __future__ import annotations

from dataclasses import dataclass, field
from ipaddress import ip_network
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pipeline.errors import UsageError
from pipeline.fits import PORTS, host_name, web_address


@dataclass(frozen=True, slots=True, kw_only=True)
class Entrance:
    """Who may come in, how, and for how long."""

    host: str = "127.0.0.1"
    port: int = field(default=8000, metadata={"most": PORTS})
    address: str = field(default="", metadata={"fits": web_address})
    """Where people's browsers reach the desk, `https://mesa.example.org`; empty: at host and port.

    Links from Prefect and from mails lead there, and its name is one of `hosts`.
    """
    hosts: tuple[str, ...] = field(default=(), metadata={"fits": host_name})
    """The names under which browsers reach the desk, besides 127.0.0.1 and localhost: `mesa.example.org`."""
    secret: str = field(default="", metadata={"secret": True})
    """What one-time codes are sealed with; else the file below."""
    key: Path | None = None
    """A file with that secret; `init` makes one."""
    idle_minutes: float = field(default=20.0, metadata={"least": 1, "most": 24 * 60})
    """After how long without a sign of life somebody must come in again."""
    longest_hours: float = field(default=10.0, metadata={"least": 0.1, "most": 24})
    """After how long in any case."""
    passwords: bool = True
    """Whether a password of the desk's own lets somebody in."""
    totp: Literal["off", "optional", "required"] = "optional"
    """One-time codes of a telephone (RFC 6238) besides the password."""
    totp_roles: tuple[str, ...] = ()
    """For whom they are required, where they are; empty for everybody."""
    proxy_from: tuple[str, ...] = ()
    """Addresses or networks of the proxy in front; what it says of scheme, address and person is believed."""
    proxy_header: str = ""
    """The header in which that proxy names who it let in (Kerberos, certificates); empty for none."""
    oidc_issuer: str = ""
    """The address of an OpenID Connect provider that vouches for people; empty for none."""
    oidc_client: str = ""
    oidc_secret: str = field(default="", metadata={"secret": True})
    oidc_scopes: str = "openid profile"
    oidc_login: str = "preferred_username"
    """The claim that holds the login of the account."""
    oidc_roles: str = ""
    """The claim with the roles of a person, never `administrator`; empty where accounts keep them."""
    oidc_offices: str = ""
    """The claim with the codes of their offices."""
    oidc_map: tuple[str, ...] = ()
    """What the provider calls a role, `their-name=reviewer`; without it by the names of this program."""


def public_address(chosen: Entrance) -> str:
    """Return the address of the desk for links, without a slash at its end."""
    return (chosen.address or f"http://{chosen.host}:{chosen.port}").rstrip("/")


def names(chosen: Entrance) -> frozenset[str]:
    """Return the names of the desk's machine that a browser may ask for."""
    own = urlsplit(chosen.address).hostname
    return frozenset(
        {"127.0.0.1", "localhost", "::1", *(one.casefold() for one in chosen.hosts), *((own,) if own else ())}
    )


def refuse_contradictions(chosen: Entrance, *, lasting: bool) -> None:
    """Raise UsageError where settings of the entrance do not fit together; *lasting*: a secret is kept."""
    _proxy(chosen)
    _provider(chosen)
    if not chosen.passwords and not chosen.oidc_issuer and not chosen.proxy_header:
        raise UsageError(
            "desk.passwords: así no puede entrar nadie", "Ponga desk.oidc_issuer o desk.proxy_header."
        )
    if chosen.totp == "required" and not lasting:
        raise UsageError(
            "desk.totp: falta el secreto con que se guardan las claves de los códigos",
            "Ponga desk.key (un archivo; `ventanilla init` lo crea) o desk.secret.",
        )


def _proxy(chosen: Entrance) -> None:
    """Refuse a proxy whose word is believed whoever speaks."""
    if chosen.proxy_header and not chosen.proxy_from:
        raise UsageError(
            "desk.proxy_header: no se dice de qué direcciones se cree",
            "Ponga en desk.proxy_from la dirección del proxy: si no, cualquiera entraría con otro nombre.",
        )
    for address in chosen.proxy_from:
        try:
            network = ip_network(address, strict=False)
        except ValueError as error:
            what = f"desk.proxy_from: {address!r} no es una dirección IP ni una red"
            raise UsageError(what, "Escriba, p. ej., 10.0.0.5 o 10.0.0.0/28.") from error
        if network.prefixlen == 0:
            raise UsageError(
                f"desk.proxy_from: {address} es todo el mundo", "Escriba la dirección del proxy."
            )


def _provider(chosen: Entrance) -> None:
    """Refuse a provider that is half told, or that would be asked over an open line."""
    if not chosen.oidc_issuer:
        return
    if not chosen.oidc_client:
        raise UsageError("desk.oidc_client: falta", "Escriba el nombre con que el proveedor conoce la mesa.")
    address = urlsplit(chosen.oidc_issuer)
    if address.scheme != "https" and address.hostname not in {"127.0.0.1", "localhost"}:
        raise UsageError("desk.oidc_issuer no empieza por https://", "Corrija la dirección del proveedor.")
