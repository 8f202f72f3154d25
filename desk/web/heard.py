"""A line in the log for each request, where an administrator asks for it: the door, not what came through.

The address itself stays out: it may hold a number, and its question what somebody looked for.
"""

from __future__ import annotations

import logging
import time
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pipeline.logs.begin import REQUESTS

DOOR: Final = "ventanilla.door"
"""The key of the scope under which a door leaves its address, blanks and all."""
_log = logging.getLogger(REQUESTS)


class Heard:
    """The desk, with each request told."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, and tell how it was answered."""
        if scope["type"] != "http" or not _log.isEnabledFor(logging.INFO):
            await self._app(scope, receive, send)
            return
        began, status = time.monotonic(), [500]

        async def noted(message: Message) -> None:
            """Note the status that goes out."""
            if message["type"] == "http.response.start":
                status[0] = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noted)
        finally:
            told = {"method": scope["method"], "door": _door(scope), "status": status[0]}
            spent = round(1000 * (time.monotonic() - began))
            _log.info("request", extra={**told, "milliseconds": spent})


def _door(scope: Scope) -> str:
    """Return the address of the door that a request went through, blanks and all; `-` where it was none."""
    return str(scope.get(DOOR) or getattr(scope.get("route"), "path", "-"))
