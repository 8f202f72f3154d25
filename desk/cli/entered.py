"""What `ventanilla doctor` says of the way into the desk: its settings, and who may let others in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from desk.cli.checked import Check, tried
from pipeline.errors import VentanillaError

if TYPE_CHECKING:
    from pipeline.settings import Settings

_MAKE = 'ventanilla user add NOMBRE --name "..." --role administrator'


def entered(settings: Settings) -> Iterator[Check]:
    """Yield whether the settings of the entrance fit together, and whether anybody can come in."""
    yield tried("entrada a la mesa", lambda: _fitting(settings), "revise la sección [desk] de los ajustes")
    yield from _people(settings)


def _fitting(settings: Settings) -> str:
    """Say by which ways people come in."""
    from desk.web.room import fitting

    chosen = settings.desk
    ways = {
        "contraseña": chosen.passwords,
        "proveedor de identidad": bool(chosen.oidc_issuer),
        "proxy": bool(chosen.proxy_header),
    }
    lasting = fitting(chosen).lasting
    said = "por " + ", ".join(name for name, chosen_ in ways.items() if chosen_)
    return said if lasting else f"{said}; sin desk.key no se pueden poner códigos en el teléfono"


def _people(settings: Settings) -> Iterator[Check]:
    """Yield whether there is somebody who gives rights, where the record can be asked."""
    from desk.people.accounts import everybody
    from desk.people.rights import Role
    from pipeline.store import open_store

    try:
        with open_store(settings.storage.database, settings.storage.blobs, migrate=False) as store:
            found = [one for one in everybody(store) if not one.locked]
    except VentanillaError:
        return
    well = any(Role.ADMINISTRATOR in one.roles for one in found)
    seen = f"{len(found)} activas" if well else "nadie administra la mesa"
    yield Check("cuentas de la mesa", well, seen, _MAKE, needed=False)
