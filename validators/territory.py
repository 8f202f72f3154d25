"""Where INGESA manages health care: the municipalities and postal codes of Ceuta and Melilla."""

from __future__ import annotations

import datetime as dt

from validators.law import figure
from validators.towns import same_town


def in_territory(town: str, on: dt.date) -> bool:
    """Whether *town* is one of the municipalities of Orden SSI/1475/2014 art. 2.b."""
    return any(same_town(town, name) for name in _list("municipalities", on))


def postal_code_in_territory(code: str, on: dt.date) -> bool:
    """Whether a postal code belongs to the territory."""
    return code.strip()[:2] in _list("postal_provinces", on)


def _list(name: str, on: dt.date) -> list[str]:
    """Return the words of a figure that lists several."""
    return [part.strip() for part in str(figure("ingesa-territory", name, on=on)).split(",")]
