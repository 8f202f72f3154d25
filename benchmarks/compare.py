"""What was read against the truth, field by field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple

from extractors.document import Document, Field
from extractors.prose import fold

Verdict = Literal["exact", "wrong", "absent"]
SURE = 0.9
"""From this confidence on a wrong value is the worst that can happen."""
_NAMES = ("first_surname", "second_surname", "given_name")
_SPLIT_ON_PAPER = {"ce_application", "as_application", "representation", "no_coverage_declaration"}


class Result(NamedTuple):
    """One field of one paper; *name* without the places of list items."""

    name: str
    verdict: Verdict
    confidence: float
    truth: Any
    read: Any

    @property
    def grave(self) -> bool:
        """Whether a wrong value is given as sure."""
        return self.verdict == "wrong" and self.confidence >= SURE


def compare(
    kind: str, truth: Mapping[str, Any], language: str | None, read: Document | None
) -> Iterator[Result]:
    """Yield one result per field of the truth; *read* is the document of that file, if any has the kind."""
    if read is None or read.kind != kind:
        yield Result(
            "(kind)",
            "wrong" if read else "absent",
            read.kind_confidence if read else 0.0,
            kind,
            read and read.kind,
        )
        yield from (
            Result(name, "absent", 0.0, value, None) for name, value in truth.items() if value is not None
        )
        return
    yield Result("(kind)", "exact", read.kind_confidence, kind, kind)
    if language:
        yield _judged("(language)", language, read.language, 0.0)
    if kind not in _SPLIT_ON_PAPER:
        yield from _whole_names(truth, read.fields)
    for name, value in truth.items():
        if kind in _SPLIT_ON_PAPER or not name.endswith(_NAMES):
            yield from _field(name, value, read.fields.get(name))


def _whole_names(truth: Mapping[str, Any], read: Mapping[str, Field]) -> Iterator[Result]:
    """Yield the names of people that the paper does not split into surnames, as one bag of words."""
    for prefix in sorted({name.rsplit(".", 1)[0] + "." for name in truth if name.endswith(".given_name")}):
        fields = [read[prefix + part] for part in _NAMES if prefix + part in read]
        wanted = _bag(" ".join(truth.get(prefix + part) or "" for part in _NAMES))
        got = _bag(" ".join(str(field.value or "") for field in fields))
        sure = min((field.confidence for field in fields), default=0.0)
        yield Result(
            f"{prefix}names", "exact" if got == wanted else "wrong" if got else "absent", sure, wanted, got
        )


def _field(name: str, value: Any, field: Field | None) -> Iterator[Result]:
    """Yield the result of one field, or of each part of a list's items."""
    if isinstance(value, list) and all(isinstance(item, dict) for item in value):
        yield from _items(name, value, field)
    elif field is None:
        yield Result(name, "exact" if value is None else "absent", 0.0, value, None)
    else:
        yield _judged(name, value, field.value, field.confidence)


def _items(name: str, truth: list[dict[str, Any]], field: Field | None) -> Iterator[Result]:
    """Yield whether the list has the right length, then each part of each item."""
    read = field.value if field and isinstance(field.value, list) else []
    sure = field.confidence if field else 0.0
    yield _judged(f"{name}.length", len(truth), len(read) if field else (None if truth else 0), sure)
    for number, item in enumerate(truth):
        if number >= len(read) or not isinstance(read[number], dict):
            yield from (
                Result(f"{name}[].{part}", "absent", 0.0, value, None) for part, value in item.items()
            )
            continue
        place = field.items[number] if field and number < len(field.items) else None
        whole = min(sure, place.confidence) if place else sure
        parts = place.parts if place else {}
        for part, value in item.items():
            own = parts[part].confidence if part in parts else whole
            told = read[number].get(part)
            same_name = part == "name" and told and _bag(str(told)) == _bag(str(value))
            yield _judged(f"{name}[].{part}", value, value if same_name else told, own)


def _judged(name: str, truth: Any, read: Any, confidence: float) -> Result:
    """Return the verdict on one value; nothing read where nothing stands is right."""
    if read == truth or (name == "institution" and fold(str(read)) == fold(str(truth))):
        return Result(name, "exact", confidence, truth, read)
    return Result(name, "absent" if read is None else "wrong", confidence, truth, read)


def _bag(words: str) -> list[str]:
    """Return the words in order of the alphabet, without accents, case or commas."""
    return sorted(fold(words).replace(",", " ").split())
