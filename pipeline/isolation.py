"""In which sandbox papers are read on this machine, and how to get the better one: one wording for all."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from extractors.reading.apart import level
from extractors.reading.apart.level import Wanted

_APPARMOR = Path("/proc/sys/kernel/apparmor_restrict_unprivileged_userns")
_DEBIAN = Path("/proc/sys/kernel/unprivileged_userns_clone")


class Isolation(NamedTuple):
    """Whether it is the stronger one, what it is, and the remedy if it is not."""

    strong: bool
    seen: str
    remedy: str = ""


def isolation(wanted: Wanted) -> Isolation:
    """Return how papers are read here when the settings ask for *wanted*."""
    if wanted == "limits":
        return Isolation(
            strong=False,
            seen="solo con los límites del sistema, porque así lo pide sandbox.level",
            remedy='Ponga sandbox.level = "auto" en ventanilla.toml.',
        )
    tried = level.tried()
    if tried == "works":
        return Isolation(
            strong=True, seen="dentro de bubblewrap, sin red y sin ver los archivos de la máquina"
        )
    if tried == "absent":
        return Isolation(
            strong=False,
            seen="solo con los límites del sistema: falta bubblewrap",
            remedy="apt-get install -y bubblewrap",
        )
    return Isolation(
        strong=False,
        seen="solo con los límites del sistema: esta máquina no deja funcionar a bubblewrap",
        remedy=_permission(),
    )


def _permission() -> str:
    """Return what would let bubblewrap work: who forbids it, as far as the system says so."""
    if _says(_APPARMOR, "1"):
        return (
            "AppArmor lo impide: dé a bwrap un perfil con «userns», o ejecute"
            " sysctl -w kernel.apparmor_restrict_unprivileged_userns=0"
        )
    if _says(_DEBIAN, "0"):
        return "sysctl -w kernel.unprivileged_userns_clone=1"
    return (
        "Hace falta bubblewrap 0.8 o posterior y permiso para crear espacios de nombres (en un contenedor:"
        " --security-opt seccomp=unconfined y, si el programa corre como root, --cap-add SYS_ADMIN)"
    )


def _says(place: Path, value: str) -> bool:
    """Whether the system's setting at *place* is *value*."""
    try:
        return place.read_text().strip() == value
    except OSError:
        return False
