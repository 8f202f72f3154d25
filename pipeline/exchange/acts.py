"""What was received, decided, told and recorded of a case, by day: no proposal, nothing of a program.

What was recorded of the life of a case is told where no decision and no notice of that day tells it already.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from pipeline.after_filing.record import After
from pipeline.after_filing.record import Kind as Later
from pipeline.exchange.contents import Contents
from pipeline.folders.status import DECIDED
from validators.life.events import Event, Kind

_WAYS: Mapping[str, str] = MappingProxyType(
    {"paper": "papel", "electronic": "sede electrónica", "in_person": "en persona", "publication": "BOE"}
)
_STEPS: Mapping[str, str] = MappingProxyType(
    {
        "attempted": "intento de notificación",
        "delivered": "notificación entregada",
        "refused": "notificación rechazada por la persona",
        "offered": "puesta también en la sede electrónica",
        "available": "puesta a disposición en la sede electrónica",
        "opened": "notificación abierta",
        "rejected": "rechazada por no abrirse en diez días",
        "published": "publicada en el BOE",
        "answered": "respuesta de la persona",
        "waived": "la persona declara que no alegará",
    }
)
_ACTS: Mapping[str, str] = MappingProxyType(
    {"requirement": "Requerimiento", "hearing": "Audiencia", "resolution": "Resolución"}
)
_LIFE: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.REQUIREMENT_NOTIFIED: "Notificado el requerimiento",
        Kind.REQUIREMENT_EXTENDED: "Ampliado el plazo para subsanar",
        Kind.REQUIREMENT_COMPLIED: "La persona subsana",
        Kind.REPORT_REQUESTED: "Pedido un informe preceptivo",
        Kind.REPORT_RECEIVED: "Recibido el informe preceptivo",
        Kind.TERM_EXTENDED: "Ampliado el plazo para resolver",
        Kind.RESOLUTION_TAKEN: "Resolución dictada",
        Kind.NOTICE_ATTEMPTED: "Resolución: intento de notificación",
        Kind.NOTICE_AVAILABLE: "Resolución: puesta a disposición en la sede electrónica",
        Kind.NOTICE_OPENED: "Resolución: notificación abierta",
        Kind.NOTICE_REJECTED: "Resolución: notificación rechazada",
        Kind.NOTICE_PUBLISHED: "Resolución: publicada en el BOE",
        Kind.RESOLUTION_NOTIFIED: "Resolución: notificada",
        Kind.WITHDRAWAL_DECLARED: "La persona desiste",
        Kind.GRANTED_BY_SILENCE: "Estimada por silencio administrativo",
        Kind.REJECTED_BY_SILENCE: "Desestimada por silencio administrativo",
        Kind.SILENCE_CERTIFIED: "Expedido el certificado del silencio",
        Kind.SIGNED: "Firmado el convenio",
        Kind.LAPSE_DECLARED: "Declarada la caducidad por no firmar",
        Kind.QUOTA_PAID: "Pagada la cuota",
        Kind.QUOTA_RETURNED: "Devuelta por el banco la cuota",
        Kind.QUOTA_UNPAID: "Consta sin pagar la cuota",
        Kind.DATA_CHANGED: "Variación de datos",
        Kind.CITY_CHANGED: "Cambio de ciudad",
        Kind.PADRON_LEFT: "Baja en el padrón de la ciudad",
        Kind.NEW_CONVENIO: "Nuevo convenio en otra administración",
        Kind.ENTITLED: "Derecho por otra vía",
        Kind.REQUIREMENT_LOST: "Perdido otro requisito",
        Kind.DIED: "Fallecimiento",
        Kind.END_NOTIFIED: "Comunicada la baja del convenio",
        Kind.BREACH_RESOLVED: "Resuelto el convenio por incumplimiento",
    }
)
_TOLD_BY_ACTS = frozenset(
    {
        Kind.REQUIREMENT_NOTIFIED,
        Kind.REQUIREMENT_COMPLIED,
        Kind.RESOLUTION_TAKEN,
        Kind.NOTICE_ATTEMPTED,
        Kind.NOTICE_AVAILABLE,
        Kind.NOTICE_OPENED,
        Kind.NOTICE_REJECTED,
        Kind.NOTICE_PUBLISHED,
        Kind.RESOLUTION_NOTIFIED,
    }
)
"""What decisions and notices of the desk are in the life of a case."""
_LATER: Mapping[Later, str] = MappingProxyType(
    {
        Later.WITHDRAWAL: "La persona pide desistir",
        Later.CORRECTION: "La persona corrige un dato",
        Later.ADDITION: "La persona aporta documentos",
        Later.NOTICE_ADDRESS: "La persona cambia la dirección para notificaciones",
        Later.REPRESENTATIVE: "La persona nombra representante",
        Later.REPRESENTATIVE_REMOVED: "La persona deja sin efecto la representación",
        Later.SPLIT_OFF: "Parte de los documentos pasa al expediente {other}, que se abre",
        Later.SPLIT_FROM: "Abierto con documentos del expediente {other}",
        Later.JOINED_INTO: "Unido al expediente {other}, donde sigue",
        Later.JOINED: "Se le une el expediente {other}",
        Later.PAPERS_OUT: "Documentos que pasan al expediente {other}",
        Later.PAPERS_IN: "Documentos que llegan del expediente {other}",
        Later.MOVED: "Trasladado desde la oficina {left}",
        Later.TAKEN_BACK: "Retirado: se entregó por error",
    }
)


def acts(contents: Contents, zone: dt.tzinfo) -> Iterator[tuple[dt.date, str]]:
    """Yield what was received, decided, told and recorded, each with its day by the clock of *zone*."""
    decided = tuple(_decided(contents, zone))
    told = tuple(_told(contents))
    yield from _received(contents)
    yield from decided
    yield from told
    days = {day for day, _ in (*decided, *told)}
    for happened in contents.life:
        if happened.kind in _LIFE and not (happened.kind in _TOLD_BY_ACTS and happened.on in days):
            yield happened.on, _lived(happened)
    for later in contents.later:
        yield later.entered_on, _later(later)


def _received(contents: Contents) -> Iterator[tuple[dt.date, str]]:
    """Yield what came, by the clock of the office that took it."""
    for entered in contents.entries:
        again = " (el mismo paquete otra vez)" if entered.kind == "duplicate" else ""
        yield entered.received_at.date(), f"Entrega {entered.order}{again}"


def _decided(contents: Contents, zone: dt.tzinfo) -> Iterator[tuple[dt.date, str]]:
    """Yield the final decisions, and which of them have fallen."""
    for one in contents.decisions:
        assert one.final is not None
        signer = one.letter.get("signer") or one.by
        yield one.final.at.astimezone(zone).date(), f"{DECIDED[one.kind]}. Firma: {signer}"
        if not one.stands:
            fallen = next(end for end in one.ends if end.how != "final")
            yield fallen.at.astimezone(zone).date(), f"{DECIDED[one.kind]}: queda sin efecto"


def _told(contents: Contents) -> Iterator[tuple[dt.date, str]]:
    """Yield the steps of telling that were not annulled."""
    for told in contents.notices:
        registry = f", registro {told.registry}" if told.registry else ""
        hour = f", {told.hour}" if told.hour else ""
        said = f"{_ACTS[told.act]}: {_STEPS[told.step]} ({_WAYS[told.way]}{hour}{registry})"
        yield told.happened_on, said


def _lived(happened: Event) -> str:
    """Return an event of the life of a case in words."""
    month = f" de {happened.month:%m/%Y}" if happened.month else ""
    amount = f" ({happened.amount:.2f} euros)".replace(".", ",") if happened.amount is not None else ""
    days = f" ({happened.days} días)" if happened.days else ""
    return f"{_LIFE[happened.kind]}{month}{amount}{days}"


def _later(later: After) -> str:
    """Return what came after filing in words."""
    return _LATER[later.kind].format(other=later.other or "", left=later.left_office or "")
