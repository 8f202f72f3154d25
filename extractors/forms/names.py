"""How a name written in one box falls into given name, first and second surname: told as the guess it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from extractors.document import Field

_PARTICLES = frozenset(
    {"de", "del", "la", "las", "los", "el", "da", "do", "dos", "y", "i", "e", "ben", "bin", "al"}
)
_PLAIN, _GUESS = 0.75, 0.5
"""Certainty where each part is one word; where particles or more words leave it open."""


def full(text: str) -> Iterator[tuple[str, str | None, float]]:
    """Give given name and surnames of "Ana García López" or "GARCÍA LÓPEZ, Ana", each with its certainty."""
    before, comma, after = text.partition(",")
    if comma and after.strip():
        yield "given_name", after.strip(), _PLAIN
        yield from surnames(before.strip())
        return
    parts = _parts(text.split())
    if len(parts) < 2:
        return
    last = 2 if len(parts) > 2 else 1
    sure = _PLAIN if len(parts) == len(text.split()) == 3 else _GUESS
    yield "given_name", " ".join(parts[:-last]), sure
    for leaf, part in zip(("first_surname", "second_surname"), parts[-last:], strict=False):
        yield leaf, part, sure


def surnames(text: str) -> Iterator[tuple[str, str | None, float]]:
    """Give the two surnames of "García López", or one and None."""
    parts = _parts(text.split())
    if not parts:
        return
    sure = _PLAIN if len(parts) == len(text.split()) and len(parts) <= 2 else _GUESS
    yield "first_surname", parts[0], sure
    yield "second_surname", " ".join(parts[1:]) or None, sure


def spread(fields: Mapping[str, Field]) -> dict[str, Field]:
    """Return *fields* with names written in one box told apart, unless the paper does it itself."""
    split = {"surnames": surnames, "full_name": full}
    found: dict[str, Field] = {}
    for name, field in fields.items():
        prefix, _, leaf = name.rpartition(".")
        if leaf not in split:
            continue
        for part, value, sure in split[leaf](field.text):
            told = replace(
                field, value=value if field.value else None, confidence=min(field.confidence, sure)
            )
            found.setdefault(f"{prefix}.{part}", told)
    kept = {name: field for name, field in fields.items() if name.rpartition(".")[2] not in split}
    return found | kept


def _parts(words: Sequence[str]) -> list[str]:
    """Join particles to the word that they belong to: "de la Fuente" is one part."""
    parts: list[str] = []
    for word in words:
        if parts and parts[-1].split()[-1].lower() in _PARTICLES:
            parts[-1] += f" {word}"
        else:
            parts.append(word)
    return parts
