"""What was read of a picture against the truth: values, boxes, days, lists, cards; all counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from desk.demo.editions import Widget, editions
from extractors.document import Document, Field
from extractors.prose import fold
from fixtures.certificates import Paper

SURE = 0.9
"""From this confidence on no person looks."""
_SINGLE = ["true"]


class Fault(NamedTuple):
    """One value that is wrong, missing or held back; *sure* its confidence, -1 where nothing was given."""

    paper: str
    name: str
    truth: Any
    read: Any
    sure: float
    boxes: int = 1

    @property
    def grave(self) -> bool:
        """Whether it is wrong and nobody would look."""
        return self.sure >= SURE


class Judged(NamedTuple):
    """Counts by name, and every fault."""

    counts: Counter[str]
    faults: list[Fault]


class Given(NamedTuple):
    """What a document gives for a field: nothing given has certainty -1."""

    value: Any = None
    sure: float = -1.0


def form(paper: Paper, read: Document | None) -> Judged:
    """Judge a form: texts that stand on it, places left empty, boxes and signatures."""
    counts: Counter[str] = Counter()
    faults: list[Fault] = []
    right_kind = read is not None and read.kind == paper.kind
    for name, truth, widgets in _places(paper):
        given = _given(read, name) if read is not None and right_kind else Given()
        sort = _sort(widgets)
        boxes = len(widgets) if sort == "tick" else 1
        right = _same(truth, given.value)
        counts[sort if sort != "text" or truth is not None else "empty"] += boxes
        sure = given.sure >= SURE
        group = sort if sort != "text" or truth is not None else "empty"
        counts[f"{group} right"] += boxes if right and given.sure >= 0 else 0
        counts[f"{group} sure"] += boxes if sure else 0
        counts[f"{group} right and sure"] += boxes if right and sure else 0
        if not right or not sure:
            wrong = 0 if right else _boxes_wrong(widgets, truth, given.value) if sort == "tick" else 1
            counts[f"{group} wrong and sure"] += wrong if sure else 0
            counts[f"{group} invented"] += int(group == "empty" and given.value not in (None, False))
            faults.append(Fault(paper.layout, name, truth, given.value, given.sure, wrong))
    return Judged(counts, faults)


def _places(paper: Paper) -> Iterator[tuple[str, Any, list[Widget]]]:
    """Yield each field that the form has a place for, with its truth and its widgets."""
    edition = paper.layout.split(":")[0]
    groups: dict[str, list[Widget]] = {}
    for widget in editions()[edition]:
        groups.setdefault(widget.field, []).append(widget)
    for name, widgets in groups.items():
        yield name, _true(paper.fields, name, _sort(widgets)), widgets


def _true(fields: Mapping[str, Any], name: str, sort: str) -> Any:
    """Return the truth of a field; people that are not entered have nothing."""
    if not name.startswith("beneficiaries."):
        return fields[name]
    _, number, part = name.split(".")
    people = fields["beneficiaries"]
    nobody = None if sort == "text" else False
    return people[int(number)][part] if int(number) < len(people) else nobody


def _sort(widgets: list[Widget]) -> str:
    """Return whether a field is a text, boxes to tick or a signature."""
    if widgets[0].kind == "sig":
        return "signature"
    return "tick" if widgets[0].kind in {"check", "radio"} else "text"


def _given(read: Document, name: str) -> Given:
    """Return what *read* gives for a field, or for a part of a person in a list."""
    if not name.startswith("beneficiaries."):
        field = read.fields.get(name)
        return Given(field.value, field.confidence) if field else Given()
    field = read.fields.get("beneficiaries")
    _, number, part = name.split(".")
    if field is None or not isinstance(field.value, list):
        return Given()
    if int(number) >= len(field.value):
        return Given(None, field.confidence)
    return Given(field.value[int(number)].get(part), _sure_of(field, int(number), part))


def _sure_of(field: Field, number: int, part: str) -> float:
    """Return how sure a part of an object of a list is: its own certainty where that is told."""
    if not field.items:
        return field.confidence
    item = field.items[number]
    return item.parts[part].confidence if part in item.parts else min(field.confidence, item.confidence)


def _same(truth: Any, value: Any) -> bool:
    """Whether a value is right, accents and case apart; an unticked box and nothing are the same."""
    if isinstance(truth, str) and isinstance(value, str):
        return fold(" ".join(truth.split())) == fold(" ".join(value.split()))
    if truth in (None, False, []) and value in (None, False, []):
        return True
    return bool(truth == value)


def _boxes_wrong(widgets: list[Widget], truth: Any, value: Any) -> int:
    """Return how many boxes of a group would have to be another way."""
    slugs = [slug for widget in widgets for slug in widget.export.values()]
    return max(1, sum(_ticked(slug, truth) != _ticked(slug, value) for slug in slugs))


def _ticked(slug: str, value: Any) -> bool:
    """Whether *value* has the box of *slug* ticked."""
    if slug == "true":
        return bool(value)
    return slug in value if isinstance(value, list) else slug == value


def certificate(paper: Paper, read: Document | None) -> Judged:
    """Judge a certificate: each day, the list of stays, and what was given as sure."""
    counts: Counter[str] = Counter()
    faults: list[Fault] = []
    known = read if read is not None and read.kind == paper.kind else None
    for name, truth, given in _days(paper, known):
        right = _same(truth, given.value)
        sure = given.sure >= SURE
        counts["day"] += 1
        counts["day right"] += int(right and given.sure >= 0)
        counts["day sure"] += int(sure and given.value is not None)
        counts["day right and sure"] += int(right and sure)
        counts["day false"] += int(not right and given.value is not None)
        counts["day wrong and sure"] += int(not right and sure)
        if not right or not sure:
            faults.append(Fault(paper.layout, name, truth, given.value, given.sure))
    given = _given(known, "periods") if known else Given()
    told = given.value if isinstance(given.value, list) else []
    whole, sure = _list_right(paper.fields["periods"], told), given.sure >= SURE
    on_days = _spans(paper.fields["periods"]) == _spans(told)
    counts.update(
        {"list": 1, "list right": int(whole), "list sure": int(sure), "list days right": int(on_days)}
    )
    counts["list right and sure"] += int(whole and sure)
    counts["list wrong and sure"] += int(not whole and sure)
    counts["list days wrong and sure"] += int(not on_days and sure)
    if not whole or not sure:
        faults.append(Fault(paper.layout, "periods", paper.fields["periods"], told, given.sure))
    return Judged(counts, faults)


def _days(paper: Paper, read: Document | None) -> Iterator[tuple[str, str, Given]]:
    """Yield each day of the truth with what was given: single ones, then those of the stays in order."""
    for name in ("issued_on", "person.birth_date", "last_change_on"):
        if paper.fields.get(name):
            yield name, paper.fields[name], _given(read, name) if read else Given()
    field = read.fields.get("periods") if read else None
    told = field.value if field and isinstance(field.value, list) else []
    for number, stay in enumerate(paper.fields["periods"]):
        for part in ("from", "to"):
            if stay[part] is None:
                continue
            there = field is not None and number < len(told)
            given = Given(told[number].get(part), field.confidence) if field and there else Given()
            yield f"periods[{number}].{part}", stay[part], given


def _spans(stays: list[dict[str, Any]]) -> list[tuple[Any, Any]]:
    """Return the days of stays."""
    return [(stay.get("from"), stay.get("to")) for stay in stays]


def _list_right(truth: list[dict[str, Any]], read: list[dict[str, Any]]) -> bool:
    """Whether every stay is there with all that is told of it."""
    return len(truth) == len(read) and all(
        _same(value, told.get(part))
        for stay, told in zip(truth, read, strict=True)
        for part, value in stay.items()
    )


_CARD = ("number", "birth_date", "expires_on")


def card(paper: Paper, read: Document | None) -> Judged:
    """Judge a card: its number and both days together, then each field by itself."""
    counts: Counter[str] = Counter(card=1)
    faults: list[Fault] = []
    known = read if read is not None and read.kind == paper.kind else None
    given = {name: _given(known, name) if known else Given() for name in paper.fields}
    right = {name: _same(paper.fields[name], told.value) for name, told in given.items()}
    counts["card right"] += int(all(right[name] for name in _CARD))
    counts["card sure"] += int(all(given[name].sure >= SURE for name in _CARD))
    counts["card right and sure"] += int(all(right[n] and given[n].sure >= SURE for n in _CARD))
    for name, told in given.items():
        sure = told.sure >= SURE
        counts["field"] += 1
        counts["field sure"] += int(sure)
        counts["field right"] += int(right[name])
        counts["field right and sure"] += int(right[name] and sure)
        counts["field wrong and sure"] += int(sure and not right[name])
        if not right[name] or not sure:
            faults.append(Fault(paper.layout, name, paper.fields[name], told.value, told.sure))
    return Judged(counts, faults)
