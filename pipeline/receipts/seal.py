"""The signature of a receipt, looked at again: is it whole, whose is it, do we know them? Nothing is fetched.

The chain is judged at the moment that the signature itself states, so that a receipt stays good after its
certificate has run out, as a letter does after the officer has left.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path
from typing import Literal, NamedTuple

from asn1crypto import cms  # type: ignore[import-untyped]  # it carries no types
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from pipeline.errors import UsageError
from pipeline.receipts.key import Certificate, signer_of
from pipeline.receipts.wording import Signer

_USAGE = KeyUsageConstraints(key_usage={"non_repudiation", "digital_signature"}, match_all_key_usages=False)


class Seal(NamedTuple):
    """What a signature is worth: `broken` where one byte under it was changed."""

    state: Literal["none", "broken", "intact"]
    signer: Signer | None = None
    trusted: bool = False


def anchors(place: Path) -> tuple[Certificate, ...]:
    """Return the certificates of a PEM or DER file.

    Raises:
        UsageError: it cannot be read, or holds none.
    """
    try:
        found = tuple(load_certs_from_pemder_data(place.read_bytes()))
    except (OSError, ValueError) as error:
        raise UsageError(f"No se pueden leer certificados en {place}", "Dé un archivo PEM.") from error
    if not found:
        raise UsageError(f"No hay ningún certificado en {place}", "Dé un archivo PEM.")
    return found


def seal(pdf: bytes, trusted: Iterable[Certificate]) -> Seal:
    """Return what the one signature of a receipt is worth; a second one, or bytes after it, break it."""
    try:
        signatures = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
        if not signatures:
            return Seal("none")
        return _judged(signatures[0], tuple(trusted)) if len(signatures) == 1 else Seal("broken")
    except Exception:  # noqa: BLE001 - the file is from outside; what cannot be followed is not intact
        return Seal("broken")


def _judged(signature: EmbeddedPdfSignature, trusted: tuple[Certificate, ...]) -> Seal:
    """Judge one signature."""
    stated = signature.self_reported_timestamp
    context = ValidationContext(trust_roots=[*trusted], moment=stated, allow_fetching=False)
    status = validate_pdf_signature(signature, context, key_usage_settings=_USAGE)
    whole = (
        status.intact
        and status.valid
        and status.coverage == SignatureCoverageLevel.ENTIRE_FILE
        and status.modification_level == ModificationLevel.NONE
        and _filled_up(signature)
    )
    if not whole:
        return Seal("broken")
    return Seal("intact", signer_of(status.signing_cert), bool(trusted) and status.trusted)


def _filled_up(signature: EmbeddedPdfSignature) -> bool:
    """Whether the room that the signature leaves in its own place is as we fill it: no byte is nobody's."""
    start, end = (int(signature.byte_range[n]) for n in (1, 2))
    signature.reader.stream.seek(start)
    place, value = signature.reader.stream.read(end - start), signature.pkcs7_content
    room = value[len(cms.ContentInfo.load(value).dump()) :]
    digits = value.hex()
    return place.decode("ascii") in {f"<{digits}>", f"<{digits.upper()}>"} and not any(room)
