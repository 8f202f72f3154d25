"""A convenio especial that the same person had before, as the office's own record or a paper tells."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from validators.facts.fact import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierConvenio:
    """How an earlier convenio ended. `ended_on` is the first day without it (RD 576/2013, art. 7.2).

    `reason` is a slug: `death`, `requirement_lost`, `own_decision`, `unpaid`, `breach`. A convenio still in
    force, as far as the record knows, has `in_force` true and no end.
    """

    ended_on: Fact[dt.date] | None = None
    reason: Fact[str] | None = None
    in_force: Fact[bool] | None = None
    case: str | None = None
    """The number of its case in the office's record, if it is from there."""
