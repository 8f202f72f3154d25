"""Two people vouch at a terminal, each for themselves."""

import datetime as dt

import pytest

from desk.people.accounts import AccountError, add
from desk.people.both import Given, apart, came
from desk.people.rights import Right, Role
from desk.people.sealing import passing

AT = dt.datetime(2026, 5, 4, 12, 0, tzinfo=dt.UTC)
WORD = "una larga frase de paso"


class Accounts:
    """Accounts at a terminal."""

    def __init__(self, store):
        self.store = store
        for login, role, new in (
            ("ana", "reviewer", False),
            ("eva", "auditor", False),
            ("luz", "auditor", True),
        ):
            add(store, login, login, roles=[Role(role)], offices=["*"], password=WORD, at=AT, must_change=new)

    def came(self, login, *rights, password=WORD):
        return came(self.store, passing(), Given(login=login, password=password), rights, AT)


@pytest.fixture
def accounts(store):
    """Return a reviewer, an auditor, and one who has not chosen a password yet."""
    return Accounts(store)


def test_two_people_vouch_each_with_their_own_password(accounts):
    """One asks, another approves."""
    apart(accounts.came("ana", Right.CASES), accounts.came("eva", Right.AUDIT, Right.CONFIRM))


@pytest.mark.parametrize(
    ("login", "password", "right", "why"),
    [
        ("ana", "otra", Right.CASES, "wrong"),
        ("nadie", WORD, Right.CASES, "wrong"),
        ("ana", WORD, Right.AUDIT, "no_right"),
        ("luz", WORD, Right.AUDIT, "must_change"),
    ],
)
def test_whoever_is_not_who_they_say_or_may_not_is_refused(accounts, login, password, right, why):
    """A wrong password, nobody's login, no right, a password that somebody else gave."""
    with pytest.raises(AccountError) as refused:
        accounts.came(login, right, password=password)

    assert refused.value.why == why


def test_nobody_approves_what_they_ask_for(accounts):
    """One account is one person, whatever roles it has."""
    with pytest.raises(AccountError, match="la misma cuenta"):
        apart(accounts.came("eva", Right.CASES), accounts.came("eva", Right.AUDIT))


def test_after_some_wrong_passwords_nobody_may_try_for_a_while(accounts):
    """A terminal is no place to guess either."""
    whys = []
    for _ in range(6):
        with pytest.raises(AccountError) as refused:
            accounts.came("ana", Right.CASES, password="otra")
        whys.append(refused.value.why)

    assert whys[-1] == "wait"
