"""How an address written in one box falls into its parts: told as the guess it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from extractors.document import Field
from extractors.forms.values import DOUBT

_PLAIN, _GUESS = 0.85, 0.6
"""Certainty at most of a plain split; where flat and door follow in no fixed order."""
_STREET = re.compile(
    r"(?:(?P<street_type>C/|c/|(?:calle|c\.|avda\.?|avenida|av\.|plaza|pza\.?|paseo|pº|carretera|ctra\.?|barriada|bda\.?"
    r"|r[úu]a|urbanizaci[óo]n|pasaje|grupo|camino|travesía)(?=\s))\s*)?"
    r"(?!apartado|apdo|km)(?P<street_name>[^\W\d_][^\d,]{1,60}?),?\s+(?:n[úu]m(?:ero|\.)?|n\.?\s?[º°o]\.?)?\s*"
    r"(?P<number>\d{1,4}\s?[A-Za-z]?|s/n)(?P<rest>\s*(?:[,.;-].*|\d.*)?)",
    re.IGNORECASE,
)
_FLAT = re.compile(
    r"[\s,.-]*(?P<floor>\d{1,2}\s?[ºª°]|bajo)[\s,.-]*(?P<door>[A-Z]|\d{1,2}ª?|izq\w*\.?|d(?:cha|er)\w*\.?)?"
)
_TOWN = re.compile(r"(?P<postal_code>\d{5})[\s,.-]+(?P<city>[^\W\d_][^\d@:]{1,40})")


def street(text: str) -> Iterator[tuple[str, str | None, float]]:
    """Give the parts of "Calle Real 12, 2º B"; of what is no such line only that it cannot be told."""
    whole = _STREET.fullmatch(text.strip())
    if whole is None:
        yield "street_name", None, DOUBT
        return
    flat = _FLAT.fullmatch(whole["rest"].rstrip(" .,"))
    plain = not whole["rest"].strip(" .,")
    for leaf in ("street_type", "street_name", "number"):
        if whole[leaf]:
            yield leaf, whole[leaf].strip(), _PLAIN if plain or flat else _GUESS
    for leaf, value in (flat.groupdict() if flat else {}).items():
        if value:
            yield leaf, value, _GUESS


def town(text: str) -> Iterator[tuple[str, str | None, float]]:
    """Give post code and town of "51001 Ceuta"; of anything else only that it cannot be told."""
    whole = _TOWN.fullmatch(text.strip())
    yield "postal_code", whole["postal_code"] if whole else None, _PLAIN if whole else DOUBT
    yield "city", whole["city"].strip() if whole else None, _PLAIN if whole else DOUBT


def parted(fields: Mapping[str, Field]) -> dict[str, Field]:
    """Return *fields* with addresses written in one box told apart, unless the paper does it itself."""
    split = {"street_line": street, "postal_city": town}
    found: dict[str, Field] = {}
    kept: dict[str, Field] = {}
    for name, field in fields.items():
        prefix, _, leaf = name.rpartition(".")
        if leaf not in split:
            kept[name] = field
            continue
        for part, value, sure in split[leaf](field.text) if field.text else ():
            told = replace(field, value=value, confidence=min(field.confidence, sure))
            found[f"{prefix}.{part}"] = told
    return found | kept
