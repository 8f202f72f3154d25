"""What every letter is written from: the case, the words, the choices, who writes; and the law's figures."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal

from pipeline.letters.addressee import Addressee, request_type
from pipeline.letters.casefile import CaseFile
from pipeline.letters.choices import Choices
from pipeline.letters.heads import Head
from pipeline.letters.render import line
from pipeline.letters.words import Words
from validators.law import amount, figure, figures, whole

CONVENIO, ASISTENCIA = "convenio_especial", "asistencia_sanitaria"
PROCEDURE_ACT = "ley-39-2015"
_TWO_LAWS = re.compile(r"(.+?) \((.+)\)")
"""An article and, in brackets, the one that held before Ley 39/2015."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """One letter in one language, while it is written. Figures are those of the filing date."""

    file: CaseFile
    words: Words
    choices: Choices
    head: Head
    to: Addressee

    def say(self, name: str, /, **values: object) -> str:
        """Return a sentence with its braces filled in."""
        return self.words.say(name, **values)

    @property
    def filed_on(self) -> str:
        """The filing date in words."""
        return self.words.day(self.file.filed_on)

    @property
    def person(self) -> str:
        """The name of the person the case is about, or what stands where it is to be written."""
        return self.to.name or self.say("blank.person")

    @property
    def office(self) -> str:
        """What people call the office, its code by default, or a dash."""
        return line(self.head.name) or self.file.office or "—"

    @property
    def procedure(self) -> str:
        """The procedure's slug, of those that the words know."""
        known = self.words.has(f"procedures.{self.file.procedure}")
        return self.file.procedure if known else "unknown"

    @property
    def body(self) -> str:
        """The body that decides."""
        return self.head.body or self.say(f"bodies.{self.procedure}")

    @property
    def request(self) -> str:
        """What a convenio's application asks for, empty if unsure."""
        return request_type(self.file)

    @property
    def before_2016(self) -> bool:
        """Whether the procedure began under Ley 30/1992 (Ley 39/2015, third transitional provision)."""
        return figure(PROCEDURE_ACT, "saturday_works", on=self.file.filed_on) is True

    def day(self, day: dt.date | None) -> str:
        """Return a date in words, or what stands where it is to be written."""
        return self.words.day(day) if day else self.say("blank.day")

    def whole(self, act: str, name: str) -> int:
        """Return a figure of the law."""
        return whole(act, name, on=self.file.filed_on)

    def count(self, unit: str, act: str, name: str) -> str:
        """Return a figure of the law as a number of things."""
        return self.words.count(unit, self.whole(act, name))

    def money(self, act: str, name: str) -> str:
        """Return an amount of the law."""
        return self.cash(amount(act, name, on=self.file.filed_on))

    def cash(self, euros: Decimal) -> str:
        """Return an amount of euros."""
        return self.words.money(euros)

    def since(self, act: str, name: str) -> dt.date:
        """Return the day from which the newest value of a figure holds."""
        return figures(act)[name].values[-1][0]

    def article(self, act: str, name: str) -> str:
        """Return the article of a figure: of the law that applied on the filing date."""
        article = figures(act)[name].article
        both = _TWO_LAWS.fullmatch(article)
        if both:
            article = both[2] if self.before_2016 else both[1]
        return self.words.cite(article)
