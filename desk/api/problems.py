"""What the interface answers when it does not do what was asked (RFC 9457), from a closed list of codes."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from starlette.responses import JSONResponse, Response

from desk.web.words import FIRST, LANGUAGES, speaker

STATUS: Mapping[str, int] = MappingProxyType(
    {
        "no-key": 401,
        "no-right": 403,
        "no-office": 403,
        "no-address": 404,
        "no-case": 404,
        "no-receipt-yet": 404,
        "no-method": 405,
        "no-idempotency-key": 400,
        "idempotency-key-reused": 409,
        "no-form": 415,
        "bad-field": 422,
        "no-documents": 422,
        "too-many-files": 413,
        "too-large": 413,
        "too-many-calls": 429,
        "unavailable": 503,
        "no-room": 503,
        "internal": 500,
    }
)
"""Every code with its HTTP status; the sentences are in desk/web/words/api.yaml."""
MEDIA_TYPE = "application/problem+json"
RETRY_SECONDS = 60


class Problem(Exception):  # noqa: N818 - an answer, not an error of the program
    """The call ends here, by one of the codes; `field` is the name of what is wrong, no value of it."""

    def __init__(self, code: str, *, field: str | None = None, retry: float | None = None) -> None:
        """Say the *code*, the *field* and after how many seconds to *retry*."""
        super().__init__(code)
        self.code, self.field, self.retry = code, field, retry


def answer(problem: Problem, accepted: str) -> Response:
    """Return the answer, in the language that the header Accept-Language asks for."""
    language = chosen(accepted)
    say, name = speaker(language), problem.code.replace("-", "_")
    body: dict[str, Any] = {
        "type": f"urn:ventanilla:problem:{problem.code}",
        "title": say(f"api.{name}"),
        "status": STATUS[problem.code],
        "detail": say(f"api.{name}_do"),
        "code": problem.code,
    }
    if problem.field is not None:
        body["field"] = problem.field
    headers = {"Content-Language": language, "Vary": "Accept-Language"}
    if STATUS[problem.code] in {429, 503} or problem.code == "no-receipt-yet":
        headers["Retry-After"] = str(max(1, round(problem.retry or RETRY_SECONDS)))
    if problem.code == "no-key":
        headers["WWW-Authenticate"] = "Bearer"
    return JSONResponse(body, STATUS[problem.code], headers, media_type=MEDIA_TYPE)


def chosen(accepted: str) -> str:
    """Return the language of ours that is asked for first (RFC 9110, 12.5.4), Spanish where none is."""
    wanted = []
    for place, part in enumerate(accepted[:500].split(",")):
        tag, _, weight = part.partition(";")
        wanted.append((-_weight(weight), place, tag.strip().split("-")[0].casefold()))
    return next((tag for weight, _, tag in sorted(wanted) if tag in LANGUAGES and weight < 0), FIRST)


def _weight(text: str) -> float:
    """Return the weight of a language, 0 where it is none."""
    name, _, value = text.strip().partition("=")
    if not name:
        return 1.0
    try:
        return min(1.0, max(0.0, float(value))) if name.strip() == "q" else 1.0
    except ValueError:
        return 0.0
