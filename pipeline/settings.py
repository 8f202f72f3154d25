"""One frozen settings object, read once at the top and passed down.

    settings = load(flags={"folders.root": "/srv/ventanilla"})

Each value comes from the first that gives it: a flag, the environment (`VENTANILLA_FOLDERS__ROOT`), a
`.env` file, `config.toml`, the default below. docs/adr/ tells why no settings library is used.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, NamedTuple

from extractors.bounds import Bounds
from extractors.reading.apart.level import Wanted
from pipeline.antivirus import Antivirus
from pipeline.configuration import Loaded, built
from pipeline.decisions.kinds import Kind as DecisionKind
from pipeline.desk_chosen import Entrance
from pipeline.digest.chosen import Digest
from pipeline.engine_chosen import Engine
from pipeline.exchange.chosen import Exchange
from pipeline.fits import time_zone
from pipeline.given import gathered
from pipeline.intake.chosen import Folders, Storage
from pipeline.limits import Limits
from pipeline.logs.chosen import Log
from pipeline.measures.chosen import Metrics
from pipeline.parts.chosen import Health
from pipeline.pool_chosen import Pool
from pipeline.register.chosen import Registers
from pipeline.retention.chosen import Retention
from pipeline.webhooks.chosen import Webhooks
from validators.policy import Policy

__all__ = [
    "Desk",
    "Engine",
    "Folders",
    "Language",
    "Letters",
    "Origin",
    "Receipts",
    "Settings",
    "Shelf",
    "Storage",
    "Work",
    "load",
    "origins",
]

Language = Literal["es", "gl", "en"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """How cases are worked on."""

    lease_seconds: float = 90.0
    """After how long without a sign of life a worker's case is given to another."""
    attempts: int = 3
    """How often a case is tried before a person is asked."""
    losses: int = 10
    """How many workers may end in the middle of a case, one after the other, before a person is asked."""
    receipt_seconds: float = 60.0
    """After how long a case that nobody could read yet gets its receipt, without waiting for its queue."""
    workers: int = 2
    urgent_days: int = 7
    """For how many days ahead a case that silence may answer is worked on before all others."""
    silence: Literal["record", "alarm"] = "record"
    """What workers do once the time to resolve has passed; `alarm` where resolutions are kept elsewhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Isolated:
    """How papers are read."""

    level: Wanted = "auto"
    """`bwrap` reads inside bubblewrap or not at all; `limits` never; `auto` where it works."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letters:
    """What is written to clerks and applicants."""

    languages: tuple[Language, ...] = ("es",)
    help_phone: str = ""
    offices: Path | None = None
    """A TOML file with the heading and the data-protection notice of each office (docs/letters.md)."""
    zone: str = field(default="Europe/Madrid", metadata={"fits": time_zone})
    """Time zone of the dates and hours that people read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipts:
    """The key that signs receipts; without any they are not signed, and say so."""

    key: Path | None = None
    """A PKCS#12 file; `init` makes one for trying out."""
    password: str = field(default="", metadata={"secret": True})
    """Of the PKCS#12 file, or the PIN of the device."""
    pkcs11_module: Path | None = None
    """The library of a device that holds the key; it is used instead of a file. Needs the extra `pkcs11`."""
    pkcs11_token: str = ""
    """The device's label; the first device by default."""
    pkcs11_label: str = ""
    """The label of the key and of its certificate in the device."""
    tsa: str = ""
    """Address of a time-stamp authority (RFC 3161); nothing is asked of anybody without one."""
    trust: Path | None = None
    """A PEM file with the certificates of earlier keys or of their issuers, for `receipt verify`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk(Entrance):
    """The reviewers' desk."""

    title: str = "Ventanilla"
    """The name at the head of every page."""
    accent: str = "#1d4f78"
    """The colour of the head and of buttons, `#rrggbb`; white must be legible on it (contrast 4.5)."""
    contact: str = ""
    """Whom to ask about access to these pages and about data: a telephone, an e-mail, an office."""
    pictures: Path | None = None
    """Where pictures of pages are kept for a while; a folder `imagenes` beside the papers by default."""
    pictures_bytes: int = 512 << 20
    """The size of that folder; the pages looked at least lately go first."""
    originals: bool = True
    """Whether the file itself may be taken from the desk, by an act that is kept."""
    hold_minutes: int = 20
    """How long a case stays in somebody's hands without a sign of life."""
    undo_seconds: int = 300
    """How long a decision can be undone; until then nothing of it leaves the house."""
    confirm: tuple[DecisionKind, ...] = ()
    """The kinds of decision that a second person confirms: `grant`, `refuse` ..."""
    sample_percent: int = 5
    """Of how many in a hundred decided proposals to grant a second person is asked, without seeing it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """The calendars of days off that an office loaded beside those of the program."""

    folder: Path = Path("ventanilla/calendarios")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that an administrator may choose."""

    folders: Folders = field(default_factory=Folders)
    storage: Storage = field(default_factory=Storage)
    work: Work = Work()
    sandbox: Isolated = Isolated()
    letters: Letters = Letters()
    receipts: Receipts = Receipts()
    desk: Desk = Desk()
    engine: Engine = field(default_factory=Engine)
    pool: Pool = field(default_factory=Pool)
    antivirus: Antivirus = field(default_factory=Antivirus)
    limits: Limits = field(default_factory=Limits)
    bounds: Bounds = field(default_factory=Bounds)
    register: Registers = field(default_factory=Registers)
    policy: Policy = field(default_factory=Policy)
    calendars: Shelf = Shelf()
    webhooks: Webhooks = field(default_factory=Webhooks)
    log: Log = field(default_factory=Log)
    health: Health = field(default_factory=Health)
    metrics: Metrics = field(default_factory=Metrics)
    digest: Digest = field(default_factory=Digest)
    exchange: Exchange = field(default_factory=Exchange)
    retention: Retention = field(default_factory=Retention)

    def __post_init__(self) -> None:
        """Refuse a mail about an office that there is not: it would say that nothing waits."""
        if self.digest.wanted and self.folders.offices:
            self.digest.check(self.folders.offices)


class Origin(NamedTuple):
    """One setting as `config show --origin` prints it; secrets are masked."""

    key: str
    value: str
    origin: str


def load(
    flags: Mapping[str, object] | None = None,
    environ: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> Settings:
    """Return the settings; raise UsageError on a key that does not exist or a value that does not fit.

    *flags* are dotted (`folders.root`); `.env` and `ventanilla.toml` are looked for in *folder*.
    """
    return _loaded(flags, environ, folder).settings


def origins(
    flags: Mapping[str, object] | None = None,
    environ: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> tuple[Origin, ...]:
    """Return every setting with its value and where it comes from."""
    loaded = _loaded(flags, environ, folder)
    return tuple(Origin(key, value, loaded.origins[key]) for key, value in loaded.shown)


def _loaded(
    flags: Mapping[str, object] | None, environ: Mapping[str, str] | None, folder: Path | None
) -> Loaded[Settings]:
    """Gather what every source gives and build the settings from it."""
    given = gathered(flags or {}, os.environ if environ is None else environ, folder or Path.cwd())
    return built(Settings, given)
