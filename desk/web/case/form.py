"""The form in which a field, or a row of a list, is set right: what it shows, what was typed in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from desk.web.case.fields import paper_key
from desk.web.case.found import Found
from desk.web.case.places import Place
from desk.web.case.rows import keyed
from desk.web.case.values import label, told, word
from desk.web.visit import Refused, Visit
from extractors.document import Json
from pipeline.corrections.asked import NEW
from pipeline.corrections.shapes import Shape, shape_of, shapes
from pipeline.corrections.typed import Mistyped, typed, warning, written

SIDES = ("x0", "y0", "x1", "y1")
"""The boxes of the form for the sides of a rectangle: left, top, right, bottom."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """What is to be set right: a field of a document of the report, or the row of it with that key."""

    document: Mapping[str, Any]
    field: str
    row: str = ""

    @property
    def held(self) -> Mapping[str, Any] | None:
        """Return the field of the report, None where the paper has none."""
        found: Mapping[str, Any] | None = self.document["fields"].get(self.field)
        return found

    @property
    def shape(self) -> Shape:
        """Return what the field holds."""
        return shape_of(self.document["kind"], self.field, self.held["value"] if self.held else None)

    @property
    def value(self) -> Json:
        """Return what stands there."""
        if self.held is None or self.row == NEW:
            return None
        if not self.row:
            return self.held["value"]
        return next((row for key, row, _ in keyed(self.held) if key == self.row), None)

    @property
    def columns(self) -> Mapping[str, Shape]:
        """Return what is typed: the columns of a row, or one value without a name."""
        if self.shape.sort != "rows":
            return {"": self.shape}
        return self.shape.columns if self.row else {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One box of the form: its name, its words, what was typed and what is wrong with it."""

    name: str
    label: str
    sort: str
    text: str
    options: tuple[tuple[str, str], ...] = ()
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The form as it is shown."""

    spot: Spot
    paper: str
    label: str
    stands: str
    place: Place | None
    inputs: tuple[Input, ...]
    why: str = ""
    why_error: str = ""
    act: str = "corrected"
    warnings: tuple[str, ...] = ()
    notice: str = ""
    theirs: str = ""
    proposal: str = ""
    box: tuple[str, ...] = ("", "", "", "")
    where: str = ""

    @property
    def errors(self) -> list[tuple[str, str]]:
        """Return what is wrong, each with the box that it is of."""
        found = [(one.name, one.error) for one in self.inputs if one.error]
        return [*found, *([("why", self.why_error)] if self.why_error else [])]


def spot_of(visit: Visit, case: Found) -> Spot:
    """Return what the address, or the form, is about; raise Refused where the case has no such paper."""
    key, row = visit.field("paper"), visit.field("fila") or visit.asked("fila")
    for document in case.report.get("documents", ()):
        named = paper_key(document) == key if key else document["id"] == visit.path("document")
        if named and _field_known(document, visit.path("field")):
            return Spot(document=document, field=visit.path("field"), row=row)
    raise Refused(409 if key else 404, "no_paper" if key else "not_here")


def _field_known(document: Mapping[str, Any], field: str) -> bool:
    """Whether the paper has such a field, or its kind may have."""
    return field in document["fields"] or field in shapes().get(document["kind"], {})


def fresh(visit: Visit, case: Found, spot: Spot) -> Form:
    """Return the form with what stands there."""
    value = spot.value
    cells = value if isinstance(value, dict) else {"": value}
    inputs = tuple(
        _input(visit, spot, name, shape, written(cells.get(name), shape))
        for name, shape in spot.columns.items()
    )
    name = label(visit.say, spot.field)
    keys = [key for key, *_ in keyed(spot.held)] if spot.held else []
    n = keys.index(spot.row) if spot.row in keys else None
    return Form(
        spot=spot,
        paper=paper_key(spot.document),
        label=f"{name}: {visit.say('mend.new_row')}" if spot.row == NEW else name,
        stands=_told(visit, spot),
        place=case.places.of(spot.document["id"], spot.field, n),
        inputs=inputs,
        box=_sides(spot, n),
    )


def _sides(spot: Spot, n: int | None) -> tuple[str, ...]:
    """Return the sides of the box in which the value was read, for a person to move."""
    items = spot.held.get("items", ()) if spot.held else ()
    held = items[n] if n is not None and n < len(items) else spot.held
    return tuple(f"{side:g}" for side in held["box"]) if held else ("", "", "", "")


def _told(visit: Visit, spot: Spot) -> str:
    """Return in words what stands there."""
    if isinstance(spot.value, dict):
        cells = ((spot.columns.get(name, Shape(sort="text")), one) for name, one in spot.value.items())
        return " · ".join(told(visit.say, one, shape) for shape, one in cells if one is not None)
    if spot.held is None:
        return visit.say("mend.not_there")
    return told(visit.say, spot.value, spot.shape)


def _input(visit: Visit, spot: Spot, column: str, shape: Shape, text: str) -> Input:
    """Return one box."""
    options: tuple[tuple[str, str], ...] = tuple((one, word(visit.say, one)) for one in shape.words)
    if shape.sort == "yes":
        options = (("yes", visit.say("values.true")), ("no", visit.say("values.false")))
    elif shape.sort == "list":
        options = ()
    if options and text not in {"", *(one for one, _ in options)}:
        options = (*options, (text, text))
    name = f"value.{column}" if column else "value"
    words = label(visit.say, f"{spot.field}.{column}") if column else visit.say("mend.value")
    return Input(
        name=name,
        label=words,
        sort=shape.sort,
        text=text,
        options=options,
    )


def as_typed(visit: Visit, case: Found, spot: Spot) -> Form:
    """Return the form with what was typed in it, whole, and what is wrong with that."""
    form = fresh(visit, case, spot)
    inputs = []
    for one, shape in zip(form.inputs, spot.columns.values(), strict=True):
        text = visit.field(one.name)
        inputs.append(replace(one, text=text, error=_error(visit, text, shape)))
    chosen = visit.field("act", "corrected")
    sides = tuple(visit.field(side) for side in SIDES)
    typed_ = replace(form, inputs=tuple(inputs), why=visit.field("why"), act=chosen, box=sides)
    return replace(typed_, where=visit.field("where"))


def _error(visit: Visit, text: str, shape: Shape) -> str:
    """Return what is wrong with a text, in words; nothing where it is a value."""
    try:
        typed(text, shape)
    except Mistyped as mistyped:
        return visit.say(f"mend.fault_{mistyped.fault}")
    return ""


def value_of(form: Form) -> Json:
    """Return the value that a form without errors says: of a row, its cells."""
    values = {
        name: typed(one.text, shape)
        for one, (name, shape) in zip(form.inputs, form.spot.columns.items(), strict=True)
    }
    if form.spot.shape.sort != "rows":
        return values.get("")
    held = form.spot.value
    rest = {name: one for name, one in held.items() if name not in values} if isinstance(held, dict) else {}
    return {**rest, **values}


def warnings_of(visit: Visit, form: Form) -> tuple[str, ...]:
    """Return in words which numbers do not hold; whoever types one so says why."""
    found = (
        warning(typed(one.text, shape), shape)
        for one, shape in zip(form.inputs, form.spot.columns.values(), strict=True)
        if not one.error
    )
    return tuple(visit.say(f"mend.warning_{one}") for one in found if one)
