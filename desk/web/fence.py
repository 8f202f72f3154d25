"""What stands before every door: own names of host, the word of the proxy, bounds of what is sent, headers.

Plain ASGI, so that it costs next to nothing and holds for what is mounted beside the pages too.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Mapping, MutableMapping
from ipaddress import ip_address, ip_network
from typing import Any, Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pipeline.desk_chosen import Entrance, names
from pipeline.logs.plainly import told_plainly

TRUSTED: Final = "ventanilla.trusted"
"""The key of the scope that says whether the proxy of the settings made the request."""
STATIC: Final = "/recursos"
HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    # nothing to other sites; with `no-referrer` browsers also say `Origin: null` of the desk's own forms
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
_HTTPS = {"Strict-Transport-Security": "max-age=31536000"}
_BESIDE = 16 * 1024 * 1024
"""How much may come beside a whole package: the fields of a form, other papers."""
LINE: Final[Mapping[str, Any]] = {
    # whose word on scheme and address is believed, the settings say
    "proxy_headers": False,
    "server_header": False,
    "limit_concurrency": 200,
    "timeout_keep_alive": 15,
    "h11_max_incomplete_event_size": 32 * 1024,
}
"""How the server holds the lines that reach the desk."""
_SILENCE_SECONDS = 20.0
_SLOWEST = 8 * 1024
"""Bytes a second that must come in the long run; who sends less keeps a place that others need."""
log = logging.getLogger("ventanilla.desk")


class Fence:
    """The desk behind its fence; `package` is the size in bytes of the largest package that is taken in."""

    def __init__(self, app: ASGIApp, chosen: Entrance, package: int) -> None:
        self._app = app
        self._hosts = names(chosen)
        self._proxies = [ip_network(one, strict=False) for one in chosen.proxy_from]
        self._most = package + _BESIDE

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or say why not."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun: list[bool] = []
        scope = self._behind_proxy(scope)
        headed = _headed(scope, send, begun)
        refused = self._refused(scope, Headers(scope=scope))
        if refused is not None:
            await refused(scope, receive, headed)
            return
        try:
            await self._app(scope, _bounded(receive, self._most), headed)
        except Exception as error:  # noqa: BLE001 - the server would print what the error says, of whomever
            log.error("%s", told_plainly(error))  # noqa: TRY400 - a traceback shows the text of the error
            if not begun:
                await PlainTextResponse("500", 500)(scope, receive, headed)

    def _behind_proxy(self, scope: Scope) -> Scope:
        """Return the request as the proxy in front received it; what others say of that is not heard."""
        client = scope.get("client")
        trusted = client is not None and self._is_proxy(client[0])
        changed: MutableMapping[str, Any] = {**scope, TRUSTED: trusted}
        headers = Headers(scope=scope)
        if not trusted:
            return changed
        scheme = headers.get("X-Forwarded-Proto", "").strip().lower()
        if scheme in {"http", "https"}:
            changed["scheme"] = scheme
        # each proxy adds at the end: the last that is no proxy of ours is the one who asks
        said = [part.strip() for part in headers.get("X-Forwarded-For", "").split(",") if part.strip()]
        asking = next((one for one in reversed(said) if not self._is_proxy(one)), None)
        if asking is not None:
            changed["client"] = (asking[:64], 0)
        return changed

    def _is_proxy(self, address: str) -> bool:
        """Whether an address is one of the proxy in front."""
        try:
            found = ip_address(address)
        except ValueError:
            return False
        return any(found in network for network in self._proxies)

    def _refused(self, scope: Scope, headers: Headers) -> PlainTextResponse | None:
        """Return the answer to a request that is not even looked at."""
        # no browser sends it, and no text of PostgreSQL can hold it
        if "\0" in scope["path"] or b"%00" in scope["query_string"]:
            return PlainTextResponse("400", 400)
        # a page of another site must not reach this one under a name of its own
        if _host(headers.get("Host", "")) not in self._hosts:
            return PlainTextResponse("Nombre de servidor desconocido: vea desk.hosts.", 400)
        length = headers.get("Content-Length", "0")
        if not (length.isascii() and length.isdigit()):
            return PlainTextResponse("Content-Length", 400)
        if int(length) > self._most:
            return PlainTextResponse("Demasiado grande.", 413, headers={"Connection": "close"})
        return None


def _host(told: str) -> str:
    """Return the name in a Host header, without its port."""
    name = told[1:].partition("]")[0] if told.startswith("[") else told.partition(":")[0]
    return name.casefold()


def _headed(scope: Scope, send: Send, begun: list[bool]) -> Send:
    """Return *send*, which puts the headers on the answer and remembers that it began."""
    static = scope["path"].startswith(f"{STATIC}/")

    async def headed(message: Message) -> None:
        if message["type"] == "http.response.start":
            begun.append(True)
            headers = MutableHeaders(scope=message)
            headers.update({**HEADERS, **(_HTTPS if scope["scheme"] == "https" else {})})
            if not static:
                headers.setdefault("Cache-Control", "no-store")
        await send(message)

    return headed


def _bounded(receive: Receive, most: int) -> Receive:
    """Return *receive*, which gives at most *most* bytes and waits for no more than a slow line needs.

    Raises:
        HTTPException: 413 or 408, while the body is not whole.
    """
    begun, came, over = time.monotonic(), 0, False

    async def bounded() -> Message:
        nonlocal came, over
        if over:  # what is left is word of the end of the line
            return await receive()
        left = begun + _SILENCE_SECONDS + came / _SLOWEST - time.monotonic()
        try:
            message = await asyncio.wait_for(receive(), max(0.0, min(_SILENCE_SECONDS, left)))
        except TimeoutError:
            raise HTTPException(408) from None
        came += len(message.get("body", b""))
        over = not message.get("more_body", False)
        if came > most:
            raise HTTPException(413)
        return message

    return bounded
