"""Coming in and going out: passwords, sessions and codes."""

import datetime as dt

import pyotp
import pytest

from desk.people.accounts import by_login
from desk.people.changing import By, give_password
from tests.desk.web.entering import SITE, browser, enter, give, hidden, with_telephone


def test_a_right_password_lets_in_and_a_wrong_one_does_not(desk):
    """The answer does not tell whether there is such an account."""
    desk.account("reviewer")
    client = browser(desk)

    wrong, nobody = enter(client, password="no es esta"), enter(client, login="nadie")
    right = enter(client)

    assert (wrong.status_code, nobody.status_code, right.status_code) == (403, 403, 303)
    assert wrong.text.replace('value="ana"', "") == nobody.text.replace('value="nadie"', "")


def test_a_login_that_is_nobodys_costs_as_much_as_one_that_is(desk, monkeypatch):
    """One comparison and one line of the audit in either case: the time tells nothing."""
    desk.account("reviewer")
    compared = []
    monkeypatch.setattr("desk.people.accounts.matches", lambda *told: bool(compared.append(told)))

    costs = []
    for login in ("ana", "nadie"):
        compared.clear()
        enter(browser(desk), login=login, password="no es esta")
        with desk.store.read() as connection:
            rows = connection.exec_driver_sql("SELECT count(*) FROM audit WHERE did = 'entry-refused'")
            costs.append((len(compared), rows.scalar_one() - len(costs)))

    assert costs == [(1, 1), (1, 1)]


def test_a_session_that_somebody_had_before_is_not_the_one_after(desk):
    """A token that was planted in the browser opens nothing once its owner has come in."""
    desk.account("reviewer")
    client = browser(desk)
    enter(client)
    planted = client.cookies["ventanilla"]

    enter(client)
    other = browser(desk)
    other.cookies.set("ventanilla", planted)

    assert client.get("/cuenta").status_code == 200
    assert other.get("/cuenta", follow_redirects=False).status_code == 303


def test_whoever_is_locked_is_out_at_once(desk):
    """With the right password too."""
    client = desk.browser("reviewer")
    with desk.store.write() as connection:
        connection.exec_driver_sql("UPDATE accounts SET locked_at = '2026-03-23T08:00:00.000000+00:00'")

    assert client.get("/bandejas", follow_redirects=False).status_code == 303
    assert enter(browser(desk)).status_code == 403


@pytest.mark.parametrize("minutes", [21, 60 * 10 + 1, -21])
def test_a_session_ends(desk, minutes):
    """After twenty idle minutes, after ten hours, and when the clock is set back: it would last too long."""
    client = desk.browser("reviewer")

    desk.now += dt.timedelta(minutes=minutes)

    assert client.get("/bandejas", follow_redirects=False).headers["location"] == "/entrar?a=/bandejas"


def test_a_session_ends_after_ten_hours_of_work(desk):
    """However busy somebody is."""
    client = desk.browser("reviewer")

    answers = []
    for _ in range(41):
        desk.now += dt.timedelta(minutes=15)
        answers.append(client.get("/cuenta", follow_redirects=False).status_code)

    assert answers == [200] * 40 + [303]


def test_after_the_entrance_comes_the_page_that_was_wanted(desk):
    """And no page of another site."""
    desk.account("reviewer")
    client = browser(desk)

    own = enter(client, wanted="/expedientes/CEU01-2026-000001").headers["location"]
    other = enter(client, wanted="//mal.example/").headers["location"]

    assert (own, other) == ("/expedientes/CEU01-2026-000001", "/")


def test_a_first_password_is_changed_before_anything_else(desk):
    """A weak one is refused; the given one opens nothing but this."""
    desk.account("reviewer")
    word = give_password(desk.store, By(who="root", at=desk.now), by_login(desk.store, "ana"))
    client = browser(desk)

    asked = enter(client, password=word)
    barred = client.get("/bandejas", follow_redirects=False)
    weak = choose(client, asked, "contraseña1234")
    same = choose(client, asked, word)
    done = choose(client, asked, "otra frase bien larga")

    assert (asked.status_code, barred.status_code) == (200, 303)
    assert (weak.status_code, same.status_code, done.status_code) == (422, 422, 303)
    assert client.get("/bandejas").status_code == 200
    assert enter(browser(desk), password="otra frase bien larga").status_code == 303


def choose(client, page, password):
    """Choose a password on the page that asks for one."""
    form = {"csrf": hidden(page, "csrf"), "new_password": password, "again_password": password}
    return client.post("/entrar/contrasena", data=form, headers=SITE, follow_redirects=False)


def test_a_code_is_asked_for_and_is_good_once(desk):
    """The password alone opens nothing; a code that was seen over a shoulder neither."""
    secret, _ = with_telephone(desk)
    code = pyotp.TOTP(secret).at(int(desk.now.timestamp()))
    client, other = browser(desk), browser(desk)

    asked = enter(client)
    barred = client.get("/bandejas", follow_redirects=False)
    wrong = give(client, asked, "000000")
    right = give(client, asked, code)
    again = give(other, enter(other), code)

    assert (asked.status_code, barred.status_code) == (200, 303)
    assert (wrong.status_code, right.status_code, again.status_code) == (403, 303, 403)
    assert client.get("/bandejas").status_code == 200


def test_a_spare_code_is_good_once(desk):
    """However it is typed."""
    _, spare = with_telephone(desk)
    client, other = browser(desk), browser(desk)

    first = give(client, enter(client), spare[0].upper().replace("-", " "))
    second = give(other, enter(other), spare[0])

    assert (first.status_code, second.status_code) == (303, 403)


def test_codes_cannot_be_guessed(desk):
    """After five wrong ones even the right one must wait."""
    secret, _ = with_telephone(desk)
    client = browser(desk)
    asked = enter(client)

    wrong = [give(client, asked, f"{n:06}").status_code for n in range(5)]
    right = give(client, asked, pyotp.TOTP(secret).at(int(desk.now.timestamp())))

    assert wrong == [403] * 5
    assert right.status_code == 429
