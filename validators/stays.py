"""The applicant's stays in municipal registers, put together from every certificate about them.

The same stay seen in two certificates counts once; where two certificates differ, the other reading
is kept as an alternative, and the rules ask whether it would change the answer.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from validators.facts import Application, Fact, Period, Person, Registration
from validators.identity import Match, person_of, same_person
from validators.numbers import plain
from validators.once import once
from validators.towns import same_town


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """One stay: `until` None is still open on `certified_on`, the newest issue date that shows it.

    `presumed` marks an end that no paper gives: the certificate was issued before the person
    registered elsewhere, and says nothing of what came after its own date.
    """

    town: str
    since: dt.date
    until: dt.date | None
    cause_in: str | None
    cause_out: str | None
    origin: str | None
    certified_on: dt.date | None
    town_fact: Fact[str]
    since_fact: Fact[dt.date]
    until_fact: Fact[dt.date]
    presumed: bool = False
    alternatives: tuple[Stay, ...] = ()

    @property
    def end(self) -> dt.date:
        """The last day, or the last day of all time where the stay is open."""
        return self.until or dt.date.max

    @property
    def facts(self) -> tuple[Fact[Any], ...]:
        """The three facts that the stay stands on."""
        return (self.town_fact, self.since_fact, self.until_fact)

    @property
    def key(self) -> tuple[Any, ...]:
        """A total order of stays that does not depend on the order of the papers."""
        causes = (str(self.cause_in), str(self.cause_out), str(self.origin))
        facts = (repr(fact) for fact in self.facts)
        return (self.since, self.end, self.town, str(self.certified_on), *causes, *facts)


@once
def match(application: Application, person: Person) -> Match:
    """Return whether *person* is the applicant, by the form's number or that of their own identity paper."""
    answers = [same_person(person, known) for known in _by_each_number(application)]
    return next((m for m in ("same", "unsure") if m in answers), "different")


@once
def _by_each_number(application: Application) -> tuple[Person, ...]:
    """Return the applicant with the form's number, and once more with that of each paper of their own."""
    applicant = application.applicant
    cards = map(person_of, application.identities)
    numbers = [c.id_number for c in cards if same_person(c, applicant) == "same" and c.id_number]
    return (applicant, *(replace(applicant, id_number=number) for number in numbers))


@once
def registered_as(application: Application, person: Person) -> Match:
    """Return whether a register's *person* is the applicant; a number that is not theirs is a doubt.

    A certificate under an old passport number (docs/law.md 4.3, example 50) agrees in name and birth;
    whether the number was ever the applicant's is for a person to see.
    """
    found = match(application, person)
    number = person.id_number.value if person.id_number else None
    if found != "same" or number is None:
        return found
    cards = (c.number for c in application.identities if match(application, person_of(c)) == "same")
    permits = (p.number for p in application.permits if match(application, p.person) == "same")
    known = (application.applicant.id_number, *cards, *permits)
    return found if any(k and k.value and plain(k.value) == plain(number) for k in known) else "unsure"


@once
def certificates(application: Application) -> tuple[Registration, ...]:
    """Return the certificates about the applicant, certainly or perhaps; volantes prove nothing."""
    return tuple(
        r for r in application.registrations if r.official and match(application, r.person) != "different"
    )


@once
def stays(registrations: Iterable[Registration]) -> tuple[Stay, ...]:
    """Return the stays with a known beginning, oldest first, each once."""
    found: list[Stay] = []
    for stay in sorted(_ended(list(_each(registrations))), key=lambda s: s.key):
        for place, known in enumerate(found):
            if same_town(known.town, stay.town) and _one(known, stay):
                found[place] = _merged(known, stay)
                break
        else:
            found.append(stay)
    return tuple(sorted(found, key=lambda s: s.key))


def _one(known: Stay, stay: Stay) -> bool:
    """Whether *stay* is *known* seen again: the same beginning, or wholly inside it."""
    return stay.since == known.since or (stay.since < known.end and stay.end <= known.end)


def undated(registrations: Iterable[Registration]) -> Iterator[Period]:
    """Yield the stays whose beginning is not known."""
    for registration in registrations:
        yield from (p for p in registration.periods if p.since.value is None)


def _each(registrations: Iterable[Registration]) -> Iterator[Stay]:
    """Yield every dated stay of every certificate, with what another reading of its dates would be."""
    for registration in registrations:
        issued = registration.issued_on.value if registration.issued_on else None
        for period in registration.periods:
            if period.since.value is not None:
                yield _stay(period, period.since.value, issued)


def _stay(period: Period, since: dt.date, issued: dt.date | None) -> Stay:
    """Return a stay as its certificate shows it."""
    stay = Stay(
        town=period.municipality.value or "",
        since=since,
        until=period.until.value,
        cause_in=period.cause_in,
        cause_out=period.cause_out,
        origin=period.origin,
        certified_on=issued,
        town_fact=period.municipality,
        since_fact=period.since,
        until_fact=period.until,
    )
    others = (
        *(replace(stay, since=other) for other in period.since.others),
        *(replace(stay, until=other) for other in period.until.others),
        *(replace(stay, town=other) for other in period.municipality.others),
    )
    return replace(stay, alternatives=others)


def _ended(found: list[Stay]) -> Iterator[Stay]:
    """Yield the stays; one open in an old certificate ends with it if a stay elsewhere began after."""
    for stay in found:
        moved = (
            stay.until is None
            and stay.certified_on is not None
            and any(
                other.since > max(stay.certified_on, stay.since) and not same_town(other.town, stay.town)
                for other in found
            )
        )
        end = max(stay.certified_on or stay.since, stay.since)
        yield replace(stay, until=end, presumed=True) if moved else stay


def _merged(known: Stay, stay: Stay) -> Stay:
    """Return one stay for two certificates of one municipality; *known* begins first or on the same day."""
    same = known.since == stay.since
    ending = _ending(known, stay)
    doubts = [] if same else [replace(stay, alternatives=())]
    other = stay if ending is known else known
    if _contradict(known, stay):
        doubts.append(replace(known, until=other.until, cause_out=other.cause_out, alternatives=()))
    elif same and _reasons(known) != _reasons(stay):
        doubts += [replace(s, until=ending.until, alternatives=()) for s in (known, stay) if not s.presumed]
    return replace(
        known,
        until=ending.until,
        presumed=ending.presumed,
        cause_out=ending.cause_out or (other.cause_out if other.until == ending.until else None),
        cause_in=known.cause_in or (stay.cause_in if same else None),
        origin=known.origin or (stay.origin if same else None),
        certified_on=max((d for d in (known.certified_on, stay.certified_on) if d), default=None),
        since_fact=_surer(known.since_fact, stay.since_fact) if same else known.since_fact,
        until_fact=_surer(ending.until_fact, known.until_fact, stay.until_fact),
        town_fact=_surer(known.town_fact, stay.town_fact),
        alternatives=(*known.alternatives, *stay.alternatives, *doubts),
    )


def _ending(known: Stay, stay: Stay) -> Stay:
    """Return the one whose end counts: told before presumed, closed before open, later before earlier."""
    told = [s for s in (known, stay) if not s.presumed] or [known, stay]
    return max([s for s in told if s.until is not None] or told, key=lambda s: s.end)


def _reasons(stay: Stay) -> tuple[str | None, ...]:
    """Return why a stay began and ended, and where the person came from."""
    return (stay.cause_in, stay.cause_out, stay.origin)


def _contradict(known: Stay, stay: Stay) -> bool:
    """Whether two certificates tell different ends and the newer one does not simply know more."""
    if known.until == stay.until or known.presumed or stay.presumed:
        return False
    if known.until is not None and stay.until is not None:
        return True
    open_one, closed = (known, stay) if known.until is None else (stay, known)
    return open_one.certified_on is None or open_one.certified_on > closed.end


def _surer(first: Fact[Any], *others: Fact[Any]) -> Fact[Any]:
    """Return the surest of the facts that say the same as *first*."""
    return max((first, *(o for o in others if o.value == first.value)), key=lambda f: f.confidence)
