"""One file, read: its documents, or the code that says why it cannot be read. Nothing else escapes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from extractors.bounds import Bounds
from extractors.document import Document, FileReading
from extractors.kinds import kinds
from extractors.page import Page
from extractors.reading import kept
from extractors.reading.files import copies, image, pdf, signatures
from extractors.reading.layer import agreement, eye
from extractors.reading.refusal import Missing, Refused, blamed
from extractors.recognise import INCOMPLETE, apart, documents, of_kind

_HEAD = 1024
"""Bytes in which `%PDF-` must stand (ISO 32000-1, annex H, note 13)."""
_NEXT_MAY_OPEN = frozenset({"corrupt", "encrypted"})
"""What a library may say of a copy of which another makes a paper."""
_IMAGES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+")


def _nothing() -> None:
    """Be told of progress and do nothing."""


def read_file(data: bytes, name: str, bounds: Bounds, step: Callable[[], None] = _nothing) -> FileReading:
    """Read one file; *name* goes into its documents, *step* is called after each unit of work.

    Every fault becomes a code of the contract's closed list; no message of a library is passed on,
    since it may hold text of the paper.

    Raises:
        Missing: The OCR program or its data are not installed.
    """
    kinds()  # a broken installation is told to whoever runs it, before a paper could be blamed
    return _told(data, name, bounds, step, None)


class Only(NamedTuple):
    """Some pages, and the kind of paper that a person says they are."""

    kind: str
    pages: tuple[int, ...]


def read_as(
    data: bytes, name: str, bounds: Bounds, only: Only, step: Callable[[], None] = _nothing
) -> FileReading:
    """Read some pages of a file as one paper of a kind, whatever they look like; otherwise as `read_file`."""
    return _told(data, name, bounds, step, only)


def _told(data: bytes, name: str, bounds: Bounds, step: Callable[[], None], only: Only | None) -> FileReading:
    """Return what a file says or why it cannot be read, and forget it."""
    try:
        return _read(data, name, bounds, step, only)
    except Refused as refusal:
        return FileReading(code=refusal.code)
    except Missing:
        raise
    except Exception as error:  # noqa: BLE001 - any library may raise anything on a hostile file
        return FileReading(code=blamed(error))
    finally:
        kept.forget()


def _read(data: bytes, name: str, bounds: Bounds, step: Callable[[], None], only: Only | None) -> FileReading:
    """Open the file by what its first bytes say it is."""
    sha256 = hashlib.sha256(data).hexdigest()
    start = data[:_HEAD].find(b"%PDF-")
    if data.startswith(_IMAGES):
        found = _found(image.pages(data, bounds), name, sha256, step, only)
        cut = any(image.LOST in one.flags for one in found)
        return FileReading(documents=tuple(found), flags=(INCOMPLETE,) if cut else ())
    if start < 0 and not _headless(data):
        raise Refused("unsupported-type" if data else "empty")
    found, flags = _pdf(data[max(start, 0) :], name, sha256, bounds, step, only)
    signed = signatures.signatures(data[max(start, 0) :], bounds.anchors)
    if signed:
        step()
    broken = any(one.intact == "invalid" for one in signed)
    odd = (("prefix-data", start > 0), (signatures.BROKEN, broken))
    return FileReading(
        documents=tuple(found),
        flags=(*(flag for flag, present in odd if present), *flags),
        signatures=signed,
    )


def _found(
    pages: Iterable[Page], name: str, sha256: str, step: Callable[[], None], only: Only | None
) -> list[Document]:
    """Return the documents on *pages*, or the one that some of them are said to be."""
    if only is None:
        return documents(pages, file=name, sha256=sha256, step=step)
    wanted = [page for page in apart(pages) if page.in_file in only.pages]
    if not wanted:
        raise Refused("corrupt")
    step()
    return [replace(of_kind(wanted, only.kind), file=name, sha256=sha256)]


def _headless(data: bytes) -> bool:
    """Whether the bytes are those of a PDF that lost its first line, which can be mended."""
    return b" obj" in data[:_HEAD] and b"%PDF-" not in data and b"startxref" in data


def _pdf(
    data: bytes, name: str, sha256: str, bounds: Bounds, step: Callable[[], None], only: Only | None
) -> tuple[list[Document], tuple[str, ...]]:
    """Read the first copy of a PDF that can be read, and say what is odd about the file."""
    refusals: list[Refused] = []
    for copy in copies.copies(data):
        step()
        try:
            with pdf.pages(copy.data, bounds) as pages:
                _refuse_shell(pages)
                found = _found(pages, name, sha256, step, only)
                return [_compared(one, pages, step) for one in found], copy.flags
        except Refused as refusal:
            if refusal.code not in _NEXT_MAY_OPEN:
                raise
            refusals.append(refusal)
        except (MemoryError, Missing):
            raise
        except Exception as error:  # noqa: BLE001 - any library may raise anything; another copy may do
            refusals.append(Refused(blamed(error)))
    raise refusals[0] if refusals else Refused("corrupt")


def _compared(document: Document, pages: Sequence[Page], step: Callable[[], None]) -> Document:
    """Return *document*, flagged where two readers of its text, or the text and the eye, do not agree."""
    differs = agreement.ambiguous(document, pages)
    step()
    differs = differs or eye.strange(document, pages)
    step()
    return replace(document, flags=(*document.flags, agreement.AMBIGUOUS)) if differs else document


def _refuse_shell(pages: pdf.PdfPages) -> None:
    """Refuse a dynamic XFA form: all that can be seen of it is a page that asks for another program."""
    if pages.xfa and not any(page.widgets for page in pages) and _asks_for_a_program(pages):
        raise Refused("unsupported-type")


def _asks_for_a_program(pages: Sequence[Page]) -> bool:
    """Whether the pages hold nothing, or little more than the name of the program that could show it."""
    text = " ".join(page.text for page in pages).lower()
    return not text.strip() or ("adobe" in text and len(text) < 2000)
