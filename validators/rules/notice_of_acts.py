"""The person's time to cure, and how an act is notified in time: sentences said beside their dates.

Source: Ley 39/2015 arts. 32, 40 to 44, 68 and 73, before it Ley 30/1992 and Ley 11/2007; Orden
SSI/1475/2014 art. 5.2; docs/law.md section 7.
"""

from __future__ import annotations

from validators.finding import Text
from validators.law.regimes import LEY_39_2015, RD_1192_2012
from validators.rules import Rule

CURE = Rule(
    id="CE-SUB-01",
    basis="Orden SSI/1475/2014, art. 5.2; Ley 39/2015, art. 68.1",
    es="Se requiere subsanación en {days_es} desde el día siguiente al de la notificación; si no se "
    "subsana, se tendrá por desistida la solicitud, mediante resolución.",
    gl="Requírese emenda en {days_gl} desde o día seguinte ao da notificación; se non se emenda, terase por "
    "desistida a solicitude, mediante resolución.",
    en="Correction is required within {days_en} from the day after notification; otherwise the application "
    "is taken "
    "as withdrawn, by a decision.",
    since=LEY_39_2015,
)
TIME_TO_CURE = Rule(
    id="PLZ-07",
    basis="Ley 39/2015, art. 68, 32 y 73.3",
    es="{days_es} para subsanar desde el día siguiente al de la notificación, que se pueden ampliar hasta en "
    "{extra} más; "
    "lo que llegue después se admite si aún no se ha notificado la resolución.",
    gl="{days_gl} para emendar desde o día seguinte ao da notificación, que se poden ampliar ata en {extra} "
    "máis; o que "
    "chegue despois admítese se aínda non se notificou a resolución.",
    en="{days_en} to correct, from the day after notification, extendable by up to {extra}; what comes later "
    "is "
    "accepted until the decision is notified.",
    since=LEY_39_2015,
)
CURE_UNTIL = Text(
    "Notificado el {notified}: {days_es} para subsanar, hasta el {last}.",
    "Notificado o {notified}: {days_gl} para emendar, ata o {last}.",
    "Notified on {notified}: {days_en} to correct, until {last}.",
)
LATE_EXTENSION = Text(
    "Se amplió el tiempo para subsanar cuando ya había vencido, o más del máximo: eso no se cuenta.",
    "Ampliouse o tempo para emendar cando xa vencera, ou máis do máximo: iso non se conta.",
    "The time to correct was extended after it had passed, or beyond the maximum: that is not counted.",
)
"""PLZ-07, once the requirement is notified, and of an extension that does not hold."""
NOTIFY = Rule(
    id="PLZ-12",
    basis="Ley 39/2015, art. 40.2",
    es="El acto del {dictated} se notifica en {days_es}: hasta el {last}.",
    gl="O acto do {dictated} notifícase en {days_gl}: ata o {last}.",
    en="The act of {dictated} is notified within {days_en}: until {last}.",
    since=LEY_39_2015,
)
DUTY_MET = Rule(
    id="PLZ-13",
    basis="Ley 39/2015, art. 40.4 y 43.3",
    es="La obligación de notificar en plazo quedó cumplida el {day}: {how_es}.",
    gl="A obriga de notificar en prazo quedou cumprida o {day}: {how_gl}.",
    en="The duty to notify in time was met on {day}: {how_en}.",
    since=LEY_39_2015,
)
REJECTED = Rule(
    id="PLZ-14",
    basis="Ley 39/2015, art. 43.2",
    es="A disposición desde el {day}: sin abrir en {days} días naturales, hasta el {last}, se entiende "
    "rechazada.",
    gl="A disposición desde o {day}: sen abrir en {days} días naturais, ata o {last}, enténdese rexeitada.",
    en="Available since {day}: if not opened within {days} calendar days, by {last}, it counts as rejected.",
    since=LEY_39_2015,
)
SECOND_ATTEMPT = Rule(
    id="PLZ-15",
    basis="Ley 39/2015, art. 42.2 y 44",
    es="Primer intento el {first}; el segundo, en otra franja horaria, hasta el {last}; luego, publicación.",
    gl="Primeiro intento o {first}; o segundo, noutra franxa horaria, ata o {last}; logo, publicación.",
    en="First attempt on {first}; the second, at another time of day, until {last}; then publication.",
    since=LEY_39_2015,
)
BAD_ATTEMPTS = Text(
    "Los intentos en papel no bastan para publicar: falta el segundo, o se hizo fuera de los días o de la "
    "franja horaria que pide la ley.",
    "Os intentos en papel non abondan para publicar: falta o segundo, ou fíxose fóra dos días ou da franxa "
    "horaria que pide a lei.",
    "The attempts on paper are not enough to publish: the second is missing, or was made outside the days "
    "or the hours that the law requires.",
)
"""PLZ-15, of attempts that do not hold."""
RULES = (
    *CURE.formerly((RD_1192_2012, "Orden SSI/1475/2014, art. 5.2; Ley 30/1992, art. 71.1")),
    *TIME_TO_CURE.formerly((RD_1192_2012, "Ley 30/1992, art. 71, 49 y 76.3")),
    *NOTIFY.formerly((RD_1192_2012, "Ley 30/1992, art. 58.2")),
    *DUTY_MET.formerly((RD_1192_2012, "Ley 30/1992, art. 58.4; Ley 11/2007, art. 28")),
    *REJECTED.formerly((RD_1192_2012, "Ley 11/2007, art. 28.3")),
    *SECOND_ATTEMPT.formerly((RD_1192_2012, "Ley 30/1992, art. 59.2 y 59.5")),
)
