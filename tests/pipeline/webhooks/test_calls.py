"""A program of an office is called for what happens to its cases: signed, again while it does not answer."""

import datetime as dt
import hashlib
import hmac
import json
from dataclasses import replace

import pytest
import sqlalchemy as sa

from pipeline.complaints import Complaints
from pipeline.decisions.tables import decisions
from pipeline.errors import UsageError
from pipeline.life.record import add as lived
from pipeline.store.events import record
from pipeline.webhooks.book import add, again, book, end
from pipeline.webhooks.chosen import Webhooks
from pipeline.webhooks.deliver import Calling, deliver
from pipeline.webhooks.owed import note_owed
from pipeline.webhooks.send import address, send
from validators.life import event

BOTH = pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
MINUTE = dt.timedelta(minutes=1)


class Called:
    """An office whose cases are told to a receiver."""

    def __init__(self, office, receiver, pdf):
        self.office, self.receiver, self.store = office, receiver, office.store
        self.settings = replace(office.settings, webhooks=Webhooks(seconds=0.5, tries=3))
        self.id, self.secret = add(self.store, receiver.url, offices=["CEU01"], by="ana", at=office.now())
        office.drop("solicitud.pdf", pdf)
        (self.taken,) = office.take()

    def deliver(self, after=dt.timedelta()):
        """Call what is due some time later."""
        return deliver(self.store, self.settings, self.office.now() + after)

    def happened(self, kind):
        """Let something happen to the case."""
        with self.store.write() as connection:
            record(connection, self.taken.case, self.office.now(), kind)

    @property
    def told(self):
        """Return the bodies that came."""
        return [json.loads(body) for _, _, body in self.receiver.came]

    @property
    def state(self):
        """Return how many wait, were taken, were given up, and the last answer."""
        one = book(self.store)[0]
        return one.waiting, one.done, one.given_up, one.answered


@pytest.fixture
def called(office, receiver, pdf):
    """Return it."""
    return Called(office, receiver, pdf)


@BOTH
def test_what_happens_is_told_once_with_a_signature(called):
    """Number, queue and links; nothing of a person's, nor the name of a file."""
    assert called.deliver() == 1
    assert called.deliver() == 0

    ((path, headers, body),) = called.receiver.came
    stamp, made = (part.partition("=")[2] for part in headers["Ventanilla-Signature"].split(","))
    words = f"{stamp}.{headers['Ventanilla-Id']}.".encode() + body
    assert made == hmac.new(called.secret.encode(), words, hashlib.sha256).hexdigest()
    assert path == "/avisos?de=ventanilla"
    told = json.loads(body)
    assert (told["type"], told["id"]) == ("case.received", headers["Ventanilla-Id"])
    assert told["case"]["number"] == called.taken.number
    assert b"solicitud" not in body
    assert called.state == (0, 1, 0, "204")


def test_each_kind_of_event_has_its_word(called):
    """What the journal tells of a case, and what the law makes of it; nothing else is told."""
    for kind in ("routed", "failed", "returned"):
        called.happened(kind)
    for kind, said in (
        ("requirement_notified", {}),
        ("resolution_taken", {"outcome": "grant"}),
        ("resolution_notified", {}),
    ):
        with called.store.writing() as transaction:
            day = called.office.now().date()
            lived(transaction, called.taken.case, event(kind, day, said), "ana", called.office.now())
    called.deliver()

    words = ["received", "routed", "returned", "required", "decided", "resolved"]
    assert [one["type"] for one in called.told] == [f"case.{word}" for word in words]


def decide(called, kind):
    """Take a decision of that kind as the desk keeps it, and tell of it as the life of the case does."""
    at = called.office.now()
    row = {"id": kind, "case_id": called.taken.case, "kind": kind, "by": "ana", "at": at, "final_at": at}
    more = {"proposal": {}, "text": "", "seen": [], "letter": {}, "confirm": False, "sampled": False}
    more["turn"] = len(kind)
    with called.store.write() as connection:
        connection.execute(sa.insert(decisions).values(**row, **more, dated_on=at.date()))
    lives = {"require": ("requirement_notified", {}), "grant": ("resolution_taken", {"outcome": "grant"})}
    with called.store.writing() as transaction:
        lived(transaction, called.taken.case, event(lives[kind][0], at.date(), lives[kind][1]), "ana", at)


@pytest.mark.parametrize(("kind", "word"), [("grant", "decided"), ("require", "required")])
def test_a_decision_is_told_when_it_can_be_undone_no_more(called, kind, word):
    """Not before, and once."""
    decide(called, kind)
    called.deliver()
    assert [one["type"] for one in called.told] == ["case.received"]

    with called.store.write() as connection:
        record(
            connection, called.taken.case, called.office.now(), "decision-final", decision=kind, decided=kind
        )
    called.deliver()
    assert [one["type"] for one in called.told] == ["case.received", f"case.{word}"]


def test_an_address_hears_of_its_own_offices_and_of_what_came_after_it(called, receiver):
    """Not of others, not of what was."""
    add(called.store, receiver.url, offices=["MEL01"], by="ana", at=called.office.now())
    add(called.store, receiver.url, offices=["*"], by="ana", at=called.office.now())

    assert note_owed(called.store, called.office.now()) == 1
    called.happened("routed")
    assert note_owed(called.store, called.office.now()) == 2


@BOTH
def test_what_is_not_taken_is_called_again_with_growing_pauses_and_given_up_in_the_end(called):
    """The last answer stands beside it; an administrator may have it called again."""
    called.receiver.answer = 500
    assert [called.deliver(), called.deliver(), called.state] == [0, 0, (1, 0, 0, "500")]
    called.deliver(MINUTE)
    called.deliver(2 * MINUTE)
    assert len(called.receiver.came) == 2
    called.deliver(3 * MINUTE)
    called.deliver(60 * MINUTE)
    assert (len(called.receiver.came), called.state) == (3, (0, 0, 1, "500"))

    called.receiver.answer = 200
    assert again(called.store, called.id, by="ana", at=called.office.now()) == 1
    assert called.deliver() == 1
    assert called.state == (0, 1, 0, "200")


def test_one_that_is_not_taken_does_not_hold_up_the_next(called):
    """The program says no to one and yes to another."""
    called.receiver.answer = 422
    called.deliver()
    called.receiver.answer = 200
    called.happened("routed")

    assert called.deliver() == 1
    assert called.state[:2] == (1, 1)


def test_where_nobody_is_there_one_try_is_made_for_all(called):
    """A dead program costs a try in each pause, however much is owed; all of it comes when it is back."""
    for _ in range(5):
        called.happened("routed")
    called.receiver.stop()
    assert called.deliver() == 0
    assert called.state == (6, 0, 0, "no-connection")
    with called.store.reading() as transaction:
        assert transaction.all("SELECT SUM(tries) AS n FROM calls")[0]["n"] == 1


@pytest.mark.parametrize(
    ("answer", "word"), [("slow", "too-slow"), ("drip", "too-slow"), ("rubbish", "no-answer")]
)
def test_who_answers_slowly_or_badly_is_left(called, answer, word):
    """In the time that a call may take, whatever drips."""
    called.receiver.answer = answer
    began = dt.datetime.now(dt.UTC)
    called.deliver()

    assert dt.datetime.now(dt.UTC) - began < dt.timedelta(seconds=1.5)
    assert called.state == (1, 0, 0, word)


def test_no_other_address_is_followed(called):
    """A redirect is not an answer."""
    called.receiver.answer = "redirect"
    called.deliver()

    assert [path for path, _, _ in called.receiver.came] == ["/avisos?de=ventanilla"]
    assert called.state == (1, 0, 0, "302")


def test_an_address_that_is_ended_is_called_no_more(called):
    """What was owed to it is given up."""
    note_owed(called.store, called.office.now())
    end(called.store, called.id, by="ana", at=called.office.now())
    called.happened("routed")

    assert called.deliver() == 0
    assert called.receiver.came == []
    assert called.state[2] == 1


def test_a_slow_receiver_keeps_nobody_waiting(called):
    """Whoever works cases goes on at once; the call is made beside."""
    called.receiver.answer = "slow"
    calling = Calling(called.store, called.settings, Complaints())
    began = dt.datetime.now(dt.UTC)
    calling(called.office.now())
    assert dt.datetime.now(dt.UTC) - began < dt.timedelta(seconds=0.3)
    calling._thread.join(5)

    assert called.state == (1, 0, 0, "too-slow")


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/",
        "http://10.0.0.1/",
        "ftp://127.0.0.1/",
        "https://ana:clave@example.org/",
        "https:///x",
        "https://example.org/\r\nX: y",
        "https://example.org:99999/",
        "file:///etc/passwd",
        "http://127.0.0.1.example.org/",
        "https://[::1/",
    ],
)
def test_an_address_that_is_not_called_is_refused(url):
    """Https, or this machine itself."""
    with pytest.raises(UsageError):
        address(url)


@pytest.mark.parametrize(
    ("host", "private", "word"),
    [
        ("10.0.0.1", False, "not-allowed"),
        ("169.254.169.254", False, "not-allowed"),
        ("169.254.169.254", True, "not-allowed"),
        ("[::ffff:169.254.169.254]", True, "not-allowed"),
        ("[2002:a9fe:a9fe::1]", True, "not-allowed"),
        ("[2001:0:a9fe:a9fe::1]", True, "not-allowed"),
        ("[fd00:ec2::254]", True, "not-allowed"),
        ("[fec0::1]", True, "not-allowed"),
        ("192.0.0.192", True, "not-allowed"),
        ("[fe80::1]", True, "not-allowed"),
        ("0.0.0.0", True, "not-allowed"),
        ("nadie.invalid", True, "no-name"),
    ],
)
def test_no_private_network_is_called_unless_that_is_chosen(host, private, word):
    """And the link's own addresses never: clouds keep secrets there."""
    made = send(f"https://{host}/", "s", "1", b"{}", at=0, seconds=0.2, private=private)
    assert made == word


def test_a_certificate_that_nobody_knows_is_not_trusted(receiver):
    """A server that speaks no TLS is none either."""
    url = receiver.url.replace("http://", "https://")
    assert send(url, "s", "1", b"{}", at=0, seconds=1, private=False) in {"no-trust", "no-connection"}
    assert receiver.came == []
