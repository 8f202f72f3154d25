"""Which papers a file holds: where each begins and ends, of which kind it is, and what it says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from extractors.document import Document, Field
from extractors.filed import as_filed, codes_as_filed
from extractors.forms.beside import written_beside
from extractors.kinds import kinds
from extractors.languages import language
from extractors.mrz.lines import zones
from extractors.page import Page, Reader
from extractors.reading.files import image
from extractors.reading.paper import extent
from extractors.reading.words import ocr, opinion, whole
from extractors.said.everyday import said_as, sends
from extractors.said.foreseen import unforeseen
from extractors.said.mentions import mentions
from extractors.said.naming import named
from extractors.said.reserving import reserved
from extractors.said.typed import typed
from extractors.verification import codes, compared

FLOOR = 0.5
"""Below this nobody claims a page: it is of kind `other`."""
_RIVAL = 0.2
"""Lead over the second claim on a page below which the kind is the less sure, the smaller it is."""
_DOUBTED = 0.7
"""Below this the kind itself is in doubt, and no field of the paper is surer than its kind."""
_SHEETS = opinion.LAW_TURNS_ON - {"residence_permit"}
"""Kinds of which one paper fills one sheet; a card's two sides may well lie side by side."""
_NAMED_BY_LETTERS = frozenset(
    {"padron_certificate", "padron_volante", "non_export_certificate", "family_record"}
)
"""Kinds of paper that covering letters and receipts name, and that such a page may seem to be."""
_OTHER = "other"
_UNREADABLE = "unreadable"
_EMPTY = "blank"
"""Why a paper on which nothing stands cannot be read (`extractors.reading.paper.legibility.Poor`)."""
HIDDEN = "hidden-text"
"""Flag of a paper with text that only programs see."""
INCOMPLETE = "pages-missing"
"""Flag of a paper that counts more pages than there are ("página 1 de 2")."""
_FAULT = "reading-failed"
_PAGE_OF = re.compile(
    r"(?:p[áa]x?g?(?:ina|\.)?|hoja|folla|orria?|full|page)\s*:?\s*(\d{1,3})\s*(?:de|/|of)\s*(\d{1,3})(?!\d|\s*/\s*\d)",
    re.IGNORECASE,
)


class _Part(NamedTuple):
    """Some pages that belong together."""

    kind: str
    sure: float
    pages: tuple[Page, ...]


def documents(
    pages: Iterable[Page], *, file: str, sha256: str, step: Callable[[], None] = lambda: None
) -> list[Document]:
    """Return the documents on *pages*, in the order in which they begin; empty paper belongs to none.

    *step* is called when a page or a document is done. A file of empty pages is one `unreadable`. A paper is
    read as soon as the next one begins, while the pictures of its pages are still at hand.
    """
    found = []
    for part in _parts(pages, step):
        found.append(replace(_document(part), file=file, sha256=sha256))
        step()
    return found


def _parts(pages: Iterable[Page], step: Callable[[], None]) -> Iterator[_Part]:
    """Yield the papers on *pages*, each once it is known where it ends; call *step* after every page."""
    blanks: list[Page] = []
    part: _Part | None = None
    for page in apart(pages):
        before = part
        if _blank(page):
            blanks.append(page)
        else:
            part = _with(page, part)
        step()
        if before is not None and part is not None and part.pages[0] is page:
            yield before
    if part is not None:
        yield part
    elif blanks:
        yield _Part(_UNREADABLE, 1.0, tuple(replace(page, poor=page.poor or _EMPTY) for page in blanks))


def apart(pages: Iterable[Page]) -> Iterator[Page]:
    """Yield *pages*, and beside each the other papers that lie on it, in the order of reading."""
    for page in pages:
        yield from page.spread() if page.spread is not None else (page,)


def of_kind(pages: Sequence[Page], kind: str) -> Document:
    """Return *pages* as one paper of a *kind*, because a person says so; of no file yet."""
    return _document(_Part(kind, 1.0, tuple(pages)))


def _blank(page: Page) -> bool:
    """Whether the page is empty paper."""
    if page.words or page.widgets or page.poor == image.LOST:
        return False
    return ocr.blank(page.picture().grey)


def _with(page: Page, last: _Part | None) -> _Part:
    """Return the *last* part with *page*, where that goes on with it, else the part that begins with it."""
    new = _begun(page)
    if last is not None and _goes_on(page, last, new):
        return last._replace(pages=(*last.pages, page))
    return new


def _begun(page: Page) -> _Part:
    """Return the part that would begin with *page*."""
    if not _legible(page):
        return _Part(_UNREADABLE, 1.0, (page,))
    claims = sorted(((_claim(kind.starts, page), name) for name, kind in kinds().items()), reverse=True)
    (best, name), (second, _) = claims[0], claims[1] if len(claims) > 1 else (0.0, "")
    if best < FLOOR or (name in _NAMED_BY_LETTERS and sends(page)):
        return _Part(_OTHER, round(1 - min(best, FLOOR), 3), (page,))
    lead = best - second
    return _Part(name, round(best if lead >= _RIVAL else min(best, FLOOR + lead), 3), (page,))


def _claim(ask: Callable[..., float], *pages: Any) -> float:
    """Return how sure a kind is of a page; one that fails on it claims nothing."""
    try:
        return ask(*pages)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - a paper nobody has seen may break one reader, not all
        return 0.0


def _legible(page: Page) -> bool:
    """Whether a person could read something of the page: fields, a text layer, clear OCR, a card's zone."""
    if page.widgets or page.reader == "text":
        return bool(page.widgets or page.words)
    return ocr.legible(page.words) or bool(zones(page))


def _goes_on(page: Page, last: _Part, new: _Part) -> bool:
    """Whether *page* belongs to *last* rather than being the *new* part."""
    if _UNREADABLE in {last.kind, new.kind}:
        return last.kind == new.kind
    going = _claim(kinds()[last.kind].continues, page, last.pages) if last.kind != _OTHER else 0.0
    if new.kind != _OTHER:
        return going >= FLOOR and going >= new.sure
    return going >= FLOOR or (last.kind == _OTHER and not _first_of_its_own(page))


def _first_of_its_own(page: Page) -> bool:
    """Whether an unknown page says that it is the first, or is headed by a title in capitals."""
    number = _PAGE_OF.search(page.text)
    if number:
        return int(number[1]) == 1
    head = next((line.text for line in page.lines if sum(map(str.isalpha, line.text)) >= 8), "")
    return head.isupper()


def _document(part: _Part) -> Document:
    """Read a part by its kind. A fault of ours makes it `unreadable`: a person looks at it."""
    numbers = tuple(dict.fromkeys(page.in_file for page in part.pages))
    document = Document(
        file="",
        sha256="",
        pages=numbers,
        kind=part.kind,
        kind_confidence=part.sure,
        reader=_reader(part.pages),
        flags=tuple(_told(part.pages)),
    )
    if part.kind == _UNREADABLE:
        return document
    try:
        found, fields = codes(part.pages), _fields(part)
        return replace(
            document,
            language=language("\n".join(page.text for page in part.pages)),
            fields=_doubted(compared(as_filed(fields, part.pages), found), part.sure),
            mentions=as_filed(_mentions(part, fields), part.pages),
            codes=codes_as_filed(found, part.pages),
        )
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - whatever a paper nobody has seen does to a reader, a person gets it
        return replace(document, kind=_UNREADABLE, kind_confidence=1.0, flags=(_FAULT, *document.flags))


def _mentions(part: _Part, fields: Mapping[str, Field]) -> Mapping[str, Field]:
    """Return the subjects that a part touches, what stands beside a form's places, what it says besides."""
    pages, kind = part.pages, said_as(part.kind, part.pages)
    own = {**written_beside(kind, pages), **reserved(kind, pages, fields), **unforeseen(kind, pages)}
    return {**mentions(pages, kind), **own, **typed(kind, pages), **named(kind, pages)}


def _fields(part: _Part) -> Mapping[str, Field]:
    """Return what a part says; nothing of it is sure where two papers lie on one page."""
    if part.kind in _SHEETS and any(map(extent.two_papers, part.pages)):
        return _at_most(whole.UNREAD, _judged(part))
    return _judged(part)


def _judged(part: _Part) -> Mapping[str, Field]:
    """Return what a part says; on scans a second reader judges the words on which the law turns."""
    kind = kinds()[part.kind]
    if part.kind not in opinion.LAW_TURNS_ON or all(page.reader == "text" for page in part.pages):
        return kind.read(part.pages)
    return whole.judged(part.pages, kind.read, kind.known)


def _doubted(fields: Mapping[str, Field], kind: float) -> Mapping[str, Field]:
    """Return *fields* no surer than that the paper is of its *kind*, where that is in doubt."""
    if kind >= _DOUBTED:
        return fields
    return _at_most(kind, fields)


def _at_most(sure: float, fields: Mapping[str, Field]) -> Mapping[str, Field]:
    """Return *fields*, and the items of lists, none more certain than *sure*."""
    told: dict[str, Field] = {}
    for name, field in fields.items():
        items = tuple(item.at_most(sure) for item in field.items)
        told[name] = replace(field, confidence=min(field.confidence, sure), items=items)
    return told


def _told(pages: Sequence[Page]) -> Iterator[str]:
    """Yield what is to be told of a paper besides what it says; why it can hardly be read comes first."""
    yield from dict.fromkeys(page.poor for page in pages if page.poor is not None)
    if any(page.hidden for page in pages):
        yield HIDDEN
    numbers = [number for page in pages if (number := _PAGE_OF.search(page.text))]
    if any(int(number[2]) > len(pages) and int(number[1]) <= int(number[2]) for number in numbers):
        yield INCOMPLETE


def _reader(pages: Sequence[Page]) -> Reader:
    """Return the weakest reader that had a part in it; a filled form is read from its fields."""
    if any(page.reader == "ocr" for page in pages):
        return "ocr"
    return "form" if any(page.widgets for page in pages) else "text"
