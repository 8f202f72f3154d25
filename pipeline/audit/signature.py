"""A head signed by the office's key: a detached signature (CMS, RFC 5652), and what one is worth."""

from __future__ import annotations

import asyncio
import base64
import datetime as dt
from collections.abc import Iterable

from pipeline.errors import EnvironmentFault
from pipeline.receipts import detached
from pipeline.receipts.detached import Worth
from pipeline.receipts.key import Certificate, certificate, key
from pipeline.settings import Receipts


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
        said, made = words.encode(), base64.b64decode(signature, validate=True)
    except ValueError:
        return "broken"
    return detached.worth(said, made, trusted, at)
