"""The nationality on which the INSS rules of identity and export stand, in three answers."""

from __future__ import annotations

from validators.facts import Application
from validators.rules import Law
from validators.rules._certainty import Answer, empty, sure


def stated(application: Application, law: Law) -> Answer:
    """Whether the applicant's nationality is surely read.

    `no` where there is nothing to judge yet: no form came, or its place is surely blank and no other
    paper tells; AS-FORM-01 asks for it then.
    """
    fact = application.applicant.nationality
    if fact is not None and fact.value is not None:
        return "yes" if sure(law, fact) else "unsure"
    blank = all(empty(law, form.holder.nationality) == "yes" for form in application.asistencia)
    return "no" if blank else "unsure"
