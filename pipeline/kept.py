"""A case as its report keeps it, taken up again at the step before the judgement: no paper is read twice.

    case = kept_case(report)           # the JSON of one case, as `report` told it
    assess(case, policy, calendars)    # the same step that judged it the first time

The report holds what every paper says; `handed_in` holds what was said of the filing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from pipeline.case import Member, Read, Received
from pipeline.corrections.retold import document_told, mended_told
from pipeline.errors import UsageError
from pipeline.facts.filing import SPAIN
from pipeline.handed import Presentation, Source
from pipeline.life.kept import kept_earlier
from pipeline.register.kept import kept_answers

Report = Mapping[str, Any]
_NOWHERE = Path()
_NOON = dt.time(12)


def handed_in(case: Received, unpacked_bytes: int) -> dict[str, Any]:
    """Return what the judgement needs of the filing besides the papers, as JSON."""
    return {
        "received_on": case.received_at.astimezone(SPAIN).date().isoformat(),
        "unpacked_bytes": unpacked_bytes,
        "said": [_said(one) for one in case.said],
    }


def _said(one: Presentation) -> dict[str, Any]:
    """Return what was said of a filing; what was not said is left out."""
    told = {"said_by": one.said_by, "filed_on": one.filed_on.isoformat() if one.filed_on else None}
    told |= {"office": one.office, "procedure": one.procedure, "remarks": one.remarks}
    return {name: value for name, value in told.items() if value is not None}


def kept_case(report: Report) -> Read:
    """Return a case as it stood when its papers had been read.

    Raises:
        UsageError: this is no report of a case that was judged.
    """
    try:
        return _case(report)
    except (KeyError, TypeError, ValueError) as error:
        what = "El informe de un expediente no tiene la forma de `process --json`"
        raise UsageError(what, "Use la salida de `ventanilla process --json`, sin cambios.") from error


def _case(report: Report) -> Read:
    """Build the case from the parts of its report."""
    filed = report.get("handed_in") or _unsaid(report)
    source = Source(**report["source"])
    received_on = dt.date.fromisoformat(filed["received_on"])
    member = Member(source.name, _NOWHERE, source.sha256, filed["unpacked_bytes"], "")
    return Read(
        id=report["id"],
        number=report["number"],
        source=source,
        originals=(),
        received_at=dt.datetime.combine(received_on, _NOON, SPAIN),
        office=report["office"],
        said=tuple(_presentation(one) for one in filed["said"]),
        members=(member,),
        documents=tuple(document_told(one) for one in report["documents"]),
        register=kept_answers(report.get("register") or ()),
        earlier=kept_earlier(report.get("earlier_convenios") or ()),
        mended=mended_told(report),
    )


def _unsaid(report: Report) -> dict[str, Any]:
    """Return what is known of the filing where the report is older than `handed_in`.

    The filing date is then the office's word, unless a finding said that it was not.
    """
    weaker = any(finding["rule"] == "GEN-FILED" for finding in report["findings"])
    said = {name: report[name] for name in ("filed_on", "office") if report[name]}
    known = report["procedure"] if report["procedure"] != "unknown" else None
    stated = {**said, "said_by": "package" if weaker else "office"}
    return {
        "received_on": report["filed_on"],
        "unpacked_bytes": report["source"]["bytes"],
        "said": [stated | ({"procedure": known} if known else {})],
    }


def _presentation(told: Mapping[str, Any]) -> Presentation:
    """Return what was said of a filing."""
    day = told.get("filed_on")
    return Presentation(
        said_by=told["said_by"],
        filed_on=dt.date.fromisoformat(day) if day else None,
        office=told.get("office"),
        procedure=told.get("procedure"),
        remarks=told.get("remarks"),
    )


def as_read(report: Report) -> Read:
    """Return a case as it stood when its papers had been read, before anybody set anything right.

    Raises:
        UsageError: this is no report of a case that was judged.
    """
    case = kept_case(report)
    return replace(case, documents=case.mended.as_read, mended=None) if case.mended else case
