"""A decision is a named person's, with its reason; it can be undone, and only then leaves the house."""

import datetime as dt
import tarfile

import pytest
import sqlalchemy as sa

from pipeline.acts import Act, Stale, acting
from pipeline.decisions import final
from pipeline.decisions.possible import Impossible
from pipeline.decisions.proposal import every_doubt
from pipeline.store.backup import back_up
from pipeline.store.check import look_over
from validators.life import State


def why(caught):
    """Return the words of what stands in the way."""
    return caught.value.why


@pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
def test_a_grant_becomes_final_after_its_time_and_its_letter_is_in_the_folder(desk, judged, office):
    """Until then nothing is in 3_ACEPTADO but the receipt."""
    number = judged()
    desk.decide(number)
    letter = office.home / "3_ACEPTADO" / number / f"RESOLUCION_{number}.pdf"
    early = (desk.finals(dt.timedelta(minutes=4)), letter.exists())

    done = desk.finals(dt.timedelta(minutes=1))

    (one,) = desk.decided(number)
    assert early == ((), False)
    assert done == (one.id,)
    assert letter.read_bytes() == office.store.blobs.path(one.final.paper).read_bytes()
    assert letter.read_bytes()[:5] == b"%PDF-"
    assert (desk.row(number)["awaits"], desk.row(number)["stage"]) == ("notice", "routed")
    assert desk.life(number).state is State.NOTIFYING
    assert [found.what for found in look_over(office.store, desk.now) if found.damage] == []


def test_a_decision_is_told_to_the_life_of_the_case_at_once(desk, judged):
    """No silence runs over a decision that was taken."""
    number = judged()

    desk.decide(number)

    assert desk.told(number) == [("resolution_taken", "2026-03-23")]


def test_an_undone_decision_leaves_no_trace_but_its_own(desk, judged):
    """The row stays, the event is annulled, somebody decides again."""
    number = judged()
    desk.decide(number)

    desk.undo(number)

    (one,) = desk.decided(number)
    assert [end.how for end in one.ends] == ["undone"]
    assert desk.told(number) == []
    assert (desk.row(number)["awaits"], desk.row(number)["decision"]) == (None, None)
    assert desk.finals() == ()


def test_what_was_undone_can_be_decided_again_on_the_same_day(desk, judged):
    """The same words told again after they were annulled are another row."""
    number = judged()
    desk.decide(number)
    desk.undo(number)

    desk.decide(number)

    assert desk.told(number) == [("resolution_taken", "2026-03-23")]
    assert desk.finals() == (desk.decided(number)[-1].id,)


def test_nothing_is_undone_after_its_time(desk, judged):
    """Five minutes to the second."""
    number = judged()
    desk.decide(number)
    desk.now += dt.timedelta(minutes=5)

    with pytest.raises(Impossible) as caught:
        desk.undo(number)

    assert why(caught) == ("too_late",)


def test_another_reviewer_does_not_undo_and_a_supervisor_does(desk, judged):
    """Whose it is, or whose business it is."""
    number = judged()
    desk.decide(number)
    with pytest.raises(Impossible) as caught:
        desk.undo(number, who="luis")

    desk.undo(number, who="sara", supervisor=True)

    assert why(caught) == ("anothers",)
    assert desk.decided(number)[0].ends[0].by == "sara"


def test_a_decision_against_the_proposal_needs_a_reason_and_words(desk, judged, proposed):
    """Neither alone will do."""
    number = judged(change=proposed("cure"))
    doubts = frozenset(one.key for one in every_doubt(desk.row(number)["report"]))
    with pytest.raises(Impossible) as silent:
        desk.decide(number, "grant", seen=doubts)
    with pytest.raises(Impossible) as half:
        desk.decide(number, "grant", seen=doubts, reason="read_wrong", text="  ")

    desk.decide(number, "grant", seen=doubts, reason="read_wrong", text="El certificado está en la página 3.")

    assert why(silent) == ("reason_missing", "text_missing")
    assert why(half) == ("text_missing",)
    assert desk.decided(number)[0].proposal["queue"] == "cure"


def test_no_doubtful_case_is_granted_without_each_doubt_seen(desk, judged, proposed):
    """What was seen is kept with its words."""
    number = judged(change=proposed("review", reason="No se lee la fecha."))
    said = {"reason": "doubt_settled", "text": "Se lee bien en el original."}
    with pytest.raises(Impossible) as caught:
        desk.decide(number, "grant", **said)
    doubts = every_doubt(desk.row(number)["report"])

    desk.decide(number, "grant", seen=frozenset(one.key for one in doubts), **said)

    assert why(caught) == ("doubts_unseen",)
    assert desk.decided(number)[0].seen[-1]["reason"]["es"] == "No se lee la fecha."
    assert len(desk.decided(number)[0].seen) == len(doubts)


def test_a_decision_that_stands_is_not_overwritten(desk, judged):
    """The second one is refused, whoever takes it."""
    number = judged()
    desk.decide(number)

    with pytest.raises(Impossible) as caught:
        desk.decide(number, who="luis")

    assert why(caught) == ("decided",)


def test_two_people_on_one_case_the_second_is_stopped(desk, judged):
    """Whoever looked at an older state of the case writes nothing."""
    number = judged()
    seen = desk.row(number)["revision"]
    desk.decide(number)
    late = Act(who="luis", did="decided", at=desk.now, revision=seen)

    with pytest.raises(Stale) as caught, acting(desk.store, desk.id(number), late):
        pytest.fail("nothing may be written")

    assert caught.value.why == "changed"


def test_what_silence_granted_can_only_be_confirmed(desk, judged):
    """Ley 39/2015, art. 24.3.a: a later refusal is refused, a grant confirms."""
    number = judged()
    desk.at("2026-05-04")
    with pytest.raises(Impossible) as caught:
        desk.decide(number, "refer", reason="other", text="Es de otro organismo.")

    desk.decide(number, "grant")

    assert why(caught) == ("granted_by_silence",)
    assert caught.value.values["since"] == "01/05/2026"


def test_a_refusal_for_what_the_person_did_not_see_needs_a_hearing(desk, judged, proposed):
    """Ley 39/2015, art. 82: without one, or before it has ended, nothing is refused."""
    number = judged(change=proposed("refuse", reason="Consta una cobertura."))
    with pytest.raises(Impossible) as caught:
        desk.decide(number, "refuse")
    desk.decide(number, "hear")
    desk.finals()
    desk.tell(number, "in_person", "delivered", "2026-03-23")
    with pytest.raises(Impossible) as early:
        desk.decide(number, "refuse")
    desk.at("2026-04-10")

    desk.decide(number, "refuse")

    assert why(caught) == ("hearing_due",)
    assert why(early) == ("hearing_runs",)
    assert early.value.values["hearing"] == "08/04/2026"
    assert desk.decided(number)[-1].kind == "refuse"


def test_an_answer_that_comes_before_the_time_has_passed_lets_the_decision_fall(desk, judged, office):
    """What was decided on is not what the case is now: a person looks again."""
    number = judged()
    desk.decide(number)
    office.drop("padron.pdf", b"%PDF-1.4 otro %%EOF", folder=f"4_SUBSANAR/{number}")
    office.take()

    desk.finals()

    (one,) = desk.decided(number)
    assert [end.how for end in one.ends] == ["overtaken"]
    assert desk.told(number) == []
    assert not (office.home / "3_ACEPTADO" / number / f"RESOLUCION_{number}.pdf").exists()


def test_a_decision_undone_at_the_last_moment_takes_no_later_one_with_it(desk, judged, monkeypatch):
    """Between the look and the writing somebody undid it and decided anew: that decision stands."""
    number, looked = judged(), final.overtaken
    desk.decide(number)

    def meanwhile(decided, found):
        monkeypatch.setattr(final, "overtaken", looked)
        desk.now -= dt.timedelta(minutes=6)
        desk.undo(number)
        desk.decide(number)
        desk.now += dt.timedelta(minutes=6)
        return True

    monkeypatch.setattr(final, "overtaken", meanwhile)
    desk.finals()

    first, second = desk.decided(number)
    assert [[end.how for end in one.ends] for one in (first, second)] == [["undone"], []]
    assert [kind for kind, _ in desk.told(number)] == ["resolution_taken"]


def test_a_stop_between_decision_and_letter_loses_nothing(desk, judged, office):
    """Whoever starts the program again finds what is due in the record alone."""
    number = judged()
    desk.decide(number)
    office.start()

    assert desk.finals() == (desk.decided(number)[0].id,)
    assert desk.finals() == ()


def test_a_folder_that_is_away_gets_its_letter_later(desk, judged, office):
    """The decision is final all the same; the letter is owed."""
    number = judged()
    desk.decide(number)
    office.home.rename(office.home.with_name("fuera"))
    desk.finals()
    final = desk.decided(number)[0].final

    office.home.with_name("fuera").rename(office.home)
    desk.finals()

    assert final is not None
    assert (office.home / "3_ACEPTADO" / number / f"RESOLUCION_{number}.pdf").is_file()


@pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
@pytest.mark.parametrize("table", ["decisions", "notices", "decision_ends", "second_looks"])
def test_decisions_and_notices_are_only_added_to(desk, judged, table):
    """A row that could be changed would be no record."""
    desk.chosen(confirm=("grant",))
    number = judged()
    desk.decide(number)
    desk.confirm(number, "grant")
    desk.finals()
    desk.tell(number, "in_person", "delivered", "2026-03-23")

    with pytest.raises(sa.exc.DBAPIError, match="only added to"), desk.store.write() as connection:
        connection.exec_driver_sql(f"DELETE FROM {table}")


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_signed_letter_goes_into_a_copy_and_back(desk, judged, office, tmp_path):
    """It is one of the papers: hashed, copied, brought back."""
    desk.decide(number := judged())
    desk.finals()
    paper = desk.decided(number)[0].final.paper

    back_up(tmp_path / "v.db", office.store.blobs, tmp_path / "copia.tar", desk.now)
    office.store.blobs.path(paper).unlink()
    lost = [found.what for found in look_over(office.store, desk.now) if found.damage]
    with tarfile.open(tmp_path / "copia.tar") as copy:
        names = copy.getnames()

    assert len(lost) == 1
    assert any(name.endswith(paper) for name in names)
