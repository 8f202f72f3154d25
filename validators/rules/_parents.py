"""Whether a parent acts for a minor, who needs no paper of representation for it (Código Civil, art. 162)."""

from __future__ import annotations

from validators.facts import Application
from validators.identity import full_name, names_match
from validators.rules import Law
from validators.rules._certainty import known

_PARENTS = frozenset({"parent", "holder", "spouse"})
"""The places of parents in a birth certificate and in a family book."""


def parent_acts(application: Application, law: Law) -> bool:
    """Whether a birth certificate or family book surely names the representative as the parent."""
    child = full_name(application.applicant)
    for form in application.asistencia:
        agent = full_name(form.representative)
        for paper in application.family_records if known(form.representative.given_name) else ():
            read = [p for p in paper.people if p.confidence >= law.policy.acceptance]
            places = {p.role for p in read if names_match(agent, p.name) == "same"}
            born = {p.role for p in read if names_match(child, p.name) == "same"}
            if places & _PARENTS and "child" in born:
                return True
    return False
