"""Pages set by typst as tagged PDF: PDF/A-3a together with PDF/UA-1, the same bytes for the same data.

typst refuses to write a file that breaks one of the two standards as far as it knows them; that is how the
claim is held. A-3 is needed for attachments, `a` and UA for people who do not see the page.
"""

from __future__ import annotations

import ctypes
import datetime as dt
import json
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from pipeline.errors import EnvironmentFault

if TYPE_CHECKING:
    from typst import Fonts

STANDARDS: list[Literal["a-3a", "ua-1"]] = ["a-3a", "ua-1"]
_FONTS = (Path("/usr/share/fonts/truetype/liberation"), Path("/usr/share/fonts/truetype/dejavu"))
_UNUSUAL = re.compile(r"[^\x20-\x7e\xa0-\u024f\u0370-\u03ff\u0400-\u045f\u2010-\u2027\u20ac]")


def typeset(template: str, told: Mapping[str, Any], at: dt.datetime) -> bytes:
    """Return the PDF that *template* makes of *told*, dated *at*.

    *told* reaches the page as JSON, never as markup. Where its `parts` hold a character that no font at hand
    can show, it is printed as its code, as in `[U+4E2D]`.

    Raises:
        EnvironmentFault: typst cannot make the file on this machine.
    """
    from typst import TypstError  # noqa: PLC0415 - only who writes pages pays for it

    try:
        return _compiled(template, told, at)
    except TypstError:
        shown = [json.loads(_shown(json.dumps(part, ensure_ascii=False))) for part in told["parts"]]
    try:
        return _compiled(template, {**told, "parts": shown}, at)
    except TypstError:
        what = f"No se puede componer un PDF ({template})"
        raise EnvironmentFault(what, "apt-get install -y fonts-liberation fonts-dejavu-core") from None


@cache
def _fonts() -> Fonts:
    """Return the two families of Debian and those inside typst; the machine's other fonts are not sought."""
    from typst import Fonts  # noqa: PLC0415

    there = [str(folder) for folder in _FONTS if folder.is_dir()]
    return Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=there)


@cache
def _layout(template: str) -> bytes:
    """Return a page's layout."""
    return files(__package__).joinpath(f"templates/{template}").read_bytes()


def _compiled(template: str, told: Mapping[str, Any], at: dt.datetime) -> bytes:
    """Return the page that the template makes of *told*."""
    import typst  # noqa: PLC0415

    made = typst.compile(
        _layout(template),
        format="pdf",
        font_paths=_fonts(),
        sys_inputs={"told": json.dumps(told, ensure_ascii=False)},
        pdf_standards=list(STANDARDS),
        timestamp=at.replace(microsecond=0),
    )
    assert isinstance(made, bytes)
    _give_back()
    return made


def _give_back() -> None:
    """Return what the compiler freed to the system, where the C library can.

    The holes that its threads leave would grow a worker by 0.06 MB a page; this costs 0.3 ms.
    """
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


def _shown(text: str) -> str:
    """Return *text* with the characters that few fonts have replaced by their codes."""
    return _UNUSUAL.sub(lambda found: f"[U+{ord(found.group()):04X}]", text)
