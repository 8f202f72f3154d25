"""One call made: signed, to the very address that was looked at, within a bounded time, nothing followed.

HTTP/1.1 by hand over one connection: the name is resolved once and that address is the one that is called,
only the line with the status is read, and the clock runs for all of it together, however slowly it drips.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import re
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from pipeline.errors import UsageError

SIGNATURE, ID = "Ventanilla-Signature", "Ventanilla-Id"
_LONGEST_LINE = 1024
_STATUS = re.compile(rb"HTTP/1\.[01] ([0-9]{3})(?: |\r?\n|$)")
_NEVER: Final = tuple(
    ipaddress.ip_network(one)
    for one in ("192.0.0.0/24", "2002::/16", "2001::/32", "fec0::/10", "fd00:ec2::/32")
)
"""What leads elsewhere than it says (6to4, Teredo), was given up, or is where clouds keep their secrets."""
_FORBIDDEN = re.compile(r"[\x00-\x20\x7f-\uffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where is called: `http` only on this machine itself."""

    secure: bool
    host: str
    port: int
    path: str

    @property
    def shown(self) -> str:
        """The host as the header names it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == (443 if self.secure else 80) else f"{host}:{self.port}"


def address(url: str) -> Address:
    """Return where *url* leads; raise UsageError for what is not called."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise _wrong() from None
    plain = not (_FORBIDDEN.search(url) or parts.username or parts.password or parts.fragment)
    if not plain or parts.scheme not in {"http", "https"} or not parts.hostname:
        raise _wrong()
    secure = parts.scheme == "https"
    query = f"?{parts.query}" if parts.query else ""
    found = Address(
        secure=secure,
        host=parts.hostname,
        port=port or (443 if secure else 80),
        path=f"{parts.path or '/'}{query}",
    )
    if not secure and not _loopback(found.host):
        raise _wrong()
    return found


def _wrong() -> UsageError:
    """Return what is told of an address that is not called."""
    return UsageError(
        "Esa dirección no sirve para llamar a ella",
        "Ha de ser https://…, o http:// a esta misma máquina (127.0.0.1), sin usuario ni contraseña.",
    )


def _loopback(host: str) -> bool:
    """Tell whether a name is this machine itself, without asking anybody."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def signature(secret: str, call: str, at: int, body: bytes) -> str:
    """Return the header that signs a call: its moment (seconds since 1970), and over it, id and body."""
    words = f"{at}.{call}.".encode() + body
    made = hmac.new(secret.encode(), words, hashlib.sha256).hexdigest()
    return f"t={at},v1={made}"


class _Stopped(Exception):  # noqa: N818 - ends a try, and is a word outside
    """The try ends, for the reason of this word."""


def send(
    url: str,
    secret: str,
    call: str,
    body: bytes,
    *,
    at: int,
    seconds: float,
    private: bool,
    clock: Callable[[], float] = time.monotonic,
) -> str:
    """Make a call; return the status of the answer, or a word for what went wrong.

    `no-name`, `not-allowed` (an address of a private network), `no-connection`, `no-trust` (its certificate),
    `too-slow`, `no-answer` (what came is no HTTP).
    """
    until = clock() + seconds
    try:
        where = address(url)
        place = _resolved(where, private=private)
        with _connected(where, place, until, clock) as connection:
            connection.sendall(_request(where, secret, call, body, at))
            return _status(connection, until, clock)
    except UsageError:
        return "not-allowed"
    except _Stopped as stopped:
        return str(stopped)
    except TimeoutError:
        return "too-slow"
    except ssl.SSLError:
        return "no-trust"
    except OSError:
        return "no-connection"


def _resolved(where: Address, *, private: bool) -> tuple[socket.AddressFamily, tuple[str, int]]:
    """Return the address that is called: every one that the name has must be one that may be."""
    try:
        found = socket.getaddrinfo(where.host, where.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise _Stopped("no-name") from None
    for _, _, _, _, place in found:
        if not _allowed(str(place[0]), private=private):
            raise _Stopped("not-allowed")
    family, _, _, _, place = found[0]
    return family, (str(place[0]), where.port)


def _allowed(host: str, *, private: bool) -> bool:
    """Tell whether an address may be called: never one of the link, where clouds keep their secrets."""
    found = ipaddress.ip_address(host.partition("%")[0])
    found = getattr(found, "ipv4_mapped", None) or found
    if found.is_loopback:
        return True
    if found.is_link_local or found.is_multicast or found.is_unspecified or found.is_reserved:
        return False
    if any(found in network for network in _NEVER if network.version == found.version):
        return False
    return found.is_global or (private and found.is_private)


def _connected(
    where: Address,
    place: tuple[socket.AddressFamily, tuple[str, int]],
    until: float,
    clock: Callable[[], float],
) -> socket.socket:
    """Return a connection, with its certificate checked."""
    family, to = place
    plain = socket.socket(family, socket.SOCK_STREAM)
    try:
        plain.settimeout(_left(until, clock))
        plain.connect(to)
        if not where.secure:
            return plain
        plain.settimeout(_left(until, clock))
        return ssl.create_default_context().wrap_socket(plain, server_hostname=where.host)
    except BaseException:
        plain.close()
        raise


def _left(until: float, clock: Callable[[], float]) -> float:
    """Return the seconds that are left; raise TimeoutError where none are."""
    left = until - clock()
    if left <= 0:
        raise TimeoutError
    return left


def _request(where: Address, secret: str, call: str, body: bytes, at: int) -> bytes:
    """Return the bytes of the call."""
    head = (
        f"POST {where.path} HTTP/1.1",
        f"Host: {where.shown}",
        "User-Agent: Ventanilla",
        "Content-Type: application/json; charset=utf-8",
        f"Content-Length: {len(body)}",
        f"{ID}: {call}",
        f"{SIGNATURE}: {signature(secret, call, at, body)}",
        "Connection: close",
    )
    return "\r\n".join((*head, "", "")).encode("ascii") + body


def _status(connection: socket.socket, until: float, clock: Callable[[], float]) -> str:
    """Return the status in the first line of the answer; nothing more of it is read."""
    came = b""
    while b"\n" not in came and len(came) < _LONGEST_LINE:
        connection.settimeout(_left(until, clock))
        piece = connection.recv(_LONGEST_LINE)
        if not piece:
            break
        came += piece
    found = _STATUS.match(came)
    return found[1].decode() if found else "no-answer"
