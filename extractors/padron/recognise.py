"""Whether a page begins, or goes on with, a certificate or a volante of a municipal register."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.languages.dates import dates_in
from extractors.padron.page.layout import levelled
from extractors.padron.page.table import tables_of
from extractors.padron.residents import NAMED
from extractors.padron.spelling import spelled
from extractors.padron.vocabulary import causes_in
from extractors.page import Page
from extractors.prose import fold

_REGISTER = re.compile(
    r"padron\s+(?:municipal|de\s+habitantes)|padro\s+municipal|empadronamiento|empadroamento|empadronament|errolda|hoja\s+padronal"
    r"|inscripcion\s+padronal|full\s+padronal|padron\w*|folla\s+padroal|padro(?:al|ais)(?!\w)|padro\s+d['’]\s?habitants"
)
_BODY = re.compile(
    r"ayuntamiento|ajuntament|concello|udala?(?!\w)|udaletx|ciudad\s+(?:autonoma\s+)?de|cidade\s+autonoma|negociado\s+de|alcald"
)
_STATES = re.compile(
    r"inscrit|empadronad[oa]s?(?!\w)|empadroad|empadronat(?!\w)|fecha\s+(?:de\s+)?alta|data\s+d['’]\s?alta|data\s+de\s+alta|alta-data"
    r"|erroldatu|inskri|caus[oa]\s+alta|ultima\s+variacion|movimientos?|moviments?|movementos?|mugimendu"
    r"|(?:consta|figura|encuentra|esta)\s+(?:de\s+|d['’]\s?)alta|antiguedad\s+en\s+el\s+(?:padron|municipio)"
)
_CERTIFIES = re.compile(
    r"certific[ao]|certifiqu|certificad[oa]|certificat|certificacion|ziurta|certificamos|da\s+fe|fa\s+constar|hace\s+constar"
)
_SPEAKS = re.compile(
    r"certific(?:o|a\s+que|amos|an)(?!\w)|certifiqu[eo]|certifica:|ziurtatzen|fa\s+constar|hace\s+constar|da\s+fe(?!\w)|que\s+(?:\w+\s+)?conste|se\s+acredita\s+que|se\s+certifica(?!\w)|exp(?:ido|ide|edeixo)\s+(?:el|la|este|esta|aquest)\s+(?:presente\s+)?certific"
)
_OFFICIAL = re.compile(
    r"padron\s+(?:municipal|de\s+habitantes)|padro\s+(?:municipal|d['’]\s?habitants)|biztanleen\s+udal[\s-]+errolda|biztanleen\s+errolda|biztanle-?errolda"
)
_ENTERED = re.compile(
    r"(?:certific\w+|ha[cg][eo]\s+constar|fa[ig]*\s+constar)\s*:?\s*(?:(?:primer[oa]|1\W?[oº]?)\W{1,4})?que\s[^;]{0,250}?(?<!\w)(?:figur|const|aparec|aparei|est[aá](?!\w)|se\s+(?:encuentr|hall)|es\s+troba)\w*\s+"
    r"(?:\w+\s+){0,3}?(?:inscri|empadron|empadroa|de\s+alta|d['’]alta)"
    r"|certific\w+\s*:?\s*que\s[^;]{0,250}?(?<!\w)(?:se\s+(?:inscribio|empadrono)|caus[oa]\s+alta)\s"
    r"|(?:se\s+)?certific(?:a|o)\s+(?:que\s+)?(?:la|el|su|es\s+cierta\s+la)\s+(?:inscripcion|empadronamiento)"
)
"""A certificate that says of somebody that he is registered: without a title it is one all the same."""
_VOLANTE = re.compile(
    r"volante|volant(?!\w)|errolda-?\s?agiria|informativo|informatiu|no\s+tiene\s+(?:el\s+)?caracter\s+de\s+certifica"
    r"|no\s+te\s+caracter\s+de\s+certifica|non\s+ten\s+caracter\s+de\s+certifica|sin\s+valor\s+de\s+certifica|hoja\s+informativa"
)
_TITLE = re.compile(
    r"(?:certificad[oa]|certificacion|certificat|volante?|informe|hoja|folla|full)\s+(?:\w+\s+){0,3}?(?:de\s+|d['’i]\s?)?"
    r"(?:empadron|empadroa|padron|padro|inscripcion|residencia|convivencia|inscricion|antiguedad\s+(?:en|padronal))|certificad[oa]\s+de\s+altas\s+y\s+bajas|altas\s+y\s+bajas\s+(?:padron|(?:en|del)\s+(?:el\s+)?padron)|historic[oa]?\s+(?:de\s+)?(?:movimientos?|moviments?|movementos?)\s+padron|errolda\w*-?\s?(?:ziurtagiri|agiri)|bizikidetza|(?:^|\n)\s*certific(?:ad[oa]|o|a|at|acion)\s*(?:\n|:|$)"
    r"|(?:^|\n)[^\n.:;]{0,20}(?:padron|padro(?!\w)|errolda)[^\n.:;]{0,40}\s(?:certificad[oa]|certificacion|certificat)(?!\w)"
)
_HEADLINE = re.compile(
    r"(?:certific(?:ad[oa]|acion|at)\s[^.;]*(?:empadron|empadroa|padron|padro(?!\w)|convivenc|inscri|residenc)[^.;]*"
    r"|certific(?:ad[oa]|acion|at)\s+(?:de\s+)?(?:colecti|col·?lecti|historic|individual|familiar)\w*"
    r"|[^.;]*(?:errolda|bizikidetza|erroldatze)[\w\s-]*(?:ziurtagiri|agiri)[^.;]*)"
)
_MOVE = re.compile(r"(?<!\w)(?:altas?|bajas?|baix[ae]s?)\s+(?:por|per)\s+")
_HISTORIC = re.compile(
    r"certific(?:ad[oa]|acion|at)\s+(?:(?:individual|municipal|personal)\s+)?historic[oa]?(?!\w)"
    r"|certific(?:ad[oa]|acion|at)\s+(?:individual|colecti\w+|familiar|col·?lecti\w+|de\s+movimientos)(?!\w)"
)
_INFORM = re.compile(
    r"(?:^|\n)[^\n.:;]{0,40}(?:informe|historial|historico|historikoa?|justificante|nota|ficha)[^\n.:;]{0,40}"
    r"(?:empadron|empadroa|padron|padro(?!\w)|inscripcion|errolda)"
    r"|(?:^|\n)[^\n.:;]{0,40}(?:errolda|padron)\w*[ -]+(?:historiko|historic|informe)\w*"
)
"""Titles of papers that inform of the register and certify nothing."""
_UNREAD = 0.6
"""Certainty at most of that on a scan: the word that certifies may be one that nobody could read."""
_SPACED = re.compile(r"(?<!\w)(?:\w[ ]{1,3}){7,}\w(?!\w)")
"""A title written with a blank after each letter."""
_GLUED = re.compile(
    r"(certificad[oa]|certificacion|certificat|volante?)(historic[oa]?|individual|colectiv[oa])?(d(?:e|'))?"
    r"(empadron|empadroa|padron|inscripcion|residencia|convivencia)"
)
_MOVED = re.compile(r"(?<!\w)(?:alta|baja|baixa)s?(?!\w)")
_MOVEMENTS, _PEOPLE = frozenset({"in_date", "out_date"}), frozenset({"in_date", "birth_date"})
"""Columns that no list has but a register's: of movements, and of the people of a home."""
_ASKS = re.compile(
    r"documentacion\s+que\s+(?:se\s+)?(?:acompana|adjunta|aporta)|solicita(?:nte\s+de)?\s+la\s+suscripcion|convenio\s+especial|declaracion\s+responsable|d\s?e\s?c\s?l\s?a\s?r\s?o"
)
_CLOSES = re.compile(r"(?:para|e)\s+que\s+(?:asi\s+)?conste|perque\s+(?:aixi\s+)?conste|jasota\s+gera")
_PAGE = re.compile(
    r"(?<!\w)(?:pagina|pag\.?|hoja|folio|folla|orrialdea|orria?|orr\.?|paxina|pax\.?|full)\s*:?\s*(?P<at>\d{1,2})\s*(?:de|/|d['’]|-)\s*(?P<of>\d{1,2})(?!\s?[/.-]?\s?\d)"
)

_MORE = re.compile(
    r"(?:^|\n|\()[ ]*(?:continua|sigue|segue|segueix|jarraitzen du)[ ]?(?:\.{2,}|…)?[ ]?(?:\)|\n|$)"
    r"|(?<!\w)(?:continua|sigue|segue|segueix)\s+(?:(?:en|na|no|a|al)\s+)?(?:(?:el|la)\s+|l['’]\s?)?"
    r"(?:pagina|paxina|pag\.|hoja|folla|full|dorso|reverso?|siguiente|seguinte|seguent)"
    r"|(?:^|\n)[ ]*\.[ ]?/[ ]?\.{1,3}[ ]?(?:\n|$)"
)
"""Words at the foot of a page that the paper goes on upon another."""
_PAGES = 20
"""Pages that a certificate may have: a higher number is that of a sheet of the register."""
_TITLE_LENGTH = 130
"""Letters of the longest line that is a title."""
_FAR, _BENEATH = 0.25, 6
"""Share of a page's height between two papers' titles, and lines that the second has under it at least: the
two languages of one title stand together, and a footer repeats it with nothing under it."""


def starts(page: Page, *, volante: bool) -> float:
    """Return how sure it is that a certificate (or a *volante*) of the register begins on *page*."""
    folded = _drawn_together(fold(spelled(page).text))
    at = _PAGE.search(folded)
    if at is not None and int(at["at"]) > 1:
        return 0.05
    whole = _is_register(folded, page)
    if whole < 0.5:
        return 0.0 if whole < 0.3 else whole / 2
    says_volante = _VOLANTE.search(folded) is not None
    if not says_volante and _informs(folded):
        says_volante = True
        whole = whole if page.reader == "text" else min(whole, _UNREAD)
    if says_volante != volante:
        return 0.1 if volante else 0.15
    return whole if volante or _CERTIFIES.search(folded) else whole * 0.6


def _drawn_together(folded: str) -> str:
    """Return *folded* text with its titles in spaced letters written as words."""

    def glued(found: re.Match[str]) -> str:
        title = found[0].replace(" ", "")
        return _GLUED.sub(lambda parts: " ".join(filter(None, parts.groups())), title)

    return _SPACED.sub(glued, folded)


def _informs(folded: str) -> bool:
    """Whether a paper is headed as one that informs, and certifies nothing."""
    head = "\n".join(folded.split("\n")[:14])
    return _INFORM.search(head) is not None and _CERTIFIES.search(folded) is None


def _is_register(folded: str, page: Page) -> float:
    """Return how sure it is that the text of a *page* is a register's paper, of whatever force."""
    told = _REGISTER.search(folded) is not None or _moves(folded) or _listed(folded, page)
    informs = _informs(folded)
    verb = _SPEAKS.search(folded) is not None
    evidence = (
        (_titled(folded[: max(len(folded) // 2, 600)], told=told) or informs, 0.35),
        (told, 0.15),
        (_OFFICIAL.search(folded) is not None, 0.1),
        (_STATES.search(folded) is not None or told, 0.15),
        (_BODY.search(folded) is not None, 0.12),
        (_ENTERED.search(folded) is not None, 0.25),
        (verb or _VOLANTE.search(folded) is not None or _headed(folded) or informs, 0.25),
    )
    score = min(sum(weight for here, weight in evidence if here), 0.98)
    if not told:
        score = min(score, 0.4)
    return score * (0.4 if _ASKS.search(folded) else 1.0)


def _titled(top: str, *, told: bool) -> bool:
    """Whether the *top* of a page has a register's title; "historic" is one where a register is *told*."""
    return _TITLE.search(top) is not None or (_HISTORIC.search(top) is not None and told)


def _listed(folded: str, page: Page) -> bool:
    """Whether a town's certificate of no told matter holds a register's table: of movements, or of a home."""
    if _BODY.search(folded) is None or not (_HISTORIC.search(folded) or _headed(folded)):
        return False
    lines = folded.split("\n")
    if sum(bool(_MOVED.search(line) and causes_in(line) and dates_in(line)) for line in lines) > 1:
        return True
    tables = [frozenset(m.partition("#")[0] for m in t.meanings) for t in tables_of(levelled(page))[0]]
    return any(
        columns >= _MOVEMENTS
        or ({"date", "type"} <= columns and bool(columns & {"cause", "place", "origin"}))
        or (columns >= _PEOPLE and bool(columns & NAMED))
        for columns in tables
    )


def _moves(folded: str) -> bool:
    """Whether two movements are told with causes only a register has, under a municipality's name."""
    ends = [found.end() for found in _MOVE.finditer(folded)]
    starts = {mark.start for mark in causes_in(folded)} if len(ends) > 1 else set()
    return sum(end in starts for end in ends) > 1 and _BODY.search(folded) is not None


def _headed(folded: str) -> bool:
    """Whether a short line near the top is nothing but the title of a register's paper."""
    top = folded.split("\n")[:12]
    return any(
        _HEADLINE.fullmatch(line.strip(" .:-")) is not None and len(line) <= _TITLE_LENGTH for line in top
    )


def headed(page: Page) -> bool:
    """Whether a short line near the top of *page* is the title of a certificate of the register."""
    return _headed(_drawn_together(fold(page.text)))


def twice_headed(page: Page) -> bool:
    """Whether a second certificate begins far down the *page*, under a title of its own."""
    texts = [fold(line.text) for line in page.lines]
    heads = [at for at, text in enumerate(texts) if len(text) <= _TITLE_LENGTH and _headed(text)]
    tops = [page.lines[at].box.y0 for at in heads if at < len(page.lines) - _BENEATH]
    return len(tops) > 1 and max(tops) - min(tops) > _FAR * page.height


def incomplete(pages: Sequence[Page]) -> bool:
    """Whether the *pages* say that there are more of them than these: the rest of a list may stand there."""
    told = [found for page in pages for found in _PAGE.finditer(fold(page.text))]
    counts = {int(found["of"]) for found in told if int(found["at"]) <= int(found["of"]) <= _PAGES}
    goes_on = bool(pages) and _MORE.search(fold(pages[-1].text)) is not None
    return goes_on or max(counts, default=0) > len(pages)


def continues(page: Page, before: Sequence[Page]) -> float:
    """Return how sure it is that *page* goes on with the register's paper on the pages *before*."""
    page, before = spelled(page), [spelled(one) for one in before]
    folded, first = fold(page.text), fold(before[0].text)
    at, last = _PAGE.search(folded), _PAGE.search(fold(before[-1].text))
    if at is not None and int(at["at"]) > 1:
        follows = last is None or int(at["at"]) == int(last["at"]) + 1
        return 0.95 if follows and (last is None or at["of"] == last["of"]) else 0.3
    if _TITLE.search(folded[:600]) and _CERTIFIES.search(folded[:600]) and _codes(folded) != _codes(first):
        return 0.0
    if _codes(folded) & _codes(first):
        return 0.9
    if _TITLE.search(folded[:600]) is not None:
        return 0.2 if _REGISTER.search(folded) else 0.0
    above = tables_of(levelled(before[-1]))[0]
    found = tables_of(levelled(page), above[-1] if above else None)[0]
    if any({"date", "in_date", "out_date", "type"} & set(table.meanings) for table in found):
        return 0.8
    return 0.6 if _CLOSES.search(folded) else 0.2 if _REGISTER.search(folded) else 0.0


def _codes(folded: str) -> frozenset[str]:
    """Return what looks like a verification code: long words of letters and figures."""
    words = re.findall(r"[a-z0-9]{3,}(?:-[a-z0-9]{2,})+|[a-z0-9]{12,}", folded)
    return frozenset(w for w in words if any(c.isdigit() for c in w) and any(c.isalpha() for c in w))
