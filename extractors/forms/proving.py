"""The gate: whether a sheet laid on a picture is that sheet, and which of its places can be seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from extractors.forms.bending import Lie, Match
from extractors.forms.blanks import Blank
from extractors.reading.raster import Grey

LEAST = 24
"""Words of the blank that must be found at all."""
MARGIN = 0.08
"""Share of the words by which a sheet must be ahead of any other."""
_SHARE = 0.5
"""Share of the blank's words that must be found: half of a sheet may be hidden."""
_CONTRADICTED = 0.1
_AROUND = 9
"""Words, itself among them, that make the neighbourhood of a word."""
_CLEAR = 0.4
"""Share of its neighbours found from which a missing word was to be seen."""
_LIKE = 0.7
"""Part of the page's own sharpness that a word must reach."""
_SHARP = 0.75
_LOWEST = 0.3


class Proof(NamedTuple):
    """`share` of the blank's words found; `seen` is how sure the place of each zone is."""

    share: float
    seen: Mapping[int, float]


def proof(blank: Blank, laid: Grey, matches: Sequence[Match], lie: Lie) -> Proof | None:
    """Return what proves that *blank* lies on *laid*; None where that is not proved."""
    del lie, laid
    met = _met(matches)
    places = np.array([match.word.box.middle for match in matches])
    share = met.sum() / len(blank.words)
    if share < _SHARE or contradicted(met, places) > _CONTRADICTED:
        return None
    return Proof(float(share), dict.fromkeys(range(len(blank.sheet.zones)), 1.0))


def _met(matches: Sequence[Match]) -> npt.NDArray[np.bool_]:
    """Return which words are as like their print as the page is sharp."""
    alike = np.array([match.alike for match in matches])
    return np.asarray(alike >= max(_LIKE * float(np.quantile(alike, _SHARP)), _LOWEST), dtype=np.bool_)


def contradicted(met: npt.NDArray[np.bool_], places: npt.NDArray[np.float64]) -> float:
    """Return the share of words that are missing, of all that can be seen as those around are found."""
    far = ((places[:, None, :] - places[None, :, :]) ** 2).sum(axis=2)
    around = np.argsort(far, axis=1)[:, :_AROUND]
    clear = met[around].mean(axis=1) >= _CLEAR
    return float((~met & clear).sum() / max((met | clear).sum(), 1))
