"""Two people at one case at the same moment, from two desks: one acts, the other is told; nothing is lost."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import sqlalchemy as sa

from desk.web.app import DOORS
from pipeline.audit.verify import verify
from pipeline.decisions.kept import decisions_of
from pipeline.store.check import look_over
from pipeline.store.schema import cases


def case_of(desk, number):
    """Return the row of a case as it stands."""
    with desk.store.read() as connection:
        return connection.execute(sa.select(cases).where(cases.c.number == number)).one()


def at_once(*acts):
    """Do all *acts* at the same moment and return their answers."""
    together = Barrier(len(acts))

    def act(one):
        together.wait()
        return one()

    with ThreadPoolExecutor(len(acts)) as people:
        return [answer.result() for answer in [people.submit(act, one) for one in acts]]


def test_of_two_who_decide_at_the_same_moment_one_decides(desk):
    """Four times over, each decision undone by both at once: the record says the same at the end."""
    ana, luis = desk.browser("supervisor"), desk.browser("supervisor", login="luis")
    number = desk.numbers()["cure"]
    address = f"/expedientes/{number}"

    def send(browser, what, **form):
        said = {"csrf": browser.csrf, "revision": case_of(desk, number).revision, **form}
        return lambda: browser.post(f"{address}/{what}", data=said, follow_redirects=False)

    codes = []
    for n in range(4):
        form = {"kind": "require", "reason": "other"}
        decided = at_once(*(send(one, "decidir", **form, text=f"{n} {one.csrf}") for one in (ana, luis)))
        with desk.store.read() as connection:
            last = decisions_of(connection, case_of(desk, number).id)[-1]
        undone = at_once(*(send(one, "deshacer", decision=last.id) for one in (ana, luis)))
        codes += [sorted(one.status_code for one in both) for both in (decided, undone)]

    with desk.store.read() as connection:
        kept = decisions_of(connection, case_of(desk, number).id)
    assert codes == [[303, 409]] * 8
    assert [[end.how for end in one.ends] for one in kept] == [["undone"]] * 4
    assert verify(desk.store, desk.settings.receipts).whole
    assert [one for one in look_over(desk.store, desk.now) if one.damage] == []


@pytest.mark.parametrize("role", ["clerk", "supervisor", "auditor"])
def test_no_door_opens_a_case_of_another_office(desk, role):
    """Each address with a case in it answers as if there were none, whatever is sent there."""
    number = desk.numbers()["cure"]
    stranger = desk.browser(role, offices=("CEU01",), login="otra")
    before = case_of(desk, number)
    doors = [door for door in DOORS if "{number}" in door.path and stranger_may(desk, door)]

    codes = set()
    for door in doors:
        address = door.path.replace("{number}", number).replace("{document}", "d1").replace("{page}", "1")
        for blank in ("field", "row", "name", "sha256"):
            address = address.replace(f"{{{blank}}}", "1")
        data = (
            {"csrf": stranger.csrf, "revision": str(before.revision)} if door.methods == ("POST",) else None
        )
        codes.add(stranger.request(door.methods[0], address, data=data, follow_redirects=False).status_code)

    assert before.office == "MEL01"
    assert doors
    assert codes == {404}
    assert case_of(desk, number) == before


def stranger_may(desk, door):
    """Whether the account of that name may pass a door at all."""
    from desk.people.accounts import by_login

    return by_login(desk.store, "otra").may(door.takes)
