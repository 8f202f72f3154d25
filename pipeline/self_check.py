"""The record, the papers and the audit looked over from end to end, as `db check` and the night's run do it.

Nothing is changed. The cost grows with what is kept: every paper is hashed again.
"""

from __future__ import annotations

import datetime as dt

from pipeline.audit.verdict import NOTICED, SAID
from pipeline.audit.verify import verify
from pipeline.folders.continuity import ahead
from pipeline.journal.connect import sqlite_file
from pipeline.settings import Settings
from pipeline.store import Store, open_store
from pipeline.store.check import Found, damaged, look_over


def checked(settings: Settings, now: dt.datetime) -> list[Found]:
    """Return what is damaged or to be known; raise EnvironmentFault if the record cannot be opened."""
    file = sqlite_file(settings.storage.database)
    found = list(damaged(file)) if file is not None and file.exists() else []
    if not found:
        with open_store(settings.storage.database, settings.storage.blobs, migrate=False) as store:
            found += look_over(store, now)
            found += [Found(what) for what in ahead(store, settings.folders.root)]
            found += _audit(store, settings)
    return found


def _audit(store: Store, settings: Settings) -> list[Found]:
    """Return what `audit verify` finds; a key that was never set up is its own affair, not the record's."""
    found = verify(store, settings.receipts)
    told = [Found(f"Registro de accesos: {SAID[one.code].format(seq=one.seq)}") for one in found.faults]
    notices = [one for one in found.notices if one.code != "no-key"]
    return told + [
        Found(f"Registro de accesos: {NOTICED[n.code].format(seq=n.seq)}", damage=False) for n in notices
    ]
