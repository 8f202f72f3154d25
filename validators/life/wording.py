"""What is said of an answer beside the rules' own sentences, in the three languages."""

from __future__ import annotations

from validators.finding import Text

TOO_EARLY = Text(
    "Consta un suceso del {day}, anterior a la presentación ({filed}): una de las fechas está mal.",
    "Consta un suceso do {day}, anterior á presentación ({filed}): unha das datas está mal.",
    "Something is recorded on {day}, before the filing ({filed}): one of the days is wrong.",
)
"""GEN-FILED, of what is recorded before the filing."""
REFUSED = Text(
    "La denegación pone fin a la vía administrativa. Notificada el {day}: reposición hasta el {appeal}, o "
    "recurso contencioso-administrativo en {months} meses.",
    "A denegación pon fin á vía administrativa. Notificada o {day}: reposición ata o {appeal}, ou recurso "
    "contencioso-administrativo en {months} meses.",
    "The refusal ends the administrative route. Notified on {day}: appeal to the same body until "
    "{appeal}, or to the courts within {months} months.",
)
"""CE-RESOL-03, of a refusal: it fixes no conditions."""
PROVISIONAL = Text(
    "El plazo venció el {last} según un calendario provisional: compruebe el calendario y, si procede, "
    "anote la estimación por silencio.",
    "O prazo venceu o {last} segundo un calendario provisional: comprobe o calendario e, se procede, anote "
    "a estimación por silencio.",
    "The time passed on {last} by a provisional calendar: check the calendar and, if so, record that "
    "silence granted the application.",
)
READINGS = Text(
    "Según se cuente, el plazo venció el {last} o vence el {other}: por la primera cuenta ya está estimada "
    "por silencio. Decida una persona.",
    "Segundo se conte, o prazo venceu o {last} ou vence o {other}: pola primeira conta xa está estimada por"
    " silencio. Decida unha persoa.",
    "Depending on how it is counted, the time passed on {last} or passes on {other}: by the first count "
    "silence has granted it. A person decides.",
)
BETWEEN = Text(
    "El {day} consta una notificación, un intento o un desistimiento; según se cuente, el último día fue el"
    " {last} o el {other}. Decida una persona si llegó a tiempo o si ya estaba estimada por silencio.",
    "O {day} consta unha notificación, un intento ou unha desistencia; segundo se conte, o último día foi o"
    " {last} ou o {other}. Decida unha persoa se chegou a tempo ou se xa estaba estimada por silencio.",
    "A notice, an attempt or a withdrawal is of {day}; depending on how it is counted, the last day was "
    "{last} or {other}. A person decides whether it was in time or silence had granted the application.",
)
IN_TIME = Text(
    "Consta una notificación, un intento o un desistimiento del {day}, dentro del plazo, y también la "
    "estimación por silencio del {since}, que el programa no deshace: decida una persona.",
    "Consta unha notificación, un intento ou unha desistencia do {day}, dentro do prazo, e tamén a "
    "estimación por silencio do {since}, que o programa non desfai: decida unha persoa.",
    "A notice, an attempt or a withdrawal of {day}, in time, is on record beside the grant by silence of "
    "{since}, which the program does not undo: a person decides.",
)
AGAINST_IT = Text(
    "Estimada por silencio desde el {since}: la resolución del {day} en otro sentido no la deshace; solo "
    "cabe confirmarla.",
    "Estimada por silencio desde o {since}: a resolución do {day} noutro sentido non a desfai; só cabe "
    "confirmala.",
    "Granted by silence since {since}: the decision of {day} to another effect does not undo it; it can "
    "only be confirmed.",
)
GIVEN_UP = Text(
    "La persona desistió el {day}, ya estimada por silencio desde el {since}: decida si renuncia al derecho.",
    "A persoa desistiu o {day}, xa estimada por silencio desde o {since}: decida se renuncia ao dereito.",
    "The person withdrew on {day}, after silence had granted it on {since}: decide whether the right is "
    "given up.",
)
CERTIFY = Text(
    "El certificado del silencio se expide de oficio hasta el {day}.",
    "O certificado do silencio expídese de oficio ata o {day}.",
    "The certificate of silence is issued without being asked by {day}.",
)
"""CE-RESOL-02: where readings differ, what is on record against silence, and its certificate."""
REJECTED = Text(
    "Desestimada por silencio desde el {since}: la persona puede recurrir, y la resolución tardía puede ser"
    " favorable o desfavorable.",
    "Desestimada por silencio desde o {since}: a persoa pode recorrer, e a resolución tardía pode ser de "
    "calquera sentido.",
    "Rejected by silence since {since}: the person may appeal, and a late decision may go either way.",
)
PERHAPS = Text(
    "El plazo venció el {last} según un calendario provisional: compruebe si ya está desestimada por "
    "silencio.",
    "O prazo venceu o {last} segundo un calendario provisional: comprobe se xa está desestimada por "
    "silencio.",
    "The time passed on {last} by a provisional calendar: check whether silence has rejected it.",
)
"""PLZ-16, of silence that rejects."""
UNKNOWN = Text(
    "Consta una notificación, pero ninguna resolución antes de ella: anote qué se resolvió y cuándo.",
    "Consta unha notificación, pero ningunha resolución antes dela: anote que se resolveu e cando.",
    "A notice is on record and no decision before it: record what was decided and when.",
)
LATE = Text(
    "El acto del {dictated} se empezó a notificar el {day}, pasados los diez días (hasta el {last}).",
    "O acto do {dictated} comezouse a notificar o {day}, pasados os dez días (ata o {last}).",
    "The act of {dictated} began to be notified on {day}, after the ten days (until {last}).",
)
"""PLZ-12."""
UNASKED = Text(
    "Se tuvo por desistida el {day} sin que conste un requerimiento: compruébelo.",
    "Tívose por desistida o {day} sen que conste un requirimento: compróbeo.",
    "Taken as withdrawn on {day} though no request to correct is on record: check it.",
)
HASTY = Text(
    "Se tuvo por desistida el {day}, antes de acabar el plazo para subsanar ({last}): compruébelo.",
    "Tívose por desistida o {day}, antes de acabar o prazo para emendar ({last}): compróbeo.",
    "Taken as withdrawn on {day}, before the time to correct ended ({last}): check it.",
)
COMPLIED = Text(
    "La persona subsanó el {day}, antes de que se le notificara el desistimiento: tiene que admitirse.",
    "A persoa emendou o {day}, antes de que se lle notificase a desistencia: debe admitirse.",
    "The person complied on {day}, before being notified: it must be admitted.",
)
"""CE-SUB-01, of *desistimiento*."""
NOT_BACK = Text(
    "Concedida y notificada el {since}: la resolución del {day} en otro sentido no puede revocarla sin más.",
    "Concedida e notificada o {since}: a resolución do {day} noutro sentido non pode revogala sen máis.",
    "Granted and notified on {since}: the decision of {day} to another effect cannot simply revoke it.",
)
"""CE-RESOL-03."""
