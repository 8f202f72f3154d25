"""A program that runs on while its database is brought up to date by a newer one: it begins nothing more.

What it has in hand it ends, for a migration only adds (docs/adr/042); then it stops and says why, and whoever
keeps it alive starts the newer program in its place.
"""

from __future__ import annotations

from pipeline.errors import EnvironmentFault
from pipeline.journal.port import Journal, Transaction
from pipeline.store.head import HEAD

_VERSION = "SELECT version_num FROM alembic_version"


class OutdatedError(EnvironmentFault):
    """The database is a newer program's: this one must stop."""


def outdated(version: str) -> OutdatedError:
    """Return what is told of a database at a *version* that this program does not know."""
    return OutdatedError(
        f"La base de datos es de una versión posterior ({version}) a la del programa ({HEAD})",
        "Instale en esta máquina la versión del programa que la puso al día, o una posterior, y arranque.",
    )


def refuse_newer(transaction: Transaction) -> None:
    """Raise OutdatedError where the database was brought up to date by a newer program."""
    for row in transaction.all(_VERSION):
        if row["version_num"] > HEAD:
            raise outdated(row["version_num"])


def still_ours(journal: Journal) -> None:
    """Raise the same, asked in a transaction of its own."""
    with journal.reading() as transaction:
        refuse_newer(transaction)
