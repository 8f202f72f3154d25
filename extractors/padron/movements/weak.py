"""Weak words before a date, "desde", "con fecha", "hasta": they mean what the words around them say."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.padron.vocabulary import Mark
from extractors.prose import Prose, fold

REGISTERED = re.compile(
    r"inscri|empadron|empadroa|padron|padro|inskri|errolda|(?:const|figur|aparec)\w*\s+como\s+(?:resident|vecin)\w+"
    r"|(?<!\w)de\s+alta(?!\s+(?:en|no|na|como|a)\s+(?:el\s+|la\s+|los\s+|l['’]\s*)?(?:segur|regim|rexim|hacienda|aeat|iae|impuest|autonom|censo|inem|sepe|social))"
)
_UNRELATED = frozenset({"other", "birth", "issued", "signing", "unknown", "last", "change"})
STOP = re.compile(r"\.\s+(?=[A-ZÀ-Ý])|\.\n|\n(?=(?:OBSERVACION|Observacio|NOTA|Nota|OHARRAK|Oharrak))")
_RIGHT = re.compile(
    r"(?:(?:resid\w*|vive|vivi\w*)\s+(?:legal\w*|en\s+espana)|(?:legalmente|autoriza\w*|permis\w*|tarjeta|casad[oa]"
    r"|registro\s+(?:central|civil|de\s+extranjeros|de\s+la\s+propiedad)|matrimonio|trabaj\w*|cotiz\w*|afiliad\w*|propietari\w*|titular\s+de|en\s+espana)\s"
    r"|(?<!\w)(?:resid(?:e|eix|eixen|en|iendo|indo|int)|viv(?:e|en|iendo|indo)|habita(?:ndo)?"
    r"|se\s+(?:encontraba|encuentra|hallaba|halla))\s"
    r"|[\s,](?:y|e|i|que)\s+(?:(?:asimismo|ademas|tambien|tamen|tambe)\s+)?(?:es|e|tiene|ten|te|posee|ostenta|dispone|dispon"
    r"|percibe|ejerce|regenta|cursa|estudia|disfruta|convive|mantiene)\s+(?!vecin|vei|resident))[^,;]*$"
)
"""Words of the clause before "since" that speak of a right or of work, not of the register."""
_BEHIND = 3
"""Signs less than which part words that belong together: a blank."""
ELSEWHERE = re.compile(
    r"proced\w+\s(?:(?!domicili|enderezo|viviend|vivend|habitatge|calle|carrer)[^;])*,\s+(?:donde|onde|on)\s[^;]*$"
)
"""A clause before "since" that speaks of the town somebody came from."""


def settled(prose: Prose, mark: Mark, before: Sequence[Mark], last: Mark | None) -> Mark | None:
    """Return what weak words ("desde", "con fecha", "hasta") mean here, None where they mean nothing."""
    behind = bool(before) and mark.start - before[-1].end < _BEHIND
    if mark.meaning == "since" and behind and before[-1].meaning == "out":
        return mark._replace(meaning="out")  # "consta de baja desde"
    if mark.meaning == "since":
        return mark._replace(meaning="in" if _since_registered(prose, mark, before) else "unknown")
    if mark.meaning == "dated":
        return None if before else mark._replace(meaning="unknown")
    if mark.meaning == "until":
        follows = last is not None and last.meaning == "in"
        other = any(one.meaning in _UNRELATED and not _of_entry(one, before) for one in before)
        return mark._replace(meaning="out" if follows and not other else "unknown")
    return mark


def _of_entry(mark: Mark, marks: Sequence[Mark]) -> bool:
    """Whether *mark* only leads to the words for an entry right behind it: "fecha de su alta"."""
    return any(one.meaning == "in" and 0 <= one.start - mark.end < _BEHIND for one in marks)


def _since_registered(prose: Prose, mark: Mark, before: Sequence[Mark]) -> bool:
    """Whether "since" speaks of the register: its words stand in the sentence, and nothing nearer does."""
    nearer = before and before[-1].meaning in _UNRELATED and mark.start - before[-1].end < 80
    sentence = re.split(r"(?<!\W\w)\.\s+(?=[A-ZÀ-Ý])", prose.text[max(mark.start - 300, 0) : mark.start])[-1]
    right = _RIGHT.search(fold(sentence))
    if ELSEWHERE.search(fold(sentence)) or (right is not None and not REGISTERED.search(right[0])):
        return False
    if re.search("tik$", prose.folded[mark.start : mark.end]):  # the Basque verb comes last
        sentence += STOP.split(prose.text[mark.end : mark.end + 300])[0]
    return not nearer and REGISTERED.search(fold(sentence)) is not None
