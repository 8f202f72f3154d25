"""CE-PAD-01 to 06: by which papers of the register the year is proved, and what they carry."""

from __future__ import annotations

import re
from collections.abc import Iterator

from validators.facts import Application, Evidence, Fact, Registration
from validators.finding import Finding, Outcome, Text
from validators.identity import name_parts
from validators.law.regimes import INE_2020, LEY_39_2015, SSI_1475_2014
from validators.residence import Timeline, read_timeline
from validators.rules import Law, Rule, judge
from validators.rules._asked import alta
from validators.rules._certainty import cure_if, sure
from validators.stays import certificates, stays
from validators.towns import same_town

_INSTRUCTIONS = "Resolución de 17-2-2020 (BOE-A-2020-4784), apdo. 8.1.1"

UNSIGNED = Rule(
    id="CE-PAD-01",
    basis=f"Real Decreto 1690/1986, art. 61; {_INSTRUCTIONS}",
    es="El certificado de empadronamiento no consta firmado, sellado ni con CSV.",
    gl="O certificado de empadroamento non consta asinado, selado nin con CSV.",
    en="The certificate of registration shows no signature, seal or verification code.",
    since=INE_2020,
)
VOLANTE = Rule(
    id="CE-PAD-02",
    basis=f"Real Decreto 1690/1986, art. 61; {_INSTRUCTIONS}",
    es="Un volante de empadronamiento no basta: aporte el certificado.",
    gl="Un volante de empadroamento non abonda: achegue o certificado.",
    en="An informative register note (volante) is not enough: provide the certificate.",
    since=INE_2020,
)
REMARKS = Rule(
    id="CE-PAD-04",
    basis=_INSTRUCTIONS,
    es="El certificado lleva observaciones: compruébelas.",
    gl="O certificado leva observacións: compróbeas.",
    en="The certificate bears remarks: check them.",
    since=INE_2020,
)
VERIFY = Rule(
    id="CE-PAD-06",
    basis=f"{_INSTRUCTIONS}; Ley 39/2015, art. 27.3.c",
    es="Este programa no comprueba el CSV ni la firma en la sede del ayuntamiento: verifíquelos.",
    gl="Este programa non comproba o CSV nin a sinatura na sede do concello: verifíqueos.",
    en="This program does not check the code or signature on the town hall's website: verify them.",
    since=INE_2020,
)
RULES = (
    *UNSIGNED.formerly((SSI_1475_2014, "Real Decreto 1690/1986, art. 61")),
    *VOLANTE.formerly((SSI_1475_2014, "Real Decreto 1690/1986, art. 61")),
    *REMARKS.formerly((SSI_1475_2014, "Real Decreto 1690/1986, arts. 53 y 61")),
    *VERIFY.formerly(
        (SSI_1475_2014, "Real Decreto 1690/1986, art. 61; Ley 11/2007, art. 30.5"),
        (LEY_39_2015, "Real Decreto 1690/1986, art. 61; Ley 39/2015, art. 27.3.c"),
    ),
)

_SEAL = Text(
    "No se aprecia con seguridad si el certificado lleva firma, sello o CSV.",
    "Non se aprecia con seguridade se o certificado leva sinatura, selo ou CSV.",
    "It cannot be told whether the certificate is signed, sealed or has a code.",
)
_ALARMING = re.compile(
    r"\b(baja|baixa|oficio|ofici|ofizio\w*|indebid\w*|indegu\w*|expediente?|espedientea?|caduc\w*|recurs\w*|"
    r"duplicad\w*|anul\w*|ausen\w*|extranjer\w*|estranxeir\w*|estranger\w*|no resid\w*|non resid\w*|"
    r"no vive|non vive|no viu|trasla\w*|trasllad\w*|mudan\w*|falle\w*|fale[cz]\w*|defun\w*|difunt\w*|"
    r"finad\w*|ilocaliz\w*|ilocalit\w*|desconoc\w*|descone[cig]\w*|impugn\w*|suspen\w*|suspes\w*)\b"
)


@judge("convenio_especial")
def signed(application: Application, law: Law) -> Iterator[Finding]:
    """Yield whether each certificate of the year is signed, and that a person verifies its code."""
    own = certificates(application) if alta(application, law) else ()
    line = read_timeline(application, law.policy, stays(own))
    for paper in own:
        seal = paper.signed
        if seal is not None and seal.value and not seal.others:
            yield UNSIGNED.finds(Outcome.MET, law, seal, reason=_SIGNED)
        elif _over(paper, line, law):
            continue
        elif seal is None or seal.value is None or seal.others:
            place = (Evidence(paper.document, "signed"),)
            yield UNSIGNED.finds(Outcome.REVIEW, law, seal, evidence=place, reason=_SEAL)
        else:
            yield UNSIGNED.finds(Outcome.CURE, law, seal)
    if own:
        yield VERIFY.finds(Outcome.NOTICE, law, *(paper.signed for paper in own))


def _over(paper: Registration, line: Timeline, law: Law) -> bool:
    """Whether a paper surely tells only of stays that had ended before the year began."""
    ends = [period.until for period in paper.periods]
    return bool(ends) and all(
        sure(law, end) and end.value is not None and end.value < line.opens for end in ends
    )


_SIGNED = Text(
    "El certificado lleva firma, sello o CSV.",
    "O certificado leva sinatura, selo ou CSV.",
    "The certificate is signed, sealed or has a verification code.",
)


@judge("convenio_especial")
def volantes(application: Application, law: Law) -> Iterator[Finding]:
    """Yield a cure for each volante of the year whose municipality no certificate shows."""
    if not alta(application, law):
        return
    found = stays(certificates(application))
    line = read_timeline(application, law.policy, found)
    for paper in application.registrations:
        town = paper.municipality.value if paper.municipality else None
        known = any(same_town(town or "", stay.town) for stay in found)
        if not paper.official and not known and not _over(paper, line, law):
            ended = (period.until for period in paper.periods if period.until.value is not None)
            yield VOLANTE.finds(cure_if(law, *ended), law, paper.municipality)


@judge("convenio_especial")
def remarks(application: Application, law: Law) -> Iterator[Finding]:
    """Yield what the remarks of a certificate ask for: a person reads them where they speak of a baja."""
    if not alta(application, law):
        return
    for paper in application.registrations:
        if paper.notes is not None and (paper.notes.value or paper.notes.confidence < law.policy.acceptance):
            alarming = paper.notes.value is None or bool(_ALARMING.search(_bare(paper.notes)))
            yield REMARKS.finds(Outcome.REVIEW if alarming else Outcome.NOTICE, law, paper.notes)


def _bare(notes: Fact[str]) -> str:
    """Return the words of the remarks in their order, without accents."""
    return " ".join(part for word in (notes.value or "").split() for part in name_parts(word))
