"""Setting up the one-time codes of a telephone, on the way in or on one's own page."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from desk.people import codes
from desk.people.accounts import Account
from desk.web.visit import Visit


def asked_for(visit: Visit, account: Account, sealed: str = "") -> dict[str, Any]:
    """Return what the page shows: a new secret, or the one that was shown before, as picture and as text.

    The secret lies with the browser, sealed for this account, until a code shows that the telephone has it.
    """
    secret = _opened(visit, account, sealed) or codes.new_secret()
    issuer = visit.room.settings.desk.title
    return {
        "secret": visit.room.seals.seal(_purpose(account), secret.encode()),
        "letters": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        # made of dots here, with nothing in it that was typed but percent-encoded inside the dots
        "picture": Markup(codes.picture(secret, account.login, issuer)),  # noqa: S704 - as the line above says
    }


def confirmed(visit: Visit, account: Account) -> tuple[str, ...] | None:
    """Ask for codes from now on if the one that was typed is right; return the spare codes, else None."""
    secret = _opened(visit, account, visit.field("secret"))
    step = None if secret is None else codes.step_of(secret, visit.field("code"), visit.at)
    if secret is None or step is None:
        return None
    return codes.set_up(visit.room.store, visit.room.seals, account, secret, step)


def _opened(visit: Visit, account: Account, sealed: str) -> str | None:
    """Return the secret that a page showed to this account."""
    found = visit.room.seals.opened(_purpose(account), sealed) if sealed else None
    return None if found is None else found.decode()


def _purpose(account: Account) -> str:
    """Return what it is sealed for."""
    return f"totp-new:{account.id}"
