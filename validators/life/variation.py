"""Changes that do not end a convenio: of data, of account, of city; and what a BAJA or VARIACIÓN case brings.

Source: Orden SSI/1475/2014 art. 6 and annex, RD 576/2013 art. 7.2; docs/law.md CE-ACT-01, CE-PAGO-01 and
section 11, number 20.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from validators.dates import day_after
from validators.finding import Finding, Outcome, Text
from validators.life.events import Event, Kind
from validators.life.said import seen
from validators.rules import Law
from validators.rules.after_grant import LOSS, OWN
from validators.rules.notices_and_payment import PAYMENT
from validators.rules.request import ONE_ACT

_MOVED = {"review": Outcome.REVIEW, "filing_day": Outcome.NOTICE, "lost": Outcome.NOT_MET}


def varied(events: Sequence[Event], signed_on: dt.date | None, law: Law) -> Iterator[Finding]:
    """Yield what each change of data or of city means."""
    for event in events:
        places = seen(event)
        if event.kind is Kind.DATA_CHANGED:
            yield ONE_ACT.on(law.on).finds(Outcome.NOTICE, law, evidence=places, reason=_DATA, day=event.on)
            if event.what == "account":
                yield PAYMENT.on(law.on).finds(Outcome.NOTICE, law, evidence=places, reason=_ACCOUNT)
        elif event.kind is Kind.CITY_CHANGED:
            before = signed_on is None or event.on < signed_on
            outcome = _MOVED[law.policy.later_move] if before else Outcome.NOTICE
            reason = _BEFORE if before else _CITY
            yield LOSS.on(law.on).finds(outcome, law, evidence=places, reason=reason, day=event.on)


def asked(asks: str, convenio: str | None, granted_on: dt.date | None, law: Law) -> Iterator[Finding]:
    """Yield what a BAJA does to the convenio it is about, by itself, and a VARIACIÓN once it is granted.

    *convenio* is the number of the convenio's own case, where the record knows it.
    """
    if asks == "baja":
        reason = _BAJA_OF if convenio else _BAJA
        yield OWN.on(law.on).finds(Outcome.NOTICE, law, reason=reason, day=day_after(law.on), case=convenio)
    elif asks == "variacion" and granted_on is not None:
        yield ONE_ACT.on(law.on).finds(Outcome.NOTICE, law, reason=_VARIATION)


_DATA = Text(
    "Variación de datos comunicada el {day}: el convenio sigue igual en lo demás.",
    "Variación de datos comunicada o {day}: o convenio segue igual no demais.",
    "Change of data communicated on {day}: the agreement is otherwise unchanged.",
)
_ACCOUNT = Text(
    "Cuenta nueva: compruebe que es de la persona suscriptora o de su representante.",
    "Conta nova: comprobe que é da persoa subscritora ou de quen a represente.",
    "New account: check that it belongs to the subscriber or their representative.",
)
_CITY = Text(
    "El {day} pasa de una ciudad a la otra: el convenio sigue; cambia la Dirección Territorial.",
    "O {day} pasa dunha cidade á outra: o convenio segue; cambia a Dirección Territorial.",
    "On {day} moves from one city to the other: the agreement goes on under the other directorate.",
)
_BEFORE = Text(
    "El {day}, antes de firmar, pasa de una ciudad a la otra: la extinción es solo de convenios firmados.",
    "O {day}, antes de asinar, pasa dunha cidade á outra: a extinción é só de convenios asinados.",
    "On {day}, before signing, moves from one city to the other: only signed agreements end.",
)
_BAJA = Text(
    "La baja extingue el convenio desde el {day}: anótela en el expediente del convenio.",
    "A baixa extingue o convenio desde o {day}: anótea no expediente do convenio.",
    "The baja ends the agreement from {day}: record it in the case of the agreement.",
)
_BAJA_OF = Text(
    "La baja extingue el convenio desde el {day}: anótela en su expediente, {case}.",
    "A baixa extingue o convenio desde o {day}: anótea no seu expediente, {case}.",
    "The baja ends the agreement from {day}: record it in its own case, {case}.",
)
_VARIATION = Text(
    "Anote la variación en el expediente del convenio.",
    "Anote a variación no expediente do convenio.",
    "Record the change in the case of the agreement.",
)
