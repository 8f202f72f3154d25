"""What holds for every case: readable papers, one procedure, one application, a filing date."""

import datetime as dt
from dataclasses import replace

import pytest

from validators.facts import Evidence, Fact, Filing, Mention, Period, Registration, Unreadable
from validators.rules._oddities import words

S = dt.date(2026, 3, 16)
STAMP = (Evidence("d4", "filed_at"),)


@pytest.mark.parametrize(
    ("code", "outcome"),
    [("corrupt", "cure"), ("illegible", "cure"), ("malware", "review"), ("blank", "notice")],
)
def test_a_paper_that_cannot_be_read_is_asked_for_again(code, outcome, spaniard, judged):
    """Asked for again; what may be harmful is for a person, and of an empty sheet nothing is asked."""
    found = judged(replace(spaniard, unreadable=(Unreadable(document="d4", code=code),)))
    assert found.outcomes("GEN-UNREADABLE") == {outcome}
    assert found.queue == {"notice": "approve"}.get(outcome, outcome)


def test_whoever_filed_a_blurred_photo_is_told_how_to_make_a_better_one(spaniard, judged):
    """The sentence says what is wrong and what to do; what the law makes of it stays."""
    found = judged(replace(spaniard, unreadable=(Unreadable(document="d4", code="blurred"),)))
    (said,) = (finding.reason for finding in found.findings if finding.rule == "GEN-UNREADABLE")
    assert "borrosa" in said.es or "borroso" in said.es
    assert "sin mover el móvil" in said.es
    assert found.queue == "cure"


def test_an_unreadable_paper_of_an_unknown_case_is_looked_at(spaniard, judged):
    """It could be the form itself."""
    case = replace(spaniard, procedure="unknown", unreadable=(Unreadable(document="d4", code="corrupt"),))
    assert judged(case).outcomes("GEN-UNREADABLE") == {"review"}


@pytest.mark.parametrize(
    ("since", "outcome"), [(dt.date(2024, 5, 1), "cure"), (dt.date(2025, 10, 1), "review")]
)
def test_an_unreadable_paper_could_close_the_year(since, outcome, spaniard, judged):
    """Where the certificates that were read leave the year open, a further one may hide in the member."""
    period = Period(municipality=Fact(value="Ceuta"), since=Fact(value=since), until=Fact(value=None))
    shown = Registration(
        document="d5",
        official=True,
        person=spaniard.applicant,
        periods=(period,),
        municipality=Fact(value="Ceuta"),
        issued_on=Fact(value=S),
    )
    case = replace(
        spaniard,
        procedure="convenio_especial",
        asistencia=(),
        registrations=(shown,),
        unreadable=(Unreadable(document="d4", code="corrupt"),),
    )
    assert judged(case).outcomes("GEN-UNREADABLE") == {outcome}


def test_a_paper_of_no_known_kind_is_told(spaniard, judged):
    """Nobody decides without having seen it; by itself it stops nothing."""
    found = judged(replace(spaniard, papers={**spaniard.papers, "other": ("d6",)}))
    assert (found.outcomes("GEN-UNREADABLE"), found.queue) == ({"notice"}, "approve")


def test_a_paper_of_no_known_kind_in_which_an_office_speaks_is_looked_at(spaniard, judged):
    """A resolution or a letter of the person may decide the case, whatever it says."""
    words = Mention(subject="weighty_paper", evidence=Evidence("d6", "weighty_paper"))
    case = replace(spaniard, papers={**spaniard.papers, "other": ("d6",)}, mentions=(words,))
    assert judged(case).outcomes("GEN-UNREADABLE") == {"review"}


@pytest.mark.parametrize(
    "flag", ["hidden-text", "changed-after-signing", "signature-broken", "ambiguous-text"]
)
def test_a_paper_that_was_altered_is_looked_at(flag, spaniard, judged):
    """What only programs read, what two of them read differently, or what came after the signature."""
    assert judged(replace(spaniard, flags=(("d1", flag),))).outcomes("GEN-FORMAT") == {"review"}


@pytest.mark.parametrize("unreadable", [(), (Unreadable(document="d4", code="unsupported-type"),)])
def test_a_program_inside_is_looked_at(unreadable, spaniard, judged):
    """Whether a paper that is read carries it, or it lies in the package as a file of its own."""
    case = replace(spaniard, unreadable=unreadable, flags=(("d4", "executable-inside"),))
    assert judged(case).outcomes("GEN-FORMAT") == {"review"}


FLAGS = (
    "wrong-extension",
    "repaired",
    "active-content",
    "executable-inside",
    "changed-after-signing",
    "hidden-text",
    "ambiguous-text",
    "prefix-data",
    "trailing-data",
    "two-kinds",
    "pages-missing",
    "signature-broken",
    "blurred",
    "too-dark",
    "too-light",
    "too-small",
)


@pytest.mark.parametrize("flag", FLAGS)
def test_what_is_odd_about_a_file_is_said_in_words(flag):
    """A clerk reads what to mind, in three languages, not the program's own word."""
    assert flag not in words(flag)


def test_a_flag_of_a_newer_reader_is_told_as_it_is():
    """Better a bare word than none."""
    assert words("nuevo").es == "nuevo"


def test_an_unknown_procedure_is_looked_at(spaniard, judged):
    """No form tells which law applies."""
    assert judged(replace(spaniard, procedure="unknown", asistencia=())).outcomes("GEN-PROCEDURE") == {
        "review"
    }


def test_two_applications_are_looked_at(spaniard, judged):
    """Two forms in one package are two cases until a person says otherwise."""
    case = replace(spaniard, asistencia=spaniard.asistencia * 2)
    assert judged(case).outcomes("GEN-SPLIT") == {"review"}


@pytest.mark.parametrize(
    ("source", "filed", "received", "stated", "outcomes"),
    [
        ("office", S, S, (), set()),
        ("option", S, S + dt.timedelta(days=200), (), set()),
        ("office", S, S, (Fact(value=S - dt.timedelta(days=1)),), set()),
        ("office", S, S, (Fact(value=S - dt.timedelta(days=1), evidence=STAMP),), {"review"}),
        ("package", S, S, (Fact(value=S),), {"notice"}),
        ("package", S, S + dt.timedelta(days=30), (), {"notice"}),
        ("package", S, S + dt.timedelta(days=31), (), {"review"}),
        ("package", S, S, (Fact(value=S - dt.timedelta(days=1), evidence=STAMP),), {"review"}),
        ("stamp", S, S + dt.timedelta(days=200), (Fact(value=S, evidence=STAMP),), {"notice"}),
        ("stamp", S, S, (Fact(value=S, confidence=0.6, evidence=STAMP),), {"review"}),
        ("reception", S, S, (), {"notice"}),
        ("option", S, S - dt.timedelta(days=1), (), {"review"}),
        ("option", dt.date(2010, 1, 4), S, (), {"review"}),
    ],
)
def test_a_filing_date_is_told_or_looked_at(source, filed, received, stated, outcomes, spaniard, judged):
    """The office's word stands; weaker sources are told; those that differ or cannot be are looked at."""
    filing = Filing(filed_on=filed, source=source, received_on=received, stated=stated)
    assert judged(replace(spaniard, filing=filing)).outcomes("GEN-FILED") == outcomes


@pytest.mark.parametrize(
    ("flag", "outcome"),
    [("repaired", "notice"), ("active-content", "notice"), ("changed-after-signing", "review")],
)
def test_an_odd_file_is_told_and_a_changed_one_looked_at(flag, outcome, spaniard, judged):
    """A file changed after its signature may no longer say what was signed."""
    assert judged(replace(spaniard, flags=(("d1", flag),))).outcomes("GEN-FORMAT") == {outcome}


def test_the_code_of_an_unreadable_paper_is_no_odd_format(spaniard, judged):
    """It has its own finding."""
    case = replace(
        spaniard, flags=(("d4", "corrupt"),), unreadable=(Unreadable(document="d4", code="corrupt"),)
    )
    assert judged(case).outcomes("GEN-FORMAT") == set()
