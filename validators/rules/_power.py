"""Whether a power of representation reaches the application that it came with.

Source: Ley 39/2015 art. 5.4 to 5.6: the power has to be valid in law for what is done in another's name, and
is proved with the application or within the days to cure it; docs/law.md CE-REP-01, AS-REP-01.
"""

from __future__ import annotations

import re
import unicodedata

from validators.facts import Application, Representation
from validators.finding import Text
from validators.rules import Law
from validators.rules._certainty import sure

OTHER_MATTER = Text(
    "No consta que la representación alcance a esta solicitud: lea para qué trámite se da y cuándo se firmó.",
    "Non consta que a representación alcance esta solicitude: lea para que trámite se dá e cando se asinou.",
    "It is not shown that the power covers this application: read for what it was given, and when.",
)
_HEALTH_CARE = re.compile(
    r"\b(?:asist|atenc|prestac|cobertur|cuidad)\w*(?:\s+\w+){0,3}\s+(?:sanitari|medic)\w+"
)
_CONVENIO = re.compile(r"\bconvenio especial\b(?!.*\b(?:seguridad social|seguridade social|cotiza\w*)\b)")
"""The *convenio especial* with the Social Security is about contributions, and another one."""
_PLAIN = re.compile(
    r"solicitude?|solicitar|peticion|pedir|instancia|present(?:ar|acion)|tramit(?:es?|ar|acion)"
    r"|[gx]estion(?:es|s)?|proced(?:imi|em)entos?|procedimientos?|obten(?:er|cion)|reconoc\w+|reconec\w+"
    r"|derecho|dereito|alta|su[bs]*cri(?:bir|pcion)|formaliza(?:r|cion)|firmar?|convenio|especial|prestacion(?:e?s)?"
    r"|asistencia|atencion|cobertura|c[ou]idados?|sanitari[oa]s?|medic[oa]s?|farmaceutica|salud|saude|public[oa]"
    r"|sistema|nacional|instituto|gestora|ingesa|inss|seguridade?|social|titular(?:es)?|beneficiari[oa]s?"
    r"|tod[oa]s?|cualquiera?|calquera|cuant[oa]s?|rela(?:tiv|cionad)[oa]s?|correspondientes?|referentes?|necesari[oa]s?"
    r"|ceuta|melilla|orden?|ssi|rd|real|decreto|modelo|art(?:iculo)?|d[aeo]l?|d[ao]s|d|las?|el|l?os?|as?|al|ao|ante|y|e|en"
    r"|na|para|por|con|sobre|como|sua?|mi|mina|est[ae]|que|se|sean?"
)
"""Words of an application for health care. Another may name another matter: a claim, a refund, a withdrawal,
somebody else's right, another place, an end; a person reads it."""


def covers(application: Application, paper: Representation, law: Law) -> bool:
    """Whether a paper surely gives power for this procedure, and bears no day after the filing."""
    days = [s.on for s in (paper.represented_signature, paper.representative_signature) if s.on is not None]
    if any(day and day > law.on for fact in days for day in (fact.value, *fact.others)):
        return False
    matter = paper.procedure
    if matter is None or matter.value is None or not sure(law, matter):
        return False
    told = _bare(matter.value)
    own = _HEALTH_CARE.search(told) or (
        application.procedure == "convenio_especial" and _CONVENIO.search(told)
    )
    return bool(own) and all(map(_PLAIN.fullmatch, re.findall(r"[^\W\d_]+", told)))


def _bare(words: str) -> str:
    """Return words without accents and capitals, one blank between them."""
    parted = unicodedata.normalize("NFKD", words.casefold())
    return " ".join("".join(c for c in parted if not unicodedata.combining(c)).split())
