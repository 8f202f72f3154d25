"""The register of residents asked by a person for the office (*recabar de oficio*), and the case judged anew.

Source: Ley 39/2015, art. 28.2: not where the person opposed. Each question leaves its line in the record.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Literal

from pipeline.acts import Act
from pipeline.corrections.mend import mend
from pipeline.facts import put_together
from pipeline.kept import as_read
from pipeline.life.earlier import with_earlier
from pipeline.reassess import TakenUp, kept
from pipeline.register.consult import Asked, consulted
from pipeline.register.sources import Sources
from pipeline.settings import Settings
from pipeline.steps import assess, route
from pipeline.store import Store
from pipeline.store.events import record
from validators.calendar import Calendars
from validators.consultation import refused

Why = Literal["opposed", "unclear", "none"]


class NotAsked(Exception):  # noqa: N818 - an answer to a person, not an error of the program
    """Nobody was asked: the person `opposed`, it is `unclear` whether one may, or there is `none` to ask."""

    def __init__(self, why: Why) -> None:
        """Say *why*."""
        super().__init__(why)
        self.why: Why = why


def ask(
    store: Store, settings: Settings, calendars: Calendars, taken: TakenUp, act: Act, today: dt.date
) -> None:
    """Ask every source about the people of a case, and keep what it makes of the case.

    Raises:
        NotAsked: the person opposes, or the office has no register to ask.
        Stale: the case changed meanwhile.
    """
    sources, case = Sources(settings.register), mend(as_read(taken.report), taken.rows)
    if not sources.all:
        raise NotAsked("none")
    if why := refused(put_together(case), settings.policy):
        raise NotAsked("opposed" if why == "opposed" else "unclear")
    asked = consulted(case, sources, settings.policy, _audit(store, taken.id, act.at))
    known = with_earlier(asked, store, today, settings.policy, calendars)
    kept(store, settings, taken, (), route(assess(known, settings.policy, calendars)), act)


def _audit(store: Store, case: str, at: dt.datetime) -> Callable[[Asked], None]:
    """Return what keeps a line of each question at once."""

    def audit(asked: Asked) -> None:
        told = {"source": asked.source, "ground": asked.ground, "about": asked.about}
        with store.write() as connection:
            record(connection, case, at, "register-asked", **told, answer=asked.answer, why=asked.why)

    return audit
