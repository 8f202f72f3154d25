"""What the form of the convenio asks for: a baja or a variation needs far fewer papers (CE-ACT-01)."""

from __future__ import annotations

from validators.facts import Application
from validators.once import once
from validators.rules import Law


@once
def kinds(application: Application) -> frozenset[str]:
    """Return every request type that some reading of the forms shows."""
    found: set[str] = set()
    for form in application.convenio:
        fact = form.request_type
        for value in (fact.value, *fact.others) if fact else ():
            found.update([value] if isinstance(value, str) else value or ())
    return frozenset(found)


@once
def alta(application: Application, law: Law) -> bool:
    """Whether the case is judged as a request to enter: always, unless the form surely asks otherwise."""
    sure = application.convenio and all(
        form.request_type is not None and form.request_type.confidence >= law.policy.acceptance
        for form in application.convenio
    )
    return not (sure and len(kinds(application)) == 1 and "alta" not in kinds(application))
