"""A head signed by the office's key: a detached signature (CMS, RFC 5652), and what one is worth."""

from __future__ import annotations

import asyncio
import base64
import datetime as dt
from collections.abc import Iterable
from typing import Literal

from pipeline.errors import EnvironmentFault
from pipeline.receipts.key import Certificate, certificate, key
from pipeline.settings import Receipts

Worth = Literal["good", "unknown", "broken"]
"""Of a known key, of one that nobody here knows, or not of these words."""


def sign(words: str, settings: Receipts, at: dt.datetime) -> str | None:
    """Return the signature of *words*, None where no key can be used now: a head is sealed all the same."""
    try:
        found = key(settings, at)
    except EnvironmentFault:
        return None
    if found is None:
        return None
    made = asyncio.run(found.signing.async_sign_general_data(words.encode(), "sha256", detached=True))
    return base64.b64encode(made.dump()).decode("ascii")


def known(settings: Receipts) -> tuple[Certificate, ...]:
    """Return the certificates that are believed: of this machine's key, and those of `receipts.trust`."""
    from pipeline.receipts.seal import anchors  # noqa: PLC0415 - only who verifies pays for pyHanko

    found: list[Certificate] = []
    if settings.trust is not None:
        found += anchors(settings.trust)
    try:
        own = certificate(settings)
    except EnvironmentFault:
        own = None
    return (*found, own) if own is not None else tuple(found)


def worth(words: str, signature: str, trusted: Iterable[Certificate], at: dt.datetime) -> Worth:
    """Return what a *signature* of *words* is worth; its chain is judged at the moment *at*."""
    try:
        return asyncio.run(_judged(words, signature, tuple(trusted), at))
    except Exception:  # noqa: BLE001 - the row may be anybody's; what cannot be followed is no signature
        return "broken"


async def _judged(words: str, signature: str, trusted: tuple[Certificate, ...], at: dt.datetime) -> Worth:
    """Judge a signature; raise whatever the library raises on one that is none."""
    from asn1crypto import cms  # type: ignore[import-untyped]  # noqa: PLC0415 - it carries no types; as below
    from pyhanko.sign.validation import async_validate_detached_cms  # noqa: PLC0415 - only who verifies pays
    from pyhanko.sign.validation.settings import KeyUsageConstraints  # noqa: PLC0415
    from pyhanko_certvalidator import ValidationContext  # noqa: PLC0415

    signed = cms.ContentInfo.load(base64.b64decode(signature, validate=True))["content"]
    context = ValidationContext(trust_roots=[*trusted], moment=at, allow_fetching=False)
    usage = KeyUsageConstraints(
        key_usage={"non_repudiation", "digital_signature"}, match_all_key_usages=False
    )
    status = await async_validate_detached_cms(words.encode(), signed, context, key_usage_settings=usage)
    if not (status.intact and status.valid):
        return "broken"
    return "good" if trusted and status.trusted else "unknown"
