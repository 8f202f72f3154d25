"""The forms that are sent: read within limits, and what shows that a page of this desk sent them."""

from __future__ import annotations

from hmac import compare_digest
from typing import Final

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import Message, Receive

from desk.web.room import Room
from desk.web.visit import Refused, Visit

MOST_FILES, MOST_FIELDS, LARGEST_FIELD = 50, 400, 1024 * 1024
LARGEST_FORM: Final = 16 * 1024 * 1024
_WHY: Final = {408: "slow", 413: "too_much"}


async def form(request: Request, room: Room, *, papers: bool) -> FormData:
    """Return what was sent, within limits; files go to the disk as they come.

    Raises:
        Refused: more is sent than may be, or it is no form, or it does not come.
    """
    limits = room.settings.limits
    most = MOST_FIELDS * 1024 + (limits.package if papers else LARGEST_FORM)
    # one file more than a package may have is refused by whoever takes it in, with the words for it
    files = limits.members + 1 if papers else MOST_FILES
    bounded = Request(request.scope, within(request.receive, most, Refused(413, "too_much")))
    try:
        found = await bounded.form(max_files=files, max_fields=MOST_FIELDS, max_part_size=LARGEST_FIELD)
    except HTTPException as error:
        known = error.status_code in _WHY
        raise Refused(error.status_code if known else 400, _WHY.get(error.status_code, "bad_form")) from None
    # nobody types it, and no text of PostgreSQL can hold it
    if any("\0" in value for _, value in found.multi_items() if isinstance(value, str)):
        await found.close()
        raise Refused(400, "bad_form")
    return found


def within(receive: Receive, most: int, otherwise: Exception) -> Receive:
    """Return *receive*, which raises *otherwise* once it has given more than *most* bytes."""
    came = 0

    async def counted() -> Message:
        nonlocal came
        message = await receive()
        came += len(message.get("body", b""))
        if came > most:
            raise otherwise
        return message

    return counted


def same_site(visit: Visit) -> bool | None:
    """Whether a page of this desk sent the request, in the browser's word; None where it says nothing."""
    headers = visit.request.headers
    site, origin = headers.get("Sec-Fetch-Site"), headers.get("Origin")
    if site is not None and site not in {"same-origin", "none"}:
        return False
    if origin is not None and origin != str(visit.request.base_url).rstrip("/"):
        # who hides the origin of everything says `null`; then the other header must speak
        return origin == "null" and site == "same-origin"
    return None if origin is None and site is None else True


def has_token(visit: Visit, token: str) -> bool:
    """Whether the *token* of a session came with the request."""
    sent = visit.request.headers.get("X-CSRF") or visit.field("csrf")
    return compare_digest(sent.encode("utf-8", "surrogatepass"), token.encode())
