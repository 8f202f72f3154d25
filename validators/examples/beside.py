"""What lies beside the records of the papers: the filing, mentions, flags, absences, other sources."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, get_type_hints

from validators.examples.bundle import Bundle, listed, mention
from validators.examples.records import record
from validators.examples.values import Entry, date, fact, value
from validators.facts import Absence, Filing, Unreadable
from validators.facts.register import RegisterAnswer


def beside(case: Bundle) -> dict[str, Any]:
    """Return the records of the papers, and what lies beside: other papers, mentions and flags."""
    said = case.said
    for kind, number in said.get("papers", {}).items():
        for one in number if isinstance(number, list) else [None] * number:
            case.page(kind, one)
    mentions = [*case.mentions, *(mention(raw, "d1") for raw in listed(said, "mentions"))]
    records = {name: tuple(made) for name, made in case.records.items()}
    return {
        **records,
        "papers": {kind: tuple(documents) for kind, documents in case.papers.items()},
        "mentions": tuple(mentions),
        "flags": (*case.flags, *(("d1", flag) for flag in listed(said, "flags"))),
    }


def absences(case: Bundle) -> Iterator[Absence]:
    """Yield the stays abroad that one statement declares."""
    stated = listed(case.said, "absences")
    page = case.page("absence_statement") if stated else case.on("")
    yield from (record(Absence, one, page, case.people) for one in stated)


def register(case: Bundle) -> Iterator[RegisterAnswer]:
    """Yield the answers of other sources of register data, numbered as the program numbers them."""
    for number, one in enumerate(listed(case.said, "register"), 1):
        page = case.on(f"register-{number}")
        yield record(RegisterAnswer, one, page, case.people, document=page.document)


def unreadable(case: Bundle) -> Iterator[Unreadable]:
    """Yield the members that cannot be read, by their codes."""
    for code in listed(case.said, "unreadable"):
        yield Unreadable(document=case.page("unreadable").document, code=code)


def filing(case: Bundle) -> Filing:
    """Return the filing: told by the office and received that day unless the example says otherwise."""
    said, page = case.said, case.on("d1")
    stated = (
        fact(dt.date, Entry(said, "other_filing_dates", raw), page, "filed_at")
        for raw in listed(said, "other_filing_dates")
    )
    source = Entry(said, "filing_source", said.get("filing_source", "office"))
    received = Entry(said, "received_on", said.get("received_on", case.filed_on))
    return Filing(
        filed_on=case.filed_on,
        source=value(get_type_hints(Filing)["source"], source, page),
        received_on=date(received, case.filed_on),
        stated=tuple(one for one in stated if one is not None),
    )
