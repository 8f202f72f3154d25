"""F3: drops, answers, workers and watchers in any order, each killed at any thing that it writes."""

import tempfile
from collections import Counter
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from pipeline.store.schema import submissions
from tests.faults.recovery.forge import Forge
from tests.faults.recovery.office import Office, findings
from tests.faults.recovery.papers import KINDS, answer, hand_in

KILLS = st.integers(0, 90) | st.none()
"""Before the how-manieth write a process dies, if it does: a look or a case is some tens of writes."""
KILLED = -9


class AnyOrder(RuleBasedStateMachine):
    """An office in which anything may happen, and die, at any time."""

    forge: Forge
    count: Counter[str]

    def __init__(self):
        super().__init__()
        self.folder = tempfile.TemporaryDirectory(prefix="ventanilla-f3-")
        self.office = Office(home=Path(self.folder.name) / "office")
        (self.office.home / "work").mkdir(parents=True)
        self.dropped, self.answered = [], False
        self.run(("watch", None))
        for kind in sorted(KINDS):
            self.hand_in(kind)

    def run(self, *jobs):
        """Have the jobs done at the same time, each to its end or its death."""
        told = [
            {"job": job, "home": str(self.office.home), "kill": None if at is None else {"write": at}}
            for job, at in jobs
        ]
        for end, (_, at) in zip(self.forge.together(told), jobs, strict=True):
            assert end == 0 or (end == KILLED and at is not None)
            self.count["kills"] += end == KILLED

    @rule(kind=st.sampled_from(sorted(KINDS)))
    def drop(self, kind):
        """A clerk hands in a package that was handed in before."""
        self.hand_in(kind)

    def hand_in(self, kind):
        """Put the package in the folder under a name of its own."""
        name = f"{len(self.dropped)}_{KINDS[kind].name}"
        hand_in(kind, self.office.share / "1_ENTRADA", name)
        self.dropped.append((kind, name))

    @rule()
    def cure(self):
        """The paper that is asked for comes, if one is: deaths at the same time fall out differently."""
        asked = [] if self.answered else sorted((self.office.share / "4_SUBSANAR").glob("*"))
        for folder in asked:
            (folder / "respuesta.pdf").write_bytes(answer())
            self.answered = True

    @rule(at=KILLS)
    def watch(self, at):
        """The watcher looks, and may die."""
        self.run(("watch", at))

    @rule(at=KILLS)
    def work(self, at):
        """A worker works, and may die."""
        self.run(("drain", at))

    @rule(kills=st.tuples(KILLS, KILLS, KILLS))
    def all_at_once(self, kills):
        """A watcher and two workers at the same time; any of them, or all, may die."""
        self.run(*zip(("watch", "drain", "drain"), kills, strict=True))

    def teardown(self):
        """In the end everything runs undisturbed, and every case is in its place, once."""
        for job in ("watch", "drain", "watch"):
            self.run((job, None))
        wrong = findings(self.office) + self.counted()
        self.count["trials"] += 1
        self.count["lost"] += len(wrong)
        self.folder.cleanup()
        assert wrong == [], wrong

    def counted(self):
        """Return what was lost or doubled of what was handed in."""
        with self.office.open() as store, store.read() as connection:
            rows = connection.execute(
                sa.select(submissions.c.name, submissions.c.case_id, submissions.c.kind)
            )
            found = [(row.name, row.case_id, row.kind) for row in rows]
        handed = [name for _, name in self.dropped] + ["respuesta.pdf"] * self.answered
        wrong = [] if sorted(name for name, *_ in found) == sorted(handed) else [f"{handed} became {found}"]
        ours = {name: case for name, case, _ in found}
        for kind in ("approve", "cure"):
            wrong += [kind] * (len({ours[name] for one, name in self.dropped if one == kind}) > 1)
        return wrong


def trials(forge, examples, steps, *, same=False):
    """Run that many sequences, the same each time or others, and return the counts."""
    count = Counter()
    kind = type("Office", (AnyOrder,), {"forge": forge, "count": count, "__doc__": AnyOrder.__doc__})
    run_state_machine_as_test(
        kind,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            derandomize=same,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
    return count


def test_any_sequence_of_deaths_leaves_every_case_in_its_place_once(forge, report):
    """A few short sequences; the night runs thousands."""
    count = trials(forge, 8, 3, same=True)

    report("F3", trials=count["trials"], lost=count["lost"], note=f"{count['kills']} muertes")
    assert count["trials"] >= 8
    assert count["kills"] >= 3


@pytest.mark.nightly
@pytest.mark.timeout(14400)
def test_three_thousand_sequences_lose_and_double_nothing(forge, report):
    """No loss in 3 000 random trials: fewer than one in a thousand is lost, with 95 % confidence."""
    count = trials(forge, 3000, 6)

    report("F3", trials=count["trials"], lost=count["lost"], note=f"{count['kills']} muertes")
    assert count["trials"] >= 3000
