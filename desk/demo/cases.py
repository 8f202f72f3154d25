"""The submissions of the demonstration: one for every queue, and one that cannot be received."""

from __future__ import annotations

import datetime as dt
import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pikepdf

from desk.demo.papers import asistencia_papers, convenio_papers
from desk.demo.people import HAMID, LUCIA, NADIA, ROSAURA, THIAGO, YASMINE
from desk.demo.register import Stay
from pipeline.case import Queue

FILED_ON = dt.date(2026, 3, 16)
_PACKED_AT = (2026, 3, 16, 9, 0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One submission: what happens in it, and the queue where it belongs (None: returned with *code*)."""

    name: str
    told: str
    office: str
    queue: Queue | None
    code: str | None = None
    make: Callable[[], bytes]

    def write(self, folder: Path) -> Path:
        """Write the submission into *folder*, what the office says of it first, and return its path."""
        beside = folder / f"{self.name}.presentacion.json"
        beside.write_text(
            json.dumps({"filed_on": FILED_ON.isoformat(), "office": self.office}) + "\n", "utf-8"
        )
        path = folder / self.name
        path.write_bytes(self.make())
        return path


def packed(papers: Mapping[str, bytes]) -> bytes:
    """Return a ZIP of *papers*, the same bytes every time."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in papers.items():
            entry = zipfile.ZipInfo(name, _PACKED_AT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            package.writestr(entry, data)
    return out.getvalue()


def _complete() -> bytes:
    """In order: seven years in Ceuta."""
    ceuta = ("Ceuta", [Stay(since=dt.date(2019, 5, 10), origin="MAR")])
    return packed(convenio_papers(YASMINE, town="Ceuta", filed_on=FILED_ON, register=[ceuta]))


def _without_declaration() -> bytes:
    """In order but for the declaration of no other cover."""
    melilla = ("Melilla", [Stay(since=dt.date(2021, 2, 3), origin="BRA")])
    papers = convenio_papers(THIAGO, town="Melilla", filed_on=FILED_ON, register=[melilla])
    del papers["declaracion.pdf"]
    return packed(papers)


def _holder() -> bytes:
    """An INSS application of a holder alone, without the declaration of no other cover."""
    papers = asistencia_papers(LUCIA, province="Melilla", filed_on=FILED_ON)
    del papers["declaracion.pdf"]
    return packed(papers)


def _gap() -> bytes:
    """Twelve days between leaving one town and entering the next (docs/law.md 4.3, example 14)."""
    malaga = Stay(
        since=dt.date(2024, 1, 10),
        until=dt.date(2025, 6, 30),
        origin="MAR",
        cause_out="residence_change",
        remark="La baja se anotó al recibir la comunicación del otro municipio, con retraso de correos.",
    )
    melilla = Stay(since=dt.date(2025, 7, 12), cause_in="residence_change", origin="Málaga")
    register = [("Málaga", [malaga]), ("Melilla", [melilla])]
    return packed(convenio_papers(NADIA, town="Melilla", filed_on=FILED_ON, register=register))


def _elsewhere() -> bytes:
    """Moved out of Ceuta before filing (docs/law.md 4.3, example 30); forms in Galician."""
    ceuta = Stay(
        since=dt.date(2018, 4, 9), until=dt.date(2026, 2, 1), origin="MAR", cause_out="residence_change"
    )
    algeciras = Stay(since=dt.date(2026, 2, 1), cause_in="residence_change", origin="Ceuta")
    register = [("Ceuta", [ceuta]), ("Algeciras", [algeciras])]
    return packed(convenio_papers(HAMID, town="Ceuta", filed_on=FILED_ON, register=register, language="gl"))


def _too_early() -> bytes:
    """Came from abroad less than a year before (docs/law.md 4.3, example 19)."""
    ceuta = ("Ceuta", [Stay(since=dt.date(2025, 10, 1), origin="PER")])
    return packed(convenio_papers(ROSAURA, town="Ceuta", filed_on=FILED_ON, register=[ceuta]))


def _locked() -> bytes:
    """A form behind a password that nobody was told."""
    form = convenio_papers(YASMINE, town="Ceuta", filed_on=FILED_ON, register=[])["solicitud.pdf"]
    out = BytesIO()
    with pikepdf.open(BytesIO(form)) as paper:
        lock = pikepdf.Encryption(user="abierto no", owner="tampoco", R=3, aes=False, metadata=False)
        paper.save(out, encryption=lock, static_id=True)
    return out.getvalue()


STORIES: tuple[Story, ...] = (
    Story(
        name="01_completa.zip",
        told="Convenio especial, todo en regla: siete años empadronada en Ceuta.",
        office="CEU01",
        queue="approve",
        make=_complete,
    ),
    Story(
        name="02_sin_declaracion.zip",
        told="Convenio especial, falta la declaración de no tener otra cobertura.",
        office="MEL01",
        queue="cure",
        make=_without_declaration,
    ),
    Story(
        name="03_inss_sin_declaracion.zip",
        told="INSS, reconocimiento como titular: falta la declaración de no tener otra cobertura.",
        office="MEL01",
        queue="cure",
        make=_holder,
    ),
    Story(
        name="04_hueco_de_doce_dias.zip",
        told="Convenio especial, doce días sin padrón entre Málaga y Melilla.",
        office="MEL01",
        queue="review",
        make=_gap,
    ),
    Story(
        name="05_se_mudo_a_algeciras.zip",
        told="Convenio especial, al presentar ya no estaba empadronado en Ceuta.",
        office="CEU01",
        queue="refer",
        make=_elsewhere,
    ),
    Story(
        name="06_menos_de_un_anio.zip",
        told="Convenio especial, llegó del extranjero hace menos de un año.",
        office="CEU01",
        queue="refuse",
        make=_too_early,
    ),
    Story(
        name="07_con_contrasena.pdf",
        told="Un PDF cerrado con contraseña: no se puede recibir.",
        office="CEU01",
        queue=None,
        code="encrypted",
        make=_locked,
    ),
)
