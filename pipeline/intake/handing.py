"""What is handed in over a network, at the desk or by an office's program: taken in as a drop is.

    taken = hand_in(store, settings, parcel, now)      # the row of the journal, or why it is not taken

The bytes are forced to the disk of the papers, then the row is written: that commit is the acceptance, with
the case's number. Nothing lies in a folder and nothing is moved; all that follows is as for any drop.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Literal, NamedTuple

from pipeline.errors import EnvironmentFault
from pipeline.folders.continuity import older_than_the_folders, out_of_reach, unknown
from pipeline.folders.places import DROP, Place
from pipeline.handed import Original, Presentation, Source, source
from pipeline.intake.junk import is_junk
from pipeline.intake.presentation import of_folders
from pipeline.intake.room import room
from pipeline.journal.cases import known
from pipeline.journal.entry import enter
from pipeline.journal.records import Drop, Entered, Part
from pipeline.settings import Settings
from pipeline.store import Store
from pipeline.store.blobs import PIECE, Blobs, Kept
from pipeline.store.bucket import AwayError
from pipeline.store.names import as_file, as_files
from pipeline.ulid import ALPHABET, LENGTH

FOUND_IN = "mesa"
"""Where the journal says that such a drop was found; no office has a folder of that name."""
Why = Literal["no-documents", "too-many-files", "too-large", "no-room", "no-case"]


class Sent(NamedTuple):
    """One file as it was sent: the name that the sender gives it, and its bytes to be read once."""

    name: str
    content: IO[bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """What is handed in at once, for one office. *once* is a word of the sender's for this handing in.

    The same word with the same bytes is the same handing in, however often it is sent. `answers` is the
    number of the case that it belongs to, None for a new one.
    """

    office: str
    files: Sequence[Sent]
    once: str
    said: Presentation | None = None
    answers: str | None = None


class NotTaken(NamedTuple):
    """Nothing was accepted, and why; `too-large`, `too-many-files` and `no-documents` as in the contract."""

    why: Why


class Ready(NamedTuple):
    """A drop whose bytes are safe, and the marks that keep them until a row has them."""

    drop: Drop
    kept: tuple[Kept, ...]

    def settle(self, blobs: Blobs) -> None:
        """Take the marks away: the row is written."""
        for one in self.kept:
            blobs.settle(one)


class _TooLarge(Exception):  # noqa: N818 - ends a copy, and is an answer outside
    """More came than a package may have."""


def hand_in(store: Store, settings: Settings, parcel: Parcel, at: dt.datetime) -> Entered | NotTaken:
    """Accept *parcel* at the moment *at* (with the office's offset) and return its row.

    Raises:
        EnvironmentFault: the office's folders, the disk or the database do not answer; nothing was accepted.
    """
    found = ready(store, settings, parcel)
    if isinstance(found, NotTaken):
        return found
    digests = [part.sha256 for part in found.drop.parts]
    try:
        entered = enter(store, found.drop, at, lambda: all(map(store.blobs.there, digests)))
    except AwayError:
        entered = None
    if entered is None:
        raise EnvironmentFault("Lo entregado no está donde se guardó", "Vuelva a entregarlo.")
    found.settle(store.blobs)
    return entered


def ready(store: Store, settings: Settings, parcel: Parcel) -> Ready | NotTaken:
    """Make the bytes of *parcel* safe, for `pipeline.journal.entry` to accept; raise as `hand_in`."""
    place = Place(settings.folders.root, parcel.office)
    try:
        said = _said(store, settings, place, parcel)
        why = _refused(store, settings, parcel)
        kept = why or _kept(store.blobs, settings, parcel)
    except OSError as error:
        what = f"Lo entregado no se ha podido guardar ({type(error).__name__})"
        raise EnvironmentFault(what, "Compruebe el disco y vuelva a entregarlo.") from None
    if isinstance(kept, NotTaken):
        return kept
    return Ready(_drop(store, parcel, said, kept), tuple(one for _, one in kept))


def _said(store: Store, settings: Settings, place: Place, parcel: Parcel) -> tuple[Presentation, ...]:
    """Return what is said of the filing; nothing is taken where numbers would be given a second time."""
    drop = place.path / DROP
    if not drop.is_dir():
        raise out_of_reach([parcel.office])
    if numbers := unknown(store, place):
        raise older_than_the_folders(place, numbers)
    own = (parcel.said,) if parcel.said else ()
    return (*own, *of_folders((drop, place.path), settings.limits))


def _refused(store: Store, settings: Settings, parcel: Parcel) -> NotTaken | None:
    """Return why *parcel* is not looked at any further."""
    if len(parcel.files) > settings.limits.members:
        return NotTaken("too-many-files")
    if not room(settings.storage, settings.limits.package):
        return NotTaken("no-room")
    if parcel.answers is not None:
        with store.reading() as transaction:
            if known(transaction, parcel.office, parcel.answers) is None:
                return NotTaken("no-case")
    return None


def _kept(blobs: Blobs, settings: Settings, parcel: Parcel) -> list[tuple[str, Kept]] | NotTaken:
    """Copy the files to the disk of the papers, each under a name of its own."""
    left = settings.limits.package
    kept: list[tuple[str, Kept]] = []
    for name, content in _named(parcel.files):
        try:
            one = blobs.pour(_pieces(content, left))
        except _TooLarge:
            return NotTaken("too-large")
        left -= one.bytes
        kept.append((name, one))
    return kept or NotTaken("no-documents")


def _named(files: Sequence[Sent]) -> Iterator[Sent]:
    """Yield the files under names that any disk takes, no two alike; what systems leave about is not one."""
    papers = [sent for sent in files if not is_junk(as_file(sent.name))]
    for name, sent in zip(as_files(one.name for one in papers), papers, strict=True):
        yield Sent(name, sent.content)


def _pieces(content: IO[bytes], left: int) -> Iterator[bytes]:
    """Yield the bytes piece by piece; raise _TooLarge after *left* of them."""
    while piece := content.read(PIECE):
        left -= len(piece)
        if left < 0:
            raise _TooLarge
        yield piece


def _drop(store: Store, parcel: Parcel, said: tuple[Presentation, ...], kept: list[tuple[str, Kept]]) -> Drop:
    """Return *parcel* as the journal takes it."""
    parts = tuple(Part(name, one.sha256, one.bytes) for name, one in kept)
    whole = as_one(store.blobs, parts)
    identifier = _id(parcel.office, parcel.answers or "", parcel.once, whole.sha256)
    return Drop(
        office=parcel.office,
        found_in=FOUND_IN,
        folder=len(parts) > 1,
        stamp=f"{FOUND_IN}:{identifier}",
        source=whole,
        parts=parts,
        said=said,
        answers=parcel.answers,
        id=identifier,
    )


def as_one(blobs: Blobs, parts: Sequence[Part]) -> Source:
    """Return what was handed in as one: a file under its own name, several under the first one's."""
    originals = tuple(Original(p.name, blobs.path(p.sha256), p.sha256, p.bytes) for p in parts)
    more = len(parts) - 1
    return source(f"{parts[0].name} (+{more})" if more else parts[0].name, originals, folder=more > 0)


def _id(*words: str) -> str:
    """Return the id of the handing in that *words* tell: the same for the same words."""
    number = int.from_bytes(hashlib.sha256("\n".join(words).encode()).digest(), "big")
    return "".join(ALPHABET[(number >> 5 * place) & 31] for place in range(LENGTH))
