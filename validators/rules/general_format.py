"""What is odd about a file, whatever it says: told, and looked at where it was altered or is marked as void.

Source: docs/law.md section 13; Ley 39/2015 arts. 16.5 and 26.
"""

from __future__ import annotations

from collections.abc import Iterator

from validators.facts import Application, Evidence
from validators.finding import Finding, Outcome, Text
from validators.law.regimes import ALWAYS, LEY_39_2015
from validators.rules import Law, Rule, judge
from validators.rules._certainty import fact_of
from validators.rules._oddities import words

FORMAT = Rule(
    id="GEN-FORMAT",
    basis="Ley 39/2015, art. 16.5 y 26",
    es="Formato irregular del archivo: {flag_es}.",
    gl="Formato irregular do ficheiro: {flag_gl}.",
    en="Irregular file format: {flag_en}.",
    since=LEY_39_2015,
)
RULES = FORMAT.formerly((ALWAYS, "Ley 30/1992, art. 45; Ley 11/2007, arts. 24 y 30"))
_VOID = Text(
    "Un documento lleva una marca de anulado, sin validez o borrador.",
    "Un documento leva unha marca de anulado, sen validez ou borrador.",
    "A paper is marked as void, a draft or a specimen.",
)
_HELD = "executable-inside"
_ALTERED = frozenset(
    {
        "changed-after-signing",
        "signature-broken",
        "hidden-text",
        "ambiguous-text",
        "several-versions",
        "pages-missing",
        _HELD,
    }
)


@judge(since=ALWAYS)
def file_format(application: Application, law: Law) -> Iterator[Finding]:
    """GEN-FORMAT: told, so that such a file is opened with care; one that was altered is looked at.

    So is a paper that counts more pages than came, and a program, though nobody can read it.
    """
    unread = {member.document for member in application.unreadable}
    for document, flag in application.flags:
        if document not in unread or flag == _HELD:
            outcome = Outcome.REVIEW if flag in _ALTERED else Outcome.NOTICE
            said, place = words(flag), (Evidence(document, "kind"),)
            yield FORMAT.finds(
                outcome, law, evidence=place, flag_es=said.es, flag_gl=said.gl, flag_en=said.en
            )


@judge(since=ALWAYS)
def void(application: Application, law: Law) -> Iterator[Finding]:
    """GEN-FORMAT: a paper that bears a mark of being void, a draft or a specimen is looked at."""
    for mention in application.mentions:
        if mention.subject == "void_mark":
            yield FORMAT.finds(Outcome.REVIEW, law, fact_of(mention), reason=_VOID)
