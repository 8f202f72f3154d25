"""Whose days off count for an application: its place, and the seat of the body that resolves (art. 30.6)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from validators.calendar import STATE, Calendars, Year
from validators.facts import Application, Procedure
from validators.places import STATE_ONLY, places
from validators.provinces import province_of, province_of_postal_code, slug_of

REGISTER = "register"
"""The calendar that an e-register publishes for itself, where an office loaded it (art. 31.3)."""
MADRID = "madrid"
"""The seat: State, Community and the two days of the city itself, which are not those of other towns."""
_SEATS: Mapping[Procedure, tuple[str, ...]] = MappingProxyType(
    # the Director of INGESA resolves in Madrid; the INSS in the province itself
    {"convenio_especial": (MADRID,)}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """The places of an application, several where the papers do not tell, and the seat of its body.

    `unknown` names a province whose own calendar is not at hand: only the days of the State are known.
    `register` tells that it was filed through a register whose own calendar was loaded.
    """

    places: tuple[str, ...]
    seat: tuple[str, ...] = ()
    unknown: str | None = None
    register: bool = False

    def by_place(self) -> tuple[tuple[str, ...], ...]:
        """Return the calendars that may count, by the place alone."""
        return tuple(_named(place) for place in self.places)

    def by_seat(self) -> tuple[tuple[str, ...], ...]:
        """Return the calendars that may count, by the place together with the seat."""
        return tuple((*_named(place), *self.seat) for place in self.places)

    def every(self) -> tuple[tuple[str, ...], ...]:
        """Return all calendars that may count, each once."""
        return tuple(dict.fromkeys((*self.by_place(), *self.by_seat())))

    def of_the_person(self) -> tuple[tuple[str, ...], ...]:
        """Return the calendars that may count for the person: the register's own too (art. 31.3)."""
        return (*self.every(), (REGISTER,)) if self.register else self.every()

    def names(self) -> tuple[str, ...]:
        """Return the places as they are named to people, the whole State first."""
        return (STATE, *(place for place in self.places if place != STATE_ONLY))

    def used(self, calendars: Calendars, years: Iterable[int]) -> tuple[Year, ...]:
        """Return the calendars at hand of these places and this seat in some years."""
        wanted = [(place, year) for year in years for place in (*self.names(), *self.seat)]
        return tuple(calendars.years[key] for key in wanted if key in calendars.years)


def where(application: Application, calendars: Calendars) -> Where:
    """Return the places of *application*; another province counts where its calendar is loaded."""
    found, seat = places(application), _SEATS.get(application.procedure, ())
    year = application.filing.filed_on.year
    register = electronic(application) and (REGISTER, year) in calendars.years
    if STATE_ONLY not in found:
        return Where(places=found, seat=seat, register=register)
    written, code = _province(application)
    own = slug_of(code) if code is not None else STATE_ONLY
    if own != MADRID and (own, year) in calendars.years:
        return Where(places=(own,), seat=seat, register=register)
    return Where(places=found, seat=seat, unknown=written, register=register)


def electronic(application: Application) -> bool:
    """Whether a register's proof of filing lies among the papers."""
    return "filing_receipt" in application.papers


def _province(application: Application) -> tuple[str, str | None]:
    """Return the province of an INSS form as written, or a dash, and its two digits where they are known."""
    for form in application.asistencia:
        if form.province and form.province.value:
            return form.province.value, province_of(form.province.value)
        code = form.address.parts.get("postal_code")
        if code and code.value and province_of_postal_code(code.value):
            return code.value, province_of_postal_code(code.value)
    return "—", None


def _named(place: str) -> tuple[str, ...]:
    """Return the calendar of a place, none of its own where only the State's days are known."""
    return () if place == STATE_ONLY else (place,)
