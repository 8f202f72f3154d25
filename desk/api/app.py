"""The interface as one application: addresses, the key that each takes, problems where it fails."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Coroutine
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Path, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException

from desk.api import cases, submissions
from desk.api.call import Call, called
from desk.api.document import CURSOR, FORM, NUMBER, ONCE, Case, Findings, Listed, Submitted, problems
from desk.api.mount import PLACE
from desk.api.pace import Pace
from desk.api.problems import Problem, answer
from desk.web.forms import within
from desk.web.room import Room
from pipeline.errors import EnvironmentFault

ABOUT = """How an office's program hands cases in and asks how they stand. Every call takes a key of the
office in `Authorization: Bearer vk_...` and is kept in the audit. Errors are problems (RFC 9457) with a code
of a closed list, in Spanish, Galician or English by `Accept-Language`."""
_BESIDE = 1 << 20
"""Bytes of a form besides its files."""
_FIELDS = 20
log = logging.getLogger(__name__)
Number = Annotated[
    str,
    Path(pattern=r"^[A-Z][A-Z0-9]{1,15}-[0-9]{4}-[0-9]{6,9}$", examples=[NUMBER], description="Of a case."),
]


class Route(APIRoute):
    """An address whose failures are answers: no trace, which may hold what a paper says, goes anywhere."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return what answers there."""
        handle = super().get_route_handler()

        async def safely(request: Request) -> Response:
            try:
                return await handle(request)
            except Problem as problem:
                return await _wrong(request, problem)
            except RequestValidationError as error:
                where = error.errors()[0]["loc"]
                return await _wrong(request, Problem("bad-field", field=str(where[-1])[:64]))
            except EnvironmentFault as fault:
                log.warning("the interface cannot answer: %s", type(fault).__name__)
                return await _wrong(request, Problem("unavailable"))
            except HTTPException as error:
                return await _wrong(request, Problem(_CODES.get(error.status_code, "internal")))
            except Exception as error:  # noqa: BLE001 - the last seam: a trace may hold the name of a paper
                log.error("the interface failed: %s", type(error).__name__)  # noqa: TRY400 - as above
                return await _wrong(request, Problem("internal"))

        return safely


_CODES = {404: "no-address", 405: "no-method", 400: "no-form", 413: "too-large"}


async def _wrong(request: Request, problem: Problem) -> Response:
    """Return the problem as an answer; of whoever has a key it is kept that it was refused."""
    call: Call | None = getattr(request.state, "call", None)
    if call is not None and problem.code not in {"unavailable", "internal"}:
        await run_in_threadpool(call.audit, "api-refused", code=problem.code)
    return answer(problem, request.headers.get("accept-language", ""))


async def _outside(request: Request, error: Exception) -> Response:
    """Answer where there is no such address, or no such method."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    response = answer(Problem(_CODES.get(status, "internal")), request.headers.get("accept-language", ""))
    response.headers.update((error.headers or {}) if isinstance(error, HTTPException) else {})
    return response


_bearer = HTTPBearer(auto_error=False, scheme_name="key", description="A key of the office: `vk_...`")


def guard(request: Request, given: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]) -> Call:
    """Return the call, which every address asks for first; raise Problem without a key."""
    state = request.app.state
    return called(state.room, state.pace, request, given.credentials if given else None)


Guarded = Annotated[Call, Depends(guard)]


async def submit(request: Request, call: Guarded) -> Response:
    """Take in what the form brings. The same Idempotency-Key with the same form is answered the same."""
    form = await _form(request, call)
    try:
        word = request.headers.get("idempotency-key")
        sent = await run_in_threadpool(submissions.asked, call, word, form)
        told, again = await run_in_threadpool(submissions.submitted, call, sent)
    finally:
        await form.close()
    headers = {"Location": told["links"]["case"], **({"Idempotency-Replayed": "true"} if again else {})}
    return JSONResponse(told, 202, headers)


async def _form(request: Request, call: Call) -> FormData:
    """Return the form within limits; files go to the disk as they come."""
    if not request.headers.get("content-type", "").casefold().startswith("multipart/form-data"):
        raise Problem("no-form")
    limits = call.room.settings.limits
    receive = within(request.receive, limits.package + _BESIDE, Problem("too-large"))
    return await Request(request.scope, receive).form(
        max_files=limits.members + 1, max_fields=_FIELDS, max_part_size=_BESIDE
    )


def listed(
    call: Guarded,
    since: Annotated[dt.datetime | None, Query(description="From this moment on, with its zone.")] = None,
    after: Annotated[str | None, Query(pattern=CURSOR, description="`next` of the page before.")] = None,
    limit: Annotated[int, Query(ge=1, le=cases.MOST)] = 100,
) -> Response:
    """Return the cases of the key's offices that changed, a page at a time, in the order of change."""
    return JSONResponse(cases.listed(call, since, after, limit))


def case(number: Number, call: Guarded) -> Response:
    """Return status, queue and dates; nothing of a person's unless the key has the right `cases`."""
    return JSONResponse(cases.status(call, number))


def findings(number: Number, call: Guarded) -> Response:
    """Return each rule's answer with its article, and its reason for keys with the right `cases`."""
    return JSONResponse(cases.findings(call, number))


def receipt(number: Number, call: Guarded, submission: Annotated[int, Query(ge=1, le=999)] = 1) -> Response:
    """Return ACUSE_<number>.zip: given within a minute of reception."""
    name, data = cases.receipt(call, number, submission)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(data, media_type="application/zip", headers=headers)


_HANDING = (
    "no-idempotency-key",
    "idempotency-key-reused",
    "no-office",
    "no-case",
    "no-form",
    "bad-field",
    "no-documents",
    "too-many-files",
    "too-large",
    "no-room",
)
_ONE = ("bad-field", "no-case")
_READ = (
    ("/cases", listed, Listed, "The cases that changed", ("bad-field",)),
    ("/cases/{number}", case, Case, "How a case stands", _ONE),
    ("/cases/{number}/findings", findings, Findings, "What the rules found", _ONE),
)
_ZIP: dict[int | str, dict[str, Any]] = {
    200: {"description": "The receipt.", "content": {"application/zip": {}}}
}


def _doors(app: FastAPI) -> None:
    """Add the addresses."""
    app.add_api_route(
        "/submissions",
        submit,
        methods=["POST"],
        status_code=202,
        response_model=Submitted,
        summary="Hand papers in",
        openapi_extra={"parameters": [ONCE], "requestBody": FORM},
        responses=problems(*_HANDING),
    )
    for path, endpoint, model, summary, codes in _READ:
        app.add_api_route(path, endpoint, response_model=model, summary=summary, responses=problems(*codes))
    app.add_api_route(
        "/cases/{number}/receipt",
        receipt,
        response_class=Response,
        summary="The signed receipt of a submission",
        responses={**problems(*_ONE, "no-receipt-yet"), **_ZIP},
    )


def interface(room: Room) -> FastAPI:
    """Return the interface over *room*."""
    app = FastAPI(
        title="Ventanilla",
        version="1",
        description=ABOUT,
        openapi_url="/openapi.json",
        docs_url=None,
        redoc_url=None,
        servers=[{"url": PLACE}],
        root_path_in_servers=False,
        redirect_slashes=False,
        exception_handlers={HTTPException: _outside},
    )
    app.state.room, app.state.pace = room, Pace()
    app.router.route_class = Route
    _doors(app)
    return app
