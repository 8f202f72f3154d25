"""The form fields of a PDF (AcroForm), with pikepdf: names, values, and where each stands."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from extractors.lines import Box
from extractors.page import Widget
from extractors.reading.layer.appearance import content, differs
from extractors.reading.layer.frame import Frame

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
    with pikepdf.open(io.BytesIO(data)) as file:
        acro = file.Root.get("/AcroForm")
        if not isinstance(acro, Dictionary):
            return NO_FORM
        chains = {index: [*map(_chain, _annotations(page.obj))] for index, page in enumerate(file.pages)}
        found = {index: tuple(filter(None, map(_widget, here))) for index, here in chains.items()}
        redrawn = bool(acro.get("/NeedAppearances", False))
        masked = frozenset(i for i in found if found[i] and not redrawn and any(map(_shows_other, chains[i])))
        return Form({index: here for index, here in found.items() if here}, "/XFA" in acro, masked)


def _shows_other(chain: list[Dictionary]) -> bool:
    """Whether a field's appearance, or the state of its button, is not that of its value."""
    annotation = chain[0]
    looks = annotation.get("/AP")
    value = _plain(_inherited(chain, "/V"))
    kind = str(_inherited(chain, "/FT"))
    if kind == "/Btn" and value is not None and "/AS" in annotation:
        export = _export(annotation)
        return export is not None and (str(annotation["/AS"]) == f"/{export}") != (value == export)
    if kind != "/Tx" or not isinstance(looks, Dictionary):
        return False
    return differs(looks.get("/N"), value)


def _annotations(page: Dictionary) -> Iterator[Dictionary]:
    """Give the annotations of one page that are widgets."""
    annotations = page.get("/Annots")
    for annotation in annotations if isinstance(annotations, Array) else ():
        if isinstance(annotation, Dictionary) and annotation.get("/Subtype") == Name.Widget:
            yield annotation


def _widget(chain: list[Dictionary]) -> Widget | None:
    """Return one widget with its box in the PDF's space, or None for buttons that only push, or hidden."""
    annotation = chain[0]
    kind = _KINDS.get(str(_inherited(chain, "/FT")))
    rect = [float(n) for n in annotation.get("/Rect", ())]
    flags = int(_inherited(chain, "/Ff") or 0)
    hidden = int(annotation.get("/F", 0)) & (_HIDDEN | _NO_VIEW)
    if kind is None or len(rect) != 4 or hidden or (kind == "button" and flags & _PUSH_BUTTON):
        return None
    box = Box(min(rect[0], rect[2]), min(rect[1], rect[3]), max(rect[0], rect[2]), max(rect[1], rect[3]))
    value = _inherited(chain, "/V")
    return Widget(name=_name(chain), kind=kind, box=box, **_state(kind, annotation, value))


def _state(kind: str, annotation: Dictionary, value: Any) -> dict[str, Any]:
    """Return what the widget says, by its kind."""
    if kind == "signature":
        return {"signed": isinstance(value, Dictionary) and "/Contents" in value}
    if kind == "button":
        export = _export(annotation)
        state = annotation.get("/AS", value)
        on = state is not None and str(state) != "/Off" and export in {None, str(state).removeprefix("/")}
        return {"on": on, "export": export, "value": _plain(value)}
    return {"value": _plain(value)}


def _export(annotation: Dictionary) -> str | None:
    """Return the name of a button's state other than off; nothing, in letters, of one without."""
    looks = annotation.get("/AP")
    normal = looks.get("/N") if isinstance(looks, Dictionary) else None
    if isinstance(normal, Stream):
        return ""
    states = [name for name, _ in normal.items() if name != "/Off"] if isinstance(normal, Dictionary) else []
    return states[0].removeprefix("/") if states else None


def _plain(value: Any) -> str | None:
    """Return a field's value as text; several choices one below the other."""
    if value is None:
        return None
    if isinstance(value, Array):
        return "\n".join(map(str, value.as_list()))
    if isinstance(value, Stream):
        return (content(value) or b"").decode("utf-8", "replace")
    return str(value).removeprefix("/") if isinstance(value, Name) else str(value)


def _chain(annotation: Dictionary) -> list[Dictionary]:
    """Return the widget and the fields it belongs to, innermost first."""
    chain = [annotation]
    while len(chain) < _DEPTH:
        parent = chain[-1].get("/Parent")
        if not isinstance(parent, Dictionary):
            break
        if parent.is_indirect and any(parent.objgen == one.objgen for one in chain):
            break  # what stands within its own child has no number, and no way back
        chain.append(parent)
    return chain


def _name(chain: list[Dictionary]) -> str:
    """Return the fully qualified name (ISO 32000-1, 12.7.3.2)."""
    parts = [str(field["/T"]) for field in reversed(chain) if "/T" in field]
    return ".".join(parts)


def _inherited(chain: list[Dictionary], key: str) -> Any:
    """Return the nearest value of *key*, which a field takes from those above it."""
    return next((field[key] for field in chain if key in field), None)
