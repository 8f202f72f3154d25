"""The fee where two readings of a birthday give two amounts (CE-FEE-02)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from validators.dates import age, leap_birthday
from validators.facts import Application
from validators.finding import Finding, Outcome
from validators.law import whole
from validators.rules import Law, Rule, judge

CHANGE = Rule(
    id="CE-FEE-02",
    basis="Orden SSI/1475/2014, art. 4.2.b; BOE-A-2014-10169, 3ª",
    es="Nacida un 29 de febrero: según se cuente el cumpleaños, la cuota es una u otra.",
    gl="Nacida un 29 de febreiro: segundo se conte o aniversario, a cota é unha ou outra.",
    en="Born on 29 February: the fee depends on how the birthday is counted.",
)


@judge("convenio_especial")
def leap_day(application: Application, law: Law) -> Iterator[Finding]:
    """CE-FEE-02: only in the year in which the age of the higher fee is reached."""
    born = application.applicant.birth_date
    years = whole("ssi-1475-2014", "fee_age", on=law.on)
    if born is None or born.value is None or not leap_birthday(born.value, years):
        return
    if age(born.value, dt.date(law.on.year, 12, 31)) == years:
        yield CHANGE.finds(Outcome.REVIEW, law, born)
