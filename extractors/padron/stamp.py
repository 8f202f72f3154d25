"""Who vouches for the paper and when: day of issue, signature or seal, verification code."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.document import Field
from extractors.lines import Box, around
from extractors.padron.ink import ink_in, near
from extractors.padron.page.layout import Passage
from extractors.page import Page

_KEPT_SINCE = "1996-05-01"
"""Day of the first registers kept by computers (Ley 4/1996, disposición transitoria única)."""
CODE_LABEL = re.compile(
    r"(?:codigo\s+(?:seguro\s+de\s+verificacion|de\s+verificacion|seguro|electronico|de\s+validacion|de\s+comprobacion)"
    r"(?:\s+electronica)?(?:\s*\(\s*c\.?s\.?v\.?\s*\))?|codi\s+segur(?:\s+de\s+verificacio)?(?:\s*\(\s*csv\s*\))?|codi\s+de\s+verificacio"
    r"|egiaztapen(?:erako)?[\s-]+kode(?:a|\s+segurua)?|(?<!\w)c\.?s\.?v\.?|(?<!\w)eks|localizador|identificador\s+del\s+documento"
    r"|hash\s+del\s+csv)(?!\w)\s*(?:\([^)]{1,20}\))?\s*[:.#-]?\s*"
)
"""What is printed before a verification code, in folded text."""
CODE = re.compile(
    r"(?=[\w+/=.-]*\d)(?:(?:[A-Z0-9]{4,5} ){2,}[A-Z0-9]{4,5}(?!\w)"
    r"|[A-Za-z0-9+/=_]{2,}(?:[-.][A-Za-z0-9+/=_]{2,})*)"
)
"""A verification code as printed; those of eight signs and more are one."""
_SEALED = re.compile(
    r"firmad[oa]\s+(?:electronica|digital)mente|firma\s+(?:electronica|digital)(?!\s+no)|sello\s+(?:electronico|de\s+organo|del\s+organo)"
    r"|sell?ad[oa]\s+electronicamente|asinad[oa]\s+(?:electronica|dixital)mente|sinatura\s+(?:electronica|dixital)|selo\s+electronico"
    r"|signat\s+(?:electronica|digital)ment|signatura\s+(?:electronica|digital)|segell\s+electronic|(?:elektronikoki|digitalki)\s+sinatu"
    r"|sinadura\s+elektronikoa|zigilu\s+elektronikoa|documento\s+firmado|firmado\s+por\s*:?\s*\w|signat\s+per\s*:?\s*\w|firmante\s*:"
    r"|actuacion\s+administrativa\s+automatizada"
)
_TITLE = re.compile(
    r"(?:^|\n)[^\n]{0,40}?(?:(?:el|la|o|a)\s+secretari[oa]|el\s+secretari|la\s+secretaria|idazkari\w*|vicesecretari\w*|fdo\.?|asdo\.?|v\.?\s?[ºo°]\.?\s?b\.?\s?[ºoª°]|(?:el|la)\s+alcald\w+|(?:el|la)\s+funcionari\w+|el\s+encargad\w+|(?:el|la)\s+jef[ea]|o\s+alcalde|l['’]alcalde\w*|alkate\w*)(?=[^\n]{0,40}(?:\n|$))"
)
_UNSIGNED = re.compile(
    r"sin\s+firma(?:r)?(?!\w)|pendiente\s+de\s+firma|borrador|no\s+(?:esta\s+)?firmad|sense\s+signatura|sen\s+sinatura"
)
_CERTIFIES = re.compile(r"certifi[cq]|ziurta")
INKED = 0.93
"""Certainty that ink by the title of who signs is a signature or a seal."""
_ALONE = {
    frozenset({"stroke", "seal"}): 0.92,
    frozenset({"seal"}): 0.85,
    frozenset({"stroke"}): 0.75,
    frozenset[str](): 0.0,
}
"""Certainty of a signature by the shapes of the ink, where no title says whose it is."""
_BODY = 4
"""Words from which text is part of what the paper says, not of a seal or a name under it."""


def csv(passages: Sequence[Passage]) -> Field | None:
    """Return the verification code."""
    for passage in passages:
        prose = passage.prose
        for label in CODE_LABEL.finditer(prose.folded):
            code = CODE.match(prose.text, label.end())
            if code is not None and len(code[0]) >= 8:
                return prose.field(code.start(), code.end(), code[0].rstrip(".-"), 0.95)
    return None


def signed(pages: Sequence[Page], passages: Sequence[Passage], code: Field | None) -> Field:
    """Return whether a signature, a seal or a code vouches for the paper, and where it stands."""
    for page in pages:
        for widget in page.widgets:
            if widget.kind == "signature" and widget.signed:
                return Field(value=True, text="", confidence=0.97, page=page.number, box=widget.box)
    for passage in passages:
        found = _SEALED.search(passage.prose.folded)
        if found is not None and not _UNSIGNED.search(passage.prose.folded):
            return passage.prose.field(found.start(), found.end(), value=True, confidence=0.95)
    if code is not None:
        return Field(value=True, text=code.text, confidence=0.9, page=code.page, box=code.box)
    announced = next(((p, f) for p in passages for f in CODE_LABEL.finditer(p.prose.folded)), None)
    if announced is not None:
        passage, label = announced
        return passage.prose.field(label.start(), label.end(), value=True, confidence=0.5)
    return _by_hand(pages, passages)


def _by_hand(pages: Sequence[Page], passages: Sequence[Passage]) -> Field:
    """Return whether ink stands by the title of who signs, or under the last words of the paper."""
    page = pages[-1]
    title = _title(passages)
    inks = ink_in(page, Box(0, _top(page, passages, title), page.width, 0.95 * page.height))
    by_title = near(inks, title.box) if title is not None and title.page == page.number else ()
    if by_title or inks:
        sure = INKED if by_title else max(_ALONE[frozenset(ink.shape for ink in inks)], 0.0)
        box = around(ink.box for ink in by_title or inks)
        return Field(value=True, text=title.text if title else "", confidence=sure, page=page.number, box=box)
    scanned = page.reader == "ocr"
    if title is not None:
        return replace(title, value=False, confidence=0.5 if scanned else 0.8)
    foot = Box(0, 0.7 * page.height, page.width, page.height)
    return Field(value=False, text="", confidence=0.5 if scanned else 0.9, page=page.number, box=foot)


def _title(passages: Sequence[Passage]) -> Field | None:
    """Return the last title of who signs that stands after the words that certify."""
    begins = next((at for at, p in enumerate(passages) if _CERTIFIES.search(p.prose.folded)), -1)
    titles = [
        p.prose.field(f.start(), f.end(), None, 1.0)
        for at, p in enumerate(passages)
        for f in _TITLE.finditer(p.prose.folded)
        if at > begins and _CERTIFIES.search(p.prose.folded, f.end()) is None
    ]
    return titles[-1] if titles else None


def _top(page: Page, passages: Sequence[Passage], title: Field | None) -> float:
    """Return the height from which somebody may have signed: under the body, or a little over the title."""
    own = [p for p in passages if p.page is page and len(p.prose.text.split()) >= _BODY]
    if title is not None and title.page == page.number:
        above = [p.box.y1 for p in own if p.box.y1 <= title.box.y0]
        return max([title.box.y0 - 80, *above])
    return max([0.12 * page.height, *(p.box.y1 for p in own if p.box.y1 < 0.85 * page.height)])


def made_last(said: Sequence[Field], days: Sequence[str], *, digital: bool) -> tuple[Field, ...]:
    """Return the days of *said* that may be those of issue: no day before a movement that the paper tells.

    *days* are those of the movements; of a *digital* paper none from before registers were kept so either.
    """
    first = max([*days, *([_KEPT_SINCE] if digital else [])], default="")
    return tuple(field for field in said if field.value is None or str(field.value) >= first)


def issued(said: Sequence[Field]) -> Field | None:
    """Return the day of issue: of the dates most plainly bound to it, the latest that can be read."""
    read = [field for field in said if field.value is not None]
    if not read:
        return said[0] if said else None
    plain = max(field.confidence for field in read)
    return max((f for f in read if f.confidence > plain - 0.05), key=lambda f: str(f.value))
