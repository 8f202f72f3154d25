"""What somebody who may write to the database can do to the chain is seen, and where it begins."""

import datetime as dt
import json

import pytest
from sqlalchemy.exc import DBAPIError

from pipeline.audit.chain import FIRST, digest
from pipeline.audit.heads import PLACE, heads
from pipeline.audit.signature import sign
from pipeline.receipts.trial import make_trial_key
from pipeline.settings import Receipts

DAY = dt.datetime(2026, 3, 16, 9, 30, tzinfo=dt.UTC)
BOTH = pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
pytestmark = BOTH


def test_a_chain_as_it_was_written_is_whole(chain):
    """Every row counted, sealed or not."""
    chain.seal()
    chain.write(5)

    found = chain.verify()
    assert found.whole
    assert (found.rows, found.last, found.sealed.seq, found.notices) == (15, 15, 10, [])


@pytest.mark.parametrize(
    "change", ["UPDATE audit SET who = 'otra'", "DELETE FROM audit", "DELETE FROM audit_tip"]
)
def test_the_database_refuses_to_rewrite_or_remove(chain, change):
    """Nobody does it by mistake."""
    with pytest.raises(DBAPIError, match="only added to"), chain.store.write() as connection:
        connection.exec_driver_sql(change)


@pytest.mark.parametrize(
    "change",
    [
        "at = '2026-03-16T09:30:00.000001+00:00'",
        "who = 'personA'",
        "did = 'case-Seen'",
        "case_id = NULL",
        "detail = '{\"page\":  3}'",
        "digest = '1' || substr(digest, 2, 62) || 'x'",
    ],
)
def test_any_word_of_a_row_that_is_changed_is_found(chain, change):
    """Also a space in its details."""
    chain.tamper(f"UPDATE audit SET {change} WHERE seq = 4")

    assert chain.faults()[0] == ("changed", 4)
    assert chain.verify().first_bad == 4


MOVE = "UPDATE audit SET seq = {to} WHERE seq = {seq}"


@pytest.mark.parametrize(
    ("tampering", "fault"),
    [
        (["DELETE FROM audit WHERE seq = 4"], ("missing", 4)),
        (["DELETE FROM audit WHERE seq = 1"], ("missing", 1)),
        (["DELETE FROM audit WHERE seq = 10"], ("cut", 10)),
        (["DELETE FROM audit WHERE seq > 7"], ("cut", 8)),
        (["DELETE FROM audit"], ("cut", 1)),
        ([MOVE.format(seq=10, to=12)], ("missing", 10)),
        ([MOVE.format(seq=1, to=0)], ("beyond", 0)),
        ([MOVE.format(seq=4, to=99), MOVE.format(seq=5, to=4), MOVE.format(seq=99, to=5)], ("changed", 4)),
        (
            ["DELETE FROM audit WHERE seq = 4", *(MOVE.format(seq=n, to=n - 1) for n in range(5, 11))],
            ("changed", 4),
        ),
        (["DELETE FROM audit_tip"], ("tip", None)),
    ],
)
def test_rows_taken_out_put_elsewhere_or_numbered_anew_are_found(chain, tampering, fault):
    """Also at the end, with no head sealed yet."""
    chain.tamper(*tampering)

    assert chain.faults() == [fault]


def test_a_row_put_in_at_the_end_is_found(chain):
    """It continues the chain rightly, but nobody moved the tip."""
    at = "2026-03-16T09:31:00.000000+00:00"
    made = made_anew(chain, [at, "ana", "case-seen", None, "{}"], 10)
    chain.tamper(f"INSERT INTO audit VALUES (11, '{at}', 'ana', 'case-seen', NULL, '{{}}', '{made}')")

    assert chain.faults() == [("beyond", 11)]


def made_anew(chain, words, after):
    """Return the digest of a row after one."""
    with chain.store.reading() as transaction:
        before = transaction.all("SELECT digest FROM audit WHERE seq = :seq", seq=after)[0]["digest"]
    return digest(before, after + 1, *words)


def rechained(chain, upto):
    """Return the statements that write the whole chain anew without its second row, tip and all."""
    with chain.store.reading() as transaction:
        rows = transaction.all(
            "SELECT at, who, did, case_id, CAST(detail AS TEXT) AS d FROM audit ORDER BY seq"
        )
    before, statements = FIRST, ["DELETE FROM audit"]
    for seq, row in enumerate([*rows[:1], *rows[2:upto], *rows[1:2]], 1):
        before = digest(before, seq, *row.values())
        told = ", ".join(f"'{word}'" for word in row.values())
        statements.append(f"INSERT INTO audit VALUES ({seq}, {told}, '{before}')")
    return [*statements, f"UPDATE audit_tip SET seq = {upto}, digest = '{before}'"]


def test_a_chain_made_anew_as_a_whole_is_not_the_one_that_was_sealed(chain):
    """Every digest fits its row; the head knows better."""
    chain.seal()
    chain.tamper(*rechained(chain, 10))

    assert chain.faults() == [("head-other", 1)]


def test_a_chain_made_anew_with_its_head_lacks_the_signature_and_is_not_what_the_file_says(chain):
    """Who has not the key cannot sign another head."""
    head = chain.seal()
    chain.tamper(*rechained(chain, 10))
    with chain.store.reading() as transaction:
        made = transaction.all("SELECT digest FROM audit WHERE seq = 10")[0]["digest"]
    forged = head._replace(digest=made)
    forged = forged._replace(seal=forged.sealed())
    chain.tamper(f"UPDATE audit_heads SET digest = '{made}', seal = '{forged.seal}'")

    assert chain.faults() == [("head-broken", 1), ("head-gone", 1)]

    chain.tamper("UPDATE audit_heads SET signature = NULL")
    (chain.store.blobs.root / PLACE).unlink()
    assert chain.faults() == [("head-unsigned", 1)]


def test_rows_cut_off_together_with_their_head_and_tip_are_known_to_the_file(chain):
    """The file beside the papers has the head that the table lacks."""
    chain.seal()
    chain.write(5)
    chain.seal(days=1)
    with chain.store.reading() as transaction:
        tenth = transaction.all("SELECT digest FROM audit WHERE seq = 10")[0]["digest"]
    chain.tamper(
        "DELETE FROM audit WHERE seq > 10",
        "DELETE FROM audit_heads WHERE n = 2",
        f"UPDATE audit_tip SET seq = 10, digest = '{tenth}'",
    )

    assert chain.faults() == [("head-gone", 2)]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ("UPDATE audit_heads SET seq = 9 WHERE n = 1", ("head-changed", 1)),
        ("UPDATE audit_heads SET day = '2026-03-15' WHERE n = 1", ("head-changed", 1)),
        ("DELETE FROM audit_heads WHERE n = 1", ("head-missing", 1)),
    ],
)
def test_a_head_that_was_changed_or_taken_away_is_found(chain, change, fault):
    """Heads are a chain of their own."""
    chain.seal()
    chain.write(5)
    chain.seal(days=1)
    chain.tamper(change)

    assert fault in chain.faults()


def test_an_event_of_the_journal_that_is_changed_after_it_was_sealed_is_found(chain):
    """With the journal's events the seals of entries, results and of the life of cases are sealed."""
    event = "INSERT INTO events (at, kind, detail) VALUES ('2026-03-16', 'routed', '{}')"
    with chain.store.write() as connection:
        connection.exec_driver_sql(event)
    chain.seal()
    drop = {
        "sqlite": "DROP TRIGGER events_stay_UPDATE",
        "postgresql": "ALTER TABLE events DISABLE TRIGGER USER",
    }
    chain.tamper(drop[chain.store.engine.dialect.name], "UPDATE events SET kind = 'returned'")

    assert chain.faults() == [("events", 1)]


def test_since_a_day_only_what_came_after_its_head_is_read(chain):
    """What was sealed and looked over before need not be read again every day."""
    head = chain.seal()
    chain.write(5)
    chain.seal(days=1)
    chain.tamper("UPDATE audit SET who = 'otra' WHERE seq = 3")

    since = chain.verify(dt.date.fromisoformat(head.day))
    assert (since.whole, since.rows, since.last) == (True, 6, 15)
    assert chain.faults() == [("changed", 3)]


def test_a_head_of_a_key_that_is_not_known_here_is_told(chain, tmp_path):
    """The rows are whole; nobody answers for the signature until the key of before is among those trusted."""
    chain.seal()
    make_trial_key(tmp_path / "otra.p12")
    chain.settings = type(chain.settings)(receipts=Receipts(key=tmp_path / "otra.p12"))

    assert chain.faults() == [("key-unknown", 1)]


def all_anew(chain, signed):
    """Change the second row, and make every digest and head after it anew; *signed* gives the signatures."""
    changes, digests, before = ["UPDATE audit SET who = 'otra' WHERE seq = 2"], {}, FIRST
    with chain.store.reading() as transaction:
        rows, sealed = transaction.all(_WORDS), tuple(heads(transaction))
    for row in rows:
        who = "otra" if row["seq"] == 2 else row["who"]
        before = digest(before, row["seq"], row["at"], who, row["did"], row["case_id"], row["detail"])
        digests[row["seq"]] = before
        changes.append(f"UPDATE audit SET digest = '{before}' WHERE seq = {row['seq']}")
    changes.append(f"UPDATE audit_tip SET digest = '{before}'")
    before, lines = FIRST, []
    for head in sealed:
        plain = head._replace(digest=digests[head.seq], before=before)
        plain = plain._replace(seal=plain.sealed())
        made, before = plain._replace(signature=signed(plain)), plain.seal
        told = ", ".join(
            f"{name} = {value!r}" if (value := getattr(made, name)) else f"{name} = NULL"
            for name in ("digest", "before", "seal", "signature")
        )
        changes.append(f"UPDATE audit_heads SET {told} WHERE n = {head.n}")
        lines.append(f"{made.line}\n")
    chain.tamper(*changes)
    (chain.store.blobs.root / PLACE).write_text("".join(lines))


_WORDS = "SELECT seq, at, who, did, case_id, CAST(detail AS TEXT) AS detail FROM audit ORDER BY seq"


@pytest.mark.parametrize(
    "own", [False, True], ids=["with the signatures that were", "with a key of one's own"]
)
def test_history_made_anew_is_found_though_the_program_signed_the_next_head(chain, tmp_path, own):
    """Whoever has the database and the file but not the key waits a day in vain."""
    chain.seal()
    chain.write(5)
    chain.seal(days=1)
    make_trial_key(tmp_path / "otra.p12")
    all_anew(
        chain,
        lambda head: sign(head.seal, Receipts(key=tmp_path / "otra.p12"), DAY) if own else head.signature,
    )
    chain.write(5)

    chain.seal(days=2)

    assert chain.faults() == [("key-unknown" if own else "head-broken", n) for n in (1, 2)]


def test_heads_that_nobody_signed_before_one_that_somebody_did_are_told(chain):
    """There may have been no key then; there may have been signatures."""
    chain.seal()
    all_anew(chain, lambda _: None)
    chain.write(5)

    chain.seal(days=1)

    found = chain.verify()
    assert [tuple(one) for one in (*found.faults, *found.notices)] == [("head-bare", 1)]


def test_a_line_of_the_file_that_is_no_head_is_told(chain):
    """Whatever was put there."""
    chain.seal()
    with (chain.store.blobs.root / PLACE).open("a") as file:
        file.write(json.dumps({"n": "x"}) + "\nbasura\n")

    assert chain.faults() == [("head-gone", None), ("head-gone", None)]
