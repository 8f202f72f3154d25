"""What the body decides of how long cases are kept. Without it nothing is ever blocked or erased."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pipeline.errors import UsageError

Outcome = Literal[
    "granted",
    "granted_by_silence",
    "rejected_by_silence",
    "refused",
    "referred",
    "desisted",
    "withdrawn",
    "lapsed",
    "ended",
    "returned",
    "closed",
]
"""How a case can have ended: as its life names it, or returned, or closed without a decision."""
ANY = "*"


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """How long cases of a procedure that ended so are kept, in years from the last thing that happened."""

    procedure: Literal["convenio_especial", "asistencia_sanitaria", "unknown", "*"]
    outcome: Literal[Outcome, "*"] = "*"
    block_years: int
    """After how many years a case is blocked: nobody works with it, and it is kept for courts and audits."""
    erase_years: int | None = None
    """After how many years, from the same day, its key is destroyed; never where it is not given."""

    @property
    def name(self) -> str:
        """What `config show` calls it."""
        return f"{self.procedure} {self.outcome}"

    @property
    def where(self) -> str:
        """The years, as `config show` tells them."""
        return f"{self.block_years}/{self.erase_years or '-'}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """How long cases are kept, and where the keys of those that are blocked lie."""

    terms: tuple[Term, ...] = ()
    """The periods that the body has decided (docs/retention.md); without any nothing is done."""
    keys: Path | None = None
    """The folder of the keys, apart from record and papers: not to be copied together with them."""
    copies_days: int = 0
    """For how many days copies of the record are kept; 0 is not said. `doctor` asks for it."""
    cases: int = 1000
    """How many cases one run blocks, and how many it erases, at most: some minutes of a night."""

    def __post_init__(self) -> None:
        """Refuse periods that contradict each other or cannot be kept."""
        seen: set[tuple[str, str]] = set()
        for term in self.terms:
            named = f"retention.terms, {term.procedure} {term.outcome}"
            if (term.procedure, term.outcome) in seen:
                raise UsageError(f"{named}: está dos veces", "Deje uno de los dos plazos.")
            seen.add((term.procedure, term.outcome))
            if not 1 <= term.block_years <= 100:
                raise UsageError(f"{named}: block_years no sirve", "Escriba de 1 a 100 años.")
            if term.erase_years is not None and not term.block_years < term.erase_years <= 200:
                what = f"{named}: erase_years ha de ser mayor que block_years"
                raise UsageError(what, "Cuentan desde el mismo día: lo último que ocurrió al expediente.")
        if self.terms and self.keys is None:
            raise UsageError(
                "retention.keys: falta la carpeta de las claves, y hay plazos en retention.terms",
                'Escriba keys = "/ruta/aparte" en otro disco que la base de datos y los papeles.',
            )

    def term(self, procedure: str, outcome: str) -> Term | None:
        """Return the period of a case that ended so, the most particular one; None where nobody decided."""
        by = {(term.procedure, term.outcome): term for term in self.terms}
        wanted = ((procedure, outcome), (procedure, ANY), (ANY, outcome), (ANY, ANY))
        # a dictionary of closed words: what is asked may be any text
        return next((found for one in wanted for key, found in by.items() if key == one), None)

    @property
    def soonest(self) -> int | None:
        """Return the shortest number of years after which any case is blocked."""
        return min((term.block_years for term in self.terms), default=None)
