"""What registers answered, as it is kept with a case (key `register`) and read back: a replay asks nobody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from pipeline.facts.fields import day, text
from validators.facts import Address, Evidence, Fact, Period, Person, RegisterAnswer

_PERSON = ("first_surname", "second_surname", "given_name", "id_number", "birth_date", "nationality")


def register_report(answers: Iterable[RegisterAnswer]) -> list[dict[str, Any]]:
    """Return the answers as JSON; `person`, `address` and `periods` only where somebody was found."""
    return [_told(answer) for answer in answers]


def _told(answer: RegisterAnswer) -> dict[str, Any]:
    """Return one answer."""
    shown: dict[str, Any] = {
        "id": answer.document,
        "source": answer.source,
        "ground": answer.ground,
        "person": answer.about,
        "answer": answer.answer,
        "why": answer.why,
        "as_of": _plain(answer.as_of),
        "municipalities": list(answer.municipalities),
    }
    if answer.answer == "found":
        named = {name: getattr(answer.person, name) for name in _PERSON}
        shown["confidence"] = _confidence(answer)
        shown["named"] = {name: _plain(fact.value) for name, fact in named.items() if fact}
        shown["address"] = {name: fact.value for name, fact in answer.address.parts.items()}
        shown["periods"] = [_period(period) for period in answer.periods]
    return shown


def _confidence(answer: RegisterAnswer) -> float:
    """Return how sure the register's values are: all alike."""
    surname = answer.person.first_surname
    return surname.confidence if surname else 1.0


def _period(period: Period) -> dict[str, Any]:
    """Return one stay."""
    return {
        "municipality": period.municipality.value,
        "from": _plain(period.since.value),
        "to": _plain(period.until.value),
        "cause_in": period.cause_in,
        "cause_out": period.cause_out,
        "origin": period.origin,
    }


def kept_answers(rows: Iterable[Mapping[str, Any]]) -> tuple[RegisterAnswer, ...]:
    """Return the answers that `register_report` told; the same facts, so the same judgement."""
    return tuple(_answer(row) for row in rows)


def _answer(row: Mapping[str, Any]) -> RegisterAnswer:
    """Return one kept answer."""
    kept = _Kept(row["id"], row.get("confidence", 1.0))
    named = {
        name: kept.fact(day(value) if name == "birth_date" else value, f"person.{name}")
        for name, value in row.get("named", {}).items()
    }
    home = {name: kept.fact(v, f"person.address.{name}") for name, v in row.get("address", {}).items()}
    return RegisterAnswer(
        document=row["id"],
        source=row["source"],
        ground=row["ground"],
        about=row["person"],
        answer=row["answer"],
        why=row.get("why"),
        as_of=day(row.get("as_of")),
        municipalities=tuple(row.get("municipalities", ())),
        person=Person(**named),
        address=Address(parts=home),
        periods=tuple(kept.period(one) for one in row.get("periods", ())),
    )


class _Kept(NamedTuple):
    """The facts of one answer: where they stand, and how sure they are."""

    document: str
    confidence: float

    def fact(self, value: Any, field: str) -> Fact[Any]:
        """Return one value."""
        return Fact(value=value, confidence=self.confidence, evidence=(Evidence(self.document, field),))

    def period(self, told: Mapping[str, Any]) -> Period:
        """Return one stay."""
        return Period(
            municipality=self.fact(text(told["municipality"]), "periods"),
            since=self.fact(day(told["from"]), "periods"),
            until=self.fact(day(told["to"]), "periods"),
            cause_in=told["cause_in"],
            cause_out=told["cause_out"],
            origin=told["origin"],
        )


def _plain(value: object) -> object:
    """Return a date as ISO text, anything else as it is."""
    return value.isoformat() if isinstance(value, dt.date) else value
