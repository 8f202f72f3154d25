"""The last day that a letter gives, once the day of its notification is known, and its count in words."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from pipeline.errors import UsageError
from pipeline.letters.choices import Choices
from pipeline.letters.kinds import Kind
from validators.calendar import Calendars
from validators.deadlines import Extension, Requirement, cure_in_words, cure_limit, signing_limit, where
from validators.facts import Application
from validators.law import version, whole
from validators.policy import Policy
from validators.rules import Law

_SEE = "Compruebe el día y el número del expediente."
_COUNTED: frozenset[Kind] = frozenset({"requirement", "desistimiento", "hearing"})


def notified(
    choices: Choices, kind: Kind, application: Application, policy: Policy, calendars: Calendars
) -> Choices:
    """Return *choices* with the last day that follows from `notified_on`, for the letters that have one.

    A grant's is that to sign. Where it is open whose holidays count the person has the latest day; where a
    calendar is missing there is none.
    """
    on = application.filing.filed_on
    law = Law(on=on, version=version(on), policy=policy, calendars=calendars)
    if choices.notified_on is None:
        return choices
    if kind == "grant":
        limit = signing_limit(choices.notified_on, where(application, calendars), law)
        return replace(choices, last_day=limit.date)
    if kind not in _COUNTED:
        return choices
    asked = Requirement(
        notified_on=choices.notified_on,
        granted_days=_given(choices, kind, on),
        extensions=(Extension(days=choices.longer_by),),
    )
    at = where(application, calendars)
    words = cure_in_words(asked, at, law)
    return replace(
        choices, last_day=cure_limit(asked, at, law).date, counted=words._asdict() if words else {}
    )


def possible(choices: Choices, filed_on: dt.date) -> None:
    """Refuse a day of a notice, or of giving the application up, on which neither can have been.

    Raises:
        UsageError: it lies before the application was filed, or after the day of the letter.
    """
    for day, what in (
        (choices.notified_on, "la notificación"),
        (choices.asked_on, "el desistimiento"),
    ):
        if day is not None and day < filed_on:
            said = f"{what} ({day:%d/%m/%Y}) sería anterior a la solicitud ({filed_on:%d/%m/%Y})"
            raise UsageError(said[:1].upper() + said[1:], _SEE)
        if day is not None and choices.written_on is not None and day > choices.written_on:
            said = f"{what} ({day:%d/%m/%Y}) no ha ocurrido todavía"
            raise UsageError(
                said[:1].upper() + said[1:], "Escriba la carta sin ese día, o espere a que llegue."
            )


def _given(choices: Choices, kind: Kind, on: dt.date) -> int | None:
    """Return the working days that the letter gives, None for those of the law to cure."""
    if kind != "hearing":
        return None
    return choices.hearing_days or whole("ley-39-2015", "hearing_least_working_days", on=on)
