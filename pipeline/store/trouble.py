"""A database in trouble, told plainly; only the standard library is used."""

from __future__ import annotations

import sqlite3

from pipeline.errors import EnvironmentFault

_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_LOCKED = "55P03"
"""What PostgreSQL says of a lock that was waited for in vain (appendix A of its manual)."""
_DISK = "Compruebe el disco, los permisos y el espacio; después, `ventanilla db check`."
_SERVER = (
    "Compruebe que el servidor que nombra storage.database está en marcha, tiene espacio y acepta esa cuenta "
    "con su contraseña. Lo entregado espera donde está."
)

UNREADABLE = ValueError
"""What reading a column raises whose text is no text, JSON, day or moment any more."""


def damaged() -> EnvironmentFault:
    """Return what a damaged database is told as."""
    return EnvironmentFault(
        "La base de datos está dañada",
        "Pare el programa. `ventanilla db check` dice qué falta; aparte el archivo dañado y restaure la "
        "última copia con `ventanilla db restore`.",
    )


def told(error: BaseException | None, *, operational: bool) -> EnvironmentFault | None:
    """Return what a driver's *error* is told as, None if it is the program's own.

    *operational*: the driver says that not the statement but the database, disk or network is at fault.
    """
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    # what the driver itself raises, without a code of SQLite's, is text that is no text any more
    undecoded = isinstance(error, sqlite3.OperationalError) and not hasattr(error, "sqlite_errorcode")
    if code in _DAMAGED or undecoded:
        return damaged()
    if code in _BUSY or getattr(error, "sqlstate", None) == _LOCKED:
        return EnvironmentFault(
            "Otro programa tiene ocupada la base de datos",
            "Ciérrelo. Lo entregado sigue en su sitio y se vuelve a intentar solo.",
        )
    if operational:
        return EnvironmentFault(
            f"La base de datos no se puede leer o escribir ({kind(error)})",
            _DISK if isinstance(error, sqlite3.Error) else _SERVER,
        )
    return None


def kind(error: BaseException | None) -> str:
    """Return SQLite's name of *error*; what its driver raises by itself has none, and gives its class."""
    return str(getattr(error, "sqlite_errorname", type(error).__name__))
