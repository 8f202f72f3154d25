"""Numbers as people of a language write them: 1.234, 12,5 %, +3."""

from __future__ import annotations

from fractions import Fraction

from pipeline.figures.compare import Pair, Share

NARROW = "\N{NO-BREAK SPACE}"
_MINUS = "\N{MINUS SIGN}"
_ENGLISH = "en"


class Numbers:
    """The numbers of one language."""

    def __init__(self, language: str) -> None:
        self._english = language == _ENGLISH

    def whole(self, value: int) -> str:
        """Return a whole number, its thousands apart."""
        return self._local(f"{value:,}")

    def part(self, value: Fraction) -> str:
        """Return a number with one place after the comma, none where it is whole."""
        rounded = round(float(value), 1)
        return self._local(f"{rounded:,.0f}" if rounded.is_integer() else f"{rounded:,.1f}")

    def percent(self, share: Share | Fraction | None) -> str:
        """Return a share in hundredths, a dash for that of nothing."""
        value = share.now if isinstance(share, Share) else share
        if value is None:
            return "-"
        return self.part(value * 100) + ("%" if self._english else f"{NARROW}%")

    def change(self, value: int | Fraction) -> str:
        """Return by how much something rose or fell."""
        told = self.part(value) if isinstance(value, Fraction) else self.whole(value)
        if told in {"0", "-0"}:
            return "0"
        return f"+{told}" if value > 0 else told.replace("-", _MINUS)

    def pair(self, pair: Pair) -> str:
        """Return by how much a figure rose."""
        return self.change(pair.change)

    def points(self, share: Share) -> str | None:
        """Return by how many hundredths a share rose, None where one of the two is of nothing."""
        if share.now is None or share.before is None:
            return None
        return self.change((share.now - share.before) * 100)

    def _local(self, told: str) -> str:
        """Return a number as this language writes it."""
        return told if self._english else told.translate(str.maketrans(",.", ".,"))
