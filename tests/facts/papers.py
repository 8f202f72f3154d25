"""Papers as they were read, put in one case."""

import datetime as dt
from pathlib import Path

from extractors.document import Document, Field
from extractors.lines import Box
from pipeline.case import Member, Read, Source

NOON = dt.datetime(2026, 3, 16, 12, tzinfo=dt.UTC)
PLACE = Box(10, 10, 100, 20)


def field(value, confidence=0.98, **more):
    return Field(value=value, text=str(value), confidence=confidence, page=1, box=PLACE, **more)


def paper(kind, sha="a", pages=(1,), flags=(), **fields):
    named = {
        name.replace("__", "."): field(v) if not isinstance(v, Field) else v for name, v in fields.items()
    }
    return Document(
        file=f"{kind}.pdf",
        sha256=sha,
        pages=pages,
        kind=kind,
        kind_confidence=0.99,
        fields=named,
        flags=flags,
    )


def case(*documents, said=(), received_at=NOON):
    member = Member("a.pdf", Path("a.pdf"), "a", 1000, "application/pdf")
    return Read(
        id="x",
        number=None,
        source=Source("a.zip", "0", 900),
        originals=(),
        received_at=received_at,
        said=said,
        members=(member,),
        documents=documents,
    )


FORM = paper(
    "ce_application",
    sha="form",
    applicant__first_surname="Haddad",
    applicant__given_name="Samir",
    applicant__id_number="X1234567L",
    applicant__birth_date="1980-04-03",
    request_type="alta",
)
