"""What the OpenAPI document says of answers and forms: their shapes, with an example of each."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from desk.api.problems import MEDIA_TYPE, STATUS

NUMBER = "CEU01-2026-000123"
ONCE_PATTERN = r"^[!-~]{1,128}$"
CURSOR = r"^[0-9]{1,16}-[0-9A-Z]{26}$"
_LINKS = {
    "case": f"/api/v1/cases/{NUMBER}",
    "findings": f"/api/v1/cases/{NUMBER}/findings",
    "receipt": f"/api/v1/cases/{NUMBER}/receipt",
}
_ID = "01KKXJ8Z4T0000000000000000"
_AT = "2026-03-16T09:30:00+01:00"
Status = Literal["accepted", "waiting", "routed", "returned", "resolved"]
Queue = Literal["approve", "cure", "review", "refer", "refuse"]


def _example(**values: Any) -> ConfigDict:
    """Return the configuration of a shape with one example."""
    return ConfigDict(json_schema_extra={"examples": [values]})


class Links(BaseModel):
    """Where a case, its findings and its receipt are."""

    case: str
    findings: str
    receipt: str


class Submitted(BaseModel):
    """What was handed in is accepted: it has a number and will have a receipt."""

    model_config = _example(
        schema_version=1,
        id=_ID,
        number=NUMBER,
        office="CEU01",
        kind="new",
        submission=1,
        received_at=_AT,
        links=_LINKS,
    )
    schema_version: Literal[1]
    id: str
    number: str
    office: str
    kind: Literal["new", "answer", "duplicate"]
    submission: int = Field(description="Which submission of its case this is, from 1.")
    received_at: dt.datetime
    links: Links


class Line(BaseModel):
    """A case as lists show it: nothing of a person's."""

    id: str
    number: str
    office: str
    status: Status
    queue: Queue | None
    procedure: str | None
    filed_on: dt.date | None
    received_at: dt.datetime
    updated_at: dt.datetime
    links: Links


_LINE: dict[str, Any] = {
    "id": _ID,
    "number": NUMBER,
    "office": "CEU01",
    "status": "routed",
    "queue": "cure",
    "procedure": "convenio_especial",
    "filed_on": "2026-03-16",
    "received_at": _AT,
    "updated_at": "2026-03-16T08:31:12.000000+00:00",
    "links": _LINKS,
}


class Listed(BaseModel):
    """A page of cases in the order of their last change; `next` begins the page after, now or later."""

    model_config = _example(schema_version=1, cases=[_LINE], more=False, next=f"1773649872000000-{_ID}")
    schema_version: Literal[1]
    cases: list[Line]
    more: bool
    next: str | None


class Told(BaseModel):
    """A code and its sentence, by language."""

    code: str
    message: dict[str, str]


class Case(Line):
    """How a case stands; `case` is all of it as in `process --json`, for keys with the right `cases`."""

    model_config = _example(
        schema_version=1,
        **_LINE,
        returned=None,
        waiting=None,
        deadlines={"resolve_by": "2026-04-30", "silence": "positive", "cure_by": None, "provisional": False},
        documents=[{"id": "d1", "pages": [1, 2], "kind": "padron_certificate", "flags": []}],
    )
    schema_version: Literal[1]
    returned: Told | None
    waiting: Told | None
    deadlines: dict[str, Any] | None
    documents: list[dict[str, Any]]
    case: dict[str, Any] | None = None


class Findings(BaseModel):
    """What each rule found; `reason`, in three languages, and `evidence` for keys with the right `cases`."""

    model_config = _example(
        schema_version=1,
        number=NUMBER,
        status="routed",
        queue="cure",
        findings=[
            {
                "rule": "CE-RES-02",
                "outcome": "cure",
                "basis": "Orden SSI/1475/2014, art. 2.a",
                "law_version": "2026-03-13",
                "reason": {"es": "Falta el padrón", "gl": "Falta o padrón", "en": "The padrón is missing"},
            }
        ],
    )
    schema_version: Literal[1]
    number: str
    status: Status
    queue: Queue | None
    findings: list[dict[str, Any]]


class Wrong(BaseModel):
    """What was not done, and what to do (RFC 9457), in the language of Accept-Language: es, gl or en."""

    model_config = _example(
        type="urn:ventanilla:problem:no-case",
        title="No hay ningún expediente con ese número.",
        status=404,
        detail="Compruebe el número y que la clave es de su oficina.",
        code="no-case",
    )
    type: str
    title: str
    status: int
    detail: str
    code: Literal[tuple(STATUS)]  # type: ignore[valid-type]  # the closed list, said once
    field: str | None = None


def problems(*codes: str) -> dict[int | str, dict[str, Any]]:
    """Return the answers of those codes, and of those that every address has."""
    found: dict[int | str, dict[str, Any]] = {}
    for code in ("no-key", "no-right", "too-many-calls", "internal", "unavailable", *codes):
        status = STATUS[code]
        known = found.get(status, {}).get("description", "")
        told = f"{known}, `{code}`" if known else f"`{code}`"
        schema = {"$ref": "#/components/schemas/Wrong"}
        found[status] = {"description": told, "model": Wrong, "content": {MEDIA_TYPE: {"schema": schema}}}
    return found


def _text(description: str, example: str, **more: Any) -> dict[str, Any]:
    """Return a text of the form."""
    return {"type": "string", "description": description, "examples": [example], **more}


ONCE: dict[str, Any] = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "description": "A word of this submission's own; the same again where a call is repeated.",
    "schema": {
        "type": "string",
        "pattern": ONCE_PATTERN,
        "examples": ["b7c1f0e2-4a57-4d0c-9a51-3f2f6d2a9e11"],
    },
}
FORM: dict[str, Any] = {
    "required": True,
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "required": ["file"],
                "additionalProperties": False,
                "properties": {
                    "file": {
                        "type": "array",
                        "minItems": 1,
                        "maxItems": 200,
                        "items": {"type": "string", "format": "binary"},
                        "description": "A ZIP, a PDF, images; several files are one case.",
                    },
                    "office": _text("Needed where the key is of several offices.", "CEU01"),
                    "answers": _text("The number of the case that these papers answer to.", NUMBER),
                    "filed_on": _text(
                        "The day of filing, where the office knows it.", "2026-03-16", format="date"
                    ),
                    "procedure": {"type": "string", "enum": ["convenio_especial", "asistencia_sanitaria"]},
                    "remarks": _text("What the office notes.", "Entregado en mano", maxLength=4000),
                    "registry_number": _text(
                        "Of the office's registry.", "REGAGE26e00012345678", maxLength=4000
                    ),
                },
            },
            "encoding": {"file": {"contentType": "application/pdf, application/zip, image/*"}},
        }
    },
}
