"""The way in by a provider that vouches for people (OpenID Connect)."""

from __future__ import annotations

import logging

from starlette.responses import RedirectResponse, Response

from desk.people.accounts import Account, AccountError, add, by_id, by_login
from desk.people.changing import By, mapped
from desk.people.provider import Asked, ProviderError, Vouched, asked, vouched, way_there
from desk.people.rights import Role
from desk.web import entrance
from desk.web.doors import OPEN, Door
from desk.web.entry import let_in
from desk.web.visit import Refused, Visit

_KEPT, _SECONDS = "proveedor", 600
_PATH = "/entrar/proveedor"
log = logging.getLogger("ventanilla.desk")


def there(visit: Visit) -> Response:
    """Send somebody to the provider."""
    _is_chosen(visit)
    back = str(visit.request.base_url).rstrip("/") + f"{_PATH}/vuelta"
    try:
        address, kept = way_there(visit.room.settings.desk, back)
    except ProviderError as error:
        return _failed(visit, error)
    answer = RedirectResponse(address, status_code=303)
    sealed = visit.room.seals.seal(_KEPT, kept.packed())
    # the provider sends the browser back by a link of its own, with which a strict cookie would not come
    answer.set_cookie(
        _KEPT, sealed, _SECONDS, path=_PATH, httponly=True, samesite="lax", secure=_secure(visit)
    )
    return answer


def back(visit: Visit) -> Response:
    """Take somebody whom the provider sends back, if it vouches for an account of the desk."""
    _is_chosen(visit)
    kept = _kept(visit)
    try:
        if kept is None:
            raise ProviderError("nobody was sent")  # noqa: TRY301 - one answer for all that goes wrong
        told = vouched(visit.room.settings.desk, kept, visit.asked("state"), visit.asked("code"), visit.at)
    except ProviderError as error:
        return _failed(visit, error)
    account = _account(visit, told)
    if account is None or account.locked:
        return _without_cookie(visit, entrance.shown(visit, 403, why="nobody"))
    return _without_cookie(visit, let_in(visit, account, "oidc"))


def _account(visit: Visit, told: Vouched) -> Account | None:
    """Return the account of who came, made or changed as the provider's claims say; None if there is none."""
    store, by = visit.room.store, By(who=told.login[:64], at=visit.at)
    account = by_login(store, told.login)
    if told.roles is None:
        return account
    if not told.roles:
        return None
    if account is None:
        return _made(visit, told)
    kept = account.roles & {Role.ADMINISTRATOR}
    offices = account.offices if told.offices is None else told.offices
    mapped(store, by, account, told.roles | kept, offices)
    return by_id(store, account.id)


def _made(visit: Visit, told: Vouched) -> Account | None:
    """Return a new account without a password, None where the name can be none."""
    try:
        return add(
            visit.room.store,
            told.login,
            told.name,
            roles=told.roles or (),
            offices=told.offices or (),
            password=None,
            at=visit.at,
        )
    except AccountError:
        return None


def _kept(visit: Visit) -> Asked | None:
    """Return what this browser was sent to the provider with."""
    packed = visit.room.seals.opened(_KEPT, visit.request.cookies.get(_KEPT, ""))
    return None if packed is None else asked(packed)


def _failed(visit: Visit, error: ProviderError) -> Response:
    """Say that it did not work; the log says at which step."""
    log.warning("OpenID Connect: %s", error)
    return _without_cookie(visit, entrance.shown(visit, 502, why="provider_failed"))


def _without_cookie(visit: Visit, answer: Response) -> Response:
    """Forget the way to the provider: its answer is good once."""
    answer.delete_cookie(_KEPT, path=_PATH, httponly=True, samesite="lax", secure=_secure(visit))
    return answer


def _is_chosen(visit: Visit) -> None:
    """Refuse where no provider is chosen."""
    if not visit.room.settings.desk.oidc_issuer:
        raise Refused(404, "not_here")


def _secure(visit: Visit) -> bool:
    """Whether the browser reached the desk by https."""
    return visit.request.url.scheme == "https"


DOORS = (Door(_PATH, there, OPEN), Door(f"{_PATH}/vuelta", back, OPEN))
