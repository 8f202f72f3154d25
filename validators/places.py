"""The place of an application: whose holidays count for it (Ley 39/2015, art. 30.6)."""

from __future__ import annotations

from collections.abc import Iterator

from validators.facts import Application
from validators.identity import name_parts

CITIES = ("ceuta", "melilla")
STATE_ONLY = "elsewhere"
"""Stands for a place whose calendar is not shipped: only the days of the whole State are known."""
_OFFICES = {"CEU": "ceuta", "MEL": "melilla"}
_POSTAL = {"51": "ceuta", "52": "melilla"}


def places(application: Application) -> tuple[str, ...]:
    """Return the places whose calendars may count, one where the papers tell.

    A convenio that names neither city may be of either; an INSS case elsewhere has the State's days.
    """
    named = next(_named(application), None)
    if named:
        return (named,)
    return CITIES if application.procedure == "convenio_especial" else (STATE_ONLY,)


def _named(application: Application) -> Iterator[str]:
    """Yield the city that each paper names, the strongest first."""
    for form in application.convenio:
        yield from _city(form.territorial_office.value if form.territorial_office else None)
    if application.office and application.office[:3].upper() in _OFFICES:
        yield _OFFICES[application.office[:3].upper()]
    for request in application.asistencia:
        yield from _city(request.province.value if request.province else None)
        code = request.address.parts.get("postal_code")
        if code and code.value and code.value[:2] in _POSTAL:
            yield _POSTAL[code.value[:2]]
    for registration in application.registrations:
        yield from _city(registration.municipality.value if registration.municipality else None)


def _city(text: str | None) -> Iterator[str]:
    """Yield the city that *text* names, if it does."""
    words = name_parts(text)
    yield from (city for city in CITIES if city in words)
