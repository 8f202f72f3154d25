"""`ventanilla case record`, `payments` and `life`: what happens to a case after it was judged."""

from __future__ import annotations

import datetime as dt
import getpass
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from desk.cli.case import case
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from pipeline.life.lived import Lived
    from pipeline.settings import Settings
    from pipeline.store import Store

STATES = {
    "awaiting": "a la espera de resolución{since}",
    "suspended": "plazo suspendido{since}: a la espera de subsanación",
    "notifying": "resuelto, notificándose{since}",
    "doubtful": "EN DUDA{since}: decide una persona",
    "granted": "estimada{since}",
    "granted_by_silence": "ESTIMADA POR SILENCIO{since}",
    "rejected_by_silence": "desestimada por silencio{since}; cabe recurso",
    "refused": "denegada{since}",
    "referred": "derivada a otro organismo{since}",
    "desisted": "declarada desistida{since}",
    "withdrawn": "desistimiento de la persona{since}",
    "awaiting_signature": "estimada, pendiente de firma{since}",
    "lapse_doubtful": "sin firmar en plazo{since}: decida si es por causa de la persona interesada",
    "lapsed": "caducada por no firmar{since}",
    "in_force": "convenio en vigor{since}",
    "ended": "convenio extinguido{since}",
}
EVENTS = {
    "requirement_notified": "se notifica un requerimiento (suspends=sí|no: si dice que suspende el plazo)",
    "requirement_extended": "se amplía el plazo para subsanar (days=N)",
    "requirement_complied": "la persona subsana",
    "report_requested": "se pide un informe preceptivo y se comunica",
    "report_received": "llega el informe y se comunica",
    "term_extended": "se amplía el plazo para resolver (days=N)",
    "resolution_taken": "se resuelve (outcome=grant|refusal|referral|desistimiento|withdrawal)",
    "notice_attempted": "intento de notificación en papel (hour=HH:MM)",
    "notice_available": "se pone a disposición en la sede electrónica",
    "notice_opened": "se abre la notificación electrónica",
    "notice_rejected": "la persona rechaza la notificación",
    "notice_published": "se publica en el boletín",
    "resolution_notified": "se notifica en mano o por correo",
    "withdrawal_declared": "la persona desiste de su solicitud",
    "granted_by_silence": "estimada por silencio (solo si el programa no puede saber el día)",
    "rejected_by_silence": "desestimada por silencio (solo si el programa no puede saber el día)",
    "silence_certified": "se expide el certificado del silencio",
    "signed": "se firma el convenio",
    "lapse_declared": "se declara la caducidad por no firmar",
    "quota_paid": "se paga una cuota (month=AAAA-MM, amount=60,00)",
    "quota_returned": "el banco devuelve una cuota (month=AAAA-MM)",
    "quota_unpaid": "consta que una cuota no se pagó (month=AAAA-MM)",
    "data_changed": "variación de datos (what=address|account|person)",
    "city_changed": "pasa de una ciudad a la otra (to=ceuta|melilla)",
    "padron_left": "deja el padrón de Ceuta o Melilla (keep=sí si pide mantener el convenio)",
    "new_convenio": "empieza otro convenio en otra administración",
    "entitled": "pasa a tener derecho por otra vía",
    "requirement_lost": "pierde otro requisito",
    "died": "fallece",
    "end_notified": "comunica la baja del convenio",
    "breach_resolved": "se resuelve por incumplimiento (effect=AAAA-MM-DD, si fija otra fecha)",
    "annulled": "un suceso se anotó por error (event=e3): sigue a la vista, pero no cuenta",
}
STATUSES = {
    "paid": "pagada",
    "late": "pagada fuera de plazo",
    "unpaid": "IMPAGADA",
    "pending": "pendiente",
    "unknown": "por aclarar",
    "unrecorded": "no consta nada",
}
_SILENT = frozenset({"granted_by_silence", "rejected_by_silence"})
_DAY = click.DateTime(["%Y-%m-%d", "%d/%m/%Y"])
_HELP = "\b\nSucesos y sus detalles:\n" + "\n".join(f"  {name:<22}{what}" for name, what in EVENTS.items())


def register(app: click.Group) -> None:
    """Add the commands to `case`."""
    del app
    for command in (record_event, read_payments, show_life):
        case.add_command(command)


@contextmanager
def _opened() -> Iterator[tuple[Store, Settings]]:
    """Open the record of this machine's settings."""
    from pipeline.settings import load
    from pipeline.store import open_store

    settings = load()
    with open_store(settings.storage.database, settings.storage.blobs, migrate=False) as store:
        yield store, settings


def _account(by: str | None) -> str:
    """Return the account that tells: the one named, else the one logged in."""
    if by:
        return by
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        raise UsageError("No se sabe qué cuenta lo anota", "Dígalo: --by NOMBRE") from None


@click.command("record", epilog=_HELP)
@click.argument("number")
@click.argument("event")
@click.option("--on", required=True, type=_DAY, metavar="AAAA-MM-DD", help="Día en que ocurrió.")
@click.option("--by", help="Cuenta que lo anota; la que tiene abierta la sesión, si no se dice.")
@click.option("--detail", "details", multiple=True, help="Un detalle, nombre=valor; cuantos hagan falta.")
def record_event(number: str, event: str, on: dt.datetime, by: str | None, details: tuple[str, ...]) -> None:
    """Anota para siempre un suceso de un expediente, y dice cómo queda."""
    from pipeline.calendars import at_hand
    from pipeline.life.tell import Told, tell

    told = Told(event, on.date(), _details(details), _account(by))
    with _opened() as (store, settings):
        now = dt.datetime.now(ZoneInfo(settings.letters.zone))
        found, new = tell(store, number, told, now, settings.policy, at_hand(settings.calendars))
    if not new:
        print(f"{found.number}: eso ya estaba anotado")
    print("\n".join(_head(found)))


def _details(details: Sequence[str]) -> dict[str, str]:
    """Return the details that were given as name=value."""
    found: dict[str, str] = {}
    for detail in details:
        name, sign, value = detail.partition("=")
        if not sign or not name.strip() or name.strip() in found:
            raise UsageError("Un detalle se escribe nombre=valor, y una sola vez", "Por ejemplo: hour=10:30")
        found[name.strip()] = value
    return found


@click.command("payments")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--by", help="Cuenta que lo anota; la que tiene abierta la sesión, si no se dice.")
def read_payments(file: Path, by: str | None) -> None:
    """Anota los pagos de una lista CSV: expediente;mes;importe;pagado_el (vacío: no se pagó)."""
    from pipeline.calendars import at_hand
    from pipeline.life.payments import read_in

    with _opened() as (store, settings):
        now = dt.datetime.now(ZoneInfo(settings.letters.zone))
        done = read_in(store, file, _account(by), now, at_hand(settings.calendars))
    print(f"{done.lines} líneas leídas; {done.recorded} pagos e impagos nuevos anotados")


@click.command("life")
@click.argument("number")
@click.option(
    "--on", type=_DAY, metavar="AAAA-MM-DD", help="Cómo estaba o estará ese día; hoy, si no se dice."
)
@click.option("--json", "as_json", is_flag=True, help="Un documento JSON.")
def show_life(number: str, on: dt.datetime | None, *, as_json: bool) -> None:
    """Dice cómo está un expediente: sus sucesos, plazos, cuotas, y lo que manda la ley."""
    from pipeline.calendars import at_hand
    from pipeline.life.lived import lived
    from pipeline.life.shown import life_report

    with _opened() as (store, settings):
        today = on.date() if on else dt.datetime.now(ZoneInfo(settings.letters.zone)).date()
        found = lived(store, number, today, settings.policy, at_hand(settings.calendars))
    if as_json:
        print(json.dumps(life_report(found), ensure_ascii=False, indent=2))
    else:
        print("\n".join([*_head(found), *_events(found), *_said(found), *_fees(found)]))


def _head(found: Lived) -> Iterator[str]:
    """Yield the state and the dates that matter in it."""
    life = found.life
    since = f" desde el {life.since:%d/%m/%Y}" if life.since else ""
    yield f"{found.number}: {STATES[life.state.value].format(since=since)} (a {life.on:%d/%m/%Y})"
    if life.silent_since is not None and not any(event.kind.value in _SILENT for event in life.events):
        yield "  ese silencio no está anotado: compruebe antes que nada se notificó ni se intentó en plazo"
    clock = life.clock
    if life.granted_on is None and clock.resolve_by is not None:
        mark = " (provisional)" if clock.provisional else ""
        yield f"  resolver y notificar hasta el {clock.resolve_by:%d/%m/%Y}{mark}"
    if life.sign_by is not None and life.sign_by.date is not None and life.signed_on is None:
        mark = " (provisional)" if life.sign_by.provisional else ""
        yield f"  firmar hasta el {life.sign_by.date:%d/%m/%Y}{mark}"
    if (
        life.ended is not None
        and life.ended.bar_until is not None
        and life.ended.sure
        and not life.ended.others
    ):
        yield f"  sin otro convenio hasta pasado el {life.ended.bar_until:%d/%m/%Y}"


def _events(found: Lived) -> Iterator[str]:
    """Yield what was recorded, in the order of the days; what does not count is marked."""
    from validators.life import plain

    counted = {event.id for event in found.life.events}
    yield "Sucesos:" if found.record else "Sucesos: ninguno anotado"
    for kept in sorted(found.record, key=lambda one: one.event.on):
        event = kept.event
        details = "".join(f", {name}={value}" for name, value in plain(event).items())
        mark = "" if event.id in counted or event.kind.value == "annulled" else " [no cuenta]"
        what = EVENTS[event.kind.value].partition(" (")[0]
        told = f"{event.kind.value}{details} ({kept.told_by}){mark}: {what}"
        yield f"  {event.on:%d/%m/%Y}  {event.id:<4} {told}"


def _said(found: Lived) -> Iterator[str]:
    """Yield what the law says of it."""
    from desk.cli.words import OUTCOMES

    for finding in found.life.findings:
        yield f"  [{OUTCOMES[finding.outcome]}] {finding.rule}: {finding.reason.es}"


def _fees(found: Lived) -> Iterator[str]:
    """Yield what each month costs and what became of it."""
    if found.life.quotas:
        yield "Cuotas:"
    for quota in found.life.quotas:
        amount = (
            "por decidir" if quota.due.amount is None else f"{quota.due.amount:.2f}".replace(".", ",") + " €"
        )
        other = " o ".join(f"{one:.2f}".replace(".", ",") for one in quota.due.otherwise)
        by = f", hasta el {quota.pay_by:%d/%m/%Y}" if quota.pay_by else ""
        mark = f" (según se cuente, {other} €)" if other else ""
        yield f"  {quota.due.month:%m/%Y}  {amount}{by}: {STATUSES[quota.status]}{mark}"
