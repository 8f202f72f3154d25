"""Whether two papers name one municipality, and whether an origin is a country."""

from __future__ import annotations

import re

from validators.identity import name_parts

_TITLES = frozenset(
    name_parts(
        "ciudad cidade ciutat hiria autónoma autónomo autonomoa ayuntamiento concello ajuntament udala",
        "excmo ilmo municipio concejo villa vila a o as os l els les",
    )
)
"""Words of a letterhead that are no part of the place's name, and articles of the co-official languages."""


def same_town(one: str, other: str) -> bool:
    """Whether two names mean one municipality; of a double name (Alicante/Alacant) either half will do."""
    return bool(_names(one) & _names(other))


def _names(town: str) -> frozenset[tuple[str, ...]]:
    """Return each half of a double name as its words, without titles and articles."""
    halves = re.split(r"\s*/\s*|\s+-\s+|[()]", re.sub(r"['’`]", " ", town))
    found = (name_parts(half) for half in halves if half.strip())
    bare = (tuple(w for w in words if w not in _TITLES) or words for words in found)
    return frozenset(words for words in bare if words)


def is_country(origin: str | None) -> bool:
    """Whether an origin is a country other than Spain: ISO 3166 alpha-3, capitals."""
    return bool(origin and re.fullmatch(r"[A-Z]{3}", origin) and origin != "ESP")
