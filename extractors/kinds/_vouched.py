"""Whether anybody vouches for a digital letter: by a pen, a seal, a picture of them, a code or in words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.lines import Box
from extractors.padron.ink import ink_in
from extractors.page import Page
from extractors.prose import Prose

_HEAD = 0.2
"""Share of a page for its letterhead, whose arms and emblems sign nothing."""
_SAID = re.compile(
    r"\b(?:firm|sign|assin|unterschr|sell|seal|cachet)\w*\s+(?:\w+\s+)?(?:electron|elektron|elettron|digital|numeri)"
    r"|\b(?:electron|elektron|elettron|digital|numeri)\w*\s+(?:\w+\s+)?(?:firm|sign|assin|unterschr|zeichn|sell|seal)"
    r"|\b(?:verificacion|verification|verificacao|verifica|verifying|verifier|verify|comprobacion|authenticit\w*"
    r"|autenticid\w*|echtheit\w*)\b|\bcsv\b|https?://"
    r"|\b(?:sin (?:necesidad de )?|no (?:requiere|precisa|necesita) |sans |without (?:a |any )?|ohne |sem "
    r"|senza )(?:firma|signature|unterschrift|assinatura)\b"
    r"|\b(?:computer|machine|systeme?|automatica\w*|automatiquement|automatically|maschinell)\W+(?:\w+\W+)?"
    r"(?:gener|erstellt|produc|emit|expedid)\w*"
)
"""An electronic signature or seal, a way to verify the paper, or that it is good without a signature."""
_PENDING = re.compile(
    r"\b(?:(?:pendiente|a falta) de firm|pending signature|to be signed|en attente de signature|a signer)\w*"
)


def vouched(pages: Sequence[Page]) -> bool:
    """Whether a letter is signed or sealed as far as can be seen; a scan is taken to be.

    Cheap looks first: words and pictures, then ink that is no text below the letterhead.
    """
    if any(page.reader == "ocr" for page in pages):
        return True
    folded = Prose(pages).folded
    if _PENDING.search(folded):
        return False
    if any(widget.kind == "signature" and widget.signed for page in pages for widget in page.widgets):
        return True
    if _SAID.search(folded) or any(_below(box, page) for page in pages for box in page.pictures):
        return True
    return any(ink_in(page, Box(0, _HEAD * page.height, page.width, page.height)) for page in pages)


def _below(box: Box, page: Page) -> bool:
    """Whether a picture stands below the letterhead."""
    return box.middle[1] > _HEAD * page.height
