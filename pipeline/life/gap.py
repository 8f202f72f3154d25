"""A record that may lack events: silence is not presumed from it until a person says that it is whole again.

A copy that was brought back knows nothing of what happened after it: a notice in time, told and lost, would
become a silence that nobody can take back. Two signs are known: the event of `db restore`, and folders with
numbers that the record never gave (a file put back by hand, a server's own tools).
"""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

from pipeline.errors import UsageError
from pipeline.folders.continuity import BROUGHT_BACK, ahead
from pipeline.journal.events import note
from pipeline.journal.port import Journal, Transaction, one

RETOLD = "events-retold"
"""The event of a person who says that what happened since the copy was recorded again."""
_LAST = "SELECT kind, at FROM events WHERE kind IN (:back, :retold) ORDER BY seq DESC LIMIT 1"
_TOMORROW = "UPDATE cases SET silence_after = :today WHERE silence_after < :today"
_ACCOUNT = re.compile(r"[\w.@-]{1,64}")


def gap_since(transaction: Transaction) -> dt.datetime | None:
    """Return when a copy was brought back, if nobody has said since then that its events are told again."""
    last = one(transaction.all(_LAST, back=BROUGHT_BACK, retold=RETOLD))
    if last is None or last["kind"] == RETOLD:
        return None
    return dt.datetime.fromisoformat(str(last["at"]))


def brought_back(journal: Journal) -> bool:
    """Tell whether the record came back from a copy and nobody has answered for it since."""
    with journal.reading() as transaction:
        return gap_since(transaction) is not None


def older_than_the_folders(journal: Journal, root: Path) -> bool:
    """Tell whether the folders under *root* show a number that the record does not know.

    Raises:
        OSError: some cannot be read, so nothing can be told.
    """
    return next(ahead(journal, root), None) is not None


def may_lack_events(journal: Journal, root: Path) -> bool:
    """Tell whether one of the two signs is seen; folders that cannot be read show none."""
    try:
        return brought_back(journal) or older_than_the_folders(journal, root)
    except OSError:
        return False


def retold(journal: Journal, by: str, at: dt.datetime) -> None:
    """Note that the account *by* says that every event since the copy is recorded again.

    Nothing is recorded before the day after *at*, a moment with the zone of the office: a slip can be mended.

    Raises:
        UsageError: the account cannot be used, or no copy was brought back since the last time.
    """
    if not _ACCOUNT.fullmatch(by):
        raise UsageError("El nombre de la cuenta no se puede usar", "Dé letras y cifras, sin espacios: --by")
    with journal.writing() as transaction:
        if gap_since(transaction) is None:
            what = "No se ha restaurado ninguna copia desde la última vez que se dijo"
            raise UsageError(what, "El silencio se anota ya como siempre: no hay nada que confirmar.")
        note(transaction, None, at, RETOLD, by=by)
        transaction.run(_TOMORROW, today=at.date().isoformat())
