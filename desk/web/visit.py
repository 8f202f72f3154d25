"""One request of somebody: who asks, what was sent, and the ways to answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from sqlalchemy.engine import Connection
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from desk.people.accounts import Account
from desk.people.rights import Right
from desk.people.sessions import Session
from desk.web.room import Room
from desk.web.words import Speaker, speaker
from pipeline.acts import Act, acting
from pipeline.audit.chain import note

_DIGITS = 18
"""Digits of a number that every database holds."""


class Refused(Exception):  # noqa: N818 - an answer, not an error of the program
    """The request ends here: `status` and the sentence of `words/wrong.yaml` that says why."""

    def __init__(self, status: int, why: str, **values: object) -> None:
        """Say the HTTP *status*, *why* by name, and the *values* of its blanks: none of a person's."""
        super().__init__(why)
        self.status, self.why, self.values = status, why, values


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A request; `session` is None only behind doors that are open to everybody."""

    request: Request
    room: Room
    session: Session | None
    form: FormData
    at: dt.datetime
    """The moment of the request, in the zone of the office."""
    half: Session | None = None
    """Who has a step of coming in left: may do nothing else."""

    @property
    def account(self) -> Account:
        """Return who asks."""
        assert self.session is not None
        return self.session.account

    @property
    def csrf(self) -> str:
        """Return the token that goes with every form, empty for who has not come in."""
        found = self.session or self.half
        return found.csrf if found else ""

    @property
    def say(self) -> Speaker:
        """Return the words in the language of who asks."""
        return speaker(self.language)

    @property
    def language(self) -> str:
        """Return the language of who asks: of the account, else of the cookie of the door."""
        found = self.session or self.half
        return found.account.language if found else self.request.cookies.get("lengua", "es")

    def path(self, name: str) -> str:
        """Return a part of the address."""
        return str(self.request.path_params[name])

    def asked(self, name: str, default: str = "") -> str:
        """Return a value of the query."""
        return self.request.query_params.get(name, default)

    def field(self, name: str, default: str = "") -> str:
        """Return a text of the form, whole as it was typed."""
        value = self.form.get(name, default)
        return value if isinstance(value, str) else default

    def files(self, name: str) -> list[UploadFile]:
        """Return the files of the form under a name."""
        return [one for one in self.form.getlist(name) if isinstance(one, UploadFile) and one.filename]

    @property
    def in_part(self) -> bool:
        """Whether only a part of the page is wanted (htmx)."""
        return self.request.headers.get("HX-Request") == "true"

    def page(self, template: str, status: int = 200, **values: Any) -> Response:
        """Answer with a page; every template has `visit`, `say` and `Right`."""
        text = self.room.pages.get_template(template).render(visit=self, say=self.say, Right=Right, **values)
        return HTMLResponse(text, status_code=status)

    def to(self, address: str) -> Response:
        """Answer that the page to see is another one of the desk."""
        assert address.startswith("/")
        assert not address.startswith("//")
        return RedirectResponse(address, status_code=303)

    def audit(self, did: str, case: str | None = None, **detail: object) -> None:
        """Keep that this person did something; details are codes and names of fields, no value."""
        with self.room.store.writing() as transaction:
            note(transaction, self.account.login, did, self.at, case=case, **detail)

    def acting(self, case: str, did: str, **detail: object) -> AbstractContextManager[Connection]:
        """Give the transaction in which this person does something to a case, as its page was when sent.

        The form carries the `revision` that the page showed. Raise `pipeline.acts.Stale` (409) if it is not
        that of the case any more, or the case is in another's hands.
        """
        return acting(self.room.store, case, self.act(did, **detail))

    def act(self, did: str, **detail: object) -> Act:
        """Return what this person does, on the revision of the case that its page showed."""
        seen = number(self.field("revision"))
        revision = -1 if seen is None else seen
        return Act(who=self.account.login, did=did, at=self.at, revision=revision, detail=detail)


def number(text: str) -> int | None:
    """Return a number of an address or a form, None for anything else: no database has more digits."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS else None


Values = Mapping[str, Any]
