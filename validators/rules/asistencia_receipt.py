"""AS-SES-01: who says that they filed through the e-service shows its proof of receipt.

Source: the page of the INSS service; docs/law.md AS-SES-01. Without it nothing shows that anything was
filed before the day of reception.
"""

from __future__ import annotations

from collections.abc import Iterator

from validators.facts import Application, Evidence
from validators.finding import Finding, Outcome, Text
from validators.rules import Law, Rule, judge

RECEIPT = Rule(
    id="AS-SES-01",
    basis="INSS, servicio de reconocimiento del derecho",
    es="Sin justificante no consta la presentación el {filed}: apórtelo o vuelva a presentar la solicitud.",
    gl="Sen xustificante non consta a presentación o {filed}: achégueo ou volva presentar a solicitude.",
    en="Without a receipt the filing on {filed} is not proved: provide it or file the application again.",
)
_SHOWN = Text(
    "Consta el justificante de presentación.",
    "Consta o xustificante de presentación.",
    "The proof of receipt is there.",
)


@judge("asistencia_sanitaria")
def receipt(application: Application, law: Law) -> Iterator[Finding]:
    """Yield whether a filing date that only the sender tells, before the reception, has its receipt."""
    receipts = application.papers.get("filing_receipt", ())
    filing = application.filing
    if receipts:
        places = [Evidence(document, "filed_at") for document in receipts]
        yield RECEIPT.finds(Outcome.MET, law, evidence=places, reason=_SHOWN)
    elif filing.source == "package" and filing.filed_on < filing.received_on:
        yield RECEIPT.finds(Outcome.CURE, law, filed=filing.filed_on)
