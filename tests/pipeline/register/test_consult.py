"""Who is asked about, which sources, on what ground; and what of it stays with the case."""

import datetime as dt
import json
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from extractors.document import Document, Field
from extractors.lines import Box
from pipeline.case import Member, Presentation, Read, Source
from pipeline.register.chosen import Registers
from pipeline.register.consult import consulted
from pipeline.register.kept import kept_answers, register_report
from pipeline.register.sources import Sources
from validators.policy import Policy

NOON = dt.datetime(2026, 3, 16, 12, tzinfo=dt.UTC)


def paper(kind, confidence=0.98, **fields):
    named = {
        name.replace("__", "."): Field(
            value=value, text=str(value), confidence=confidence, page=1, box=Box(1, 1, 9, 9)
        )
        for name, value in fields.items()
    }
    return Document(
        file=f"{kind}.pdf", sha256=kind, pages=(1,), kind=kind, kind_confidence=0.99, fields=named
    )


def person(prefix, number="X1234567L", **changes):
    said = {
        "first_surname": "Benali",
        "second_surname": "Haddad",
        "given_name": "Nadia",
        "id_number": number,
        "birth_date": "1985-04-03",
        "address__city": "Ceuta",
    }
    return {f"{prefix}__{name}": value for name, value in (said | changes).items()}


def inss(confidence=0.98, *, opposes=False, **changes):
    boxes = {} if opposes is None else {"opposes_queries": opposes}
    return paper("as_application", confidence, **person("holder"), **boxes, **changes)


def convenio(kind="alta", confidence=0.98, **changes):
    return paper("ce_application", confidence, request_type=kind, **person("applicant", **changes))


def case(*documents, filed_on="2026-03-16", remarks=None):
    said = Presentation(said_by="office", filed_on=dt.date.fromisoformat(filed_on), remarks=remarks)
    return Read(
        id="caso-1",
        number=None,
        source=Source("a.zip", "0", 900),
        originals=(),
        received_at=NOON,
        said=(said,),
        members=(Member("a.pdf", Path("a.pdf"), "a", 1000, "application/pdf"),),
        documents=documents,
    )


@pytest.fixture
def register(tmp_path, make):
    """Return sources with one extract, of Ceuta."""
    place = tmp_path / "padron.csv"
    place.write_text(f"{make.header}\n{make.nadia}\n{make.luis}\n{make.gone}\n", encoding="utf-8")
    return Sources(Registers(sources=(make.source(place),)))


@pytest.fixture
def ask(register):
    """Return a function that consults about a case: the answers, and the lines for the audit."""

    def asked(one, sources=register):
        lines = []
        found = consulted(one, sources, Policy(), lines.append)
        return found.register, lines

    return asked


@pytest.mark.parametrize("form", [inss(), convenio()], ids=["inss", "convenio"])
def test_the_applicant_is_found_without_a_paper(ask, form):
    """Who does not oppose it is looked up, and the answer is a fact with its place."""
    (answer,), (line,) = ask(case(form))
    assert (answer.answer, answer.about, answer.municipalities) == ("found", "applicant", ("Ceuta",))
    assert answer.periods[0].since.value == dt.date(2019, 5, 10)
    assert answer.periods[0].since.evidence == (("register-1", "periods"),)
    assert (line.case, line.source, line.answer) == ("caso-1", "padron-ceuta", "found")


@pytest.mark.parametrize(
    ("one", "why"),
    [
        (case(inss(opposes=True)), "opposed"),
        (case(inss(opposes=None)), "opposition_unclear"),
        (case(inss(confidence=0.89)), "opposition_unclear"),
        (case(convenio(), remarks="Me opongo a que consulten mis datos."), "opposed"),
        (case(convenio(), remarks="NO AUTORIZO LA CONSULTA DE MIS DATOS"), "opposed"),
        (case(convenio(), remarks="Opóñome á consulta do padrón"), "opposed"),
        (case(convenio(), remarks="Manifiesto mi oposición a que se consulten datos"), "opposed"),
        (case(convenio(), remarks="Sin mi consentimiento no consulten nada"), "opposed"),
        (case(convenio(), remarks="I do not authorise any query"), "opposed"),
        (case(convenio(), filed_on="2016-10-01"), "before_the_law"),
        (case(convenio(confidence=0.89)), "identity_unclear"),
        (case(convenio(id_number=None, birth_date=None)), "identity_unclear"),
    ],
)
def test_nobody_is_asked_about_where_the_law_or_the_paper_does_not_let(ask, one, why):
    """Opposition, an unclear box, the law before 2016-10-02, a number in doubt: and it says why."""
    (answer,), lines = ask(one)
    assert (answer.answer, answer.why, lines) == ("not_checked", why, [])


def test_from_the_second_of_october_of_2016_it_may_be_asked(ask):
    """The day on which Ley 39/2015 came into force."""
    (answer,), _ = ask(case(convenio(), filed_on="2016-10-02"))
    assert answer.answer == "found"


@pytest.mark.parametrize(
    "remarks",
    [
        "",
        "Adjunto pasaporte.",
        "Autorizo la consulta",
        "No me opongo a la consulta.",
        "Non me opoño á consulta",
        "Vivo sin autorización de residencia.",
        "No tengo permiso de trabajo; preparo oposiciones.",
        "Objeto: convenio especial",
    ],
)
def test_other_remarks_are_no_opposition(ask, remarks):
    """What does not oppose the query lets it be made."""
    (answer,), _ = ask(case(convenio(), remarks=remarks))
    assert answer.answer == "found"


def test_opposition_counts_whoever_handed_its_words_in(ask):
    """The office wrote something else beside the same package."""
    one = case(convenio(), remarks="Entregado en mano.")
    both = replace(one, said=(*one.said, Presentation(said_by="package", remarks="Me opongo a la consulta.")))
    assert [answer.why for answer in ask(both)[0]] == ["opposed"]


@pytest.mark.parametrize("kind", ["baja", "variacion"])
def test_a_procedure_that_needs_no_register_asks_nobody(ask, kind):
    """A withdrawal wants identity and signature, no more."""
    assert ask(case(convenio(kind))) == ((), [])


def test_a_case_of_no_known_procedure_asks_nobody(ask):
    """Without a form nothing says that anybody applied."""
    assert ask(case(paper("padron_certificate", **person("person")))) == ((), [])


def test_only_the_applicant_and_the_beneficiaries_are_asked_about(ask):
    """Neither the representative nor the earlier holder is."""
    omar = {
        "first_surname": "Amrani",
        "given_name": "Omar",
        "id_number": "Y7654321G",
        "birth_date": "1982-05-04",
        "relationship": "spouse",
    }
    form = inss(
        beneficiaries=[omar],
        representative__first_surname="Peña",
        representative__id_number="12345678Z",
        previous_holder__id_number="12345678Z",
    )
    answers, lines = ask(case(form))
    assert [(a.about, a.answer) for a in answers] == [("applicant", "found"), ("beneficiary-1", "found")]
    assert [line.about for line in lines] == ["applicant", "beneficiary-1"]


def test_a_source_of_another_city_is_not_asked(ask, register, make, tmp_path):
    """A register that cannot know the person learns nothing of them."""
    other = Registers(sources=(make.source(tmp_path / "padron.csv", municipalities=("52/001 Melilla",)),))
    assert ask(case(convenio()), Sources(other)) == ((), [])


def test_a_source_that_is_away_is_not_checked_and_not_asked_again_at_once(ask, make, tmp_path):
    """Down is never "not found"; the audit knows that it was tried."""
    away = Sources(Registers(sources=(make.source(tmp_path / "no.csv"),)))
    for _ in range(2):
        (answer,), (line,) = ask(case(convenio()), away)
        assert (answer.answer, answer.why) == ("not_checked", "down")
        assert (line.answer, line.why) == ("not_checked", "down")


def test_data_of_a_day_to_come_are_not_believed(ask, register, make, tmp_path):
    """A slip in the settings would make an old extract pass for a new one."""
    tomorrow = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=2)
    source = make.source(tmp_path / "padron.csv", as_of=tomorrow.isoformat())
    (answer,), _ = ask(case(convenio()), Sources(Registers(sources=(source,))))
    assert (answer.answer, answer.why) == ("not_checked", "wrong")


def test_a_source_that_hangs_holds_nobody_up(ask, make, tmp_path, monkeypatch):
    """A dead share blocks its own thread, no case; the second case does not even wait."""
    gate = threading.Event()
    sources = Sources(Registers(sources=(make.source(tmp_path / "x.csv", seconds=0.2),)))
    monkeypatch.setattr(sources._opened["padron-ceuta"], "ask", lambda _question: gate.wait(30))
    began = time.monotonic()
    answers = [ask(case(convenio()), sources)[0][0].why for _ in range(3)]
    gate.set()
    assert answers == ["slow", "slow", "slow"]
    assert time.monotonic() - began < 5


def test_an_error_of_the_program_is_not_taken_for_a_source_that_is_down(ask, make, tmp_path, monkeypatch):
    """What is our own fault is seen."""
    sources = Sources(Registers(sources=(make.source(tmp_path / "x.csv"),)))

    def broken(_question):
        raise ZeroDivisionError

    monkeypatch.setattr(sources._opened["padron-ceuta"], "ask", broken)
    with pytest.raises(ZeroDivisionError):
        ask(case(convenio()), sources)


def test_what_was_answered_is_kept_with_the_case_and_read_back(ask, register):
    """A replay has the same facts and asks nobody."""
    found, _ = ask(case(convenio()))
    silent, _ = ask(case(convenio(), remarks="me opongo"))
    kept = json.loads(json.dumps(register_report((*found, *silent))))
    assert kept_answers(kept) == (*found, *silent)


def test_the_audit_holds_no_personal_data(ask):
    """Case, source, ground, answer; no name, number, address or date of birth."""
    _, (line,) = ask(case(convenio()))
    told = " ".join(str(part) for part in line)
    assert not any(secret in told for secret in ("Benali", "Nadia", "X1234567L", "1985", "Real"))


def test_two_people_of_one_name_are_never_told_apart_by_guess(ask, register, make, tmp_path):
    """Only name and birth are known, and two people have them."""
    twin = make.nadia.replace("X1234567L", "Y0000000Z")
    (tmp_path / "padron.csv").write_text(f"{make.header}\n{make.nadia}\n{twin}\n", encoding="utf-8")
    (answer,), _ = ask(case(convenio(id_number=None)))
    assert (answer.answer, answer.periods) == ("ambiguous", ())


def test_a_move_inside_the_city_is_no_new_stay(ask, make, tmp_path, register):
    """Two lines for two homes of one person: one stay, from the first alta, with the home of today."""
    first = make.nadia.replace(
        ";cambio de residencia;Marruecos;;;",
        ";cambio de residencia;Marruecos;01/02/2022;cambio de domicilio;",
    )
    then = make.nadia.replace(
        "10/05/2019;cambio de residencia;Marruecos", "01/02/2022;cambio de domicilio;"
    ).replace("Real", "Mayor")
    (tmp_path / "padron.csv").write_text(f"{make.header}\n{then}\n{first}\n", encoding="utf-8")
    (answer,), _ = ask(case(convenio()))
    (stay,) = answer.periods
    assert (stay.since.value, stay.until.value, stay.origin) == (dt.date(2019, 5, 10), None, "MAR")
    assert answer.address.parts["street_name"].value == "Mayor"


def test_a_baja_and_a_new_alta_are_two_stays(ask, make, tmp_path, register):
    """A lapsed entry and an omission on the very day are no move inside the city."""
    first = make.nadia.replace("Marruecos;;;", "Marruecos;01/02/2022;caducidad;")
    then = make.nadia.replace("10/05/2019;cambio de residencia;Marruecos", "01/02/2022;omisión;")
    (tmp_path / "padron.csv").write_text(f"{make.header}\n{first}\n{then}\n", encoding="utf-8")
    (answer,), _ = ask(case(convenio()))
    assert [(p.cause_in, p.cause_out) for p in answer.periods] == [
        ("residence_change", "expiry"),
        ("omission", None),
    ]


def test_without_sources_a_case_is_as_it_was(ask):
    """Nothing is put together twice, nothing added."""
    one = case(convenio())
    assert consulted(one, Sources(Registers()), Policy(), lambda _line: None) is one
