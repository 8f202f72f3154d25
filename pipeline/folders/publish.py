"""The effects of a case that people see in the folders: each owed with the result, each done once.

routed    receipt in 3_ACEPTADO; what is missing in 4_SUBSANAR; then the original leaves 2_EN_CURSO
returned  the untouched original and the reason in 5_DEVUELTO
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from pipeline.case import Received, Returned, Routed
from pipeline.errors import EnvironmentFault
from pipeline.files import remove_tree, write_whole
from pipeline.folders.places import Place
from pipeline.folders.receipt import acknowledge
from pipeline.folders.wanted import tell
from pipeline.letters import names
from pipeline.letters.render import render
from pipeline.reasons import reason
from pipeline.settings import Settings
from pipeline.store import Store
from pipeline.store.journal import Entered, mark_cleared, of_case, parts, uncleared
from pipeline.store.outbox import Effect, once

STEP = "publish"
RECEIPT, WANTED, RETURN, CLEAR = "receipt", "wanted", "return", "clear"


def effects(case: Routed | Returned, made_of: str) -> tuple[Effect, ...]:
    """Return the effects that *case* owes; *made_of* is `Claimed.input`, the digest of what came."""
    if isinstance(case, Returned):
        return (Effect(case.id, STEP, RETURN, made_of),)
    rules = max((f.law_version.isoformat() for f in case.assessment.findings), default="")
    return (
        Effect(case.id, STEP, RECEIPT, made_of),
        Effect(case.id, STEP, WANTED, made_of, f"{rules} {case.queue}"),
        Effect(case.id, STEP, CLEAR, made_of),
    )


def publish(store: Store, settings: Settings, case: Routed | Returned, made_of: str, at: dt.datetime) -> None:
    """Do what *case* owes and was not done; safe to call again after any interruption.

    Raise EnvironmentFault when the office's folders do not answer: that is never the case's fault.
    """
    if case.office is None or case.number is None:
        return
    place = Place(settings.folders.root, case.office)
    if not place.path.is_dir():
        raise EnvironmentFault(
            f"No se ve la carpeta de la oficina {case.office}", "Compruebe la unidad de red."
        )
    try:
        for effect in effects(case, made_of):
            once(store, effect, _act(effect.effect, store, settings, place, case, at), at)
    except OSError as error:
        what = f"La carpeta de la oficina {case.office} no responde ({type(error).__name__})"
        raise EnvironmentFault(what, "Compruebe la unidad de red, los permisos y el espacio.") from error


def _act(
    name: str, store: Store, settings: Settings, place: Place, case: Routed | Returned, at: dt.datetime
) -> Callable[[], None]:
    """Return what the effect of that name does."""
    if isinstance(case, Returned):
        return lambda: _return(store, settings, place, case, at)
    acts: dict[str, Callable[[], None]] = {
        RECEIPT: lambda: acknowledge(store, settings, place, case),
        WANTED: lambda: tell(store, settings, place, case),
        CLEAR: lambda: _clear_all(store, place, case, at),
    }
    return acts[name]


def _return(store: Store, settings: Settings, place: Place, case: Returned, at: dt.datetime) -> None:
    """Give the original back as it came, with the reason beside it."""
    assert case.number is not None
    folder = place.returned(case.number)
    store.files.make_folder(folder)
    words = {
        "name": case.source.name,
        "reason": reason(case.code),
        "file": case.file if case.file != case.source.name else None,
        "received_at": case.received_at,
        "number": case.number,
        "languages": settings.letters.languages,
        "phone": settings.letters.help_phone,
    }
    write_whole(store.files, folder / names.MOTIVO, [render("motivo.txt", **words)])
    for entered in of_case(store, case.id):
        if entered.kind != "duplicate":
            _give_back(store, place, entered, at)


def _give_back(store: Store, place: Place, entered: Entered, at: dt.datetime) -> None:
    """Bring one original to 5_DEVUELTO: the file itself where it is there, else its bytes from the store."""
    taken = entered.name.casefold() == names.MOTIVO.casefold()
    target = place.returned(entered.number) / (entered.placed_as if taken else entered.name)
    waiting = place.doing(entered.placed_as)
    if not target.exists():
        if waiting.exists():
            store.files.rename(waiting, target)
            store.files.force_folder(target.parent)
            store.files.force_folder(waiting.parent)
        else:
            for part in parts(store, entered.id):
                copy = target / part.name if entered.folder else target
                write_whole(store.files, copy, [store.blobs.path(part.sha256).read_bytes()])
    _drop_word(store, place, entered)
    mark_cleared(store, entered, at)


def clear(store: Store, place: Place, entered: Entered, at: dt.datetime) -> None:
    """Remove an original from 2_EN_CURSO, only when its bytes in the store are whole."""
    if not all(store.blobs.verify(part.sha256) for part in parts(store, entered.id)):
        what = f"Los bytes guardados de {entered.number} no están íntegros"
        raise EnvironmentFault(what, "El original sigue en 2_EN_CURSO. Ejecute `ventanilla db check`.")
    original = place.doing(entered.placed_as)
    if original.exists():
        remove_tree(store.files, original)
        store.files.force_folder(original.parent)
    _drop_word(store, place, entered)
    mark_cleared(store, entered, at)


def _clear_all(store: Store, place: Place, case: Received, at: dt.datetime) -> None:
    """Remove all originals of *case* that lie in 2_EN_CURSO; one that comes there later goes with `tidy`."""
    for entered in uncleared(store, case.id):
        clear(store, place, entered, at)


def _drop_word(store: Store, place: Place, entered: Entered) -> None:
    """Remove the office's `presentacion.json`, whose words the journal keeps."""
    word = place.doing_word(entered.placed_as)
    if word.exists():
        store.files.remove(word)
