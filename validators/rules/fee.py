"""CE-FEE: what makes the monthly amount, and where two readings of a birthday give two amounts.

All but CE-FEE-02 speak only beside the amount (`validators.fee`): nothing of a case depends on them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from validators.dates import add_years, first_of_next_month, leap_birthday
from validators.facts import Application
from validators.finding import Finding, Outcome, Text
from validators.law import amount, whole
from validators.law.regimes import MODEL_2014, SSI_1475_2014
from validators.rules import Law, Rule, judge

ACT = "ssi-1475-2014"

BY_AGE = Rule(
    id="CE-FEE-01",
    basis="Orden SSI/1475/2014, art. 4.2; RD 576/2013, art. 6",
    es="{amount_es} al mes: el {day} {side_es} ha cumplido {years} años.",
    gl="{amount_gl} ao mes: o {day} {side_gl} fixo os {years} anos.",
    en="{amount_en} a month: on {day} the person has {side_en} turned {years}.",
)
CHANGE = Rule(
    id="CE-FEE-02",
    basis="Orden SSI/1475/2014, art. 4.2.b; BOE-A-2014-10169, 3ª",
    es="Por la edad, la cuota es de {amount_es} al mes desde el {day}, el mes siguiente al cumpleaños.",
    gl="Pola idade, a cota é de {amount_gl} ao mes desde o {day}, o mes seguinte ao aniversario.",
    en="Because of age, the fee is {amount_en} a month from {day}, the month after the birthday.",
    since=MODEL_2014,
)
FIRST = Rule(
    id="CE-FEE-03",
    basis="BOE-A-2014-10169, 3ª",
    es="La cuota inicial es la de la edad que tenga el día de la firma.",
    gl="A cota inicial é a da idade que teña o día da sinatura.",
    en="The first fee is the one for the person's age on the day of signature.",
    since=MODEL_2014,
)
PART = Rule(
    id="CE-FEE-04",
    basis="Orden SSI/1475/2014, art. 6; RD 576/2013, art. 7.2",
    es="El mes se liquida por días: {count} de {divisor} partes de {amount_es}.",
    gl="O mes liquídase por días: {count} de {divisor} partes de {amount_gl}.",
    en="The month is paid by the day: {count} of {divisor} parts of {amount_en}.",
)
ROUNDED = Rule(
    id="CE-FEE-05",
    basis="Criterio del programa, sin artículo que lo fije",
    es="Se redondea una sola vez, al céntimo más próximo, y la mitad hacia arriba.",
    gl="Arredóndase unha soa vez, ao céntimo máis próximo, e a metade cara arriba.",
    en="It is rounded once, to the nearest cent, half a cent upwards.",
)
RULES = (
    *CHANGE.formerly((SSI_1475_2014, "Orden SSI/1475/2014, art. 4.2.b")),
    *FIRST.formerly((SSI_1475_2014, "Orden SSI/1475/2014, art. 4.2")),
)
LEAP = Text(
    "Nacimiento un 29 de febrero: según se cuente el cumpleaños, la cuota es de {amount_es} al mes desde el "
    "{day} o desde el {other}.",
    "Nacemento un 29 de febreiro: segundo se conte o aniversario, a cota é de {amount_gl} ao mes desde o "
    "{day} "
    "ou desde o {other}.",
    "Born on 29 February: depending on how the birthday is counted, the fee is {amount_en} a month from "
    "{day} or from {other}.",
)
"""CE-FEE-02, of whom the year of the change has no birthday."""


@judge("convenio_especial")
def leap_day(application: Application, law: Law) -> Iterator[Finding]:
    """CE-FEE-02: only in the year in which the higher fee begins, unless the policy decides."""
    born = application.applicant.birth_date
    years = whole(ACT, "fee_age", on=law.on)
    if born is None or born.value is None or not leap_birthday(born.value, years):
        return
    early = add_years(born.value, years)
    if early.year == law.on.year and law.policy.leap_birthday == "review":
        day, other = first_of_next_month(early), first_of_next_month(early + dt.timedelta(days=1))
        words = written(amount(ACT, "fee_from_age", on=day))
        yield CHANGE.finds(Outcome.REVIEW, law, born, reason=LEAP, day=day, other=other, **words)


def written(euros: Decimal) -> dict[str, Any]:
    """Return an amount as the reasons of each language write it."""
    comma = f"{euros:.2f} €".replace(".", ",")
    return {"amount_es": comma, "amount_gl": comma, "amount_en": f"€{euros:.2f}"}
