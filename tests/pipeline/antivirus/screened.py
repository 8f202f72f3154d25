"""A paper as it was screened."""

import datetime as dt
from pathlib import Path

from extractors.document import Document
from pipeline.case import Member, Original, Read, Source


class Paper:
    """A case of two papers, one of them infected."""

    source = Source("a.zip", "0" * 64, 1)
    good = Member("a.pdf", Path("a"), "1" * 64, 1, "application/pdf")
    bad = Member("b.pdf", Path("b"), "2" * 64, 1, "application/pdf", "malware")

    @classmethod
    def read(cls, *members, fields=None, said=()):
        document = Document(
            file="a.pdf", sha256="1" * 64, pages=(1,), kind="other", kind_confidence=1.0, fields=fields or {}
        )
        origin = Original("a.zip", Path("a.zip"), "0" * 64, 1)
        return Read(
            id="x",
            number=None,
            source=cls.source,
            originals=(origin,),
            received_at=dt.datetime(2026, 3, 16, tzinfo=dt.UTC),
            said=said,
            members=members,
            documents=(document,),
        )
