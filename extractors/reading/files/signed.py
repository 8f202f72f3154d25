"""Judge the signatures of a PDF with pyHanko; what the answers mean, `signatures` beside it tells."""

from __future__ import annotations

import datetime as dt
import io
import logging
from collections.abc import Coroutine, Iterator
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.generic import DictionaryObject
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESFailure, AdESIndeterminate
from pyhanko.sign.diff_analysis import DiffResult, ModificationLevel
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.general import find_unique_cms_attribute
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature, async_validate_pdf_signature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from extractors.document import Answer, Signature

_MOST = 20
"""Signatures that are looked at; a paper with more is told to have one more, unknown."""
_LONGEST = 200
"""Letters of a name that are passed on."""
_FIELDS = 20_000
"""Parts of a form that are compared."""
_KNOWN_FORMS = frozenset({"/adbe.pkcs7.detached", "/ETSI.CAdES.detached"})
_ANY_USE = KeyUsageConstraints(key_usage=set())
_OUT_OF_FORCE = frozenset(
    {
        AdESFailure.NOT_YET_VALID,
        AdESIndeterminate.EXPIRED,
        AdESIndeterminate.NOT_YET_VALID,
        AdESIndeterminate.OUT_OF_BOUNDS_NO_POE,
        AdESIndeterminate.OUT_OF_BOUNDS_NOT_REVOKED,
    }
)


# What the library logs of a file may hold names from it.
for _library in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_library).setLevel(logging.CRITICAL + 1)


def judged(data: bytes, anchors: str) -> Iterator[Signature]:
    """Yield each signature with its answers; any error of the library escapes."""
    reader = PdfFileReader(io.BytesIO(data), strict=False)
    if reader.encrypted:
        reader.decrypt("")
    found = [field for field in enumerate_sig_fields(reader, filled_status=True) if _signs(field[1])]
    opened = [_opened(reader, name, value, field) for name, value, field in islice(found, _MOST)]
    embedded = [one for one in opened if isinstance(one, EmbeddedPdfSignature)]
    for one in sorted(embedded, key=lambda one: one.signed_revision):
        yield _judged(one, reader, _roots(anchors))
    yield from (one for one in opened if isinstance(one, Signature))
    if len(found) > _MOST:
        yield Signature()


def _signs(value: Any) -> bool:
    """Whether what a field holds is somebody's signature, not a time stamp of the whole document."""
    return bool(value.get_object().get("/Type", "/Sig") != "/DocTimeStamp")


def _opened(reader: PdfFileReader, name: str, value: Any, field: Any) -> EmbeddedPdfSignature | Signature:
    """Return a signature ready to be judged, or the answers where its own value cannot be read."""
    try:
        return EmbeddedPdfSignature(reader, field, name)
    except Exception:  # noqa: BLE001 - the value is ASN.1 from outside
        known = value.get_object().get("/SubFilter") in _KNOWN_FORMS
        return Signature(intact="invalid") if known else Signature()


def _judged(one: EmbeddedPdfSignature, reader: PdfFileReader, roots: tuple[Any, ...]) -> Signature:
    """Return the answers for one signature."""
    stated = _stated(one)
    about = _about(one, stated)
    try:
        return _answered(one, reader, roots, stated, about)
    except Exception:  # noqa: BLE001 - a form or an algorithm that is not known, or a file made to be hostile
        return Signature(**about)


def _answered(
    one: EmbeddedPdfSignature,
    reader: PdfFileReader,
    roots: tuple[Any, ...],
    stated: dt.datetime | None,
    about: dict[str, Any],
) -> Signature:
    """Return the four answers; any error of the library escapes."""
    status = _status(one, ValidationContext(trust_roots=[*roots], moment=stated, allow_fetching=False))
    if not (status.intact and status.valid):
        return Signature(**about, intact="invalid", whole=_whole(status, one))
    chain = _chain(status) if roots and stated else "unknown"
    return Signature(
        **about,
        intact="valid",
        whole=_whole(status, one),
        chain=chain,
        revocation=_revocation(one, reader, roots, stated) if chain == "valid" and stated else "unknown",
    )


def _stated(one: EmbeddedPdfSignature) -> dt.datetime | None:
    """Return the moment that the signature states of itself."""
    stated = one.self_reported_timestamp
    return stated.replace(tzinfo=dt.UTC) if stated is not None and stated.tzinfo is None else stated


def _about(one: EmbeddedPdfSignature, stated: dt.datetime | None) -> dict[str, Any]:
    """Return who signed and when, as the signature says."""
    certificate = one.signer_cert
    return {
        "signer": _name(certificate.subject) if certificate is not None else "",
        "issuer": _name(certificate.issuer) if certificate is not None else "",
        "stated_at": stated.isoformat() if stated else None,
    }


def _name(name: Any) -> str:
    """Return the common name in a certificate, or whatever it has."""
    parts = name.native
    found = parts.get("common_name") or parts.get("organization_name") or name.human_friendly
    return str(found)[:_LONGEST]


def _status(one: EmbeddedPdfSignature, context: ValidationContext) -> PdfSignatureStatus:
    """Return what pyHanko finds."""
    return _done(async_validate_pdf_signature(one, context, key_usage_settings=_ANY_USE))


def _done(work: Coroutine[Any, Any, PdfSignatureStatus]) -> PdfSignatureStatus:
    """Run *work* to its end without an event loop: there is nothing to wait for where nothing is fetched."""
    try:
        work.send(None)
    except StopIteration as done:
        status: PdfSignatureStatus = done.value
        return status
    work.close()
    raise RuntimeError


def _whole(status: PdfSignatureStatus, one: EmbeddedPdfSignature) -> Answer:
    """Return whether it speaks of all that is in the file, further signatures and their proofs aside."""
    if status.coverage is None or status.coverage < SignatureCoverageLevel.ENTIRE_REVISION:
        return "invalid"
    if status.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return "valid"
    if not isinstance(status.diff_result, DiffResult) or status.docmdp_ok is False:
        return "invalid"
    level = status.diff_result.modification_level
    filled = level > ModificationLevel.LTA_UPDATES and _filled_after(one)
    return "invalid" if filled or level > ModificationLevel.FORM_FILLING else "valid"


def _filled_after(one: EmbeddedPdfSignature) -> bool:
    """Whether a field other than a signature holds or shows something else than when it was signed."""
    before = one.reader.get_historical_resolver(one.signed_revision)
    return dict(_fields(before.root)) != dict(_fields(one.reader.root))


def _fields(root: Any) -> Iterator[tuple[str, Any]]:
    """Yield what each field of the form holds and shows, by its place in the form."""
    waiting = [("", _at(root, "/AcroForm"))]
    for place, field in islice(_below(waiting), _FIELDS):
        if _at(field, "/FT") != "/Sig":
            shown = _at(_at(field, "/AP"), "/N")
            yield place, (_at(field, "/V"), _at(field, "/AS"), getattr(shown, "encoded_data", None))


def _below(waiting: list[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
    """Yield fields and the parts of fields, each with its place."""
    while waiting:
        place, field = waiting.pop()
        yield place, field
        parts = _at(field, "/Kids") or _at(field, "/Fields") or ()
        waiting.extend((f"{place}.{n}", parts[n]) for n in range(len(parts)))


def _at(holder: Any, key: str) -> Any:
    """Return what stands under *key* in a dictionary, references followed."""
    return holder[key] if isinstance(holder, DictionaryObject) and key in holder else None


def _chain(status: PdfSignatureStatus) -> Answer:
    """Return whether the certificate comes from an anchor and was in force at the moment stated."""
    if status.trusted:
        return "valid"
    return "invalid" if status.trust_problem_indic in _OUT_OF_FORCE else "unknown"


def _revocation(
    one: EmbeddedPdfSignature, reader: PdfFileReader, roots: tuple[Any, ...], stated: dt.datetime
) -> Answer:
    """Return what the embedded lists and answers of the issuers say of every certificate of the chain."""
    lists, answers, certificates = _proofs(one, reader)
    if not (lists or answers):
        return "unknown"
    context = ValidationContext(
        trust_roots=[*roots],
        other_certs=certificates,
        crls=lists,
        ocsps=answers,
        moment=stated,
        allow_fetching=False,
        revocation_mode="require",
        retroactive_revinfo=True,
    )
    status = _status(one, context)
    if status.revocation_details is not None:
        return "invalid"
    return "valid" if status.trusted else "unknown"


def _proofs(one: EmbeddedPdfSignature, reader: PdfFileReader) -> tuple[list[Any], list[Any], list[Any]]:
    """Return the revocation lists, the answers (OCSP) and the certificates that the file carries."""
    lists, answers, certificates = [], [], []
    if "/DSS" in reader.root:
        store = DocumentSecurityStore.read_dss(reader)
        lists = [item.get_object().data for item in store.crls]
        answers = [item.get_object().data for item in store.ocsps]
        certificates = list(store.load_certs())
    try:
        archive = find_unique_cms_attribute(one.signer_info["signed_attrs"], "adobe_revocation_info_archival")
    except LookupError:
        return lists, answers, certificates
    return [*lists, *(archive["crl"] or ())], [*answers, *(archive["ocsp"] or ())], certificates


@lru_cache(maxsize=1)
def _roots(anchors: str) -> tuple[Any, ...]:
    """Return the certificates that are believed; none where there is no such file."""
    if not anchors:
        return ()
    try:
        return tuple(load_certs_from_pemder_data(Path(anchors).read_bytes()))
    except (OSError, ValueError):
        return ()
