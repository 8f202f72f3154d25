"""What is left of what was handed in where some of its papers were carried to another case.

A paper that another case counts is another's matter, often another person's: it stays out. The package in
which it came cannot be handed over either; its other papers are, each a document of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.case import Member, Unpacked
from pipeline.exchange.paper import Paper
from pipeline.exchange.tails import tail
from pipeline.intake.unpack import unpack
from pipeline.settings import Settings
from pipeline.store import Store
from pipeline.store.claims import as_claimed
from pipeline.workroom import workroom


def parted(
    store: Store, settings: Settings, case: str, handed: Sequence[Paper]
) -> Iterator[tuple[Paper, ...]]:
    """Yield for each paper that was *handed* in, all of them and in order, what of it belongs to the *case*.

    Nothing where all of it was carried away; the paper itself where none was; else its other papers.
    """
    received = as_claimed(store, case).case
    if not received.apart:
        yield from ((one,) for one in handed)
        return
    with workroom(settings.storage.work) as room, store.blobs.held(one.sha256 for one in handed):
        for n, (paper, original) in enumerate(zip(handed, received.originals, strict=True)):
            here = room / str(n)
            here.mkdir()
            found = unpack(replace(received, originals=(original,)), here, settings.limits)
            members = found.members if isinstance(found, Unpacked) else ()
            left = [one for one in members if one.key not in received.apart]
            yield (paper,) if len(left) == len(members) else tuple(_alone(paper, one) for one in _whole(left))


def _whole(members: Sequence[Member]) -> Iterator[Member]:
    """Yield those that could be taken out of their package."""
    return (one for one in members if one.path.is_file() and one.bytes)


def _alone(package: Paper, one: Member) -> Paper:
    """Return a paper of a package as a document of its own; its bytes are held, they lie nowhere alone."""
    return replace(
        package,
        tail=tail(package.tail, one.key),
        name=one.file.rsplit("/", 1)[-1],
        sha256=one.sha256,
        size=one.bytes,
        data=one.path.read_bytes(),
    )
