"""The effects of a case that people see in the folders: each owed with the result, each done once.

routed    receipts in 3_ACEPTADO; what is missing in 4_SUBSANAR; then the originals leave 2_EN_CURSO
returned  the reason and the untouched originals in 5_DEVUELTO
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from pipeline.case import Received, Returned, Routed, Unpacked, carried
from pipeline.errors import EnvironmentFault
from pipeline.files import remove_tree, write_whole
from pipeline.folders.places import DROP, Place
from pipeline.folders.receipt import acknowledge, again
from pipeline.folders.wanted import tell, withdraw
from pipeline.intake.accept import holds, put_back
from pipeline.journal.records import Entered
from pipeline.journal.rows import mark_cleared, of_case, parts, uncleared
from pipeline.letters import names
from pipeline.letters.render import render
from pipeline.reasons import reason
from pipeline.report import case_report
from pipeline.screen import MALWARE
from pipeline.settings import Settings
from pipeline.store import Store
from pipeline.store.outbox import PUBLISH, RECEIVE, RETURN, Effect, once, owe, receipted
from pipeline.store.quarantine import held
from pipeline.store.seals import seal

RECEIPT, TOLD, GIVEN, CLEAR = "receipt", "told", "given-back", "clear"
INFECTED = ".INFECTADO"
"""How the name of an original ends that is not to be opened by a double click."""


def effects(case: Routed | Returned, came: Sequence[str]) -> tuple[Effect, ...]:
    """Return the effects that *case* owes, in their order; *came* is `Claimed.came`, what it is made of."""
    made_of = hashlib.sha256("\n".join(came).encode()).hexdigest()
    if isinstance(case, Returned):
        told = Effect(case.id, PUBLISH, TOLD, made_of, case.code)
        return (told, *(Effect(case.id, RETURN, GIVEN, one) for one in came))
    rules = max((f.law_version.isoformat() for f in case.assessment.findings), default="")
    return (
        *(Effect(case.id, RECEIVE, RECEIPT, one) for one in came),
        Effect(case.id, PUBLISH, TOLD, _mended(case) or made_of, f"{rules} {case.queue}"),
        Effect(case.id, PUBLISH, CLEAR, made_of),
    )


def _mended(case: Routed) -> str | None:
    """Return the digest of what is told of a case that people changed, else None.

    They set something right in its papers, carried some of them away, or moved it to another office: what
    was told before has to be told anew.
    """
    moved = case.number is not None and not case.number.startswith(f"{case.office}-")
    if case.mended is None and not case.apart and not moved:
        return None
    told = case_report(case)
    return seal({name: told[name] for name in ("documents", "findings", "deadlines", "office")})


def publish(
    store: Store, settings: Settings, case: Routed | Returned, came: Sequence[str], at: dt.datetime
) -> None:
    """Do what *case* owes and was not done; safe to call again after any interruption.

    Raise EnvironmentFault when the office's folders do not answer: that is never the case's fault.
    """
    if case.office is None or case.number is None:
        return
    with answering(settings, case.office) as place:
        for effect in effects(case, came):
            once(store, effect, _act(effect, store, settings, place, case, at), at)


def publish_told(
    store: Store, settings: Settings, case: Routed, came: Sequence[str], at: dt.datetime
) -> None:
    """Do only what *case*, judged again without its papers at hand, owes: say what it lacks, or no more.

    Raise EnvironmentFault when the office's folders do not answer.
    """
    assert case.office is not None
    with answering(settings, case.office) as place:
        for effect in effects(case, came):
            if effect.effect == TOLD:
                once(store, effect, lambda: tell(store, settings, place, case), at)


def receipt_unread(
    store: Store, settings: Settings, case: Received, came: Sequence[str], at: dt.datetime
) -> None:
    """Give the receipts of a case that nobody could read yet: it was received (Ley 39/2015, art. 16.3).

    Raise EnvironmentFault when the office's folders do not answer.
    """
    assert case.office is not None
    plain = Unpacked(**carried(case), members=())
    had = receipted(store, case.id)
    owed = [Effect(case.id, RECEIVE, RECEIPT, one) for one in came if one not in had]
    with store.write() as connection:
        owe(connection, owed, at)
    with answering(settings, case.office) as place:
        for effect in owed:
            once(store, effect, _receipt(effect, store, settings, place, plain), at)


def receipt_again(store: Store, settings: Settings, entered: Entered, at: dt.datetime) -> None:
    """Give the second receipt of a package that had been received, then remove its copy.

    Raise EnvironmentFault when the office's folders do not answer.
    """
    effect = Effect(entered.case, RECEIVE, RECEIPT, entered.id)
    with store.write() as connection:
        owe(connection, (effect,), at)
    with answering(settings, entered.office) as place:
        once(store, effect, lambda: again(store, settings, place, entered), at)
        clear(store, place, entered, at)


@contextmanager
def answering(settings: Settings, office: str) -> Iterator[Place]:
    """Give the folders of *office*; raise EnvironmentFault for whatever is wrong with them."""
    place = Place(settings.folders.root, office)
    if not place.path.is_dir():
        raise EnvironmentFault(f"No se ve la carpeta de la oficina {office}", "Compruebe la unidad de red.")
    try:
        yield place
    except OSError as error:
        what = f"La carpeta de la oficina {office} no responde ({type(error).__name__})"
        raise EnvironmentFault(what, "Compruebe la unidad de red, los permisos y el espacio.") from error


def _act(
    effect: Effect, store: Store, settings: Settings, place: Place, case: Routed | Returned, at: dt.datetime
) -> Callable[[], None]:
    """Return what *effect* does."""
    if isinstance(case, Returned):
        acts: dict[str, Callable[[], None]] = {
            TOLD: lambda: _reason(store, settings, place, case),
            GIVEN: lambda: _given_back(store, place, case, effect.input, at),
        }
    else:
        acts = {
            RECEIPT: _receipt(effect, store, settings, place, case),
            TOLD: lambda: tell(store, settings, place, case),
            CLEAR: lambda: _clear_all(store, place, case, at),
        }
    return acts[effect.effect]


def _receipt(
    effect: Effect, store: Store, settings: Settings, place: Place, case: Unpacked
) -> Callable[[], None]:
    """Return what writes the receipt of the one submission that *effect* is of."""
    return lambda: acknowledge(store, settings, place, case, only={effect.input})


def _reason(store: Store, settings: Settings, place: Place, case: Returned) -> None:
    """Say why the case comes back; what was asked for before is asked no more."""
    assert case.number is not None
    withdraw(store, place, case.number)
    folder = place.returned(case.number)
    store.files.make_folder(folder)
    words = {
        "name": case.source.name,
        "reason": reason(case.code),
        "file": case.file if case.file != case.source.name else None,
        "infected": _infected(store, case),
        "received_at": case.received_at,
        "number": case.number,
        "languages": settings.letters.languages,
        "phone": settings.letters.help_phone,
    }
    write_whole(store.files, folder / names.MOTIVO, [render("motivo.txt", **words)])


def _given_back(store: Store, place: Place, case: Returned, submission: str, at: dt.datetime) -> None:
    """Give the original of one submission back as it came."""
    for entered in of_case(store, case.id):
        if entered.id == submission:
            _give_back(store, place, entered, at, infected=_infected(store, case))


def _infected(store: Store, case: Returned) -> bool:
    """Tell whether the bytes of *case* are not to be handed to anybody who might open them."""
    return case.code == MALWARE or held(store, [original.sha256 for original in case.originals])


def _give_back(store: Store, place: Place, entered: Entered, at: dt.datetime, *, infected: bool) -> None:
    """Bring one original to 5_DEVUELTO: the file itself where it is there, else its bytes from the store.

    What is infected never comes out of the store again, and gets a name that no program opens.
    """
    taken = entered.name.casefold() == names.MOTIVO.casefold()
    name = entered.placed_as if taken else entered.name
    target = place.returned(entered.number) / (f"{name}{INFECTED}" if infected else name)
    waiting = place.doing(entered.placed_as)
    if not target.exists():
        if waiting.exists():
            store.files.rename(waiting, target)
            store.files.force_folder(target.parent)
            store.files.force_folder(waiting.parent)
        elif not infected:
            _copy_out(store, entered, target)
    _drop_word(store, place, entered)
    mark_cleared(store, entered, at)
    if waiting.exists():  # the watcher had not moved it yet when its bytes came from the store
        clear(store, place, entered, at)


def _copy_out(store: Store, entered: Entered, target: Path) -> None:
    """Write the original from the store; a folder is made aside, so that it is never seen in part."""
    if not entered.folder:
        (part,) = parts(store, entered.id)
        write_whole(store.files, target, [store.blobs.read(part.sha256)])
        return
    aside = target.with_name(f".{entered.id}.part")
    if aside.exists():
        remove_tree(store.files, aside)
    store.files.make_folder(aside)
    for part in parts(store, entered.id):
        write_whole(store.files, aside / part.name, [store.blobs.read(part.sha256)])
    store.files.rename(aside, target)
    store.files.force_folder(target.parent)


def clear(store: Store, place: Place, entered: Entered, at: dt.datetime) -> None:
    """Remove an original from 2_EN_CURSO, only when its bytes in the store are whole.

    What was written into it after it was accepted is in no store: then it goes back, as a drop of its own.
    """
    if not all(store.blobs.verify(part.sha256) for part in parts(store, entered.id)):
        what = f"Los bytes guardados de {entered.number} no están íntegros"
        raise EnvironmentFault(what, "El original sigue en 2_EN_CURSO. Ejecute `ventanilla db check`.")
    original = place.doing(entered.placed_as)
    if original.exists():
        if holds(original, entered):
            remove_tree(store.files, original)
        else:
            came = place.path / entered.found_in
            put_back(store.files, original, (came if came.is_dir() else place.path / DROP) / entered.name)
        store.files.force_folder(original.parent)
    _drop_word(store, place, entered)
    mark_cleared(store, entered, at)


def _clear_all(store: Store, place: Place, case: Received, at: dt.datetime) -> None:
    """Remove the originals of *case* that lie in 2_EN_CURSO; one that comes there later goes with `tidy`.

    A package that had come before goes with its second receipt, so that it is not forgotten.
    """
    for entered in uncleared(store, case.id):
        if entered.kind != "duplicate":
            clear(store, Place(place.root, entered.office), entered, at)


def _drop_word(store: Store, place: Place, entered: Entered) -> None:
    """Remove the office's `presentacion.json`, whose words the journal keeps."""
    word = place.doing_word(entered.placed_as)
    if word.exists():
        store.files.remove(word)
