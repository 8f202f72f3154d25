"""What nobody may change of accounts, and the line that each change leaves."""

import datetime as dt

import pytest

from desk.people.accounts import AccountError, add, by_login, checked
from desk.people.changing import (
    By,
    Reach,
    WeakPasswordError,
    change,
    choose_password,
    give_password,
    lock,
    make,
    unlock,
)
from desk.people.first import first_people
from desk.people.rights import Right, Role
from desk.people.sessions import Coming, begin, current

NOW = dt.datetime(2026, 3, 23, 9, 30, tzinfo=dt.UTC)
ROOT = By(who="@root", at=NOW)


def reach(*roles, offices=("*",), queues=("*",), procedures=("*",)):
    """Return what an account is and sees."""
    return Reach(
        roles=frozenset(roles),
        offices=frozenset(offices),
        queues=frozenset(queues),
        procedures=frozenset(procedures),
    )


def audited(store):
    """Return what was done to accounts, by whom."""
    with store.read() as connection:
        rows = connection.exec_driver_sql("SELECT who, did FROM audit ORDER BY seq").all()
    return [tuple(row) for row in rows]


def test_an_account_is_made_with_a_password_for_one_day(store):
    """Each change leaves its line."""
    made, word = make(store, ROOT, " Ana ", "Ana", reach(Role.REVIEWER))

    assert (made.login, made.must_change) == ("ana", True)
    assert checked(store, "ANA", word) == made
    assert audited(store) == [("@root", "account-made")]


@pytest.mark.parametrize(
    "login", ["", "a", "ana maría", "ñandú", "../x", "a" * 65, "-ana", "<b>", "ana\u202e"]
)
def test_a_login_is_plain(store, login):
    """It stands in logs and lines of the audit."""
    with pytest.raises(AccountError) as error:
        make(store, ROOT, login, "Ana", reach(Role.REVIEWER))

    assert error.value.why == "login"


def test_a_login_is_one_persons(store):
    """In any case of letters."""
    make(store, ROOT, "ana", "Ana", reach(Role.REVIEWER))

    with pytest.raises(AccountError):
        make(store, ROOT, "ANA", "Otra", reach(Role.CLERK))


def test_nobody_gives_rights_to_themselves(store):
    """Nor offices or trays; their own name they may set right."""
    account, _ = make(store, ROOT, "ana", "Ana", reach(Role.ADMINISTRATOR))
    own = By(who="ana", at=NOW)

    for more in (
        reach(Role.ADMINISTRATOR, Role.REVIEWER),
        reach(Role.ADMINISTRATOR, offices=("CEU01",)),
        reach(Role.ADMINISTRATOR, queues=("review",)),
    ):
        with pytest.raises(AccountError, match="propios permisos"):
            change(store, own, account, "Ana", more)
    change(store, own, account, "Ana Ruiz", reach(Role.ADMINISTRATOR))

    assert by_login(store, "ana").name == "Ana Ruiz"
    assert not by_login(store, "ana").may(Right.CASES)


def test_the_last_administrator_stays(store):
    """Neither another role nor a lock takes them away; with a second one either does."""
    ana, _ = make(store, ROOT, "ana", "Ana", reach(Role.ADMINISTRATOR))
    for act in (
        lambda: change(store, ROOT, ana, "Ana", reach(Role.CLERK)),
        lambda: lock(store, ROOT, ana),
    ):
        with pytest.raises(AccountError, match="última"):
            act()

    eva, _ = make(store, ROOT, "eva", "Eva", reach(Role.ADMINISTRATOR))
    lock(store, ROOT, ana)

    with pytest.raises(AccountError, match="última"):
        change(store, ROOT, eva, "Eva", reach(Role.CLERK))


def test_a_lock_ends_every_session(store):
    """And lets nobody in until it is taken away."""
    ana, word = make(store, ROOT, "ana", "Ana", reach(Role.REVIEWER))
    token = begin(store, ana, Coming(at=NOW))

    lock(store, ROOT, ana)
    locked = checked(store, "ana", word)
    unlock(store, ROOT, ana)

    assert current(store, token, NOW) is None
    assert locked is None
    assert checked(store, "ana", word) is not None


def test_a_given_password_ends_every_session(store):
    """Whoever had the old one is out."""
    ana, old = make(store, ROOT, "ana", "Ana", reach(Role.REVIEWER))
    token = begin(store, ana, Coming(at=NOW))

    new = give_password(store, ROOT, ana)

    assert current(store, token, NOW) is None
    assert checked(store, "ana", old) is None
    assert checked(store, "ana", new).must_change


def test_a_weak_password_is_not_kept(store):
    """The old one stays."""
    ana, word = make(store, ROOT, "ana", "Ana", reach(Role.REVIEWER))

    with pytest.raises(WeakPasswordError):
        choose_password(store, ROOT, ana, "contraseña1234")

    assert checked(store, "ana", word) is not None


def test_the_first_people_are_made_once(store):
    """One who administers and sees no case, one who decides and gives no rights."""
    made = dict(first_people(store, ROOT))

    assert set(made) == {"administracion", "revision"}
    assert first_people(store, ROOT) == ()
    assert not by_login(store, "administracion").may(Right.CASES)
    assert not by_login(store, "revision").may(Right.ACCOUNTS)


def test_a_role_that_is_unknown_gives_no_right(store):
    """A row of a newer program, or of an older one."""
    add(store, "ana", "Ana", roles=[Role.CLERK], offices=["*"], password=None, at=NOW)
    with store.write() as connection:
        connection.exec_driver_sql("""UPDATE accounts SET roles = '["king"]'""")

    assert by_login(store, "ana").roles == frozenset()


@pytest.mark.parametrize(
    ("office", "queue", "procedure", "seen"),
    [
        ("CEU01", "review", "convenio_especial", True),
        ("MEL01", "review", "convenio_especial", False),
        ("CEU01", "cure", "convenio_especial", False),
        ("CEU01", None, "convenio_especial", False),
        ("CEU01", "review", None, False),
    ],
)
def test_a_limited_account_sees_what_is_named(store, office, queue, procedure, seen):
    """A case that is in no queue yet is in none of theirs."""
    where = reach(Role.REVIEWER, offices=("CEU01",), queues=("review",), procedures=("convenio_especial",))
    account, _ = make(store, ROOT, "ana", "Ana", where)

    assert account.sees(office, queue, procedure) == seen
