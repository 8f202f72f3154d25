"""The bodies to which a person with another title is sent, by slug and in three languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from validators.facts import Address, Application
from validators.finding import Text
from validators.law import figure
from validators.tables import read


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """A body that recognises a right to health care, and the article that makes it competent."""

    slug: str
    name: Text
    article: str


@cache
def authorities() -> Mapping[str, Authority]:
    """Return all bodies by slug.

    Raises:
        TableError: the file breaks the format; the message names file and line.
    """
    table = read(files("validators.law").joinpath("authorities.yaml"))
    named = table.expect("description", "checked_on", "authorities").table("authorities")
    found: dict[str, Authority] = {}
    for slug in named:
        said = named.table(slug).expect("es", "gl", "en", "article")
        name = Text(said.text("es"), said.text("gl"), said.text("en"))
        found[slug] = Authority(slug=slug, name=name, article=said.text("article"))
    return found


def health_service(application: Application) -> Authority:
    """Return who manages health care where the applicant lives: INGESA or the community.

    A form without a postal code follows its procedure: the convenio is asked of INGESA.
    """
    addresses = [
        *(form.address for form in application.convenio),
        *(f.address for f in application.asistencia),
    ]
    codes = [code for address in addresses if (code := _postal_code(address))]
    provinces = str(figure("ingesa-territory", "postal_provinces", on=application.filing.filed_on)).split(
        ", "
    )
    here = codes[0][:2] in provinces if codes else application.procedure == "convenio_especial"
    return authorities()["ingesa" if here else "community"]


def mutual(words: str) -> Authority | None:
    """Return the mutual that *words* of a paper name, if they name one of the three."""
    named = [slug for slug in ("muface", "isfas", "mugeju") if slug in words.casefold()]
    return authorities()[named[0]] if len(named) == 1 else None


def _postal_code(address: Address) -> str | None:
    """Return the postal code of an address, if it has one."""
    fact = address.parts.get("postal_code")
    return fact.value if fact else None
