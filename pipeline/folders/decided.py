"""What was decided, as the folders of the office show it: the letter, and nothing that says otherwise.

requirement, hearing   into 4_SUBSANAR/<number>, where the person's answer is dropped
any resolution         into 3_ACEPTADO/<number>; what was asked for is asked no more
"""

from __future__ import annotations

import datetime as dt
import hashlib

from pipeline.decisions.kept import Decision
from pipeline.files import write_whole
from pipeline.folders.places import Place
from pipeline.folders.publish import answering
from pipeline.folders.wanted import withdraw
from pipeline.letters import names
from pipeline.settings import Settings
from pipeline.store import Store
from pipeline.store.outbox import DECIDE, Effect, once

_ASKING = {"require": names.REQUIREMENT, "hear": names.HEARING}


def effect(decided: Decision) -> Effect:
    """Return what a final decision owes to the folders."""
    return Effect(decided.case, DECIDE, "letter", decided.id)


def taken_away(decided: Decision) -> Effect:
    """Return what a final decision that fell owes to the folders: its letter is there no more."""
    return Effect(decided.case, DECIDE, "letter-gone", decided.id)


def put_out(
    store: Store, settings: Settings, decided: Decision, number: str, office: str, at: dt.datetime
) -> None:
    """Put the letter of a final decision where people of the office look for it, once.

    Raise EnvironmentFault when the office's folders do not answer.
    """
    assert decided.final is not None
    paper = decided.final.paper
    assert paper is not None
    with answering(settings, office) as place:
        if decided.stands:
            once(store, effect(decided), lambda: _write(store, place, decided, number, paper), at)
            return
        # it was never told: nobody is to hand it over
        once(store, effect(decided), lambda: None, at)
        once(store, taken_away(decided), lambda: _take_away(store, place, number, paper), at)


def _take_away(store: Store, place: Place, number: str, paper: str) -> None:
    """Remove the letter of a resolution that stands no more, if it still is that one; the store keeps it."""
    path = place.accepted(number) / names.resolution(number)
    if path.exists() and hashlib.sha256(path.read_bytes()).hexdigest() == paper:
        store.files.remove(path)


def _write(store: Store, place: Place, decided: Decision, number: str, paper: str) -> None:
    """Write the letter, and take away what it makes void."""
    data = store.blobs.read(paper)
    if decided.kind in _ASKING:
        folder = place.cure(number)
        store.files.make_folder(folder)
        write_whole(store.files, folder / _ASKING[decided.kind], [data])
        draft = folder / names.DRAFT
        if draft.exists():
            store.files.remove(draft)
        return
    folder = place.accepted(number)
    store.files.make_folder(folder)
    write_whole(store.files, folder / names.resolution(number), [data])
    withdraw(store, place, number)
