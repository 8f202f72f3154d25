"""CE-RESOL, CE-FORM, CE-EFE, CE-VIG, CE-EXT: what follows a decision; `validators.life` makes them speak.

Of an application itself only CE-EXT-01 speaks here: a paper may tell that the person has died.
"""

from __future__ import annotations

from collections.abc import Iterator

from validators.facts import Application
from validators.finding import Finding, Outcome, Text
from validators.law.regimes import LEY_39_2015, RD_1192_2012, SSI_1475_2014
from validators.rules import Law, Rule, judge

SILENCE = Rule(
    id="CE-RESOL-02",
    basis="Real Decreto 576/2013, art. 4.2; Ley 39/2015, art. 24.3.a y 24.4",
    es="Estimada por silencio desde el {day}: solo cabe confirmarla.",
    gl="Estimada por silencio desde o {day}: só cabe confirmala.",
    en="Granted by silence since {day}: it can only be confirmed.",
    since=LEY_39_2015,
)
FINAL = Rule(
    id="CE-RESOL-03",
    basis="Orden SSI/1475/2014, art. 5.3; Real Decreto 576/2013, art. 5; Ley 39/2015, arts. 123 y 124",
    es="La resolución fija todas las condiciones y pone fin a la vía administrativa. Notificada el {day}: "
    "reposición hasta el {appeal}, o recurso contencioso-administrativo en {months} meses.",
    gl="A resolución fixa todas as condicións e pon fin á vía administrativa. Notificada o {day}: "
    "reposición ata o {appeal}, ou recurso contencioso-administrativo en {months} meses.",
    en="The decision fixes all the conditions and ends the administrative route. Notified on {day}: "
    "appeal to the same body until {appeal}, or to the courts within {months} months.",
    since=LEY_39_2015,
)
SIGNING = Rule(
    id="CE-FORM-01",
    basis="Orden SSI/1475/2014, art. 5.4; Real Decreto 576/2013, art. 4.3",
    es="El convenio se tiene que firmar hasta el {day}, a los tres meses de la notificación o del silencio.",
    gl="O convenio ten que asinarse ata o {day}, aos tres meses da notificación ou do silencio.",
    en="The agreement must be signed by {day}, three months after the notification or the silence.",
)
EFFECT = Rule(
    id="CE-EFE-01",
    basis="Orden SSI/1475/2014, art. 4.1; Real Decreto 576/2013, art. 4.4; BOE-A-2014-10169, 7.ª",
    es="El convenio produce efectos desde el día de la firma, el {day}.",
    gl="O convenio produce efectos desde o día da sinatura, o {day}.",
    en="The agreement takes effect on the day of signature, {day}.",
)
TERM = Rule(
    id="CE-VIG-01",
    basis="BOE-A-2014-10169, 2.ª",
    es="Vigente hasta el {day}; se prorroga cada año si nadie lo denuncia.",
    gl="Vixente ata o {day}; prorrógase cada ano se ninguén o denuncia.",
    en="In force until {day}; renewed every year unless either party ends it.",
)
DEATH = Rule(
    id="CE-EXT-01",
    basis="Real Decreto 576/2013, art. 7.1.a y 7.2.a",
    es="Extinción por fallecimiento: sin efectos desde el {day}, el día siguiente.",
    gl="Extinción por falecemento: sen efectos desde o {day}, o día seguinte.",
    en="Ended by death: no effect from {day}, the following day.",
    since=SSI_1475_2014,
)
LOSS = Rule(
    id="CE-EXT-02",
    basis="Real Decreto 576/2013, art. 7.1.b y 7.2.b; BOE-A-2014-10169, 5.ª",
    es="Extinción por pérdida de requisitos: sin efectos desde el {day}.",
    gl="Extinción por perda de requisitos: sen efectos desde o {day}.",
    en="Ended because a requirement was lost: no effect from {day}.",
)
OWN = Rule(
    id="CE-EXT-03",
    basis="Real Decreto 576/2013, art. 7.1.c, 7.2.c y 7.3",
    es="Baja voluntaria: sin efectos desde el {day}; sin otro convenio hasta pasado el {bar}.",
    gl="Baixa voluntaria: sen efectos desde o {day}; sen outro convenio ata pasado o {bar}.",
    en="Ended by the person's own decision: no effect from {day}; no other agreement until after {bar}.",
)
UNPAID = Rule(
    id="CE-EXT-04",
    basis="Real Decreto 576/2013, art. 7.1.d, 7.2.d y 7.3; Orden SSI/1475/2014, art. 6",
    es="Extinción por impago de cuotas: sin efectos desde el {day}; sin otro convenio hasta pasado el {bar}.",
    gl="Extinción por impago de cotas: sen efectos desde o {day}; sen outro convenio ata pasado o {bar}.",
    en="Ended for unpaid fees: no effect from {day}; no other agreement until after {bar}.",
)
BREACH = Rule(
    id="CE-EXT-05",
    basis="Real Decreto 576/2013, art. 7.1.e, 7.2.e y 7.3",
    es="Extinción por incumplimiento: en la fecha de la resolución, el {day}; sin otro convenio hasta pasado "
    "el {bar}.",
    gl="Extinción por incumprimento: na data da resolución, o {day}; sen outro convenio ata pasado o {bar}.",
    en="Ended for breach on the date of the decision, {day}; no other agreement until after {bar}.",
)
RULES = (
    *SILENCE.formerly((SSI_1475_2014, "Real Decreto 576/2013, art. 4.2; Ley 30/1992, art. 43.3.a")),
    *FINAL.formerly(
        (
            SSI_1475_2014,
            "Orden SSI/1475/2014, art. 5.3; Real Decreto 576/2013, art. 5; Ley 30/1992, arts. 116 y 117",
        )
    ),
    # before the convenio existed a paper could tell of a death all the same
    *DEATH.formerly((RD_1192_2012, "Código Civil, art. 32")),
)

_READ = Text(
    "Un certificado da por fallecida a la persona inscrita: compruebe si es la solicitante.",
    "Un certificado dá por falecida a persoa inscrita: comprobe se é a solicitante.",
    "A certificate says that the registered person has died: check whether it is the applicant.",
)


@judge()
def death_in_the_register(application: Application, law: Law) -> Iterator[Finding]:
    """CE-EXT-01: a registration that ended with a death stops the case for a person."""
    for registration in application.registrations:
        for period in registration.periods:
            if period.cause_out == "death":
                yield DEATH.on(law.on).finds(Outcome.REVIEW, law, period.until, reason=_READ)
