"""Papers of another kind, split and joined: read anew from their pages, judged at once, undone by a word."""

import pytest
import sqlalchemy as sa

from pipeline.corrections.record import of_case
from pipeline.store.schema import cases


class Papers:
    """The page of the papers of the case in review."""

    def __init__(self, desk):
        self.desk, self.number = desk, desk.numbers()["review"]
        self.client = desk.browser("reviewer")

    @property
    def row(self):
        with self.desk.store.read() as connection:
            return connection.execute(sa.select(cases).where(cases.c.number == self.number)).one()

    def named(self, file):
        return [one for one in self.row.report["documents"] if one["file"] == file]

    def key(self, one):
        return f"{one['sha256']}:{','.join(map(str, one['pages']))}:{one['kind']}"

    def arrange(self, one, **said):
        data = {"csrf": self.client.csrf, "revision": self.row.revision, "paper": self.key(one), **said}
        return self.client.post(f"/expedientes/{self.number}/papeles", data=data, follow_redirects=False)

    def undo_all(self):
        with self.desk.store.read() as connection:
            rows = of_case(connection, self.row.id)
        for row in rows:
            data = {"csrf": self.client.csrf, "revision": self.row.revision, "why": "no"}
            self.client.post(f"/expedientes/{self.number}/correcciones/{row.seq}/deshacer", data=data)


@pytest.fixture
def papers(desk):
    """Return the papers of the case in review."""
    return Papers(desk)


def test_the_page_offers_what_can_be_done(papers):
    """A paper of two pages can be split; each can be of another kind."""
    page = papers.client.get(f"/expedientes/{papers.number}/papeles").text

    assert "Dividir después de la página" in page
    assert "Certificado de padrón" in page


def test_a_kind_that_was_surely_known_is_changed_with_a_reason(papers):
    """A certificate is no volante unless somebody says why."""
    (one,) = papers.named("padron_melilla.pdf")
    without = papers.arrange(one, act="kind", kind="padron_volante")
    said = papers.arrange(one, act="kind", kind="padron_volante", why="Es un volante")
    (now,) = papers.named("padron_melilla.pdf")

    assert (without.status_code, said.status_code) == (422, 303)
    assert (now["kind"], now["kind_confidence"]) == ("padron_volante", 1.0)
    assert now["fields"]["periods"]["value"] == one["fields"]["periods"]["value"]


def test_a_kind_that_the_pages_do_not_show_leaves_fields_to_fill_in(papers):
    """A person may know what the program cannot read."""
    (one,) = papers.named("padron_melilla.pdf")
    papers.arrange(one, act="kind", kind="sepa_mandate", why="x")
    (now,) = papers.named("padron_melilla.pdf")

    assert (now["kind"], now["fields"]) == ("sepa_mandate", {})


def test_a_paper_is_split_and_joined_and_all_is_undone(papers):
    """Undoing gives the first report again."""
    first = papers.row.report
    (one,) = papers.named("solicitud.pdf")
    papers.arrange(one, act="split", after="1", kind="ce_application", why="dos")
    two = papers.named("solicitud.pdf")
    papers.arrange(two[0], act="join", other=papers.key(two[1]), kind="ce_application", why="uno")
    whole = papers.named("solicitud.pdf")
    papers.undo_all()

    assert [part["pages"] for part in two] == [[1], [2]]
    assert [part["pages"] for part in whole] == [[1, 2]]
    assert papers.row.report == first


@pytest.mark.parametrize(
    "said",
    [
        {"act": "kind", "kind": "nada"},
        {"act": "split", "after": "2", "kind": "other"},
        {"act": "split", "after": "x", "kind": "other"},
        {"act": "join", "other": "x", "kind": "other"},
        {"act": "vanish", "kind": "other"},
    ],
)
def test_what_cannot_be_done_changes_nothing(papers, said):
    """No such kind, page, paper or act."""
    first = papers.row
    (one,) = papers.named("solicitud.pdf")
    answer = papers.arrange(one, **said)

    assert answer.status_code == 422
    assert papers.row.report == first.report


def test_a_value_set_right_in_a_paper_that_changed_is_shown_as_no_longer_applying(papers):
    """It is not lost: it stands in the record and is told on the page."""
    (one,) = papers.named("padron_melilla.pdf")
    data = {"csrf": papers.client.csrf, "revision": papers.row.revision, "paper": papers.key(one)}
    address = f"/expedientes/{papers.number}/campos/{one['id']}/notes"
    papers.client.post(address, data=data | {"act": "corrected", "value": "una nota"})
    papers.arrange(papers.named("padron_melilla.pdf")[0], act="kind", kind="sepa_mandate", why="x")
    page = papers.client.get(f"/expedientes/{papers.number}").text

    assert papers.row.report["corrections"][0]["document"] is None
    assert "ya no se aplica" in page
    assert "una nota" in page
