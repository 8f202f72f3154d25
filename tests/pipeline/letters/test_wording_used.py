"""No sentence stands in the words that no letter says."""

import contextlib
import datetime as dt

from pipeline.errors import UsageError
from pipeline.letters.casefile import case_file
from pipeline.letters.choices import Choices
from pipeline.letters.compose import letter
from pipeline.letters.grounds import _brought
from pipeline.letters.heads import Head
from pipeline.letters.kinds import KINDS
from pipeline.letters.words import Words, words

DAY = dt.date(2026, 12, 1)
CHOICES = (
    Choices(written_on=DAY),
    Choices(written_on=DAY, notified_on=DAY),
    Choices(written_on=DAY, notified_on=DAY, last_day=DAY, added=("x",), decided_by="P", decided_on=DAY),
)


def reports(told, found, read):
    """Yield cases that differ in what a letter says of them."""
    for procedure in ("convenio_especial", "asistencia_sanitaria", "unknown"):
        base = told("convenio_especial" if procedure == "unknown" else procedure) | {"procedure": procedure}
        yield base
        yield base | {"filed_on": "2016-09-30", "documents": []}
        yield base | {"deadlines": base["deadlines"] | {"provisional": True}}
        odd = [found("CE-X", outcome, es="Le toca a otro.") for outcome in ("cure", "refer", "not_met")]
        people = [found("AS-X", "cure", person=f"beneficiary-{n}") for n in (1, 9)]
        yield base | {"findings": [*base["findings"], *odd, *people]}
        base["documents"][0]["fields"] |= {"a": read(1, page=1), "b": read(1, page=2)}
        seen = [
            found("CE-X", "cure", es=place, evidence=[("d1", name) for name in place])
            for place in ("ab", "c")
        ]
        yield base | {"findings": [*seen, found("CE-Y", "met")]}
        yield base | {"findings": [found(rule, "cure") for rule in _brought()]}
    form = told("asistencia_sanitaria", findings=[])
    related = ("spouse", "partner", "ex_spouse", "child", "ward", "sibling", "cousin")
    form["documents"][0]["fields"] |= {
        "beneficiaries": read([{"relationship": one} for one in related]),
        "representative.given_name": read("Ola", confidence=0.1),
        "opposes_queries": read(True),
    }
    yield form
    yield form | {"findings": [found("AS-X", "cure")]}


def test_every_sentence_is_said_somewhere(told, found, read, monkeypatch):
    """A sentence that nobody hears is never translated in vain."""
    said, say = set(), Words.say

    def heard(self, name, /, **values):
        said.add(name)
        return say(self, name, **values)

    monkeypatch.setattr(Words, "say", heard)
    head = Head(phone="956 000 000")
    for report in reports(told, found, read):
        file = case_file(report)
        for kind in KINDS:
            for choices in CHOICES:
                with contextlib.suppress(UsageError):  # a letter that this case does not carry
                    letter(file, kind, choices=choices, head=head)

    unsaid = {name for name in words("es").sentences if name not in said and not name.startswith("units.")}
    assert unsaid == set()
