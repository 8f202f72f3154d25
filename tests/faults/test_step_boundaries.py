"""F2: a worker killed before and after every step of a case, and around every effect; then a clean one."""

from functools import cache

import pytest

from tests.faults.recovery.office import Office, findings
from tests.faults.recovery.papers import hand_in

KILLED = -9
BEFORE_AND_AFTER = ("before", "after")
STEPS = {
    "approve": ("claim", "unpack", "read", "assess", "route", "finish", "release"),
    "cure": ("claim", "unpack", "read", "assess", "route", "finish", "release"),
    "returned": ("claim", "unpack", "read", "finish", "release"),
}
EFFECTS = {
    "approve": ("receipt", "told", "clear"),
    "cure": ("receipt", "told", "clear"),
    "returned": ("told", "given-back"),
}


@pytest.fixture(scope="module")
def received(forge, tmp_path_factory):
    """Return a function that gives an office with one case in it, accepted and not yet read.

    It is made once, and copied for each trial.
    """

    @cache
    def accepted(kind):
        office = Office(home=tmp_path_factory.mktemp("received") / kind)
        (office.home / "work").mkdir(parents=True)
        assert forge.do("watch", office.home) == 0
        hand_in(kind, office.share / "1_ENTRADA")
        assert forge.do("watch", office.home) == 0
        return office

    return accepted


@pytest.mark.parametrize("kind", STEPS)
def test_a_kill_at_any_boundary_leaves_one_case_in_its_place_with_each_effect_once(
    forge, received, tmp_path, report, kind
):
    """Whatever was done is kept, whatever was not is done by the next worker, at once, and nothing twice."""
    office, wrong = received(kind), []
    cuts = [{"step": step, "when": when} for step in STEPS[kind] for when in BEFORE_AND_AFTER]
    cuts += [
        {"effect": one, "when": when} for one in EFFECTS[kind] for when in ("before", "between", "after")
    ]
    for number, cut in enumerate(cuts):
        trial = office.copied(tmp_path / f"{kind}-{number}")
        wrong += [(cut, one) for one in killed_and_mended(forge, trial, cut, {}) + misjudged(trial, kind)]

    report("F2", trials=len(cuts), lost=len(wrong), note=f"cada paso y cada efecto; caso que acaba en {kind}")
    assert wrong == []
    ended = trial.files(".")
    assert forge.do("drain", trial.home) == forge.do("watch", trial.home) == 0
    assert {name: is_ for name, is_ in trial.files(".").items() if name != "ESTADO.html"} == {
        name: is_ for name, is_ in ended.items() if name != "ESTADO.html"
    }


def test_a_kill_around_the_receipt_of_a_case_that_waits_gives_it_one_receipt(
    forge, received, tmp_path, report
):
    """The receipt that was given stays, byte for byte, when the case is read in the end."""
    office, wrong = received("approve"), []
    waits = {"work.receipt_seconds": 0.0}
    cuts = [
        {"step": step, "when": when} for step in ("claim-unread", "hand-back") for when in BEFORE_AND_AFTER
    ]
    cuts += [{"effect": "receipt", "when": when} for when in ("before", "between", "after")]
    for number, cut in enumerate(cuts):
        trial = office.copied(tmp_path / f"waits-{number}")
        wrong += [(cut, one) for one in killed_and_mended(forge, trial, cut, waits)]

    report("F2", trials=len(cuts), lost=len(wrong), note="acuse de un caso que espera")
    assert wrong == []


def test_a_kill_around_a_second_receipt_gives_it_once(forge, received, tmp_path, report):
    """The same package twice is one case; the watcher that answers the second time dies and comes back."""
    office, wrong = received("approve"), []
    cuts = [{"effect": "receipt", "when": when} for when in ("before", "between", "after")]
    cuts += [{"step": "clear", "when": when} for when in BEFORE_AND_AFTER]
    for number, cut in enumerate(cuts):
        trial = office.copied(tmp_path / f"again-{number}")
        hand_in("approve", trial.share / "1_ENTRADA", "otra_vez.zip")
        wrong += [(cut, one) for one in killed_and_mended(forge, trial, cut, {}, job="watch")]

    report("F2", trials=len(cuts), lost=len(wrong), note="acuse de una entrega repetida")
    assert wrong == []


def test_a_program_that_notes_before_it_acts_is_caught(forge, received, tmp_path, report):
    """The negative control: in the wrong order a kill costs a receipt, and the same check finds it."""
    trial = received("approve").copied(tmp_path / "wrong")
    wrong = killed_and_mended(forge, trial, {"effect": "receipt", "when": "before"}, {}, wrong=True)

    report("F2", trials=1, lost=len(wrong), note="anotar antes de hacer", control=True)
    assert any("3_ACEPTADO" in one for one in wrong)


def killed_and_mended(forge, office, cut, settings, job="drain", *, wrong=False):
    """Kill a worker at *cut*, let a clean one work, and return all that is wrong afterwards."""
    assert forge.do(job, office.home, kill=cut, settings=settings, wrong=wrong) == KILLED
    given = office.files("3_ACEPTADO")
    assert forge.do(job, office.home, settings=settings) == 0
    assert forge.do("drain", office.home, settings=settings) == 0

    kept = office.files("3_ACEPTADO")
    rewritten = [name for name, digest in given.items() if kept.get(name) != digest]
    return [f"{name} was rewritten" for name in rewritten] + findings(office)


def misjudged(office, kind):
    """Return the queue if it is not the one of that *kind*."""
    import sqlalchemy as sa

    from pipeline.store.schema import cases

    with office.open() as store, store.read() as connection:
        (row,) = connection.execute(sa.select(cases)).all()
    ended = row.queue or row.stage
    return [] if ended == kind else [f"ends as {ended}"]
