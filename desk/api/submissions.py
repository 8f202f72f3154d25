"""Papers handed in by a program: taken in as a drop is, once for every Idempotency-Key."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from starlette.datastructures import FormData, UploadFile

from desk.api.call import Call, links
from desk.api.document import ONCE_PATTERN
from desk.api.keys import EVERY, Right
from desk.api.problems import Problem
from desk.api.tables import api_sent
from pipeline.folders.places import Place
from pipeline.handed import Presentation
from pipeline.intake.handing import NotTaken, Parcel, Sent, hand_in
from pipeline.intake.presentation import presentation
from pipeline.journal.records import Entered

SAID = ("filed_on", "procedure", "remarks", "registry_number")
FIELDS = ("file", "office", "answers", *SAID)
PROCEDURES = ("convenio_especial", "asistencia_sanitaria")
_PIECE = 1 << 20
_WORD = re.compile(ONCE_PATTERN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a program hands in: checked, its files not yet kept."""

    word: str
    office: str
    answers: str | None
    said: Presentation | None
    files: Sequence[UploadFile]
    fingerprint: str


def asked(call: Call, word: str | None, form: FormData) -> Asked:
    """Return what *form* hands in under an Idempotency-Key; raise Problem for what is wrong in it."""
    call.needs(Right.SUBMIT)
    if word is None or _WORD.fullmatch(word) is None:
        raise Problem("no-idempotency-key")
    fields = _fields(form)
    files = [one for one in form.getlist("file") if isinstance(one, UploadFile)]
    if len(files) != len(form.getlist("file")):
        raise Problem("bad-field", field="file")
    if not files:
        raise Problem("no-documents")
    office = _office(call, fields.pop("office", ""))
    return Asked(
        word=word,
        office=office,
        answers=fields.get("answers") or None,
        said=_said(fields),
        files=files,
        fingerprint=_fingerprint(office, fields, files),
    )


def _fields(form: FormData) -> dict[str, str]:
    """Return the texts of the form; one that is not known may be a slip that loses a date."""
    fields: dict[str, str] = {}
    for name, value in form.multi_items():
        if name == "file":
            continue
        if name not in FIELDS or name in fields or not isinstance(value, str):
            raise Problem("bad-field", field=name[:64])
        fields[name] = value.strip()
    return fields


def _office(call: Call, named: str) -> str:
    """Return the office that is handed in to: named, or the only one that the key is for."""
    own = sorted(call.key.offices)
    office = named or (own[0] if len(own) == 1 and own != [EVERY] else "")
    if not office:
        raise Problem("bad-field", field="office")
    if not call.key.reaches(office):
        raise Problem("no-office")
    chosen = call.room.settings.folders
    if office not in chosen.offices and not _there(call, office):
        raise Problem("bad-field", field="office")
    return office


def _there(call: Call, office: str) -> bool:
    """Tell whether there are folders of such an office."""
    plain = office.isascii() and office.isalnum()
    return plain and Place(call.room.settings.folders.root, office).path.is_dir()


def _said(fields: Mapping[str, str]) -> Presentation | None:
    """Return the office's word on the filing, as a `presentacion.json` beside it would say it."""
    words = {name: fields[name] for name in SAID if fields.get(name)}
    if words.get("procedure", PROCEDURES[0]) not in PROCEDURES:
        raise Problem("bad-field", field="procedure")
    for name, word in words.items():
        if presentation(json.dumps({name: word}).encode(), "office") is None:
            raise Problem("bad-field", field=name)
    return presentation(json.dumps(words).encode(), "office") if words else None


def _fingerprint(office: str, fields: Mapping[str, str], files: Sequence[UploadFile]) -> str:
    """Return the digest of all that was sent."""
    told: list[Any] = [office, sorted(fields.items())]
    for one in files:
        made = hashlib.sha256()
        while piece := one.file.read(_PIECE):
            made.update(piece)
        one.file.seek(0)
        told.append([one.filename, made.hexdigest()])
    words = json.dumps(told, ensure_ascii=True)
    return hashlib.sha256(words.encode()).hexdigest()


def submitted(call: Call, sent: Asked) -> tuple[dict[str, Any], bool]:
    """Take it in and return the answer, and whether the same had been answered before.

    A call that was cut off between the two leaves the word of the program, and the next try ends it: the
    same bytes under the same word are one handing in (`pipeline.intake.handing`).

    Raises:
        Problem: the word was used for something else, or it cannot be taken.
        EnvironmentFault: folders, disk or database do not answer; nothing was accepted.
    """
    before = _reserved(call, sent)
    parcel = Parcel(
        office=sent.office,
        files=[Sent(one.filename or "", one.file) for one in sent.files],
        once=f"api:{call.key.id}:{sent.word}",
        said=sent.said,
        answers=sent.answers,
    )
    taken = hand_in(call.room.store, call.room.settings, parcel, call.at)
    if isinstance(taken, NotTaken):
        _given_back(call, sent)
        raise Problem(taken.why)
    _kept(call, sent, taken)
    call.audit("api-submitted", taken.case, submission=taken.id, again=before is not None)
    return _told(taken), before is not None


def _mine(call: Call, sent: Asked) -> sa.ColumnElement[bool]:
    """Return what tells the row of a word."""
    return sa.and_(api_sent.c.key_id == call.key.id, api_sent.c.word == sent.word)


def _reserved(call: Call, sent: Asked) -> str | None:
    """Keep the word with what was sent under it; return the submission that it has led to, if it has."""
    with call.room.store.write() as connection:
        row = connection.execute(sa.select(api_sent).where(_mine(call, sent))).first()
        if row is None:
            values = {
                "key_id": call.key.id,
                "word": sent.word,
                "fingerprint": sent.fingerprint,
                "at": call.at,
            }
            connection.execute(sa.insert(api_sent).values(**values))
            return None
    if row.fingerprint != sent.fingerprint:
        raise Problem("idempotency-key-reused")
    return str(row.submission) if row.submission else None


def _given_back(call: Call, sent: Asked) -> None:
    """Forget the word of what was not taken: put right, it may come again under it."""
    with call.room.store.write() as connection:
        connection.execute(sa.delete(api_sent).where(_mine(call, sent), api_sent.c.submission.is_(None)))


def _kept(call: Call, sent: Asked, taken: Entered) -> None:
    """Keep which row of the journal the word led to."""
    with call.room.store.write() as connection:
        connection.execute(sa.update(api_sent).where(_mine(call, sent)).values(submission=taken.id))


def _told(taken: Entered) -> dict[str, Any]:
    """Return the answer: the same for the same row, whenever it is given."""
    return {
        "schema_version": 1,
        "id": taken.case,
        "number": taken.number,
        "office": taken.office,
        "kind": taken.kind,
        "submission": taken.order,
        "received_at": taken.received_at.isoformat(timespec="seconds"),
        "links": links(taken.number),
    }
