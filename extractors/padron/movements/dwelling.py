"""Homes that are none, or stand in another province than the register: who is entered may live elsewhere.

A register enters people at their homes (RD 1690/1986, arts. 54 and 57). One that writes "unknown" in place
of a home, or a home with another province's postal code, says something that the days of an entry do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.languages.provinces import provinces
from extractors.padron.movements.entitled import town_of
from extractors.padron.page.labels import Labelled
from extractors.padron.page.table import Table
from extractors.prose import fold

_NONE = re.compile(
    r"(?<!\w)(?:(?:sin|sen|sense)\s+(?:domicil|enderez|direcc|adre[cg]|viviend|vivend|habitatg|hogar|techo|localiz|determin|datos)"
    r"|desconoc|descone|desconeg|ausent|ignorad|paradero|no\s+(?:consta|reside|localiz|vive|habita)|ezezagun)"
)
_CODE = re.compile(r"(?<![\d/.-])(?P<province>0[1-9]|[1-4]\d|5[0-2])\d{3}(?![\d/.-])")
_CITIES = {"ceuta": "51", "melilla": "52"}
"""The two cities, whose postal codes begin as no other town's."""
_TAIL = re.compile(r"[,(–-]\s*(?P<name>[^\d,()–-]{3,30}?)\s*\)?\s*$")


def not_here(
    labels: Sequence[Labelled], tables: Sequence[Table], home: str | None, province: str | None
) -> Iterator[str]:
    """Yield the homes of a paper that are none, or that are told to be in another province.

    *home* and *province* are those of the paper's municipality, None where not known.
    """
    told = [label.value for label in labels if label.meaning == "address"]
    told += [row.text("address") for table in tables for row in table.rows]
    for text in filter(None, told):
        if _NONE.search(fold(text)) or _elsewhere(text, home, province):
            yield text
    for table in tables:
        yield from _other_town(table, fold(home or ""))


def _other_town(table: Table, own: str) -> Iterator[str]:
    """Yield the homes of a *table* of stays that end in a name, where others end in none or in another.

    Such a name may be a hamlet's or another municipality's: nobody says which.
    """
    homes = [text for row in table.rows if (text := row.text("address"))]
    ends = {home: town_of(home) for home in homes}
    if len(set(ends.values())) > 1:
        words = set(re.findall(r"\w{3,}", own))
        yield from (home for home, end in ends.items() if end and not words & set(re.findall(r"\w{3,}", end)))


def _elsewhere(text: str, home: str | None, province: str | None) -> bool:
    """Whether a home's postal code, or the province behind it, is not that of the paper's municipality."""
    if not home:
        return False
    own = fold(home)
    return _coded_elsewhere(text, own) or _named_elsewhere(text, own, fold(province or ""))


def _coded_elsewhere(text: str, own: str) -> bool:
    """Whether of *text*'s postal code and the paper's town one alone is that of one of the two cities."""
    code = _CODE.search(text)
    if code is None:
        return False
    city = next((first for name, first in _CITIES.items() if name in own), None)
    return code["province"] != city if city else code["province"] in _CITIES.values()


def _named_elsewhere(text: str, own: str, province: str) -> bool:
    """Whether *text* ends in the name of a province that is not the paper's, nor part of the town's name."""
    tail = _TAIL.search(text)
    name = fold(tail["name"]) if tail is not None else ""
    return bool(province) and name in provinces() and name != province and name not in own
