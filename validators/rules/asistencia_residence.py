"""Where the applicant of the INSS lives: the office asks the register unless the person opposes it.

Source: RD 1192/2012 art. 6.2.c; Ley 39/2015 art. 28.2; docs/law.md AS-PAD-01.
"""

from __future__ import annotations

from collections.abc import Iterator

from validators.facts import Application, Registration
from validators.finding import Finding, Outcome, Text
from validators.law.regimes import LEY_39_2015, RD_1192_2012, RDL_7_2018
from validators.rules import Law, Rule, judge
from validators.rules._answered import answers
from validators.rules._beneficiary import of_a_beneficiary
from validators.rules._certainty import ticked

REGISTERED = Rule(
    id="AS-PAD-01",
    basis="RD 1192/2012, art. 6.2.c (RDL 7/2018, DT 2ª); Ley 39/2015, art. 28.2",
    es="Se opone a la consulta, o esta no basta: aporte el certificado de empadronamiento.",
    gl="Oponse á consulta, ou esta non abonda: achegue o certificado de empadroamento.",
    en="The person objects to the query, or it is not enough: provide a certificate of registration.",
    since=RDL_7_2018,
)
RULES = (
    *REGISTERED.formerly(
        (RD_1192_2012, "RD 1192/2012, art. 6.2.c; Ley 30/1992, art. 35.f; Real Decreto 523/2006"),
        (LEY_39_2015, "RD 1192/2012, art. 6.2.c; Ley 39/2015, art. 28.2"),
    ),
)
_QUERIED = Text(
    "Compruebe el empadronamiento por consulta; si es reciente, pida certificado.",
    "Comprobe o empadroamento por consulta; se é recente, pida certificado.",
    "Check the registration by query; if it is recent, ask for a certificate.",
)


@judge("asistencia_sanitaria")
def opposed_query(application: Application, law: Law) -> Iterator[Finding]:
    """AS-PAD-01 (a): who opposes the query brings the certificate; else the office asks the register."""
    papers = of_the_holder(application)
    for form in application.asistencia:
        opposed = ticked(law, form.opposes_queries)
        if opposed == "unsure":
            yield REGISTERED.finds(Outcome.REVIEW, law, form.opposes_queries)
        elif opposed == "yes" and not papers:
            yield REGISTERED.finds(Outcome.CURE, law, form.opposes_queries)
        elif not papers and not any(one.answer != "not_checked" for one in answers(application)):
            yield REGISTERED.finds(Outcome.NOTICE, law, form.opposes_queries, reason=_QUERIED)


def of_the_holder(application: Application) -> list[Registration]:
    """Return the register papers but those that are surely a beneficiary's, of which another rule speaks."""
    return [p for p in application.registrations if not of_a_beneficiary(application, p.person)]
