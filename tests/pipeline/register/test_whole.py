"""Real papers in a watched folder, a real register: what the case says, keeps and records."""

import datetime as dt
import json
from dataclasses import replace

import pytest

from desk.demo.cases import packed
from desk.demo.papers import asistencia_papers, convenio_papers
from desk.demo.people import LUCIA, YASMINE
from desk.demo.register import Stay
from pipeline.kept import kept_case
from pipeline.register.chosen import Registers
from pipeline.report import case_report
from pipeline.steps import assess, route
from pipeline.store.cases import lines, report
from pipeline.store.claims import claim
from pipeline.store.events import history
from pipeline.work import work
from validators.calendar import Calendars
from validators.policy import Policy

FILED = dt.date(2026, 3, 16)
SINCE = dt.date(2019, 5, 10)


def line(human, since=SINCE, until=None):
    home = human.home
    return {
        "provincia": "51" if home.city == "Ceuta" else "52",
        "municipio": "001",
        "identificador": human.id_number,
        "nombre": human.given_name,
        "apellido1": human.first_surname,
        "apellido2": human.second_surname,
        "fecha_nacimiento": f"{human.birth_date:%d/%m/%Y}",
        "fecha_alta": f"{since:%d/%m/%Y}",
        "fecha_baja": f"{until:%d/%m/%Y}" if until else "",
        "tipo_via": home.street_type,
        "nombre_via": home.street_name,
        "numero": home.number,
        "planta": home.floor,
        "puerta": home.door,
        "codigo_postal": home.postal_code,
    }


@pytest.fixture
def worked(office, sandbox, make, tmp_path):
    """Return a function that drops papers and works on them with a register of some lines."""

    def run(papers, *rows, human):
        place = tmp_path / "padron.csv"
        header = list(line(human))
        text = [";".join(header), *(";".join(row.values()) for row in rows), ""]
        place.write_text("\n".join(text), encoding="utf-8")
        town = f"{'51' if human.home.city == 'Ceuta' else '52'}/001 {human.home.city}"
        source = make.source(place, municipalities=(town,), as_of="2026-03-16")
        settings = replace(office.settings, register=Registers(sources=(source,)))
        office.drop("caso.zip.presentacion.json", json.dumps({"filed_on": f"{FILED}"}).encode())
        office.drop("caso.zip", packed(papers))
        assert len(office.take()) == 1
        claimed = claim(office.store, "a", 60, office.now())
        work(claimed, settings, office.store, sandbox, Calendars.shipped())
        (case,) = lines(office.store)
        events = history(office.store, case.id)
        return report(office.store, case.number), [e for e in events if e.kind == "register-asked"]

    return run


def outcomes(found, rule):
    return {one["outcome"] for one in found["findings"] if one["rule"] == rule}


def said(finding):
    return finding["rule"], finding["outcome"], finding["reason"]["es"], finding["certainty"]


def papers_of_yasmine():
    stays = [("Ceuta", [Stay(since=SINCE, origin="MAR")])]
    return convenio_papers(YASMINE, town="Ceuta", filed_on=FILED, register=stays)


@pytest.fixture
def agreed(worked):
    return worked(papers_of_yasmine(), line(YASMINE), human=YASMINE)


def test_register_and_papers_agree(agreed):
    """The case is approved, says that the register confirms it, and shows it in the grid."""
    found, _ = agreed
    assert (found["queue"], outcomes(found, "CE-DOC-06")) == ("approve", {"met"})
    (answer,) = found["register"]
    assert (answer["answer"], answer["periods"][0]["from"]) == ("found", "2019-05-10")
    rows = {(row["person"], row["fact"]): row for row in found["crosscheck"]}
    assert "register-1" in [cell["document"] for cell in rows["applicant", "birth_date"]["cells"]]
    assert rows["applicant", "address"]["verdict"] in {"agree", "explained"}


def test_the_record_keeps_the_question_without_personal_data(agreed):
    """Which source, on what ground, how it answered; nothing of the person."""
    _, (event,) = agreed
    assert dict(event.detail) == {
        "source": "padron-ceuta",
        "ground": "Ley 39/2015, art. 28.2",
        "about": "applicant",
        "answer": "found",
        "why": None,
    }


def test_a_kept_case_is_judged_the_same_without_asking_again(agreed):
    """What the register said is part of the case."""
    found, _ = agreed
    again = case_report(route(assess(kept_case(found), Policy(), Calendars.shipped())))
    assert [said(one) for one in again["findings"]] == [said(one) for one in found["findings"]]
    assert again["register"] == found["register"]


def test_a_register_that_lies_sends_the_case_to_a_person_with_both_dates(worked):
    """The certificate says 10 May, the register 10 June; neither is believed."""
    found, _ = worked(papers_of_yasmine(), line(YASMINE, since=dt.date(2019, 6, 10)), human=YASMINE)
    reasons = [one["reason"]["es"] for one in found["findings"] if one["rule"] == "CE-RES-14"]
    assert found["queue"] == "review"
    assert "10/05/2019" in reasons[0]
    assert "10/06/2019" in reasons[0]


def test_the_inss_needs_no_paper_where_the_register_finds_the_person_at_home(worked):
    """AS-PAD-01 is met by the query."""
    papers = asistencia_papers(LUCIA, province=LUCIA.home.city, filed_on=FILED)
    found, _ = worked(papers, line(LUCIA), human=LUCIA)
    assert (found["queue"], outcomes(found, "AS-PAD-01")) == ("approve", {"met"})


def test_the_inss_asks_for_the_certificate_where_the_register_does_not_know_the_person(worked):
    """AS-PAD-01 is to be cured."""
    papers = asistencia_papers(LUCIA, province=LUCIA.home.city, filed_on=FILED)
    found, _ = worked(papers, line(replace(LUCIA, id_number="00000000T", given_name="Otra")), human=LUCIA)
    assert (found["queue"], outcomes(found, "AS-PAD-01")) == ("cure", {"cure"})
