"""AS-ID-05: papers that another State issued bear its legalisation or an apostille.

Source: RD 1192/2012 art. 6.1; docs/law.md AS-ID-05. Papers of the Union and of the States whose nationals
move freely like its own are not asked for it (Regulation (EU) 2016/1191 and the conventions before it: known,
not seen in a source). A paper at whose head no State stands is Spanish unless its title is in another tongue.
"""

from __future__ import annotations

from collections.abc import Iterator

from validators.facts import Application, Fact, FamilyRecord, NonExport
from validators.finding import Finding, Outcome, Text
from validators.law import moves_freely
from validators.law.regimes import RD_1192_2012, RDL_7_2018
from validators.rules import Law, Rule, judge
from validators.rules._certainty import cure_if, sure, ticked

LEGALISED = Rule(
    id="AS-ID-05",
    basis="RD 1192/2012, art. 6.1 (RDL 7/2018, DT 2ª)",
    es="El documento extranjero no consta legalizado o apostillado; tradúzcalo si hace falta.",
    gl="O documento estranxeiro non consta legalizado ou apostilado; tradúzao se fai falta.",
    en="The foreign document is not legalised or apostilled; have it translated where needed.",
    since=RDL_7_2018,
)
RULES = LEGALISED.formerly((RD_1192_2012, "RD 1192/2012, art. 6.1"))
_BEARS_IT = Text(
    "Consta la apostilla o legalización; compruebe la traducción si no está en lengua oficial.",
    "Consta a apostila ou legalización; comprobe a tradución se non está en lingua oficial.",
    "The apostille or legalisation is there; check the translation if it is in no official language.",
)
_UNCLEAR = Text(
    "No consta con certeza qué Estado expide el documento o si está legalizado.",
    "Non consta con certeza que Estado expide o documento ou se está legalizado.",
    "Which State issued the document, or whether it is legalised, is not certain.",
)
_HOME = "ESP"


@judge("asistencia_sanitaria")
def foreign(application: Application, law: Law) -> Iterator[Finding]:
    """AS-ID-05: each paper of another State, but those of the Union and the like."""
    for record in application.family_records:
        if record.country is not None:
            yield from _legalised(record, record.country, law)
    for letter in application.non_exports:
        yield from _legalised(letter, letter.country, law)


def _legalised(paper: FamilyRecord | NonExport, country: Fact[str] | None, law: Law) -> Iterator[Finding]:
    """Yield whether one paper is legalised; nothing for a paper that need not be."""
    if country is None or country.value is None or not sure(law, country):
        yield LEGALISED.finds(Outcome.REVIEW, law, country, reason=_UNCLEAR)
    elif country.value == _HOME or moves_freely(country.value, on=law.on):
        return
    elif paper.legalised is None:
        yield LEGALISED.finds(cure_if(law, country), law, country)
    elif ticked(law, paper.legalised) == "yes":
        yield LEGALISED.finds(Outcome.MET, law, country, paper.legalised, reason=_BEARS_IT)
    else:
        yield LEGALISED.finds(Outcome.REVIEW, law, country, paper.legalised, reason=_UNCLEAR)
