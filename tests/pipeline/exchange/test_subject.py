"""The data of one person: all their cases and none of another's, what is others' kept apart, two people."""

import datetime as dt
import io
import json
import zipfile

import pytest
import sqlalchemy as sa

from pipeline.after_filing.record import After, Kind
from pipeline.after_filing.record import add as add_after
from pipeline.audit.table import audit
from pipeline.errors import UsageError
from pipeline.exchange.of_person import asked, cases_of
from pipeline.exchange.subject import Request, Source, gather
from pipeline.limits import Limits
from pipeline.pictures.shelf import Shelf
from pipeline.store.quarantine import StoreQuarantine
from pipeline.store.schema import cases, originals, submissions

AT = dt.datetime(2026, 5, 4, 12, 0, tzinfo=dt.UTC)
NUMBER = "X3567588N"
OTHER = "Y1234567X"


def paper(kind, **fields):
    """Return a paper of a report; `applicant__id_number` is `applicant.id_number`."""
    told = {name.replace("__", "."): {"value": value} for name, value in fields.items()}
    return {"kind": kind, "fields": told, "pages": [1]}


def named(place, number, name="Óscar", surname="Ouazzani"):
    """Return the fields of somebody in a form."""
    return {f"{place}__id_number": number, f"{place}__given_name": name, f"{place}__first_surname": surname}


class Cases:
    """Cases whose papers say what a test wants, each in a file of its own."""

    def __init__(self, office, judged):
        self.office, self.store, self._judged = office, office.store, judged

    def put(self, *papers, person=None):
        """Make a case with one file that holds *papers*; return its number."""
        number = self._judged(person=person)
        digest = (
            sa.select(originals.c.sha256)
            .join(submissions, submissions.c.id == originals.c.submission)
            .join(cases, cases.c.id == submissions.c.case_id)
            .where(cases.c.number == number)
        )
        with self.store.write() as connection:
            sha256 = connection.execute(digest).scalar_one()
            told = [{"id": f"d{n}", "sha256": sha256, **one} for n, one in enumerate(papers, 1)]
            report = {"documents": told, "findings": []}
            connection.execute(sa.update(cases).where(cases.c.number == number).values(report=report))
        return number

    def numbers(self, typed):
        """Return the numbers of the cases in which somebody stands, with as what."""
        return {one.row.number: one.roles for one in cases_of(self.store, asked(typed))}

    def gather(self, tmp_path, may=lambda _: True, number=NUMBER):
        """Return the members of what is gathered, and what is told of it."""
        out = io.BytesIO()
        request = Request(asked_by="ana", approved_by="eva", why="access", reference="2026-E-7", at=AT)
        source = Source(store=self.store, limits=Limits(), shelf=Shelf(tmp_path / "shelf", 1 << 20))
        made = gather(source, asked(number), request, out, may)
        with zipfile.ZipFile(out) as archive:
            return {name: archive.read(name) for name in archive.namelist()}, made


@pytest.fixture
def people(office, judged):
    """Return a maker of cases."""
    return Cases(office, judged)


def test_all_cases_of_a_person_are_found_and_none_of_another(people):
    """As applicant, representative, beneficiary and previous holder, however the number is spelt."""
    own = people.put(paper("ce_application", **named("applicant", NUMBER)), person=NUMBER)
    represents = people.put(
        paper("ce_application", **named("applicant", OTHER), **named("representative", "x 3567588-n"))
    )
    child = {"id_number": "X.3567588.N", "given_name": "Óscar"}
    family = people.put(paper("as_application", **named("holder", OTHER), beneficiaries=[child]))
    before = people.put(
        paper("as_application", **named("holder", OTHER), **named("previous_holder", "X03567588N"))
    )
    people.put(paper("ce_application", **named("applicant", OTHER)), person=OTHER)
    people.put(paper("identity_document", number=OTHER, support_number="E03567588", surnames="Ouazzani"))

    assert people.numbers(" x-3567588 n") == {
        own: ("solicitante",),
        represents: ("representante",),
        family: ("beneficiario",),
        before: ("titular anterior",),
    }


def test_a_dni_without_its_leading_zeros_is_the_same_number(people):
    """Papers print them or not; so do people."""
    own = people.put(paper("ce_application", **named("applicant", "00123456-P")), person="00123456P")

    assert people.numbers("123456p") == {own: ("solicitante",)}


def test_a_number_told_after_filing_is_found_however_it_is_spelt(people):
    """A new representative's, with dots and a hyphen as people write them."""
    number = people.put(paper("ce_application", **named("applicant", OTHER)))
    told = After(
        kind=Kind.NOTICE_ADDRESS,
        entered_on=AT.date(),
        who="ana",
        at=AT,
        said={"id_number": "12.345.678-Z"},
    )
    with people.store.write() as connection:
        case = connection.execute(sa.select(cases.c.id).where(cases.c.number == number)).scalar_one()
        add_after(connection, case, told)

    assert people.numbers("12345678Z") == {number: ("nombrado después de presentar",)}


@pytest.mark.parametrize("typed", ["", "1234", "%%%%%%", "X3567588N' OR 1=1"])
def test_what_is_no_number_is_refused(typed):
    """Nothing is searched that would be found in every case, or is no number at all."""
    with pytest.raises(UsageError, match="no vale"):
        asked(typed)


def test_papers_of_the_person_alone_go_and_those_with_others_are_to_be_looked_at(people, tmp_path):
    """A paper that names two people is never among those that go as they are; one of others stays out."""
    people.put(paper("ce_application", **named("applicant", NUMBER)), person=NUMBER)
    people.put(paper("as_application", **named("holder", OTHER), **named("previous_holder", NUMBER)))
    people.put(
        paper("ce_application", **named("applicant", NUMBER)),
        paper("ce_application", **named("applicant", OTHER)),
        person=NUMBER,
    )

    members, made = people.gather(tmp_path)

    assert [name for name in members if "/" in name] == [
        "papeles/001.pdf",
        "por-mirar/001.pdf",
        "por-mirar/002.pdf",
    ]
    assert (made.own, made.look, made.left) == (1, 2, 0)


@pytest.mark.parametrize(
    "others",
    [
        {"representative.first_surname": {"value": None, "text": "Ouaz~ani"}},
        {"beneficiaries": {"value": [{"id_number": None, "name": None, "birth_date": "2019-02-01"}]}},
        {"holder.id_number": {"value": None, "text": "Y12?4567X"}},
    ],
)
def test_somebody_whose_name_was_not_read_is_somebody_else(people, tmp_path, others):
    """Ink in another's place keeps a paper from going as it is, whether or not it could be read."""
    form = paper("ce_application", **named("applicant", NUMBER))
    people.put(form | {"fields": form["fields"] | others}, person=NUMBER)

    made = people.gather(tmp_path)[1]

    assert (made.own, made.look, made.left) == (0, 1, 0)


def test_in_anothers_application_only_papers_that_bear_the_number_go(people, tmp_path):
    """Of somebody who represents another, the other's own papers stay out, and are counted."""
    form = paper("ce_application", **named("applicant", OTHER), **named("representative", NUMBER))
    number = people.put(form)
    with people.store.write() as connection:
        report = connection.execute(sa.select(cases.c.report).where(cases.c.number == number)).scalar_one()
        more = paper("padron_certificate", **named("person", OTHER)) | {"id": "d2", "sha256": "0" * 64}
        report = {**report, "documents": [*report["documents"], more]}
        connection.execute(sa.update(cases).where(cases.c.number == number).values(report=report))

    members, made = people.gather(tmp_path)

    assert (made.own, made.look, made.left) == (0, 1, 1)
    (told,) = json.loads(members["datos.json"])["cases"]
    assert told["as"] == ["representante"]
    assert "decisions" not in told


def test_the_answer_says_of_the_person_and_of_nobody_else(people, tmp_path):
    """Values of others are in no line of it, though they stand on the same paper."""
    people.put(
        paper(
            "as_application",
            **named("holder", NUMBER),
            **named("previous_holder", OTHER, name="Zoraida", surname="Secreta"),
            beneficiaries=[{"name": "Hija Secreta", "id_number": "12345678Z"}],
        ),
        person=NUMBER,
    )

    told = people.gather(tmp_path)[0]["datos.json"].decode()

    assert NUMBER in told
    assert not {word for word in (OTHER, "Zoraida", "Secreta", "12345678Z") if word in told}


def test_who_looked_is_told_by_day_and_act_and_staff_by_numbers(people, tmp_path, office, desk):
    """The same person has the same number; no login is given away."""
    number = people.put(paper("ce_application", **named("applicant", NUMBER)), person=NUMBER)
    from pipeline.audit.chain import note

    with office.store.writing() as transaction:
        for who, did in (
            ("ana", "case-seen"),
            ("programa:gestor", "case-read"),
            ("eva", "page-seen"),
            ("ana", "case-seen"),
        ):
            note(transaction, who, did, AT, case=desk.id(number))

    (told,) = json.loads(people.gather(tmp_path)[0]["datos.json"])["cases"]

    assert [(one["did"], one["who"]) for one in told["seen_by"]] == [
        ("case-seen", "persona 1"),
        ("case-read", "programa"),
        ("page-seen", "persona 2"),
        ("case-seen", "persona 1"),
    ]


def test_each_case_that_was_gathered_has_its_row_in_the_audit_with_both_people(people, tmp_path, office):
    """Who asked, who approved, why, under which entry: and not the person's number."""
    people.put(paper("ce_application", **named("applicant", NUMBER)), person=NUMBER)
    people.gather(tmp_path)

    with office.store.read() as connection:
        row = connection.execute(sa.select(audit).where(audit.c.did == "subject-exported")).one()

    assert row.who == "ana"
    assert row.detail == {"approved_by": "eva", "why": "access", "reference": "2026-E-7"}


def test_a_case_of_an_office_that_is_not_theirs_stops_it_all(people, tmp_path, office):
    """Half an answer would pass for a whole one: nothing is written, nothing noted."""
    people.put(paper("ce_application", **named("applicant", NUMBER)), person=NUMBER)

    with pytest.raises(PermissionError):
        people.gather(tmp_path, may=lambda place: place.office != "CEU01")


def test_what_an_antivirus_found_harmful_is_named_and_not_given_out(people, tmp_path, office):
    """Its bytes stay where they are."""
    people.put(paper("ce_application", **named("applicant", NUMBER)), person=NUMBER)
    with office.store.read() as connection:
        StoreQuarantine(office.store).put(
            connection.execute(sa.select(originals.c.sha256)).scalar_one(), "Eicar"
        )

    members, made = people.gather(tmp_path)

    assert made.own == 0
    assert json.loads(members["datos.json"])["cases"][0]["papers"][0]["file"] is None
