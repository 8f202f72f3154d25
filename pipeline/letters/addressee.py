"""Whom a letter is for: what the application says and was read surely; the rest is left to be filled in.

What the person said after filing goes before: where notices go (Ley 39/2015, arts. 41.1 and 66.1.b), who acts
for them (art. 5).

A letter with the wrong name or street is worse than one without.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.letters.casefile import CaseFile, Paper
from validators.consultation import OPPOSITION
from validators.policy import Policy

_FORMS = {
    "convenio_especial": ("ce_application", "applicant"),
    "asistencia_sanitaria": ("as_application", "holder"),
}
_NAME = ("given_name", "first_surname", "second_surname")
_STREET = ("street_type", "street_name", "number", "block", "stair", "floor", "door")
_TOWN = ("postal_code", "city")
_NEEDED = ("street_name", "city")
_OTHER = "other_address"
_ON_QUERIES = frozenset({"AS-PAD-01", "CE-DOC-06"})
_WRITTEN = frozenset({OPPOSITION, "remarks"})
"""Where the evidence of those rules stands when the person opposes in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """The person a case is about; what is not sure is empty.

    `represented`: the form names a representative, with whom the case is then dealt (Ley 39/2015, art. 5.1).
    """

    name: str = ""
    number: str = ""
    address: tuple[str, ...] = ()
    represented: bool = False
    representative: str = ""


def addressee(file: CaseFile) -> Addressee:
    """Return the applicant of the convenio, or the holder of the INSS application."""
    kind, who = _FORMS.get(file.procedure, ("", ""))
    forms = file.of_kind(kind)
    elsewhere = _value(forms, "notification.choice") == _OTHER
    later = file.later
    named = any(_there(form, f"representative.{part}") for form in forms for part in _NAME)
    return Addressee(
        name=name(forms, who),
        number=_value(forms, f"{who}.id_number"),
        address=_address(forms, "notification" if elsewhere else who)
        if later.address is None
        else later.address,
        represented=named if later.represented is None else later.represented,
        representative=name(forms, "representative") if later.represented is None else later.representative,
    )


def request_type(file: CaseFile) -> str:
    """Return what the application for a convenio asks for (`alta`, `baja`, `variacion`), empty if unsure."""
    return _value(file.of_kind("ce_application"), "request_type")


def opposes(file: CaseFile) -> bool:
    """Tell whether the person surely says no to looking their data up (Ley 39/2015, art. 28.2).

    By the box of the INSS form, or by a letter or the remarks, as a finding on the query tells.
    """
    forms = file.of_kind("as_application")
    said = [form.fields.get(OPPOSITION, {}) for form in forms]
    ticked = any(one.get("value") is True and _confidence(one) >= Policy().acceptance for one in said)
    places = (place for ground in file.findings if ground.rule in _ON_QUERIES for place in ground.evidence)
    boxes = {form.id for form in forms}
    return ticked or any(paper not in boxes and field in _WRITTEN for paper, field in places)


def beneficiaries(file: CaseFile) -> tuple[Mapping[str, Any], ...]:
    """Return the beneficiaries that an INSS application lists, in its order."""
    for form in file.of_kind("as_application"):
        listed = form.fields.get("beneficiaries", {}).get("value")
        if isinstance(listed, list):
            return tuple(one for one in listed if isinstance(one, Mapping))
    return ()


def called(person: Mapping[str, Any]) -> str:
    """Return the name of a person of a list, as far as it is there."""
    parts = (person.get(part) for part in _NAME)
    return " ".join(part for part in parts if isinstance(part, str) and part)


def name(forms: tuple[Paper, ...], who: str) -> str:
    """Return the whole name of *who*, empty unless given name and first surname are sure."""
    parts = [_value(forms, f"{who}.{part}") for part in _NAME]
    second = any(_perhaps(form, f"{who}.second_surname") for form in forms)
    sure = all(parts[:2]) and (bool(parts[2]) or not second)
    return " ".join(part for part in parts if part) if sure else ""


def _address(forms: tuple[Paper, ...], who: str) -> tuple[str, ...]:
    """Return the lines of an address, none unless every part that may be written was read surely."""
    parts = {part: _value(forms, f"{who}.address.{part}") for part in (*_STREET, *_TOWN)}
    written = {part for part in parts if any(_perhaps(form, f"{who}.address.{part}") for form in forms)}
    if not all(parts[part] for part in (*_NEEDED, *written)):
        return ()
    lines = (" ".join(_only(parts, _STREET)), " ".join(_only(parts, _TOWN)))
    return tuple(line for line in lines if line)


def _only(parts: Mapping[str, str], names: tuple[str, ...]) -> Iterator[str]:
    """Yield the parts that are there, in the order of *names*."""
    yield from (parts[name] for name in names if parts[name])


def _there(form: Paper, field: str) -> bool:
    """Tell whether something is written in a field."""
    return form.fields.get(field, {}).get("value") is not None


def _perhaps(form: Paper, field: str) -> bool:
    """Tell whether something may be written in a field: by hand too, or what nobody could read."""
    one = form.fields.get(field)
    if one is None:
        return False
    return _there(form, field) or bool(one.get("hand")) or _confidence(one) < Policy().acceptance


def _value(forms: tuple[Paper, ...], field: str) -> str:
    """Return what the forms say surely and with one voice, else nothing."""
    found = [form.fields[field] for form in forms if _there(form, field)]
    said = {str(one["value"]) for one in found if isinstance(one["value"], str)}
    sure = all(_confidence(one) >= Policy().acceptance for one in found)
    return said.pop() if sure and len(said) == 1 else ""


def _confidence(field: Mapping[str, Any]) -> float:
    """Return how sure a reading is; none at all where the report does not say."""
    found = field.get("confidence")
    return float(found) if isinstance(found, int | float) and not isinstance(found, bool) else 0.0
