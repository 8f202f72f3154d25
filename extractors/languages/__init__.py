"""The languages of the papers: which one a text is in, its dates, its numbers, its countries."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from extractors.prose import fold
from extractors.vocabulary import loaded

OF_THE_PAPERS = ("es", "gl", "ca", "eu", "en")
"""The languages that the contract names; of two that score alike the first stands."""

_ENOUGH = 1.5
"""Score below which a text is too short to tell: about three words of its own."""


def language(text: str) -> str | None:
    """Return the language of *text* (`es`, `gl`, `ca`, `eu`, `en`), None for any other or too little text.

    Each different word counts once, shared among the languages that know it, and a little more each
    time it comes back: so a form's labels weigh no less than running text.
    """
    scores: defaultdict[str, float] = defaultdict(float)
    for word, times in Counter(re.findall(r"[^\W\d_]+(?:·[^\W\d_]+)?", fold(text))).items():
        owners = _owners().get(word, ())
        for owner in owners:
            scores[owner] += (_weight(word) + 0.1 * min(times - 1, 10)) / len(owners) ** 2
    if not scores:
        return None
    best = max(sorted(scores, key=_order), key=lambda name: scores[name])
    return best if best in OF_THE_PAPERS and scores[best] >= _ENOUGH else None


def _weight(word: str) -> float:
    """Return what one sight of *word* counts: long words are not come by through bad reading."""
    return 1.0 if len(word) < 7 else 1.5


def _order(name: str) -> int:
    """Return the place of a language when scores are equal."""
    return OF_THE_PAPERS.index(name) if name in OF_THE_PAPERS else len(OF_THE_PAPERS)


@cache
def _owners() -> Mapping[str, tuple[str, ...]]:
    """Return the languages that each word speaks for."""
    table = loaded(files(__package__).joinpath("words.yaml").read_text(encoding="utf-8"))
    owners: dict[str, tuple[str, ...]] = {}
    for name, words in table.items():
        for word in words:
            owners[word] = (*owners.get(word, ()), name)
    return owners
