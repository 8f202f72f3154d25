"""Lists whose introduction stands apart from them: "ha estado empadronada en los siguientes periodos:"."""

from __future__ import annotations

import re
from dataclasses import replace

from extractors.lines import around
from extractors.padron.page.layout import Layout, Passage
from extractors.prose import Prose

_ITEM = re.compile(
    r"\s*(?:[-–—•*·▪○●]\s*|\d{1,2}\s?[.)ºª-]+\s+|[a-z]\)\s*)?(?:(?:del?|des|do|desde|dende|el)\s|\d)",
    re.IGNORECASE,
)
"""How an item of a list of days begins."""
_MARKED = re.compile(r"\s*(?:[-–—•*·▪○●]|\d{1,2}\s?[.)ºª-]+\s)")
"""How an item of a list with bullets or numbers begins."""
_FROM = re.compile(r"\s*(?:del|desde(?:\s+el)?|des\s+del|dende(?:\s+o)?)\s+(?:día\s+)?\d", re.IGNORECASE)
"""How an item of a list without bullets begins: "Del 4 de mayo"."""
_INSCRIBED = re.compile(r"(?<!\w)(?:inscri\w+|empadron\w+|empadroa\w+|de\s+alta)[^.:]{0,60}:\s*$")
_NAMED = re.compile(r"\s*(?:D\.?\s?(?:ª|ña)?\.?|D\.ª|[Dd]on|[Dd]oña|[Dd]ona|DON|DOÑA)\s+[A-ZÀ-Ý]")
"""A list's introduction that says of whom, and the name that it leads to."""
_FAR = 4.0
"""Heights of a line within which a list follows its introduction."""


def with_introductions(layout: Layout) -> Layout:
    """Return *layout* with each list of days and the words that lead to it by a colon as one passage."""
    passages: list[Passage] = []
    for passage in layout.passages:
        if passages and _introduces(passages[-1], passage):
            passages[-1] = _together(passages[-1], passage)
        else:
            passages.append(passage)
    return replace(layout, passages=tuple(passages))


def _introduces(one: Passage, two: Passage) -> bool:
    """Whether passage *one* ends in a colon, or in a list's item, and right under it *two* begins as one.

    A person's name, led to by "figura inscrito:", goes on with it as well.
    """
    height = one.box.height / max(one.prose.text.count("\n"), 1)
    near = one.page is two.page and -height < two.box.y0 - one.box.y1 < _FAR * height
    above = one.prose.text.rstrip()
    if not near or _ITEM.match(two.prose.text) is None:
        return (
            near
            and _INSCRIBED.search(one.prose.folded) is not None
            and _NAMED.match(two.prose.text) is not None
        )
    last = above.rsplit("\n", 1)[-1]
    goes_on = _MARKED.match(last) is not None or _FROM.match(last) is not None
    return above.endswith(":") or (":\n" in above and goes_on and _ITEM.match(last) is not None)


def _together(one: Passage, two: Passage) -> Passage:
    """Return two passages as one."""
    pages = [
        replace(part.page, words=tuple(w for _, w in part.prose.words(0, len(part.prose.text))))
        for part in (one, two)
    ]
    return Passage(page=one.page, prose=Prose(pages), box=around((one.box, two.box)))
