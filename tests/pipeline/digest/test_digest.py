"""The mail of the morning: what it tells, to whom, when, and that each gets it once."""

import datetime as dt
import re
import threading
from dataclasses import replace

import pytest
import time_machine

from pipeline.digest import owed
from pipeline.digest.chosen import Digest, Receiver
from pipeline.digest.owed import HELD, PAUSE, Mornings
from pipeline.digest.words import LANGUAGES
from pipeline.digest.written import html, text
from pipeline.errors import UsageError
from pipeline.trays.standing import Days
from pipeline.trays.tidy import tidy

ANA = Receiver(address="jefatura@example.org")
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def morning(office, judged, calendars, policy, served):
    """Return a mail server, and a function that makes an office's mornings with some settings."""
    judged()
    judged(resolve_by=dt.date(2026, 3, 13))
    tidy(office.store, Days(office.now().date(), policy, calendars))
    server = served()

    def made(**chosen):
        given = {"host": "127.0.0.1", "port": server.port, "security": "none", "receivers": (ANA,)}
        digest = Digest(sender="ventanilla@example.org", seconds=5.0, **{**given, **chosen})
        return Mornings(office.store, replace(office.settings, digest=digest), calendars)

    return server, made


def at(told):
    """Return a moment on the office's wall."""
    from tests.pipeline.conftest import MADRID

    return dt.datetime.fromisoformat(told).replace(tzinfo=MADRID)


MONDAY = "2026-03-16 07:30"


def test_it_goes_out_from_its_hour_on_once(morning):
    """Not a minute before, and not again: whoever asks, however often."""
    server, made = morning
    early, first, again, other = made(), made(), made(), made()

    sent = [
        early.send(at("2026-03-16 07:29")),
        first.send(at(MONDAY)),
        again.send(at(MONDAY) + MINUTE),
        other.send(at("2026-03-16 23:00")),
        other.send(at("2026-03-17 07:30")),
    ]

    assert sent == [0, 1, 0, 0, 1]
    assert [one["To"] for one in server.taken] == ["jefatura@example.org"] * 2


@pytest.mark.parametrize(
    ("day", "calendars_", "goes"),
    [
        ("2026-03-14", ("state",), 0),  # a Saturday
        ("2026-01-06", ("state",), 0),  # Epiphany
        ("2026-09-02", ("ceuta",), 0),  # the day of Ceuta
        ("2026-09-02", ("ceuta", "melilla"), 1),  # somebody of the offices works
        ("2026-09-02", ("state",), 1),
    ],
)
def test_none_goes_out_on_a_day_off(morning, day, calendars_, goes):
    """By the calendars of the receiver's offices."""
    server, made = morning
    receiver = replace(ANA, calendars=calendars_)

    assert made(receivers=(receiver,)).send(at(f"{day} 09:00")) == goes == len(server.taken)


def test_it_tells_counts_in_two_forms_and_nobodys_data(morning):
    """What is past its time and due first; text and tables; a link to the board; no word of a case."""
    server, made = morning
    made().send(at(MONDAY))

    (one,) = server.taken
    plain = one.get_body(("plain",)).get_content()
    page = one.get_body(("html",)).get_content()
    assert one["Subject"] == (
        "Ventanilla, 16/03/2026: 1 fuera de plazo, 0 vencen en 10 días hábiles, 2 recibidos"
    )
    assert one["Auto-Submitted"] == "auto-generated"
    assert plain.index("QUÉ VENCE") < plain.index("QUÉ HA CAMBIADO")
    assert re.search(r"Fuera de plazo +1\r?\n", plain)
    assert "http://127.0.0.1:8000/gestion" in plain
    assert '<a href="http://127.0.0.1:8000/gestion">' in page
    assert page.count("<table") == 4
    assert "<script" not in page
    assert not re.search(r"CEU01-\d{4}-\d{6}|Y1234567X|src=", plain + page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_speaks_the_receivers_language(morning, language):
    """Every sentence, number and share in it."""
    _, made = morning
    told = made().mail(replace(ANA, language=language, offices=("CEU01",)), at(MONDAY))

    assert {"es": "Recibidos", "gl": "Recibidos", "en": "Received"}[language] in text(told)
    assert f'lang="{language}"' in html(told, language)
    assert "CEU01" in told.about


def test_a_mail_that_is_not_taken_is_tried_again_later(morning):
    """With longer pauses, so often and no more; an office without mail works on."""
    server, made = morning
    server.answers += ["451 later", "550 no"]
    mornings, now = made(tries=3), at(MONDAY)

    sent = [
        mornings.send(now),
        mornings.send(now + PAUSE - MINUTE / 2),
        mornings.send(now + PAUSE),
        mornings.send(now + 3 * PAUSE),
        mornings.send(now + 20 * PAUSE),
    ]

    assert sent == [0, 0, 0, 1, 0]


def test_it_is_given_up_after_its_tries(morning):
    """A wrong address does not have the mail server called all day."""
    server, made = morning
    server.answers += ["550 no"] * 9
    mornings, now = made(tries=2), at(MONDAY)

    for minutes in (0, 1, 10, 60):
        mornings.send(now + minutes * MINUTE)

    assert len(server.answers) == 7


def test_whoever_died_in_the_middle_is_followed_by_another(morning, monkeypatch):
    """The mail that the server took before the death comes twice, under one name; never not at all."""
    server, made = morning
    dying, now = made(), at(MONDAY)
    with monkeypatch.context() as death:
        death.setattr(dying, "_note", lambda *_, **__: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            dying.send(now)

    sent = [made().send(now + HELD - MINUTE), made().send(now + HELD)]

    assert sent == [0, 1]
    assert len({one["Message-ID"] for one in server.taken}) == 1


@pytest.mark.parametrize("closed", ["starttls", "tls"])
def test_the_line_is_closed_to_others(morning, served, certificate, context, closed):
    """With an issuer that is believed it goes out; with one that is not, it does not."""
    _, made = morning
    server = served(closed, context)
    chosen = {"port": server.port, "security": closed}

    sent = [
        made(**chosen).send(at(MONDAY)),
        made(**chosen, certificates=certificate).send(at(MONDAY) + PAUSE),
    ]

    assert sent == [0, 1]
    assert len(server.taken) == 1


def test_a_worker_never_waits_for_a_mail_server(morning, monkeypatch):
    """It sends from a thread of its own, one at a time."""
    _, made = morning
    held, go_on = threading.Event(), threading.Event()

    def slow(*_):
        held.set()
        go_on.wait(10)

    monkeypatch.setattr(owed, "post", slow)
    mornings = made()
    mornings(at(MONDAY))

    assert held.wait(10)
    assert mornings._thread.is_alive()
    go_on.set()
    mornings._thread.join(10)
    assert made().send(at(MONDAY)) == 0


def test_without_a_mail_server_or_receivers_nothing_is_sent(morning):
    """As a machine comes."""
    server, made = morning

    with time_machine.travel(at(MONDAY)):
        made(receivers=())(at(MONDAY))
        made(host="")(at(MONDAY))

    assert server.taken == []


@pytest.mark.parametrize(
    ("chosen", "told"),
    [
        ({"at": "siete"}, "digest.at"),
        ({"sender": "nadie"}, "correo no sirve"),
        ({"receivers": (replace(ANA, address="a@b\r\nBcc: c@d"),)}, "correo no sirve"),
        ({"receivers": (ANA, ANA)}, "repetidas"),
        ({"host": "mail.example.org", "receivers": (ANA,)}, "digest.sender"),
        ({"host": "mail.example.org", "security": "none"}, "digest.security"),
    ],
)
def test_settings_that_could_not_be_sent_by_are_refused(chosen, told):
    """At the start, with what to write instead."""
    with pytest.raises(UsageError, match=told):
        Digest(**chosen)


def test_every_office_is_every_office(morning):
    """As `config show` writes it: never a mail that says of no office that nothing waits."""
    _, made = morning

    mails = [
        made().mail(replace(ANA, offices=offices), at(MONDAY)) for offices in ((), ("*",), ("CEU01", "*"))
    ]

    assert text(mails[0]) == text(mails[1]) == text(mails[2])
    assert "CEU01" in text(mails[0])


def test_an_office_that_there_is_not_is_refused_at_start(office):
    """The mail would tell of nothing, as if all were well; what was meant is asked."""
    chosen = Digest(host="127.0.0.1", sender="v@example.org", receivers=(replace(ANA, offices=("CEU1",)),))

    with pytest.raises(UsageError, match="CEU1") as refused:
        replace(office.settings, digest=chosen)

    assert "CEU01" in str(refused.value.remedy)
