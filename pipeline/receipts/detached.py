"""What a detached signature (CMS, RFC 5652) is worth: of the audit's heads, of what is handed over."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Iterable
from typing import Literal

from pipeline.receipts.key import Certificate

Worth = Literal["good", "unknown", "broken"]
"""Of a known key, of one that nobody here knows, or not of these bytes."""


def worth(data: bytes, signature: bytes, trusted: Iterable[Certificate], at: dt.datetime) -> Worth:
    """Return what a *signature* of *data* is worth; its chain is judged at the moment *at*."""
    try:
        return asyncio.run(_judged(data, signature, tuple(trusted), at))
    except Exception:  # noqa: BLE001 - it may be anybody's; what cannot be followed is no signature
        return "broken"


async def _judged(data: bytes, signature: bytes, trusted: tuple[Certificate, ...], at: dt.datetime) -> Worth:
    """Judge a signature; raise whatever the library raises on one that is none."""
    from asn1crypto import cms  # type: ignore[import-untyped]  # noqa: PLC0415 - it carries no types; as below
    from pyhanko.sign.validation import async_validate_detached_cms  # noqa: PLC0415 - only who verifies pays
    from pyhanko.sign.validation.settings import KeyUsageConstraints  # noqa: PLC0415
    from pyhanko_certvalidator import ValidationContext  # noqa: PLC0415

    signed = cms.ContentInfo.load(signature)["content"]
    context = ValidationContext(trust_roots=[*trusted], moment=at, allow_fetching=False)
    usage = KeyUsageConstraints(
        key_usage={"non_repudiation", "digital_signature"}, match_all_key_usages=False
    )
    status = await async_validate_detached_cms(data, signed, context, key_usage_settings=usage)
    if not (status.intact and status.valid):
        return "broken"
    return "good" if trusted and status.trusted else "unknown"
