"""Receipts: what they tell, in words, on paper, signed, packed in a ZIP, and verified again."""

from __future__ import annotations

import logging

# What the library logs of a signature holds the names in its certificates; our answers say what is needed.
for _library in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_library).setLevel(logging.CRITICAL + 1)
