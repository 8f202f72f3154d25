"""Prefect's settings as we ship them; docs/adr has the measurements behind each."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from pipeline.engine_chosen import pages
from pipeline.settings import Settings

HOST = "127.0.0.1"

TUNED = {
    # Defaults write one task run and one event a transaction: batches cost a third.
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE": "100",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_READ_BATCH_SIZE": "100",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_FLUSH_INTERVAL": "1",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_BATCH_SIZE": "200",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_READ_BATCH_SIZE": "50",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_FLUSH_INTERVAL": "2",
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
}
PATIENT = {
    # A server that hangs must not keep cases waiting: what it misses is told afterwards.
    "PREFECT_API_REQUEST_TIMEOUT": "10",
    "PREFECT_CLIENT_MAX_RETRIES": "1",
}
QUIET = {
    # Nothing leaves the machine: neither analytics nor the V2 pages' call to an outside host.
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_UI_V2_ENABLED": "false",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    "PREFECT_SERVER_EPHEMERAL_ENABLED": "false",
    "PREFECT_LOGGING_COLORS": "false",
    "PREFECT_LOGGING_LEVEL": "WARNING",
    "PREFECT_LOGGING_SERVER_LEVEL": "WARNING",
    "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "false",
}


def variables(home: Path, port: int, secret: str, shown: str = "") -> Mapping[str, str]:
    """Return the environment for Prefect's server and clients on this machine.

    *home* holds its database (a runner's notes, never the record) and *secret* is asked of every
    caller, browsers included; those reach its pages at *shown*, on this machine where it is empty.
    """
    address = f"http://{HOST}:{port}/api"
    pages_api = f"{shown}/api" if shown else address
    return {
        **TUNED,
        **QUIET,
        **PATIENT,
        "PREFECT_HOME": str(home),
        "PREFECT_API_URL": address,
        "PREFECT_API_AUTH_STRING": secret,
        "PREFECT_SERVER_API_AUTH_STRING": secret,
        "PREFECT_SERVER_API_HOST": HOST,
        "PREFECT_SERVER_API_PORT": str(port),
        "PREFECT_SERVER_API_CSRF_PROTECTION_ENABLED": "true",
        "PREFECT_SERVER_API_CORS_ALLOWED_ORIGINS": pages_api.removesuffix("/api"),
        "PREFECT_SERVER_UI_API_URL": pages_api,
        "PREFECT_UI_API_URL": pages_api,
    }


def serving(settings: Settings) -> Mapping[str, str]:
    """Return the environment of a server that other machines reach, by itself on this one."""
    chosen, place = settings.engine, home(settings)
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    place.chmod(0o700)
    secret = chosen.auth or password(place / "auth")
    found = {**variables(place, chosen.port, secret, pages(chosen)), "PREFECT_SERVER_API_HOST": chosen.host}
    if chosen.database:
        found["PREFECT_SERVER_DATABASE_CONNECTION_URL"] = chosen.database
    return found


def password(file: Path) -> str:
    """Return the password of a server of this machine, made once and readable by its owner only."""
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as made:
        made.write(f"gestion:{secrets.token_urlsafe(12)}")
    return password(file)


class Server(NamedTuple):
    """Where the interface of a server answers, and the password that it asks for."""

    address: str
    secret: str


def homes(settings: Settings) -> Path:
    """Return the folder of Prefect's homes on this machine: a unit's own of systemd, else beside the papers.

    Papers may lie on a share that other machines see, and a unit may write nowhere but where it is told.
    """
    own = os.environ.get("STATE_DIRECTORY")
    return (Path(own) if own else settings.storage.local.absolute().parent) / "prefect"


def home(settings: Settings) -> Path:
    """Return where Prefect keeps its things on this machine: one folder per version."""
    return homes(settings) / version("prefect")


def found(settings: Settings, environ: Mapping[str, str]) -> Server:
    """Return the server that processes of this machine tell: the environment's, the settings', or our own.

    Of one of our own that was never started the password is not known yet.
    """
    if environ.get("PREFECT_API_URL"):
        return Server(environ["PREFECT_API_URL"].rstrip("/"), environ.get("PREFECT_API_AUTH_STRING", ""))
    if settings.engine.api:
        return Server(settings.engine.api.rstrip("/"), settings.engine.auth)
    try:
        secret = (home(settings) / "auth").read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        secret = ""
    return Server(f"http://{HOST}:{settings.engine.port}/api", secret)
