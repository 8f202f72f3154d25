"""The time to resolve: what is counted, by whose calendar, and what a reviewer must know of the last day.

Nothing here judges an application by itself: `validators.deadlines` says these sentences beside the dates.
Source: Ley 39/2015 arts. 21 to 24, 30, 31 and 71, before it Ley 30/1992; docs/law.md section 7.
"""

from __future__ import annotations

import datetime as dt

from validators.finding import Text
from validators.law.regimes import LEY_39_2015, RD_1192_2012, RDL_7_2018
from validators.rules import Rule

_BEFORE = LEY_39_2015 - dt.timedelta(days=1)

WORKING_DAYS = Rule(
    id="PLZ-01",
    basis="Ley 39/2015, art. 30.2 y 30.3",
    es="{days_es} desde el {first}, sin contar sábados, domingos ni festivos: hasta el {last}.",
    gl="{days_gl} desde o {first}, sen contar sábados, domingos nin festivos: ata o {last}.",
    en="{days_en} from {first}, leaving out Saturdays, Sundays and holidays: until {last}.",
    since=LEY_39_2015,
)
SATURDAYS = Rule(
    id="PLZ-02",
    basis="Ley 30/1992, art. 48.1; Ley 39/2015, DT 3ª",
    es="El procedimiento se inició antes del {reform}: los sábados cuentan como hábiles.",
    gl="O procedemento iniciouse antes do {reform}: os sábados contan como hábiles.",
    en="The procedure began before {reform}: Saturdays count as working days.",
    since=RD_1192_2012,
    until=_BEFORE,
)
MONTHS = Rule(
    id="PLZ-03",
    basis="Ley 39/2015, art. 30.4 y 30.5",
    es="{months_es} de fecha a fecha desde el {start}; si el último día es inhábil, hasta el siguiente "
    "hábil: hasta el {last}.",
    gl="{months_gl} de data a data desde o {start}; se o último día é inhábil, ata o seguinte hábil: ata o "
    "{last}.",
    en="{months_en} from date to date from {start}; if the last day is a non-working day, it moves to the "
    "next working day: until {last}.",
    since=LEY_39_2015,
)
PLACES = Rule(
    id="PLZ-04",
    basis="Ley 39/2015, art. 30.6",
    es="Son inhábiles los festivos {where_es}.",
    gl="Son inhábiles os festivos {where_gl}.",
    en="The holidays {where_en} are non-working days.",
    since=LEY_39_2015,
)
SEAT = Text(
    "Son inhábiles los festivos {where_es}; con los {seat_es}, sede del órgano que resuelve, el "
    "último día es el {last}.",
    "Son inhábiles os festivos {where_gl}; cos {seat_gl}, sede do órgano que resolve, o último día é o "
    "{last}.",
    "The holidays {where_en} are non-working days; with those {seat_en}, seat of the deciding body, the "
    "last day is {last}.",
)
"""PLZ-04, where the body that resolves has its seat elsewhere."""
REGISTER = Rule(
    id="PLZ-05",
    basis="Ley 39/2015, art. 31.3",
    es="En un registro electrónico los plazos de la persona se rigen solo por el calendario de ese registro.",
    gl="Nun rexistro electrónico os prazos da persoa réxense só polo calendario dese rexistro.",
    en="In an electronic register the person's time limits follow only that register's calendar.",
    since=LEY_39_2015,
)
DAY_OFF = Rule(
    id="PLZ-06",
    basis="Ley 39/2015, art. 31.2",
    es="El {day} es inhábil: para los plazos de la persona la presentación se entiende hecha el {entered}.",
    gl="O {day} é inhábil: para os prazos da persoa a presentación enténdese feita o {entered}.",
    en="{day} is a non-working day: for the person's time limits the filing counts as made on {entered}.",
    since=LEY_39_2015,
)
SUSPENDED = Rule(
    id="PLZ-08",
    basis="Ley 39/2015, art. 22.1",
    es="El plazo para resolver está suspendido del {first} al {last}: {why_es}.",
    gl="O prazo para resolver está suspendido do {first} ao {last}: {why_gl}.",
    en="The time to decide is suspended from {first} to {last}: {why_en}.",
    since=LEY_39_2015,
)
IMPOSSIBLE = Text(
    "Las fechas de una suspensión no son posibles: acaba antes de empezar, o empieza antes de la solicitud.",
    "As datas dunha suspensión non son posibles: acaba antes de comezar, ou comeza antes da solicitude.",
    "The dates of a suspension are not possible: it ends before it begins, or begins before the application.",
)
"""PLZ-08, of events that contradict each other."""
EXTENDED = Text(
    "El plazo para resolver se amplió en {days_es}.",
    "O prazo para resolver ampliouse en {days_gl}.",
    "The time to decide was extended by {days_en}.",
)
"""PLZ-08, of an extension of the time to resolve (art. 23)."""
READINGS = Rule(
    id="PLZ-09",
    basis="Ley 39/2015, art. 22.1",
    es="El último día para resolver es el {last}; según se cuente la suspensión, sería el {other}.",
    gl="O último día para resolver é o {last}; segundo se conte a suspensión, sería o {other}.",
    en="The last day to decide is {last}; depending on how the suspension is counted, it would be {other}.",
    since=LEY_39_2015,
)
CALENDARS = Rule(
    id="PLZ-10",
    basis="Ley 39/2015, art. 30.7",
    es="Calendarios de días inhábiles: {used_es}.",
    gl="Calendarios de días inhábiles: {used_gl}.",
    en="Calendars of non-working days: {used_en}.",
    since=LEY_39_2015,
)
TURN = Rule(
    id="PLZ-11",
    basis="Ley 39/2015, art. 71.2",
    es="Su turno es del {filed}: los asuntos de igual naturaleza van por orden de inicio, salvo orden "
    "motivada por escrito.",
    gl="A súa quenda é do {filed}: os asuntos de igual natureza van por orde de inicio, agás orde motivada "
    "por escrito.",
    en="Its place in the queue is that of {filed}: like cases go in the order they began, unless a reasoned "
    "written order says otherwise.",
    since=LEY_39_2015,
)
SILENCE = Rule(
    id="PLZ-16",
    basis="Ley 39/2015, art. 24 y 40.4",
    es="Si hasta el {last} no consta notificación ni intento acreditado, desde el {since} la solicitud se "
    "entiende {sense_es} por silencio.",
    gl="Se ata o {last} non consta notificación nin intento acreditado, desde o {since} a solicitude "
    "enténdese {sense_gl} por silencio.",
    en="If no notification or documented attempt is on record by {last}, from {since} the application "
    "counts as {sense_en} by silence.",
    since=LEY_39_2015,
)
EARLIEST = Rule(
    id="PLZ-17",
    basis="Ley 39/2015, art. 30.6",
    es="Según el calendario que cuente, el último día para resolver es el {last} o el {other}: la alarma "
    "usa el {last}.",
    gl="Segundo o calendario que conte, o último día para resolver é o {last} ou o {other}: a alarma usa o "
    "{last}.",
    en="Depending on whose calendar counts, the last day to decide is {last} or {other}: the alarm uses "
    "{last}.",
    since=LEY_39_2015,
)
LATEST = Text(
    "Entre los calendarios que pueden contar se da a la persona el último día más tardío, el {last}.",
    "Entre os calendarios que poden contar dáselle á persoa o último día máis tardío, o {last}.",
    "Of the calendars that may count, the person gets the latest last day, {last}.",
)
"""PLZ-17, of a limit of the person."""
PROVISIONAL = Rule(
    id="PLZ-18",
    basis="Ley 39/2015, art. 30.6 y 30.7",
    es="La fecha límite es provisional: falta comprobar la lista de festivos ({where_es}).",
    gl="A data límite é provisional: falta comprobar a lista de festivos ({where_gl}).",
    en="The deadline is provisional: the list of holidays has not been checked yet ({where_en}).",
    since=LEY_39_2015,
)
WHICH_CITY = Text(
    "La fecha límite es provisional: los papeles no dicen de qué lugar es, y pueden contar los festivos "
    "{where_es}. Se usa la fecha más temprana.",
    "A data límite é provisional: os papeis non din de que lugar é, e poden contar os festivos {where_gl}. "
    "Úsase a data máis temperá.",
    "The deadline is provisional: the papers do not say of which place, and the holidays {where_en} may "
    "count. "
    "The earliest date is used.",
)
"""PLZ-18, where the papers name neither city."""
NO_CALENDAR = Rule(
    id="PLZ-CAL",
    basis="Ley 39/2015, art. 30.6 y 30.7",
    es="No hay calendario de días hábiles para calcular el plazo ({where_es}).",
    gl="Non hai calendario de días hábiles para calcular o prazo ({where_gl}).",
    en="There is no calendar of working days to compute the deadline ({where_en}).",
    since=LEY_39_2015,
)
PUBLISHED = Rule(
    id="CE-PLZ-CAL",
    basis="Ley 39/2015, art. 30.7",
    es="Los festivos se han comprobado con las listas publicadas: {used_es}.",
    gl="Os festivos comprobáronse coas listas publicadas: {used_gl}.",
    en="The holidays were checked against the published lists: {used_en}.",
    since=LEY_39_2015,
)
INGESA = Rule(
    id="CE-RESOL-01",
    basis="Orden SSI/1475/2014, art. 5.3; RD 576/2013, art. 4.2",
    es="La Dirección del INGESA resuelve y notifica en {days_es} desde el día siguiente a la recepción: "
    "hasta "
    "el {last}. Después, se entiende estimada.",
    gl="A Dirección do INGESA resolve e notifica en {days_gl} desde o día seguinte á recepción: ata o "
    "{last}. "
    "Despois, enténdese estimada.",
    en="The Directorate of INGESA decides and notifies within {days_en} from the day after reception: until "
    "{last}. After that, the application counts as granted.",
)
AT_RISK = Text(
    "Quedan {days_es} para resolver y notificar, hasta el {last}: después se entiende estimada por silencio.",
    "Quedan {days_gl} para resolver e notificar, ata o {last}: despois enténdese estimada por silencio.",
    "{days_en} are left to decide and notify, until {last}: after that, it counts as granted by silence.",
)
EXPIRED = Text(
    "Venció el {last} el plazo para resolver y notificar: estimación por silencio.",
    "Venceu o {last} o prazo para resolver e notificar: estimación por silencio.",
    "The time to decide and notify ended on {last}: granted by silence.",
)
"""CE-RESOL-01, as an alarm before and after the last day."""
INSS = Rule(
    id="AS-PLZ-01",
    basis="RD 1192/2012, art. 6.4; RDL 7/2018, DT 2ª; RD 286/2003, anexo",
    es="Plazo según norma transitoria: {days_es}, hasta el {last}, y silencio negativo; otra norma señala "
    "{other_es}, hasta el {other}.",
    gl="Prazo segundo norma transitoria: {days_gl}, ata o {last}, e silencio negativo; outra norma sinala "
    "{other_gl}, ata o {other}.",
    en="Deadline by a transitional rule: {days_en}, until {last}, and negative silence; another rule says "
    "{other_en}, until {other}.",
    since=RDL_7_2018,
)
RULES = (
    Rule(
        id=WORKING_DAYS.id,
        basis="Ley 30/1992, art. 48.1 y 48.4",
        es="{days_es} desde el {first}, sin contar domingos ni festivos: hasta el {last}.",
        gl="{days_gl} desde o {first}, sen contar domingos nin festivos: ata o {last}.",
        en="{days_en} from {first}, leaving out Sundays and holidays: until {last}.",
        since=RD_1192_2012,
        until=_BEFORE,
    ),
    *MONTHS.formerly((RD_1192_2012, "Ley 30/1992, art. 48.2 y 48.3")),
    *PLACES.formerly((RD_1192_2012, "Ley 30/1992, art. 48.5")),
    *REGISTER.formerly((RD_1192_2012, "Ley 11/2007, art. 26.5")),
    *DAY_OFF.formerly((RD_1192_2012, "Ley 11/2007, art. 26.3")),
    *SUSPENDED.formerly((RD_1192_2012, "Ley 30/1992, art. 42.5 y 42.6")),
    *READINGS.formerly((RD_1192_2012, "Ley 30/1992, art. 42.5")),
    *CALENDARS.formerly((RD_1192_2012, "Ley 30/1992, art. 48.7")),
    *TURN.formerly((RD_1192_2012, "Ley 30/1992, art. 74.2")),
    *SILENCE.formerly((RD_1192_2012, "Ley 30/1992, art. 43, 44 y 58.4")),
    *EARLIEST.formerly((RD_1192_2012, "Ley 30/1992, art. 48.5")),
    *PROVISIONAL.formerly((RD_1192_2012, "Ley 30/1992, art. 48.5 y 48.7")),
    *NO_CALENDAR.formerly((RD_1192_2012, "Ley 30/1992, art. 48.5 y 48.7")),
    *PUBLISHED.formerly((RD_1192_2012, "Ley 30/1992, art. 48.7")),
    Rule(
        id=INSS.id,
        basis="RD 1192/2012, art. 6.4; RD 286/2003, anexo",
        es="Plazo de {days_es}, hasta el {last}, y silencio negativo; otra norma señala {other_es}, hasta "
        "el {other}.",
        gl="Prazo de {days_gl}, ata o {last}, e silencio negativo; outra norma sinala {other_gl}, ata o "
        "{other}.",
        en="Deadline of {days_en}, until {last}, and negative silence; another rule says {other_en}, until "
        "{other}.",
        since=RD_1192_2012,
        until=RDL_7_2018 - dt.timedelta(days=1),
    ),
)
