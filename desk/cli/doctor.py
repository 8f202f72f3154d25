"""`ventanilla doctor`: name each missing thing with the command that mends it."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from desk.cli import record
from desk.cli.alive import PARTS, part_alive
from desk.cli.audited import audited
from desk.cli.checked import Check, tried
from desk.cli.entered import entered
from desk.cli.kept_for import kept_for
from desk.cli.registers import registers
from desk.cli.today import today

if TYPE_CHECKING:
    from pipeline.settings import Settings

LANGUAGES = ("spa", "glg", "cat", "eus")
"""Tesseract's models; `spa` reads all four languages, the others are for comparison."""
LEAST_DAYS_LEFT = 31


def register(app: click.Group) -> None:
    """Add `doctor`."""
    app.add_command(doctor)


@click.command()
@click.option(
    "--part", type=click.Choice(PARTS), help="Solo si esa parte trabaja en esta máquina; es barato."
)
def doctor(*, part: str | None) -> None:
    """Comprueba lo que el programa necesita y dice con qué orden se arregla cada cosa que falta."""
    from pipeline.settings import load

    checks = list(examine(load())) if part is None else [part_alive(load(), part)]
    for check in checks:
        mark = "bien " if check.well else "FALTA" if check.needed else "aviso"
        print(f"[{mark}] {check.what}: {check.seen}")
        if not check.well:
            print(f"        {check.remedy}")
    raise click.exceptions.Exit(5 if any(check.needed and not check.well for check in checks) else 0)


def examine(settings: Settings) -> Iterator[Check]:
    """Yield every check, none of which changes anything."""
    yield _tesseract()
    yield from _models()
    yield _engine()
    yield _recogniser()
    yield _libmagic()
    yield _sandbox(settings)
    yield _folder(settings)
    yield from _offices(settings)
    yield _disk(settings)
    opens = record.database(settings)
    yield opens
    if opens.well:
        yield record.papers(settings)
    yield record.antivirus(settings)
    yield from record.waiting(settings)
    yield from audited(settings)
    yield from entered(settings)
    yield from kept_for(settings)
    yield from today(settings)
    yield from registers(settings)
    yield _signing(settings)
    yield _letters(settings)
    yield from _anchors(settings)
    yield from _calendars(settings, dt.datetime.now(dt.UTC).date())


def _tesseract() -> Check:
    """Whether the OCR engine is there."""
    there = shutil.which("tesseract") is not None
    seen = _first_line(["tesseract", "--version"]) if there else "no está"
    return Check("tesseract (OCR)", there, seen, "apt-get install -y tesseract-ocr")


def _models() -> Iterator[Check]:
    """Whether the engine knows the four languages of the register; only Spanish is needed."""
    listed = _output(["tesseract", "--list-langs"]).split() if shutil.which("tesseract") else []
    for code in LANGUAGES:
        there = code in listed
        yield Check(
            f"idioma {code} de tesseract",
            there,
            "instalado" if there else "no está",
            f"apt-get install -y tesseract-ocr-{code}",
            needed=code == "spa",
        )


def _engine() -> Check:
    """Whether tesseract is called in the process, or slower, as a program for each page."""
    from extractors.reading.words.engine import InProcess, engine

    try:
        inside = isinstance(engine(), InProcess)
    except OSError as missing:
        return Check("motor de OCR", well=False, seen=f"falta {missing}", remedy="uv sync", needed=False)
    seen = "dentro del proceso (tesserocr)" if inside else "como programa aparte, más lento"
    return Check("motor de OCR", inside, seen, "uv sync", needed=False)


def _recogniser() -> Check:
    """Whether the second recogniser loads: without it no scanned form or certificate can be read."""

    def ask() -> str:
        from extractors.reading.words import recogniser

        recogniser.ready()
        return "PP-OCRv6 cargado"

    return tried("segundo reconocedor", ask, "uv sync")


def _libmagic() -> Check:
    """Whether libmagic answers."""

    def ask() -> str:
        import magic

        return f"reconoce {magic.from_buffer(b'%PDF-1.7', mime=True)}"

    return tried("libmagic", ask, "apt-get install -y libmagic1")


def _sandbox(settings: Settings) -> Check:
    """Whether papers are read in the stronger sandbox; without it the limits of the system still hold."""
    from pipeline.isolation import isolation

    found = isolation(settings.sandbox.level)
    demanded = settings.sandbox.level == "bwrap"
    return Check("aislamiento de la lectura", found.strong, found.seen, found.remedy, needed=demanded)


def _folder(settings: Settings) -> Check:
    """Whether the office folders can be written."""

    def ask() -> str:
        probe = settings.folders.root / ".doctor"
        probe.write_bytes(b"")
        probe.unlink()
        return str(settings.folders.root)

    return tried("carpeta de las oficinas", ask, "ventanilla init")


def _offices(settings: Settings) -> Iterator[Check]:
    """Name the offices whose drop folder cannot be looked into: a share that is away, or never made."""
    from pipeline.folders.places import DROP, Place

    for office in settings.folders.offices:
        try:
            next((Place(settings.folders.root, office).path / DROP).iterdir(), None)
        except OSError as error:
            seen = f"no se puede leer 1_ENTRADA ({type(error).__name__})"
            remedy = "vuelva a conectar la carpeta compartida; si nunca se hizo, `ventanilla init`"
            yield Check(f"carpetas de {office}", well=False, seen=seen, remedy=remedy)


def _disk(settings: Settings) -> Check:
    """Whether there is more free space than the reserve, as intake asks it: without it drops wait."""
    from pipeline.errors import EnvironmentFault
    from pipeline.intake.room import free

    reserve = settings.storage.reserve
    remedy = "libere espacio, o cambie storage.reserve en ventanilla.toml"

    def ask() -> str:
        left = free(settings.storage)
        if left < reserve:
            seen = f"quedan {left >> 20} MiB y la reserva es de {reserve >> 20} MiB: no se recibe nada"
            raise EnvironmentFault(seen, remedy)
        return f"{left / 2**30:.1f} GiB libres"

    return tried("espacio libre", ask, remedy)


def _letters(settings: Settings) -> Check:
    """Whether every office has a heading and a data-protection notice of its own for letters and receipts."""
    from pipeline.errors import EnvironmentFault
    from pipeline.letters.heads import head

    what, path = "cabecera y aviso de las cartas", settings.letters.offices
    remedy = "escriba el archivo de letters.offices como dice docs/letters.md"
    try:
        heads = {office: head(path, office) for office in settings.folders.offices}
    except EnvironmentFault as fault:
        return Check(what, well=False, seen=fault.what, remedy=fault.remedy)
    without = [office for office, found in heads.items() if not found.notices.get("es")]
    if without:
        seen = f"sin aviso propio de protección de datos: {', '.join(without)}"
        return Check(what, well=False, seen=seen, remedy=remedy, needed=False)
    return Check(what, well=True, seen="cada oficina tiene los suyos", remedy=remedy)


def _signing(settings: Settings) -> Check:
    """Whether receipts are signed, and with a key that answers for somebody and is good for a month more."""
    from pipeline.errors import EnvironmentFault
    from pipeline.receipts.key import key

    what, now = "firma de los acuses", dt.datetime.now(dt.UTC)
    remedy = "ponga la clave del organismo en receipts.key y receipts.password de ventanilla.toml"
    try:
        found = key(settings.receipts, now)
    except EnvironmentFault as fault:
        return Check(what, well=False, seen=fault.what, remedy=fault.remedy)
    if found is None:
        return Check(what, well=False, seen="sin clave: salen sin firmar", remedy=remedy, needed=False)
    if found.signer.test:
        return Check(what, well=False, seen="con la clave de prueba de `init`", remedy=remedy, needed=False)
    seen = f"{found.signer.name}, hasta el {found.until:%d/%m/%Y}"
    lasts = found.until - now > dt.timedelta(days=LEAST_DAYS_LEFT)
    return Check(what, well=lasts, seen=seen, remedy=remedy, needed=False)


def _anchors(settings: Settings) -> Iterator[Check]:
    """Whether the issuers that are believed in signatures on papers can be read, if any are named."""

    def ask() -> str:
        from pipeline.receipts.seal import anchors

        return f"{len(anchors(Path(settings.bounds.anchors)))} certificados"

    if settings.bounds.anchors:
        remedy = "corrija bounds.anchors en ventanilla.toml: un archivo PEM que lea cualquiera"
        yield tried("emisores de firmas de confianza", ask, remedy)


def _calendars(settings: Settings, today: dt.date) -> Iterator[Check]:
    """Whether the calendars of this year and of the next are there and verified."""
    from pipeline.calendars import at_hand, of_two_years
    from pipeline.errors import EnvironmentFault

    try:
        calendars = at_hand(settings.calendars)
    except EnvironmentFault as fault:
        yield Check("calendarios cargados", well=False, seen=fault.what, remedy=fault.remedy)
        return
    for place, year, found in of_two_years(calendars, today):
        seen = "falta" if found is None else "está" if found.verified else "provisional: hay días estimados"
        well = found is not None and found.verified
        remedy = "cargue la lista publicada con `ventanilla calendar add`"
        yield Check(f"calendario {year} de {place}", well, seen, remedy, needed=False)


def _output(command: list[str]) -> str:
    """Return what a command prints, at most ten seconds long."""
    done = subprocess.run(command, capture_output=True, text=True, timeout=10, check=False)
    return done.stdout or done.stderr


def _first_line(command: list[str]) -> str:
    """Return the first line that a command prints."""
    return (_output(command).splitlines() or ["no responde"])[0]
