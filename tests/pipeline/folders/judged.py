"""A case as it is when it has been judged, and what its receipt holds."""

import datetime as dt
import io
import zipfile

from extractors.document import Document
from pipeline.case import Routed, Unpacked, carried
from validators.assess import Assessment
from validators.deadlines import Deadlines
from validators.facts import Application, Evidence, Fact, Filing, Person
from validators.finding import Finding, Outcome, Text

DAY = dt.date(2026, 3, 16)
MISSING = Finding(
    rule="CE-DOC-04",
    outcome=Outcome.CURE,
    reason=Text(
        "Falta el certificado de empadronamiento.", "Falta o certificado.", "The certificate is missing."
    ),
    basis="Orden SSI/1475/2014, art. 4",
    law_version=DAY,
    evidence=(Evidence("d1", "signature.applicant"),),
)


def judged(unpacked: Unpacked, queue, *findings) -> Routed:
    document = Document(
        file=unpacked.members[0].file, sha256="0" * 64, pages=(1,), kind="ce_application", kind_confidence=1.0
    )
    return Routed(
        **carried(unpacked),
        documents=(document,),
        application=Application(
            procedure="convenio_especial",
            filing=Filing(filed_on=DAY, source="reception", received_on=DAY),
            applicant=Person(given_name=Fact(value="Ana"), first_surname=Fact(value="Prueba")),
        ),
        assessment=Assessment(
            findings=findings,
            residence=None,
            deadlines=Deadlines(
                clock_start=dt.date(2026, 3, 17), resolve_by=dt.date(2026, 4, 30), silence="positive"
            ),
            fee=None,
        ),
        queue=queue,
    )


def receipt(office, name):
    path = office.home / "3_ACEPTADO" / "CEU01-2026-000001" / name
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        return {name: archive.read(name).decode("utf-8-sig") for name in ("acuse.txt", "manifest.json")}
