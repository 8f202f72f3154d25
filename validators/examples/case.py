"""One example: what it tells, what must follow, and the words in which it is written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from validators.examples.expected import APPLIES, Expected
from validators.facts import Application
from validators.policy import Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class Reckoning:
    """One calculation that an example asks for, by its name, with the arguments that the example gives."""

    name: str
    arguments: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A case of the law. `title` is Spanish; `text` is the example as its file spells it.

    `worked` is its number among the worked examples of docs/law.md 4.3. `queue` is None where the example
    does not say which proposal follows. `articles` are those that rules must quote. `result` is what the
    file says of the judgement's other parts, or of the one calculation that is asked for.
    """

    title: str
    file: str
    line: int
    text: str = field(repr=False)
    application: Application = field(repr=False)
    expected: Expected = field(repr=False)
    articles: Mapping[str, str] = field(default_factory=dict, repr=False)
    policy: Policy = field(default_factory=Policy, repr=False)
    queue: Literal["approve", "cure", "review", "refer", "refuse"] | None = None
    worked: int | None = None
    reckoning: Reckoning | None = None
    result: Any = None

    @property
    def filed_on(self) -> dt.date:
        """The day whose law applies."""
        return self.application.filing.filed_on

    def fires(self, rule: str) -> bool:
        """Whether a rule speaks in this example."""
        return any(self.expected.get(rule, {}).values())

    def silent(self, rule: str) -> bool:
        """Whether this example says that a rule has nothing to say."""
        return rule in self.expected and not self.fires(rule)

    def applies(self, rule: str) -> bool:
        """Whether a rule fixes a date or an amount of this example."""
        return any(APPLIES in said for said in self.expected.get(rule, {}).values())
