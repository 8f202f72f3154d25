"""The form fields of a PDF (AcroForm), with pypdf: names, values, and where each stands."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple

import pypdf
from pypdf.generic import DictionaryObject

from extractors.page import Box, Widget
from extractors.reading.appearance import differs
from extractors.reading.frame import Frame

_KINDS: Mapping[str, Literal["text", "button", "choice", "signature"]] = {
    "/Tx": "text",
    "/Btn": "button",
    "/Ch": "choice",
    "/Sig": "signature",
}
_DEPTH = 16
_HIDDEN = 0b10
_NO_VIEW = 0b100000
_PUSH_BUTTON = 1 << 16


class Form(NamedTuple):
    """The widgets of each page by index, in the PDF's own space, and whether the form is XFA."""

    widgets: Mapping[int, tuple[Widget, ...]]
    xfa: bool
    masked: frozenset[int] = frozenset()
    """The pages with a field that shows something else than it holds."""

    def on(self, index: int, frame: Frame) -> tuple[Widget, ...]:
        """Return the widgets of page *index* (from 0) with their boxes as seen through *frame*."""
        return tuple(w._replace(box=frame.box(*w.box)) for w in self.widgets.get(index, ()))


NO_FORM = Form({}, xfa=False)


def form(data: bytes) -> Form:
    """Return the form of a PDF. Any error of the library escapes: the caller decides."""
    reader = pypdf.PdfReader(io.BytesIO(data))
    root = reader.trailer["/Root"].get_object()
    acro = _resolved(root, "/AcroForm") if isinstance(root, DictionaryObject) else None
    if not isinstance(acro, DictionaryObject):
        return NO_FORM
    found = {index: tuple(_widgets(page)) for index, page in enumerate(reader.pages)}
    redrawn = getattr(_resolved(acro, "/NeedAppearances"), "value", False)  # pypdf's object is never falsy
    masked = frozenset(i for i in found if found[i] and not redrawn and _masked(reader.pages[i]))
    return Form({index: here for index, here in found.items() if here}, "/XFA" in acro, masked)


def _masked(page: DictionaryObject) -> bool:
    """Whether some field of a page shows something else than it holds."""
    return any(_shows_other(annotation) for annotation in _annotations(page))


def _shows_other(annotation: DictionaryObject) -> bool:
    """Whether this field's appearance, or the state of its button, is not that of its value."""
    chain = _chain(annotation)
    looks = _resolved(annotation, "/AP")
    value = _plain(_inherited(chain, "/V"))
    kind = str(_inherited(chain, "/FT"))
    if kind == "/Btn" and value is not None and "/AS" in annotation:
        export = _export(annotation)
        return export is not None and (str(annotation["/AS"]) == f"/{export}") != (value == export)
    if kind != "/Tx" or not isinstance(looks, DictionaryObject):
        return False
    return differs(_resolved(looks, "/N"), value)


def _widgets(page: DictionaryObject) -> Iterator[Widget]:
    """Give the widgets of one page that a person can see."""
    for annotation in _annotations(page):
        widget = _widget(annotation)
        if widget is not None:
            yield widget


def _annotations(page: DictionaryObject) -> Iterator[DictionaryObject]:
    """Give the annotations of one page that are widgets."""
    annotations = _resolved(page, "/Annots")
    for reference in annotations if isinstance(annotations, list) else ():
        annotation = reference.get_object()
        if isinstance(annotation, DictionaryObject) and annotation.get("/Subtype") == "/Widget":
            yield annotation


def _widget(annotation: DictionaryObject) -> Widget | None:
    """Return one widget with its box in the PDF's space, or None for buttons that only push, or hidden."""
    chain = _chain(annotation)
    kind = _KINDS.get(str(_inherited(chain, "/FT")))
    rect = [float(n) for n in _resolved(annotation, "/Rect") or ()]
    flags = int(_inherited(chain, "/Ff") or 0)
    hidden = int(annotation.get("/F", 0)) & (_HIDDEN | _NO_VIEW)
    if kind is None or len(rect) != 4 or hidden or (kind == "button" and flags & _PUSH_BUTTON):
        return None
    box = Box(min(rect[0], rect[2]), min(rect[1], rect[3]), max(rect[0], rect[2]), max(rect[1], rect[3]))
    value = _inherited(chain, "/V")
    return Widget(name=_name(chain), kind=kind, box=box, **_state(kind, annotation, value))


def _state(kind: str, annotation: DictionaryObject, value: Any) -> dict[str, Any]:
    """Return what the widget says, by its kind."""
    if kind == "signature":
        return {"signed": isinstance(value, DictionaryObject) and "/Contents" in value}
    if kind == "button":
        export = _export(annotation)
        state = annotation.get("/AS", value)
        on = state is not None and str(state) != "/Off" and export in {None, str(state).removeprefix("/")}
        return {"on": on, "export": export, "value": _plain(value)}
    return {"value": _plain(value)}


def _export(annotation: DictionaryObject) -> str | None:
    """Return the name of a button's state other than off."""
    looks = _resolved(annotation, "/AP")
    normal = _resolved(looks, "/N") if isinstance(looks, DictionaryObject) else None
    states = [name for name in normal if name != "/Off"] if isinstance(normal, DictionaryObject) else []
    return str(states[0]).removeprefix("/") if states else None


def _plain(value: Any) -> str | None:
    """Return a field's value as text; several choices one below the other."""
    if value is None:
        return None
    if isinstance(value, list):
        return "\n".join(str(one.get_object()) for one in value)
    if hasattr(value, "get_data"):
        return bytes(value.get_data()).decode("utf-8", "replace")
    return str(value).removeprefix("/") if type(value).__name__ == "NameObject" else str(value)


def _chain(annotation: DictionaryObject) -> list[DictionaryObject]:
    """Return the widget and the fields it belongs to, innermost first."""
    chain = [annotation]
    while len(chain) < _DEPTH:
        parent = _resolved(chain[-1], "/Parent")
        if not isinstance(parent, DictionaryObject) or any(parent is one for one in chain):
            break
        chain.append(parent)
    return chain


def _name(chain: list[DictionaryObject]) -> str:
    """Return the fully qualified name (ISO 32000-1, 12.7.3.2)."""
    parts = [str(field["/T"]) for field in reversed(chain) if "/T" in field]
    return ".".join(parts)


def _inherited(chain: list[DictionaryObject], key: str) -> Any:
    """Return the nearest value of *key*, which a field takes from those above it."""
    return next((_resolved(field, key) for field in chain if key in field), None)


def _resolved(holder: DictionaryObject, key: str) -> Any:
    """Return the object behind *key*, or None."""
    found = holder.get(key)
    return None if found is None else found.get_object()
