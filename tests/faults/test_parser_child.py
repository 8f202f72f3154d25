"""Whatever a parser does or says, the file gets one code, and the next file is read."""

import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest

from extractors.reading.apart import child, level
from tests.faults.parsers import LEVELS, Misbehaving, Trial

TRIALS = 2


pytestmark = pytest.mark.usefixtures("little_room")
MODES = {
    "crash": {"corrupt"},
    "abort": {"memory"},
    "exit_quietly": {"corrupt"},
    "grow": {"memory"},
    "hang": {"timeout"},
    "burn": {"timeout"},
    "bomb": {"memory", "timeout"},
    "scattered_bomb": {"memory", "timeout"},
    "flood": {None},
    "fill": {"corrupt", "memory"},
    "fill_one": {"corrupt", "memory"},
    "leave": {None},
    "leave_and_crash": {"corrupt"},
    "leave_and_hang": {"timeout"},
    "kill_the_keeper": {None, "corrupt", "memory", "timeout"},
    "kill_everybody": {"memory"},
    "say_without_end": {"memory"},
    "nest": {"corrupt", "memory"},
    "swell": {"memory"},
    "step_for_ever": {"corrupt"},
    "hang_up": {"timeout"},
}


DOCUMENT = {"file": "a", "sha256": "", "pages": [1], "kind": "other", "kind_confidence": 1, "language": None}


DOCUMENT |= {"reader": "text", "fields": {}, "flags": [], "mentions": {}}


def _claim(**changed):
    """Return the line of a reader that read one document, *changed* in some way."""
    document = DOCUMENT | {key: value for key, value in changed.items() if key in DOCUMENT}
    whole = {"code": None, "flags": [], "documents": [document]}
    return json.dumps({"reading": whole | {"code": changed.get("code")}})


LIES = {
    "no JSON": "{oops",
    "no object": "[1, 2]",
    "no reading": '{"reading": 7}',
    "no such code": _claim(code="approved"),
    "text of a paper in a flag": _claim(flags=["a b c"]),
    "surer than sure": _claim(kind_confidence=1e9),
    "no number": _claim(kind_confidence=float("nan")),
    "page of another file": _claim(pages=[9999]),
}


@pytest.fixture(scope="module")
def boxes(tmp_path_factory):
    """One sandbox of each level with its bad parser, which has to outlive all that is done to it."""
    with ExitStack() as open_:
        parsers = [(one, Misbehaving(tmp_path_factory.mktemp(one))) for one in LEVELS]
        yield [(bad, open_.enter_context(bad.sandbox(one))) for one, bad in parsers]


@pytest.fixture
def each(boxes, put):
    """Return a function that has something done in each, at once where most of it is waiting."""
    put("fine")

    def done(what, *, waiting=False):
        with ThreadPoolExecutor(len(boxes) if waiting else 1) as pool:
            return list(pool.map(lambda one: what(*one), boxes))

    return done


def test_the_stronger_sandbox_works_here():
    """Where this fails, half of the proof below would be none."""
    assert level.tried() == "works"


@pytest.mark.parametrize("mode", MODES)
def test_a_parser_that_misbehaves_costs_its_file_and_nothing_else(each, put, mode, report):
    """One code, nobody left, the next file read; twice over."""
    put(mode)
    waiting = "timeout" in MODES[mode]
    trials = [
        trial
        for _ in range(1 if waiting else TRIALS)
        for trial in each(lambda bad, box: bad.trial(box, put, mode), waiting=waiting)
    ]
    failed = sum(
        trial.code not in MODES[mode] or trial.left > 0 or trial.next is not None for trial in trials
    )
    report("F15", trials=len(trials), lost=failed, note="codes given, limits kept, nobody left")
    assert {trial.code for trial in trials} <= MODES[mode]
    assert [trial.left for trial in trials] == [0] * len(trials)
    assert [trial.next for trial in trials] == [None] * len(trials)


@pytest.mark.parametrize("lie", LIES)
def test_a_reader_that_lies_is_not_believed(each, put, lie, report):
    """What no reader of ours could have said makes the file corrupt."""
    refused = Trial("corrupt", 0, None)
    trials = each(lambda bad, box: bad.trial(box, put, "lie", LIES[lie]))
    report("F15", trials=len(trials), lost=len(trials) - trials.count(refused), note="lies not believed")
    assert trials == [refused] * len(LEVELS)


def test_what_no_lie_would_change_is_believed(each, put):
    """The lies above are refused for what is false in them: the same answer without it is taken."""
    assert each(lambda _, box: len(box.read(put("lie"), _claim()).documents)) == [1] * len(LEVELS)


def test_an_answer_given_before_the_question_is_nobodys(each, put):
    """A reader that was taken over cannot leave its word for the next applicant's paper."""
    assert each(lambda _, box: box.read(put("speak_twice"), "a").flags) == [()] * len(LEVELS)
    assert each(lambda _, box: box.read(put("fine"), "b").flags) == [()] * len(LEVELS)


def test_pages_that_each_come_in_time_do_not_make_a_file_endless(each, put, monkeypatch):
    """A whole file has its time too: that of one unit, and a little more for each that is done."""
    monkeypatch.setattr(child, "PAGE_SECONDS", 0.01)
    put("dawdle")
    codes = each(lambda _, box: box.read(put("dawdle"), "a").code, waiting=True)
    assert codes == ["timeout"] * len(LEVELS)
    assert each(lambda _, box: box.read(put("fine"), "b").code) == [None] * len(LEVELS)
