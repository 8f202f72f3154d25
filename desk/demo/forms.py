"""The official forms, filled in on a computer and signed by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal
from io import BytesIO

from pypdf import PdfReader, PdfWriter

from desk.demo.editions import Widget, blank, editions
from desk.demo.people import Human
from desk.demo.sheet import Sheet

Value = str | bool | dt.date | Decimal | tuple[str, ...]
"""What a box is given: text, a tick, a day, an amount, or the slugs that are ticked in a group."""
ADDRESS = ("street_type", "street_name", "number", "block", "stair", "floor", "door", "postal_code", "city")
"""The boxes of an address."""


def fill(edition: str, values: Mapping[str, Value]) -> bytes:
    """Return the form of *edition* with *values* by the contract's field names.

    `True` in a signature is ink. A name that the form has no place for is a ValueError.
    """
    unknown = set(values) - {widget.field for widget in editions()[edition]}
    if unknown:
        message = f"the form {edition} has no place for {sorted(unknown)}; use the names of its table"
        raise ValueError(message)
    writer = PdfWriter(clone_from=PdfReader(BytesIO(blank(edition))))
    entries = dict(entered(edition, values))
    for page in writer.pages:
        writer.update_page_form_field_values(page, entries, auto_regenerate=False)
    for number, page in enumerate(writer.pages, 1):
        page.merge_page(PdfReader(BytesIO(_ink(edition, number, values))).pages[0])
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def entered(edition: str, values: Mapping[str, Value]) -> Iterator[tuple[str, str]]:
    """Yield the AcroForm name and value of everything that is entered."""
    for widget in editions()[edition]:
        value = values.get(widget.field)
        if value is None or widget.kind == "sig":
            continue
        if widget.kind in {"check", "radio"}:
            yield from (
                (widget.name, f"/{state}") for state, slug in widget.export.items() if ticked(slug, value)
            )
        elif widget.kind == "choice":
            yield from ((widget.name, state) for state, slug in widget.export.items() if slug == value)
        else:
            yield widget.name, written(widget, value)


def ticked(slug: str, value: Value) -> bool:
    """Whether *value* ticks the box that stands for *slug*."""
    if isinstance(value, bool):
        return value and slug == "true"
    return slug in value if isinstance(value, tuple) else slug == value


def written(widget: Widget, value: Value) -> str:
    """Return what stands in a text box: days as dd/mm/yyyy or the part that fits, amounts as 1.234,56."""
    if isinstance(value, dt.date):
        form = {"d": "%d", "m": "%m", "y": "%Y", "ddmmyyyy": "%d%m%Y"}.get(widget.part, "%d/%m/%Y")
        return value.strftime(form)
    if isinstance(value, Decimal):
        return f"{value:,.2f}".translate(str.maketrans(",.", ".,"))
    return str(value)


def _ink(edition: str, page: int, values: Mapping[str, Value]) -> bytes:
    """Return a transparent page with the signatures of one page of the form."""
    sheet = Sheet()
    for widget in editions()[edition]:
        if widget.kind == "sig" and widget.page == page and values.get(widget.field) is True:
            sheet.sign(widget.box, f"{edition} {widget.field}")
    return sheet.done()


def who(prefix: str, human: Human, *, born: bool = True, home: bool = False) -> dict[str, Value]:
    """Return the boxes that name *human*, each name starting with *prefix*."""
    found: dict[str, Value] = {
        f"{prefix}first_surname": human.first_surname,
        f"{prefix}second_surname": human.second_surname,
        f"{prefix}given_name": human.given_name,
        f"{prefix}id_type": human.id_type,
        f"{prefix}id_number": human.id_number,
    }
    if born:
        found[f"{prefix}birth_date"] = human.birth_date
    if home:
        found |= {f"{prefix}address.{part}": getattr(human.home, part) for part in ADDRESS}
    return {name: value for name, value in found.items() if value}


def convenio(human: Human, *, office: str, signed_on: dt.date, signed: bool = True) -> dict[str, Value]:
    """Return the application for the convenio especial (alta), paid from the person's own account if any."""
    values: dict[str, Value] = {
        "request_type": "alta",
        **who("applicant.", human, home=True),
        "notification.choice": "applicant_address",
        "payment.method": "direct_debit" if human.iban else "deposit",
        "signature.applicant": signed,
        "signature.applicant_date": signed_on,
        "territorial_office": office,
    }
    if human.iban:
        kind = {"foreigner_card": "nie"}.get(human.id_type, human.id_type)
        values |= {**who("account.", human, born=False), "account.id_type": kind, "account.iban": human.iban}
    return values


def declaration(
    human: Human, *, nationality: str, place: str, signed_on: dt.date, signed: bool = True
) -> dict[str, Value]:
    """Return the declaration of no compulsory cover by another route."""
    return {
        **who("declarant.", human, born=False),
        "nationality": nationality,
        "declares_no_coverage": True,
        "place": place,
        "signed_on": signed_on,
        "signed": signed,
    }


def asistencia(
    holder: Human, *, province: str, signed_on: dt.date, child: Human | None = None
) -> dict[str, Value]:
    """Return the INSS application of a Spanish holder, with a child as beneficiary if one is given."""
    values: dict[str, Value] = {
        "request.holder": True,
        **who("holder.", holder, home=True),
        "holder.nationality": "Española",
        "province": province,
        "signature.holder": True,
        "signature.holder_date": signed_on,
    }
    if child is not None:
        named = who("beneficiaries.0.", child)
        values |= {name: value for name, value in named.items() if not name.endswith("id_type")}
        values |= {
            "request.beneficiary": True,
            "beneficiaries.0.nationality": "Española",
            "beneficiaries.0.relationship": "child",
            "beneficiaries.0.cohabits": True,
            "beneficiaries.0.annual_income": Decimal("0.00"),
        }
    return values
