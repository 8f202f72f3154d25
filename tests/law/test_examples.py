"""Every example of the law, judged; and what the reader of examples refuses."""

import datetime as dt
import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import get_args, get_type_hints

import pytest
import yaml

from extractors.forms.beside import BESIDE
from extractors.said.foreseen import UNFORESEEN
from extractors.said.reserving import RESERVES
from pipeline.routing import queue
from validators.examples import differences, examples, examples_of, judged
from validators.examples.files import bases, examples_in, written
from validators.facts import Fact
from validators.finding import Text
from validators.policy import Policy
from validators.rules import rules
from validators.tables import TableError

SPELT = written()
"""Every example as its file spells it: put together when one is judged, not when tests are listed."""
ROOT = Path(__file__).parents[2]
FIELDS = (ROOT / "docs" / "contract" / "fields.md").read_text(encoding="utf-8")
SUBJECTS = yaml.safe_load((ROOT / "extractors" / "said" / "mentions.yaml").read_text(encoding="utf-8"))[
    "subjects"
]


def by_file():
    """Return the numbers of the examples of each file: a test for each would cost as much as judging them."""
    found = defaultdict(list)
    for number, one in enumerate(SPELT):
        found[one.said.file].append(number)
    return found


BY_FILE = by_file()


def place(number):
    """Return where an example stands."""
    return f"{SPELT[number].said.file}:{SPELT[number].said.line}"


@pytest.mark.parametrize("file", BY_FILE)
def test_an_example_is_judged_as_it_says(file):
    """The rules it names answer as it says, and the case goes to the queue it names."""
    wrong = {}
    for number in BY_FILE[file]:
        example = examples()[number]
        routed = example.queue and queue(judged(example).findings)
        if (differences(example), routed) != ((), example.queue):
            wrong[place(number)] = differences(example), routed
    assert wrong == {}


@pytest.mark.parametrize("file", BY_FILE)
def test_no_sentence_is_left_with_a_blank(file):
    """Whatever a rule says in an example, every word that its sentence needs is there."""
    blank = [
        (place(number), text)
        for number in BY_FILE[file]
        if "reckon" not in SPELT[number].said
        for finding in judged(examples()[number]).findings
        for text in finding.reason
        if "{" in text
    ]
    assert blank == []


def test_the_sixty_worked_examples_are_there():
    """The table of docs/law.md 4.3 has sixty examples; two of them give two dates."""
    worked = Counter(example.worked for example in examples() if example.worked)
    assert (set(worked), {n for n, times in worked.items() if times > 1}) == (set(range(1, 61)), {57, 59})


def test_no_title_stands_twice():
    """A lawyer can name an example by its title."""
    assert [title for title, times in Counter(e.title for e in examples()).items() if times > 1] == []


def test_every_example_says_what_follows():
    """No example is there without an expectation: a rule's, a queue or a result."""
    idle = [e for e in examples() if not e.expected and e.queue is None and e.result is None]
    assert [(e.file, e.line) for e in idle] == []


def test_an_example_is_shown_as_its_file_spells_it():
    """From its title to its last word, without the heading of those that follow."""
    spelt = [example.text.strip().splitlines() for example in examples()]
    assert [lines for lines in spelt if "- case:" not in lines[0] or lines[-1].startswith("  #")] == []


def test_the_examples_of_a_rule_show_it_at_work_first():
    """Who asks for the examples of a rule sees first those in which it speaks."""
    spoken = [example.fires("CE-RES-04") for example in examples_of("CE-RES-04")]
    assert (spoken, any(spoken), all(spoken)) == (sorted(spoken, reverse=True), True, False)


def test_an_example_that_is_not_so_is_told_rule_by_rule(written):
    """Another outcome, another article and another date are each told with what was found instead."""
    example = written(
        "articles: {CE-FIR-01: 'Ley 1/1900'}\n    result: {residence: {chain_start: 2011-01-01}}", "review"
    )
    assert differences(example) == (
        "CE-RES-02: met instead of review",
        "CE-FIR-01: quotes Ley 39/2015, art. 66.1.e instead of Ley 1/1900",
        "case.residence.chain_start: 2010-05-10 instead of 2011-01-01",
    )


@pytest.mark.parametrize("rule", rules())
def test_every_rule_has_an_example_in_which_it_speaks_and_one_in_which_it_is_silent(rule):
    """A lawyer sees where each rule begins and where it ends."""
    shown = {example.fires(rule) for example in examples() if rule in example.expected}
    assert shown == {True, False}


READINGS = [
    (name, choice)
    for name, hint in get_type_hints(Policy).items()
    for choice in get_args(hint)
    if choice != getattr(Policy(), name)
]


@pytest.mark.parametrize(("setting", "choice"), READINGS)
def test_every_reading_of_an_ambiguous_rule_has_an_example(setting, choice):
    """Whoever chooses another reading than the default sees what follows from it."""
    assert [e.title for e in examples() if getattr(e.policy, setting) == choice] != []


def test_every_mention_is_one_that_the_readers_know():
    """An example speaks of no subject that no paper could touch."""
    touched = {mention.subject for example in examples() for mention in example.application.mentions}
    assert touched - {*SUBJECTS, BESIDE, RESERVES, UNFORESEEN} == set()


def test_every_kind_of_paper_is_one_of_the_contract():
    """An example has no paper of a kind that the readers do not tell."""
    kinds = {kind for example in examples() for kind in example.application.papers}
    assert kinds - set(re.findall(r"^\| `(\w+)` \|", FIELDS, re.MULTILINE)) == set()


FILE = """description: Una prueba.
base: convenio
examples:
  - case: Un caso
    {fact}
    expect: {{CE-RES-02: {outcome}}}
"""


@pytest.fixture
def written(tmp_path: Path):
    """Return a function that reads one example from a file with a given fact."""

    def read(fact: str, outcome: str = "met"):
        file = tmp_path / "prueba.yaml"
        file.write_text(FILE.format(fact=fact, outcome=outcome), encoding="utf-8")
        (example,) = examples_in(file)
        return example

    return read


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        ("padrón: absent", "unknown key 'padrón'"),
        ("person: {birthday: 1985-04-03}", "unknown key 'birthday'"),
        ("person: {born: '3 de abril'}", "born: a day is written like"),
        ("person: {number: 51001}", "number: a text is needed"),
        ("person: {number: }", "number: a value is needed"),
        ("form: {signed: 'sí'}", "signed: yes or no"),
        ("declaration: {person: nadie}", "nobody is called 'nadie'"),
        ("padron: [{town: Ceuta}]", "the key 'alta' is missing"),
        ("person: {born: {says: 1985-04-03, read: '0.61'}}", "a certainty is written like 61 %"),
        ("padron: [{town: Ceuta, alta: 2020-01-01, cause: abrod}]", "cause: one of"),
        ("identity: {document: {says: tie, or: licence}}", "document: one of"),
        ("form: {address: {zip: '51001'}}", "unknown key 'zip'"),
        ("mentions: appeal", "mentions: a list is needed"),
        ("mentions: [{subject: appeal, whose: nobody}]", "whose: one of"),
        ("under: {boundary: met}", "unknown key 'boundary'"),
        ("under: {boundary_day: tomorrow}", "boundary_day: one of"),
        ("base: otra", "no base case 'otra'"),
        ("queue: later", "queue: one of"),
        ("filing_source: rumour", "filing_source: one of"),
    ],
)
def test_a_word_that_is_not_understood_is_refused(fact, said, written):
    """The error names the file, the line and what may stand there."""
    with pytest.raises(TableError, match=r"^prueba\.yaml, line \d+: ") as refused:
        written(fact)
    assert said in str(refused.value)


def test_an_outcome_that_is_none_is_refused(written):
    """What must follow is one of the contract's outcomes, `silent` or `applies`."""
    with pytest.raises(TableError, match="line 6: CE-RES-02: `silent`, or one or more of"):
        written("queue: approve", outcome="approved")


@pytest.mark.parametrize(
    ("written_as", "value", "confidence", "others"),
    [
        ("1985-04-03", dt.date(1985, 4, 3), 1.0, ()),
        ("40 years before filing", dt.date(1986, 3, 16), 1.0, ()),
        ("{says: 1985-04-03, read: 61 %}", dt.date(1985, 4, 3), 0.61, ()),
        ("{says: 1985-04-03, or: 1985-03-04}", dt.date(1985, 4, 3), 1.0, (dt.date(1985, 3, 4),)),
        ("empty", None, 1.0, ()),
        ("illegible", None, 0.0, ()),
    ],
)
def test_what_is_written_is_the_fact_that_a_paper_gives(written_as, value, confidence, others, written):
    """Certain, uncertain, read in two ways, empty and illegible are five different facts."""
    born = written(f"person: {{born: {written_as}}}").application.applicant.birth_date
    assert (born.value, born.confidence, born.others) == (value, confidence, others)


def test_absent_is_no_fact_at_all(written):
    """What no paper gives is not a fact without value."""
    assert written("person: {born: absent}").application.applicant.birth_date is None


def test_a_change_of_the_person_reaches_every_paper(written):
    """All papers are the applicant's unless the example says otherwise."""
    case = written("person: {nationality: FRA}").application
    told = {case.convenio[0].applicant.nationality.value, case.identities[0].nationality.value}
    assert told | {case.declarations[0].declarant.nationality.value} == {"FRA"}


def test_a_paper_can_be_about_somebody_else(written):
    """A paper that names another person names nobody of the base case."""
    declarant = written("declaration: {person: another}").application.declarations[0].declarant
    assert (declarant.id_number.value, declarant.given_name.value) == ("Y7654321G", "Luis")


def test_braces_on_a_paper_are_only_braces():
    """A town that looks like a blank of a sentence is quoted as it stands, in its place or in a sentence."""
    rule, quoting = rules()["CE-EMP-01"], Text("Vive en {x}.", "Vive en {x}.", "Lives in {x}.")
    told = rule.applied(town="Villa {since}", since=1).reason.es, rule.applied(reason=quoting).reason.es
    assert ("Villa {since}" in told[0], told[1]) == (True, "Vive en {x}.")


def test_a_paper_read_faintly_makes_all_its_facts_faint(written):
    """A certainty beside the words of a paper is that of each of them."""
    card = written("identity: {read: 40 %}").application.identities[0]
    assert {card.number.confidence, card.kind.confidence, card.surnames.confidence} == {0.4}


def test_several_papers_of_one_kind_lie_on_the_paper_of_the_base(written):
    """In a list each paper says only what is different about it."""
    cards = written("identity: [{}, {document: passport, number: AB123456}]").application.identities
    assert [(c.kind.value, c.number.value, c.given_name.value) for c in cards] == [
        ("tie", "X1234567L", "Nadia"),
        ("passport", "AB123456", "Nadia"),
    ]


def test_every_town_certifies_its_own_stays(written):
    """Two towns are two certificates, each with its own document."""
    found = written(
        "padron: [{town: Málaga, alta: 2020-01-01, baja: 2023-01-01}, {town: Ceuta, alta: 2023-01-01}]"
    ).application.registrations
    towns = [(r.municipality.value, [p.municipality.value for p in r.periods]) for r in found]
    assert (towns, len({r.document for r in found})) == ([("Málaga", ["Málaga"]), ("Ceuta", ["Ceuta"])], 2)


def test_an_open_stay_is_surely_open(written):
    """A stay without baja has an end that is surely empty, not an illegible one."""
    stay = written("padron: [{town: Ceuta, alta: 2020-01-01}]").application.registrations[0].periods[0]
    assert stay.until == Fact(value=None, evidence=stay.until.evidence)


@pytest.mark.parametrize("base", bases())
def test_every_base_case_is_in_order(base, written):
    """Whatever an example spoils was in order before: the base case is proposed for approval."""
    example = written(f"base: {base}", outcome="silent")
    assert queue(judged(example).findings) == "approve"


def test_another_source_of_the_register_is_told_as_the_program_hears_it(written):
    """An answer has its number and its stays; one that found nobody names nobody."""
    found = written(
        "register: [{source: ine, ground: consent, about: applicant, answer: found, person: applicant,"
        " stays: [{town: Ceuta, alta: 2019-05-10}]},"
        " {source: ine, ground: consent, about: applicant, answer: not_found}]"
    ).application.register
    assert [(one.document, one.person.given_name is None, len(one.periods)) for one in found] == [
        ("register-1", False, 1),
        ("register-2", True, 0),
    ]
