"""CAT-05 to 07, 14, 17, 23 and 25: the title by nationality and residence, and who has none yet.

Source: RD 1192/2012 art. 2.1.b until 30-7-2018; since then Ley 16/2003 art. 3.2.a and c, and 3 ter.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from validators.facts import Application
from validators.finding import Finding, Outcome, Text
from validators.law.regimes import RD_576_2013, RD_1192_2012, RDL_7_2018, SSI_1475_2014
from validators.rules import Law, Rule, judge
from validators.rules._asked import alta
from validators.rules._catalogue import said, title
from validators.rules._certainty import fact_of, ticked

NATIONAL = Rule(
    id="CAT-05",
    basis="Ley 16/2003, art. 3.2.a",
    es="Nacional con residencia habitual en España: derecho propio con cargo a fondos públicos.",
    gl="Nacional con residencia habitual en España: dereito propio con cargo a fondos públicos.",
    en="Spanish national habitually resident in Spain: a publicly funded right of their own.",
    since=RDL_7_2018,
)
UNION = Rule(
    id="CAT-06",
    basis="Ley 16/2003, art. 3.2.c; RD 240/2007, art. 7",
    es="Nacional de la UE, el EEE o Suiza con certificado de registro: derecho propio si no hay otra "
    "cobertura.",
    gl="Nacional da UE, o EEE ou Suíza con certificado de rexistro: dereito propio se non hai outra "
    "cobertura.",
    en="EU, EEA or Swiss national with a registration certificate: a right of their own if there is no other "
    "cover.",
    since=RDL_7_2018,
)
RESIDENT = Rule(
    id="CAT-07",
    basis="Ley 16/2003, art. 3.2.c",
    es="Residente legal en España: derecho propio si no hay otra cobertura obligatoria.",
    gl="Residente legal en España: dereito propio se non hai outra cobertura obrigatoria.",
    en="Legal resident in Spain: a right of their own if there is no other compulsory cover.",
    since=RDL_7_2018,
)
AGREEMENT = Rule(
    id="CAT-23",
    basis="Real Decreto 576/2013, arts. 1 y 3; Orden SSI/1475/2014, art. 2",
    es="Los papeles no muestran otro derecho: la vía es el convenio especial, con cuota.",
    gl="Os papeis non mostran outro dereito: a vía é o convenio especial, con cota.",
    en="The papers show no other entitlement: the route is the special agreement, with a fee.",
    since=SSI_1475_2014,
)
TRANSITIONAL = Rule(
    id="CAT-25",
    basis="RD 1192/2012, disposición transitoria única",
    es="Quien ya tenía acceso antes del RDL 16/2012 lo conservó hasta el 31/08/2012: supuesto histórico.",
    gl="Quen xa tiña acceso antes do RDL 16/2012 conservouno ata o 31/08/2012: suposto histórico.",
    en="Those who had access before RDL 16/2012 kept it until 31/08/2012: a historical case.",
    until=dt.date(2012, 8, 31),
)
_BEFORE = "RD 1192/2012, art. 2.1.b.{}; Ley 16/2003, art. 3.3"
RULES = (
    *AGREEMENT.formerly((RD_576_2013, "Real Decreto 576/2013, arts. 1 y 3")),
    *(
        edition
        for place, rule in enumerate((NATIONAL, UNION, RESIDENT), 1)
        for edition in rule.formerly((RD_1192_2012, _BEFORE.format(place)))
    ),
)
_BY_TITLE: Mapping[str, Rule] = MappingProxyType({"national": NATIONAL, "union": UNION, "resident": RESIDENT})
OTHER_TITLES = (
    "social_security_worker",
    "pensioner",
    "unemployment_benefit",
    "periodic_benefit",
    "exhausted_benefit",
    "mutual_insurance",
    "maritime",
    "foreign_cover",
    "european_card",
    "health_card",
    "disability_scheme",
)
_ENDS = Text(
    "Tiene o tuvo un convenio especial: si se le reconoce este derecho, el convenio se extingue.",
    "Ten ou tivo un convenio especial: se se lle recoñece este dereito, o convenio extínguese.",
    "Has or had a special agreement: if this right is recognised, the agreement ends.",
)


@judge("asistencia_sanitaria")
def category(application: Application, law: Law) -> Iterator[Finding]:
    """CAT-05, 06, 07: the category into which the applicant falls by papers that are surely read."""
    found = title(application, law)
    abroad = said(application, "lives_abroad")
    if found.own and not abroad:
        yield _BY_TITLE[found.kind].finds(Outcome.MET, law, *found.facts)


@judge("convenio_especial")
def no_other_title(application: Application, law: Law) -> Iterator[Finding]:
    """CAT-23: nothing in the papers speaks of another title, so the agreement is the route."""
    if not alta(application, law) or said(application, *OTHER_TITLES):
        return
    forms = [form.request_type for form in application.convenio if form.request_type]
    if forms and title(application, law).kind not in {"national", "unknown"}:
        yield AGREEMENT.finds(Outcome.MET, law, *forms)


@judge("asistencia_sanitaria", since=RD_576_2013)
def agreement_beside(application: Application, law: Law) -> Iterator[Finding]:
    """CAT-23: somebody with a convenio asks the INSS for the right; one ends where the other begins."""
    for mention in said(application, "earlier_convenio"):
        yield AGREEMENT.finds(Outcome.NOTICE, law, fact_of(mention), reason=_ENDS)


@judge("asistencia_sanitaria", until=dt.date(2012, 8, 31))
def transitional(application: Application, law: Law) -> Iterator[Finding]:
    """CAT-25: the last weeks of the access that was there before."""
    if any(ticked(law, form.for_holder) != "no" for form in application.asistencia):
        yield TRANSITIONAL.finds(Outcome.REVIEW, law)
