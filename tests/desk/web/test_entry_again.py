"""What guessing costs, what a form that came too late becomes, and what one's own page shows."""

import datetime as dt
import re

import pyotp
import pytest

from desk.people.accounts import add, by_login
from desk.people.rights import Role
from tests.desk.web.entering import PASSWORD, SITE, browser, enter, give, hidden, with_telephone


def test_guesses_are_slowed_down_and_a_restart_does_not_forget(desk):
    """Five wrong passwords, then a pause that grows; the right one must wait too."""
    desk.account("reviewer")

    answers = [enter(browser(desk), password=f"no es {n}").status_code for n in range(6)]
    meanwhile = enter(browser(desk))
    desk.now += dt.timedelta(seconds=3)
    later = enter(browser(desk))

    assert answers == [403] * 5 + [429]
    assert (meanwhile.status_code, later.status_code) == (429, 303)


def test_a_login_that_is_nobodys_is_slowed_down_alike(desk):
    """The pauses do not tell who has an account."""
    answers = [enter(browser(desk), login="nadie").status_code for _ in range(6)]

    assert answers == [403] * 5 + [429]


def test_a_stranger_does_not_lock_out_the_one_whose_login_it_is(desk):
    """In a browser in which that person came in before, tries from elsewhere count for nothing."""
    desk.account("reviewer")
    usual = browser(desk)
    enter(usual)
    usual.post("/salir", data={"csrf": ""}, headers=SITE)
    usual.cookies.delete("ventanilla")

    strange = [enter(browser(desk), password=f"no es {n}").status_code for n in range(8)]

    assert strange[-1] == 429
    assert enter(usual).status_code == 303


def test_the_text_of_a_form_that_came_too_late_is_sent_again_after_the_entrance(desk):
    """Once, for the same account, with the token of the new session."""
    client = desk.browser("reviewer")
    desk.now += dt.timedelta(minutes=30)

    late = client.post("/cuenta", data={"csrf": client.csrf, "language": "gl"}, headers=SITE)
    before = by_login(desk.store, "ana").language
    done = enter(client, kept=hidden(late, "kept"))
    after = by_login(desk.store, "ana").language
    twice = enter(client, kept=hidden(late, "kept"))

    assert late.status_code == 401
    assert (before, after) == ("es", "gl")
    assert done.headers["location"] == "/cuenta?hecho=liked"
    assert twice.status_code == 409


def test_a_form_that_came_too_late_is_not_sent_for_another_account(desk):
    """Who comes in next at the same machine does not send what Ana typed."""
    client = desk.browser("reviewer")
    desk.account("reviewer", login="berta")
    desk.now += dt.timedelta(minutes=30)

    late = client.post("/cuenta", data={"csrf": client.csrf, "language": "gl"}, headers=SITE)
    other = enter(client, login="berta", kept=hidden(late, "kept"))

    assert other.status_code == 409
    assert by_login(desk.store, "ana").language == by_login(desk.store, "berta").language == "es"


def test_a_kept_form_is_not_sent_after_half_an_hour(desk):
    """Who finds the page later sends nothing with it."""
    client = desk.browser("reviewer")
    desk.now += dt.timedelta(minutes=30)
    late = client.post("/cuenta", data={"csrf": client.csrf, "language": "gl"}, headers=SITE)

    desk.now += dt.timedelta(minutes=31)
    enter(client, kept=hidden(late, "kept"))

    assert by_login(desk.store, "ana").language == "es"


def test_a_form_of_another_page_is_not_kept_after_the_end_of_a_session(desk):
    """A page beside this one, for which the cookie goes along, has nothing sent in somebody's name."""
    client = desk.browser("reviewer")
    desk.now += dt.timedelta(minutes=30)
    beside = {"Origin": "http://127.0.0.1:4200", "Sec-Fetch-Site": "same-site"}

    got = client.post("/cuenta", data={"language": "gl"}, headers=beside)
    mute = client.post("/cuenta", data={"csrf": "otra", "language": "gl"})
    own = client.post("/cuenta", data={"csrf": client.csrf, "language": "gl"})

    assert [one.status_code for one in (got, mute, own)] == [401, 401, 401]
    assert ['name="kept"' in one.text for one in (got, mute, own)] == [False, False, True]


def test_who_wanted_a_part_of_a_page_comes_back_to_the_page(desk):
    """A part alone would be no page."""
    client = desk.browser("reviewer")
    desk.now += dt.timedelta(minutes=30)
    headers = {"HX-Request": "true", "HX-Current-URL": "http://127.0.0.1/bandejas/review?d=2"}

    asked = client.get("/bandejas/review", headers=headers)

    assert asked.status_code == 401
    assert hidden(asked, "wanted") == "/bandejas/review?d=2"


def test_what_was_typed_goes_along_through_the_code(desk):
    """It is sent when the last step is done, not before."""
    secret, _ = with_telephone(desk)
    client = browser(desk)
    give(client, enter(client), pyotp.TOTP(secret).at(int(desk.now.timestamp())))
    desk.now += dt.timedelta(minutes=30)
    late = client.post("/cuenta", data={"language": "gl"}, headers=SITE)

    asked = enter(client, kept=hidden(late, "kept"))
    before = by_login(desk.store, "ana").language
    form = {"code": pyotp.TOTP(secret).at(int(desk.now.timestamp())), "kept": hidden(asked, "kept")}
    client.post("/entrar/codigo", data=form, headers=SITE)

    assert (before, by_login(desk.store, "ana").language) == ("es", "gl")


def test_files_are_asked_for_again(desk):
    """The texts are there; it is sent when its person has chosen the files once more."""
    client = desk.browser("clerk")
    desk.now += dt.timedelta(minutes=30)
    files = {"files": ("a.pdf", b"%PDF-1.4")}

    late = client.post("/oficina", data={"remarks": "urgente <b>"}, files=files, headers=SITE)
    shown = enter(client, kept=hidden(late, "kept"))

    assert "se le pedirán otra vez" in late.text
    assert 'action="/oficina"' in shown.text
    assert 'value="urgente &lt;b&gt;"' in shown.text
    assert 'type="file"' in shown.text


def test_nothing_is_kept_of_somebody_who_never_came_in(desk):
    """A stranger's form is not read."""
    answer = browser(desk).post("/cuenta", data={"language": "gl"}, headers=SITE)

    assert answer.status_code == 401
    assert 'name="kept"' not in answer.text


def test_a_form_of_an_earlier_session_is_shown_again_to_be_sent(desk):
    """Somebody came in again on another page meanwhile: what was typed on the first is not lost."""
    client = desk.browser("reviewer")
    enter(client)

    shown = client.post("/cuenta", data={"csrf": client.csrf, "language": "gl", "note": "<b>"}, headers=SITE)
    unsure = client.post("/cuenta", data={"csrf": client.csrf, "language": "gl"})
    sent = client.post("/cuenta", data={"csrf": hidden(shown, "csrf"), "language": "gl"}, headers=SITE)

    assert (shown.status_code, unsure.status_code, sent.status_code) == (403, 403, 200)
    assert 'name="note" value="&lt;b&gt;"' in shown.text
    assert 'name="language"' not in unsure.text.partition("<main")[2].partition("</main")[0]


def test_passwords_are_never_shown_again(desk):
    """Of a form with one nothing is kept."""
    client = desk.browser("reviewer")
    desk.now += dt.timedelta(minutes=30)

    late = client.post("/cuenta/contrasena", data={"password": "secreta-1"}, headers=SITE)

    assert late.status_code == 401
    assert "secreta-1" not in late.text
    assert 'name="kept"' not in late.text


def test_the_access_before_is_shown(desk):
    """When and from where, so that somebody sees that it was not them."""
    desk.account("reviewer")
    enter(browser(desk))
    desk.now += dt.timedelta(days=1)
    client = browser(desk)
    enter(client)

    assert "23/03/2026 09:30" in client.get("/cuenta").text
    assert "testclient" in client.get("/cuenta").text


def test_one_ends_ones_other_sessions(desk):
    """And stays in."""
    here, there = desk.browser("reviewer"), browser(desk)
    enter(there)

    here.post("/cuenta/sesiones", data={"csrf": here.csrf, "session": "others"})

    assert here.get("/cuenta").status_code == 200
    assert there.get("/cuenta", follow_redirects=False).status_code == 303


def test_a_telephone_is_set_up_on_ones_own_page(desk, lasting):
    """A wrong code changes nothing; the right one shows the spare codes once."""
    client = desk.browser("reviewer")
    page = client.get("/cuenta/telefono")
    secret = re.search(r"<code>([A-Z2-7 ]+)</code>", page.text)[1].replace(" ", "")
    form = {"csrf": client.csrf, "secret": hidden(page, "secret"), "password": PASSWORD}

    left_open = client.post("/cuenta/telefono", data={**form, "code": secret, "password": "no es"})
    wrong = client.post("/cuenta/telefono", data={**form, "code": "000000"})
    code = pyotp.TOTP(secret).at(int(desk.now.timestamp()))
    right = client.post("/cuenta/telefono", data={**form, "code": code})

    assert hidden(wrong, "secret")
    assert (left_open.status_code, wrong.status_code) == (422, 422)
    assert len(re.findall(r"<li><code>", right.text)) == 10
    assert by_login(desk.store, "ana").totp


def test_without_a_lasting_secret_no_telephone_is_set_up(desk):
    """A restart would lock its owner out."""
    assert desk.browser("reviewer").get("/cuenta/telefono").status_code == 409


@pytest.fixture
def lasting(desk):
    """Let the desk have a secret of its own."""
    from dataclasses import replace

    from desk.people.sealing import Seals
    from desk.web.app import application

    desk.room = replace(desk.room, seals=Seals(b"x" * 32, lasting=True))
    desk.app = application(desk.room)


def test_an_account_that_somebody_else_vouches_for_has_no_password(desk):
    """Not even an empty one lets in."""
    add(desk.store, "eva", "Eva", roles=[Role.REVIEWER], offices=["*"], password=None, at=desk.now)

    assert enter(browser(desk), login="eva", password="").status_code == 403
