"""The file that is given out, `ACUSE_<number>.zip`: the page, the same as plain text, and for programs.

Members are stored, not deflated, so that the same members are the same bytes whatever packed them: a
changed envelope shows too.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from typing import Any

from pipeline.errors import EnvironmentFault
from pipeline.letters.render import render
from pipeline.receipts.key import Key, forget
from pipeline.receipts.paper import MANIFEST, paper
from pipeline.receipts.told import Clock, Listed, Told
from pipeline.receipts.wording import parts
from pipeline.settings import Language

PAPER, TEXT = "acuse.pdf", "acuse.txt"
SCHEMA_VERSION = 1


def packet(told: Told, key: Key | None, languages: tuple[Language, ...], tsa: str = "") -> bytes:
    """Return the ZIP of a receipt, its page signed if there is a *key*.

    Raises:
        EnvironmentFault: the page cannot be made, or not be signed, on this machine.
    """
    words = parts(told, key.signer if key else None, languages)
    text = render("acuse.txt", parts=words)
    data = manifest(told, key, text)
    page = paper(words, number=told.number, office=told.office, at=told.received_at, manifest=data)
    if key is not None:
        page = _signed(page, key, tsa)
    return packed({PAPER: page, TEXT: text, MANIFEST: data}, told.received_at)


def _signed(page: bytes, key: Key, tsa: str) -> bytes:
    """Return *page* signed; raise EnvironmentFault if the key, perhaps a device pulled out, signs no more."""
    from pipeline.receipts.sign import signed  # noqa: PLC0415 - only who signs pays for pyHanko

    try:
        return signed(page, key.signing, tsa)
    except Exception as error:  # noqa: BLE001 - each library and device has errors of its own
        forget()
        what = f"No se puede firmar un acuse ({type(error).__name__})"
        raise EnvironmentFault(what, "Compruebe la clave o su dispositivo; `ventanilla doctor`.") from None


def manifest(told: Told, key: Key | None, text: bytes) -> bytes:
    """Return the receipt for programs: what it tells, nobody's name, and the digest of its plain text."""
    plain = {
        "schema_version": SCHEMA_VERSION,
        "number": told.number,
        "order": told.order,
        "kind": told.kind,
        "office": told.office,
        "received_at": told.received_at.isoformat(),
        "first_received_at": told.first_at.isoformat() if told.first_at else None,
        "filed_on": told.filed_on.isoformat() if told.filed_on else None,
        "name": told.name,
        "procedure": told.procedure,
        "registry_number": told.registry_number,
        "registry_receipt": False,
        "signed": key is not None,
        "test_key": key is not None and key.signer.test,
        "files": [_file(file) for file in told.files],
        "clock": _clock(told.clock) if told.clock else None,
        "text": {"name": TEXT, "sha256": hashlib.sha256(text).hexdigest()},
    }
    return json.dumps(plain, ensure_ascii=False, indent=2).encode()


def _file(file: Listed) -> dict[str, Any]:
    """Return one file; `inside` only where it lies in another that was handed in."""
    plain: dict[str, Any] = {"name": file.name, "sha256": file.sha256, "bytes": file.bytes}
    return plain | {"inside": True} if file.inside else plain


def _clock(clock: Clock) -> dict[str, Any]:
    """Return the lines on time; `terms` has one where the procedure is known."""
    return {
        "start": clock.start.isoformat(),
        "resolve_by": clock.resolve_by.isoformat() if clock.resolve_by else None,
        "provisional": clock.provisional,
        "assumed": clock.assumed,
        "terms": [term._asdict() for term in clock.terms],
    }


def packed(content: Mapping[str, bytes], at: dt.datetime) -> bytes:
    """Return a ZIP of *content*, the same bytes each time, everywhere."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, data in sorted(content.items()):
            info = zipfile.ZipInfo(name, at.timetuple()[:6])
            info.create_system = 3
            info.external_attr = 0o644 << 16
            archive.writestr(info, data)
    return out.getvalue()
