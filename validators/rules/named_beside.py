"""What papers of no known kind name beside the application: homes, and people whose papers they send."""

from __future__ import annotations

from collections.abc import Iterator

from validators.facts import Application
from validators.finding import Finding, Outcome, Text
from validators.law.regimes import ALWAYS
from validators.rules import Law, judge
from validators.rules._certainty import fact_of
from validators.rules._named import another_home, other_people
from validators.rules.general_unread import UNREADABLE

_ANOTHER_HOME = Text(
    "Un escrito nombra otro domicilio que el de la solicitud: léalo.",
    "Un escrito nomea outro domicilio ca o da solicitude: léao.",
    "A paper names another home than the application: read it.",
)
_OTHER_PEOPLE = Text(
    "Un escrito habla de los papeles de otra persona: léalo.",
    "Un escrito fala dos papeis doutra persoa: léao.",
    "A paper speaks of somebody else's papers: read it.",
)
_NAMED = "named"
"""The subject of a mention with the homes and people that a paper of no known kind names."""


@judge(since=ALWAYS)
def named_beside(application: Application, law: Law) -> Iterator[Finding]:
    """GEN-UNREADABLE: a paper of no known kind with another home or other people, a person reads."""
    for mention in application.mentions:
        if mention.subject != _NAMED:
            continue
        if another_home(application, mention):
            yield UNREADABLE.finds(Outcome.REVIEW, law, fact_of(mention), reason=_ANOTHER_HOME)
        if other_people(application, mention):
            yield UNREADABLE.finds(Outcome.REVIEW, law, fact_of(mention), reason=_OTHER_PEOPLE)
