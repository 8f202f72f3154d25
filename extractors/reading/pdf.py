"""A PDF as pages: words, form widgets and a picture of each, with PDFium and pypdf."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Self, overload

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from extractors.bounds import Bounds
from extractors.page import Page, Word
from extractors.reading import raster, text_layer, widgets
from extractors.reading.frame import frame
from extractors.reading.refusal import Refused

CHECK_DPI = 150
_PICTURES_KEPT = 4
_PASSWORD_WANTED = frozenset({pdfium_c.FPDF_ERR_PASSWORD, pdfium_c.FPDF_ERR_SECURITY})


class PdfPages(Sequence[Page]):
    """The pages of an open PDF, each read when it is first asked for. Close it when done."""

    def __init__(self, data: bytes, bounds: Bounds) -> None:
        self._data = data
        self._bounds = bounds
        self._pdf = _opened(data)
        self._read: dict[int, Page] = {}
        self._drawn = lru_cache(_PICTURES_KEPT)(self._draw)
        if len(self._pdf) > bounds.pages:
            raise Refused("too-many-pages")
        if len(self._pdf) == 0:
            raise Refused("corrupt")
        self._form = self._opened_form()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give the memory back; pictures can no longer be drawn."""
        self._drawn.cache_clear()
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
            self._read[at] = self._page(at)
        return self._read[at]

    def _opened_form(self) -> widgets.Form:
        """Return the form, where there is one, and make ready to draw its fields."""
        if pdfium_c.FPDF_GetFormType(self._pdf.raw) == pdfium_c.FORMTYPE_NONE:
            return widgets.NO_FORM
        self._pdf.init_forms()
        return widgets.form(self._data)

    def _page(self, at: int) -> Page:
        """Read page *at*, counted from 0."""
        page = self._pdf[at]
        try:
            sheet = frame(page)
            return Page(
                number=at + 1,
                width=sheet.width,
                height=sheet.height,
                words=text_layer.words(page, sheet),
                reader="text",
                picture=lambda: self._drawn(at, CHECK_DPI),
                widgets=self._form.on(at, sheet),
                second_words=lambda: self._second(at),
            )
        finally:
            page.close()

    def _draw(self, at: int, dpi: int) -> raster.Raster:
        """Draw page *at* with its annotations and form fields."""
        page = self._pdf[at]
        try:
            width, height = page.get_size()
            scale = raster.scale_for(width, height, dpi, self._bounds.pixels, self._bounds.side)
            bitmap = page.render(scale=scale, grayscale=True)
            grey = bitmap.to_numpy()
            return raster.Raster(grey=grey.reshape(grey.shape[:2]).copy(), scale=scale)
        finally:
            page.close()

    def _second(self, at: int) -> tuple[Word, ...]:
        """Return the words of page *at* as pdfplumber reads them."""
        from extractors.reading import second  # noqa: PLC0415 - pdfminer is slow to import and rarely asked

        return second.words(self._data, at)


def pages(data: bytes, bounds: Bounds | None = None) -> PdfPages:
    """Open a PDF and return its pages.

    Raises:
        Refused: `encrypted`, `corrupt` or `too-many-pages`.
    """
    return PdfPages(data, bounds or Bounds())


def _opened(data: bytes) -> pdfium.PdfDocument:
    """Open *data*, trying no password but the empty one."""
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError:
        wanted = pdfium_c.FPDF_GetLastError() in _PASSWORD_WANTED
    raise Refused("encrypted" if wanted else "corrupt")
