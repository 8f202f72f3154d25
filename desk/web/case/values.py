"""Values of papers in the words of who looks: days dd/mm/aaaa, money with a comma, words for slugs."""

from __future__ import annotations

from desk.web.words import Speaker
from extractors.document import Json
from pipeline.corrections.shapes import Shape
from pipeline.corrections.typed import written


def told(say: Speaker, value: Json, shape: Shape) -> str:
    """Return a value as people read it; of rows, how many there are."""
    if value is None or value == "":
        return say("mend.empty")
    if isinstance(value, bool):
        return say("values.true" if value else "values.false")
    if shape.sort == "rows" and isinstance(value, list):
        return say("mend.one_row") if len(value) == 1 else say("mend.rows", count=len(value))
    if isinstance(value, list):
        return ", ".join(word(say, one) for one in value)
    if shape.sort == "choice":
        return word(say, value)
    text = written(value, shape)
    return f"{text} €" if shape.sort == "money" else text


def word(say: Speaker, slug: Json) -> str:
    """Return the word for a slug of the contract; what is none stands as it is."""
    name = f"values.{slug}"
    return say(name) if say.has(name) else str(slug)


def label(say: Speaker, field: str) -> str:
    """Return the name of a field, or of a column of its rows (`periods.from`)."""
    name = f"fields.{field}"
    return say(name) if say.has(name) else field
