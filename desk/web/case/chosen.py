"""What somebody chose in the form of a decision: read back as it was typed, so that nothing typed is lost."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from desk.web.visit import Visit
from pipeline.decisions.kinds import KINDS
from pipeline.decisions.possible import Choice, Edits
from pipeline.decisions.reasons import REASONS
from pipeline.letters.words import languages

_BLANK = re.compile(r"(?:\r?\n[ \t]*){2,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The form as it was sent; `kind` empty where nothing was chosen."""

    kind: str = ""
    reason: str = ""
    text: str = ""
    seen: Sequence[str] = ()
    left_out: Sequence[str] = ()
    added: str = ""
    languages: Sequence[str] = ()
    hearing_days: str = ""

    def choice(self, signer: str) -> Choice | None:
        """Return the choice that the form makes, None where no decision was chosen."""
        if self.kind not in KINDS:
            return None
        spoken = set(languages())
        days = self.hearing_days.strip()
        edits = Edits(
            left_out=frozenset(self.left_out),
            added=tuple(part.strip() for part in _BLANK.split(self.added) if part.strip()),
            languages=tuple(one for one in self.languages if one in spoken),
            hearing_days=int(days) if days.isascii() and days.isdigit() and len(days) < 4 else None,
        )
        return Choice(
            kind=self.kind,
            reason=self.reason if self.reason in REASONS else None,
            text=self.text,
            seen=frozenset(self.seen),
            edits=edits,
            signer=signer,
        )


def chosen(visit: Visit) -> Chosen:
    """Return what was sent."""
    return Chosen(
        kind=visit.field("kind"),
        reason=visit.field("reason"),
        text=visit.field("text"),
        seen=_all(visit, "seen"),
        left_out=_all(visit, "left_out"),
        added=visit.field("added"),
        languages=_all(visit, "languages"),
        hearing_days=visit.field("hearing_days"),
    )


def _all(visit: Visit, name: str) -> tuple[str, ...]:
    """Return every value of a field that may be sent several times."""
    return tuple(value for value in visit.form.getlist(name) if isinstance(value, str))
