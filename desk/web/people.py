"""The accounts, for administrators: who there is, with which roles, offices and trays."""

from __future__ import annotations

from typing import Any, get_args

from starlette.responses import Response

from desk.people import changing
from desk.people.accounts import ALL, EVERY, Account, AccountError, by_id, everybody
from desk.people.changing import By, Reach
from desk.people.rights import Right, Role
from desk.people.sessions import end_all
from desk.web.doors import Door
from desk.web.visit import Refused, Visit
from pipeline.case import Queue

QUEUES = get_args(Queue)
PROCEDURES = ("convenio_especial", "asistencia_sanitaria", "unknown")
_NOBODY = Reach(roles=frozenset(), offices=frozenset(), queues=ALL, procedures=ALL)


def listed(visit: Visit) -> Response:
    """Show every account."""
    return visit.page("people.html", accounts=everybody(visit.room.store), done=visit.asked("hecho"))


def new(visit: Visit) -> Response:
    """Ask for what an account needs."""
    return _form(visit, None, name="", login="", reach=_NOBODY)


def make(visit: Visit) -> Response:
    """Make an account; show the password of its first day, once."""
    reach, login, name = _reach(visit), visit.field("login"), visit.field("name")
    why = _lacking(reach, name)
    if why:
        return _form(visit, None, 422, error=why, name=name, login=login, reach=reach)
    try:
        made, word = changing.make(visit.room.store, _by(visit), login, name, reach)
    except AccountError as error:
        return _form(visit, None, 422, error=error.why, name=name, login=login, reach=reach)
    return visit.page("people_password.html", account=made, word=word)


def one(visit: Visit) -> Response:
    """Show one account and what can be changed of it."""
    account = _account(visit)
    return _form(visit, account, name=account.name, login=account.login, reach=_reach_of(account))


def change(visit: Visit) -> Response:
    """Change name, roles, offices and trays."""
    account, reach, name = _account(visit), _reach(visit), visit.field("name")
    if account.id == visit.account.id:
        # one's own page shows no boxes for what one may not change
        reach = _reach_of(account)
    why = _lacking(reach, name)
    if why:
        return _form(visit, account, 422, error=why, name=name, login=account.login, reach=reach)
    return _done(visit, account, lambda: changing.change(visit.room.store, _by(visit), account, name, reach))


def lock(visit: Visit) -> Response:
    """Let somebody in no more, and out at once."""
    account = _account(visit)
    return _done(visit, account, lambda: changing.lock(visit.room.store, _by(visit), account))


def unlock(visit: Visit) -> Response:
    """Let somebody in again."""
    account = _account(visit)
    return _done(visit, account, lambda: changing.unlock(visit.room.store, _by(visit), account))


def password(visit: Visit) -> Response:
    """Give a password for one day, shown once."""
    account = _account(visit)
    if account.id == visit.account.id:
        raise Refused(403, "own_account")
    word = changing.give_password(visit.room.store, _by(visit), account)
    return visit.page("people_password.html", account=account, word=word)


def telephone(visit: Visit) -> Response:
    """Ask for no codes of a telephone that was lost; its person comes in anew."""
    account = _account(visit)
    if account.id == visit.account.id:
        raise Refused(403, "own_account")
    changing.without_codes(visit.room.store, _by(visit), account)
    end_all(visit.room.store, account.id)
    return visit.to(f"/cuentas/{account.id}?hecho=done")


def _done(visit: Visit, account: Account, act: Any) -> Response:
    """Do something to an account and show it, or say why it was not done."""
    try:
        act()
    except AccountError as error:
        told = {"name": account.name, "login": account.login, "reach": _reach_of(account)}
        return _form(visit, account, 409, error=error.why, **told)
    return visit.to(f"/cuentas/{account.id}?hecho=done")


def _form(
    visit: Visit, account: Account | None, status: int = 200, *, error: str = "", **told: Any
) -> Response:
    """Return the page of an account, or of a new one."""
    offices = visit.room.settings.folders.offices
    return visit.page(
        "people_one.html",
        status,
        one=account,
        error=error,
        done=visit.asked("hecho"),
        own=account is not None and account.id == visit.account.id,
        roles=list(Role),
        offices=sorted({*offices, *told["reach"].offices} - {EVERY}),
        queues=QUEUES,
        procedures=PROCEDURES,
        **told,
    )


def _reach(visit: Visit) -> Reach:
    """Return what was ticked; no tray at all means every one, no office means none."""
    known = {role.value: role for role in Role}
    return Reach(
        roles=frozenset(known[one] for one in _ticked(visit, "roles") if one in known),
        offices=_ticked(visit, "offices") | _typed(visit, "more_offices"),
        queues=frozenset(_ticked(visit, "queues") & set(QUEUES)) or ALL,
        procedures=frozenset(_ticked(visit, "procedures") & set(PROCEDURES)) or ALL,
    )


def _reach_of(account: Account) -> Reach:
    """Return what an account is and sees."""
    return Reach(
        roles=account.roles, offices=account.offices, queues=account.queues, procedures=account.procedures
    )


def _ticked(visit: Visit, name: str) -> frozenset[str]:
    """Return the values of the boxes of that name."""
    return frozenset(one for one in visit.form.getlist(name) if isinstance(one, str) and len(one) <= 32)


def _typed(visit: Visit, name: str) -> frozenset[str]:
    """Return the codes of offices in a field, parted by commas or spaces."""
    parts = visit.field(name).replace(",", " ").split()
    return frozenset(one for one in parts if one.isascii() and one.isalnum() and len(one) <= 32)


def _lacking(reach: Reach, name: str) -> str:
    """Return the word for what a form lacks."""
    if not name.strip():
        return "no_name"
    if not reach.roles:
        return "no_roles"
    sees_cases = reach.roles - {Role.ADMINISTRATOR, Role.MANAGER}
    return "no_offices" if sees_cases and not reach.offices else ""


def _account(visit: Visit) -> Account:
    """Return the account of the address."""
    found = by_id(visit.room.store, visit.path("account"))
    if found is None:
        raise Refused(404, "not_here")
    return found


def _by(visit: Visit) -> By:
    """Say who changes an account."""
    return By(who=visit.account.login, at=visit.at)


DOORS = (
    Door("/cuentas", listed, Right.ACCOUNTS),
    Door("/cuentas/nueva", new, Right.ACCOUNTS),
    Door("/cuentas/nueva", make, Right.ACCOUNTS, methods=("POST",)),
    Door("/cuentas/{account}", one, Right.ACCOUNTS),
    Door("/cuentas/{account}", change, Right.ACCOUNTS, methods=("POST",)),
    Door("/cuentas/{account}/bloquear", lock, Right.ACCOUNTS, methods=("POST",)),
    Door("/cuentas/{account}/desbloquear", unlock, Right.ACCOUNTS, methods=("POST",)),
    Door("/cuentas/{account}/contrasena", password, Right.ACCOUNTS, methods=("POST",)),
    Door("/cuentas/{account}/telefono", telephone, Right.ACCOUNTS, methods=("POST",)),
)
