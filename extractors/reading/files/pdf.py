"""A PDF as pages: words, form widgets and a picture of each, with PDFium and pypdf."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from typing import NamedTuple, Self, overload

import numpy as np
import pypdfium2 as pdfium

from extractors.bounds import Bounds
from extractors.lines import Box, Word
from extractors.page import Page, Widget
from extractors.reading import dye, raster
from extractors.reading.files import copies, embedded, scanned
from extractors.reading.layer import agreement, overprint, seen, struck_text, text_layer, widgets
from extractors.reading.layer.content import Content, content, silence
from extractors.reading.layer.frame import Frame, frame
from extractors.reading.layer.pdfium import c
from extractors.reading.paper import sized
from extractors.reading.paper.straighten import Turn
from extractors.reading.refusal import Refused
from extractors.reading.words import ocr

CHECK_DPI = 150
QUICK_DPI = 72
_PICTURES_KEPT = 2
"""Pictures of pages as they came: the last ones as they are read are kept besides (`kept.PICTURES`)."""
_TEXTS_KEPT = 16
_RENEWED = 16
"""Pages after which a file is opened anew: PDFium keeps the bytes of every picture that it has decoded until
then, so that a long scan would be in memory twice."""
_PASSWORD_WANTED = frozenset({c.FPDF_ERR_PASSWORD, c.FPDF_ERR_SECURITY})


class PdfPages(Sequence[Page]):
    """The pages of an open PDF, each read when it is first asked for. Close it when done."""

    def __init__(self, data: bytes, bounds: Bounds) -> None:
        self._data = data
        self._bounds = bounds
        self._pdf = opened(data)
        self._read: dict[int, Page] = {}
        self._letters: dict[int, int] = {}
        self._drawn = lru_cache(_PICTURES_KEPT)(self._picture)
        self._scan = lru_cache(1)(self._own)
        self._seconds = lru_cache(_TEXTS_KEPT)(self._second)
        if len(self._pdf) > bounds.pages:
            raise Refused("too-many-pages")
        if len(self._pdf) == 0:
            raise Refused("corrupt")
        form = self._opened_form()
        self._form = form or widgets.NO_FORM
        self._by_eye = form is None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give the memory back; pictures can no longer be drawn."""
        self._drawn.cache_clear()
        self._scan.cache_clear()
        self._pdf.close()

    def __len__(self) -> int:
        return len(self._pdf)

    @overload
    def __getitem__(self, index: int) -> Page: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Page]: ...
    def __getitem__(self, index: int | slice) -> Page | Sequence[Page]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        if not -len(self) <= index < len(self):
            raise IndexError(index)
        at = index % len(self)
        if at not in self._read:
            if len(self._read) % _RENEWED == _RENEWED - 1:
                self._renew()
            self._read[at] = self._page(at)
        return self._read[at]

    @property
    def xfa(self) -> bool:
        """Whether the form is one of XFA."""
        return self._form.xfa

    def _renew(self) -> None:
        """Open the file anew; what was read of it stays."""
        self._pdf.close()
        self._pdf = opened(self._data)
        if c.FPDF_GetFormType(self._pdf.raw) != c.FORMTYPE_NONE:
            self._pdf.init_forms()

    def _opened_form(self) -> widgets.Form | None:
        """Return the form, and make ready to draw its fields; None where there is one nobody can read."""
        if c.FPDF_GetFormType(self._pdf.raw) == c.FORMTYPE_NONE:
            return widgets.NO_FORM
        self._pdf.init_forms()
        for source in (lambda: self._data, lambda: copies.mend(self._data)):
            try:
                return widgets.form(source())
            except MemoryError:
                raise
            except Exception:  # noqa: BLE001, S112 - the library raises anything on odd forms
                continue
        return None

    def _page(self, at: int) -> Page:
        """Read page *at*, counted from 0; text that was set sideways is turned upright first."""
        sheet, drawn, layer = self._layer(at)
        if not layer.quarters:
            return self._read_page(_Sheet(at, 0, sheet), drawn, layer.words)
        upright, drawn, layer = self._layer(at, layer.quarters)
        turn = Turn((upright.turns - sheet.turns) % 4, 0.0, upright.width, upright.height)
        page = self._read_page(_Sheet(at, turn.quarters, upright), drawn, layer.words)
        as_filed = partial(_turned_back, turn, page.as_filed)
        return replace(page, as_filed=as_filed, filed=(sheet.width, sheet.height), spread=None)

    def _layer(self, at: int, quarters: int = 0) -> tuple[Frame, Content, text_layer.Layer]:
        """Return what PDFium says of page *at*, seen after some more quarter turns."""
        page = self._pdf[at]
        try:
            sheet = frame(page).turned(quarters)
            drawn = content(page, sheet)
            self._refuse_floods(drawn)
            layer = text_layer.layer(page, sheet, most=self._bounds.page_letters, hidden=not drawn.hidden)
            self._refuse_endless_text(at, layer)
            return sheet, drawn, layer
        finally:
            page.close()

    def _read_page(self, sheet: _Sheet, drawn: Content, words: tuple[Word, ...]) -> Page:
        """Return a page by its text layer if that says what is seen, else by OCR.

        So is a form whose fields cannot be read: without them a filled one would pass for a blank one.
        """
        whole = self._scan(sheet.at, sheet.quarters)
        picture = whole or self._draw(sheet.at, sheet.quarters, QUICK_DPI)
        shown: tuple[Word, ...] = ()
        hidden = sheet.at in self._form.masked
        struck = drawn.unseen or self._crossed(sheet)
        if whole is None and words and not self._by_eye and text_layer.legible(words):
            bare = self._draw(sheet.at, sheet.quarters, QUICK_DPI, text=False)
            shown = seen.visible(words, picture, bare)
            hidden |= seen.covered(words, shown, drawn, Box(0, 0, sheet.frame.width, sheet.frame.height))
            lines = self._draw(sheet.at, sheet.quarters, struck_text.DPI, text=False)
            through = struck_text.struck(shown, lines, drawn.above)
            shown, struck = struck_text.doubted(shown, through), struck or any(through)
        page = self._shown(sheet, drawn, overprint.single(shown), picture)
        return replace(page, hidden=hidden, struck=struck) if hidden or struck else page

    def _crossed(self, sheet: _Sheet) -> bool:
        """Whether a line of the page itself goes through what a form field holds."""
        fields = self._form.on(sheet.at, sheet.frame)
        if not any(field.value for field in fields):
            return False
        bare = self._draw(sheet.at, sheet.quarters, struck_text.DPI, text=False, fields=False)
        return struck_text.crossed(fields, bare)

    def _shown(self, sheet: _Sheet, drawn: Content, clear: tuple[Word, ...], picture: raster.Raster) -> Page:
        """Return a page of the words that are seen on it, completed by OCR where it shows much more."""
        form = self._form.on(sheet.at, sheet.frame)
        if seen.needs_ocr(picture, drawn, clear, form):
            draw = partial(self._drawn, sheet.at, sheet.quarters, ocr.DPI)
            least = 1 if drawn.noted else seen.MANY_NEW
            clear = agreement.doubted(clear, partial(self._seconds, sheet))
            scan = scanned.page(sheet.at + 1, draw, self._bounds.wall_seconds, clear, form, least)
            return scan or self._digital(sheet, drawn, clear, form)
        return self._digital(sheet, drawn, clear, form)

    def _refuse_floods(self, drawn: Content) -> None:
        """Refuse a page with an image that would fill the memory when it is decoded."""
        for image in drawn.images:
            if image.columns * image.rows > self._bounds.pixels or max(image[1:]) > self._bounds.side:
                raise Refused("image-too-large")

    def _refuse_endless_text(self, at: int, layer: text_layer.Layer) -> None:
        """Refuse a file whose pages have more text than anybody writes."""
        self._letters[at] = layer.letters
        if sum(self._letters.values()) > self._bounds.letters:
            raise Refused("too-large")

    def _digital(
        self, sheet: _Sheet, drawn: Content, words: tuple[Word, ...], form: tuple[Widget, ...]
    ) -> Page:
        """Return a page as its text layer says it."""
        return Page(
            number=sheet.at + 1,
            width=sheet.frame.width,
            height=sheet.frame.height,
            words=words,
            reader="text",
            picture=partial(self._drawn, sheet.at, sheet.quarters, CHECK_DPI),
            widgets=form,
            pictures=tuple(image.box for image in drawn.images),
            second_words=partial(self._seconds, sheet),
        )

    def _picture(self, at: int, quarters: int, dpi: int) -> raster.Raster:
        """Return page *at* to be read: a scan by its own pixels, anything else drawn, in colour."""
        whole = self._scan(at, quarters) if dpi == ocr.DPI else None
        return whole or self._draw(at, quarters, dpi, colour=True)

    def _own(self, at: int, quarters: int) -> raster.Raster | None:
        """Return page *at* by its own pixels, at a size to be read; None where it is not just a scan."""
        page = self._pdf[at]
        try:
            sheet = frame(page).turned(quarters)
            pixels = embedded.pixels(page, sheet, sized.MOST)
        finally:
            page.close()
        if pixels is None or not embedded.plain(self._data, at).holds(pixels):
            return None
        return sized.raster(np.rot90(pixels, -sheet.turns), (sheet.width, sheet.height))

    def _draw(
        self,
        at: int,
        quarters: int,
        dpi: int,
        *,
        text: bool = True,
        fields: bool = True,
        colour: bool = False,
    ) -> raster.Raster:
        """Draw page *at* with its annotations and form fields, after so many more quarter turns."""
        page = self._pdf[at]
        try:
            if not text:
                silence(page)
            width, height = page.get_size()
            wanted = dpi * raster.inches(max(width, height)) * 72 / max(width, height)
            most = min(self._bounds.pixels, sized.MOST)
            scale = raster.scale_for(width, height, wanted, most, self._bounds.side)
            drawn = page.render(
                scale=scale, rotation=90 * quarters, grayscale=not colour, may_draw_forms=fields
            ).to_numpy()
            if colour:
                return dye.raster(drawn, scale)
            return raster.Raster(grey=drawn.reshape(drawn.shape[:2]).copy(), scale=scale)
        finally:
            page.close()

    def _second(self, sheet: _Sheet) -> tuple[Word, ...]:
        """Return the words of a page as pdfplumber reads them."""
        from extractors.reading.layer import second  # noqa: PLC0415 - pdfminer is slow to import and rarely asked

        turn = Turn(sheet.quarters, 0.0, sheet.frame.width, sheet.frame.height)
        found = second.words(self._data, sheet.at)
        return tuple(w._replace(box=turn.there(w.box)) for w in found) if turn.quarters else found


def _turned_back(turn: Turn, inner: Callable[[Box], Box] | None, box: Box) -> Box:
    """Return where *box* of a page that was turned, then perhaps levelled, stands on the page as filed."""
    return turn.back(inner(box) if inner is not None else box)


class _Sheet(NamedTuple):
    """One page, counted from 0, as it is read: turned clockwise by *quarters* from how it is shown."""

    at: int
    quarters: int
    frame: Frame


def pages(data: bytes, bounds: Bounds | None = None) -> PdfPages:
    """Open a PDF and return its pages.

    Raises:
        Refused: `encrypted`, `corrupt` or `too-many-pages`.
    """
    return PdfPages(data, bounds or Bounds())


def opened(data: bytes) -> pdfium.PdfDocument:
    """Open *data*, trying no password but the empty one."""
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        locked = error.err_code in _PASSWORD_WANTED and b"/Encrypt" in data  # it says so of empty papers too
        raise Refused("encrypted" if locked else "corrupt") from None
