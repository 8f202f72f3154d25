"""A CSV extract of a register, asked about one person."""

import datetime as dt

import pytest

from pipeline.register.chosen import Registers
from pipeline.register.extract import Extract
from pipeline.register.source import Question, SilentSource
from pipeline.register.sources import Sources


def test_a_person_is_found_by_the_number_however_it_is_written(extract_of, make):
    """Hyphens and small letters are no other number; the whole entry comes."""
    reply = extract_of(make.nadia, make.luis).ask(make.by_number("x-1234567-l"))
    (entry,) = reply.entries
    assert (reply.answer, reply.as_of) == ("found", dt.date(2026, 3, 1))
    assert (entry.town, entry.since, entry.until) == ("Ceuta", dt.date(2019, 5, 10), None)
    assert (entry.cause_in, entry.origin, entry.nationality) == ("residence_change", "MAR", "MAR")
    assert entry.address["street_name"] == "Real"
    assert entry.birth_date == dt.date(1985, 4, 3)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_encodings_of_the_offices_are_read(extract_of, make, encoding, end):
    """UTF-8 with or without its mark, Latin-1, lines of Windows; the particle joins the surname."""
    source = extract_of(make.nadia, make.luis, encoding=encoding, end=end)
    (entry,) = source.ask(make.by_number("12345678Z", "LUIS DE LA PEÑA NUÑEZ")).entries
    assert (entry.first_surname, entry.second_surname) == ("de la Peña", "Núñez")
    assert (entry.since, entry.birth_date) == (dt.date(1999, 12, 31), dt.date(1970, 1, 5))


def test_commas_and_quotes_are_read(extract_of, make):
    """A quoted field may hold the separator."""
    line = make.nadia.replace(";", ",").replace("Real", '"Real, pasaje ""B"""')
    (entry,) = extract_of(line, header=make.header.replace(";", ",")).ask(make.by_number("X1234567L")).entries
    assert entry.address["street_name"] == 'Real, pasaje "B"'


def test_other_names_of_columns_are_known_or_chosen(extract_of, make):
    """The short names of the national institute are known; any other is named in the settings."""
    header = make.header.replace("provincia", "CPRO").replace("fecha_alta", "F. Ingreso")
    source = extract_of(make.nadia, header=header, columns=("fecha_alta=f_ingreso",))
    assert source.ask(make.by_number("X1234567L")).answer == "found"


def test_a_number_in_three_columns_is_put_together(extract_of):
    """Letter, digits and check letter apart are one NIE."""
    header = "cpro;cmun;lextr;iden;liden;nomb;ape1;fnac;falta"
    reply = extract_of("51;1;X;1234567;L;Nadia;Benali;19850403;20190510", header=header).ask(
        Question(number="X1234567L", name="Nadia Benali")
    )
    assert reply.answer == "found"


def test_nobody_is_found_by_a_number_that_is_not_there(extract_of, make):
    """Not found is an answer."""
    question = make.by_number("Z0000000M", "Otra Persona Distinta")
    assert extract_of(make.nadia).ask(question).answer == "not_found"


def test_without_the_number_name_and_birth_find_one_person(extract_of, make):
    """Accents and order do not matter; another day of birth does."""
    source = extract_of(make.nadia, make.luis)
    assert source.ask(make.by_name("PENA NUNEZ LUIS", "1970-01-05")).answer == "found"
    assert source.ask(make.by_name("PENA NUNEZ LUIS", "1970-05-01")).answer == "not_found"


def test_two_persons_of_one_name_and_birth_are_ambiguous(extract_of, make):
    """Another DNI is another person."""
    twin = make.luis.replace("12345678Z", "00000000T")
    assert (
        extract_of(make.luis, twin).ask(make.by_name("Luis Peña Núñez", "1970-01-05")).answer == "ambiguous"
    )


def test_two_open_entries_of_one_name_without_numbers_are_ambiguous(extract_of, make):
    """They may be two children."""
    child, other = (make.luis.replace("12345678Z", "").replace(";12;", f";{n};") for n in (12, 14))
    assert extract_of(child, other).ask(make.by_name("Luis Peña Núñez", "1970-01-05")).answer == "ambiguous"


def test_the_number_under_another_name_tells_nothing_of_that_person(extract_of, make):
    """A number typed wrongly is somebody else's: nothing of theirs is told."""
    reply = extract_of(make.luis).ask(make.by_number("12345678Z"))
    assert (reply.answer, reply.why, reply.entries) == ("ambiguous", "number_of_another", ())


def test_the_same_name_with_another_dni_is_not_taken(extract_of, make):
    """Name and birth agree, the DNI is another: it may be another person."""
    question = Question(number="00000000T", name="Luis Peña Núñez", birth_date=dt.date(1970, 1, 5))
    assert extract_of(make.luis).ask(question).answer == "ambiguous"


def test_a_municipality_that_the_source_does_not_speak_for_is_passed_over(extract_of, make):
    """The codes of province and municipality stay apart."""
    elsewhere = make.nadia.replace("51;001;", "52;001;")
    assert extract_of(elsewhere).ask(make.by_number("X1234567L")).answer == "not_found"


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("51;001;", "51001;001;"),
        ("51;001;", "51;51001;"),
        ("10/05/2019", "31/02/2019"),
        ("10/05/2019", "5/2019"),
        ("10/05/2019", ""),
        ("Benali", " "),
        ("51001", "51001;;;"),
        ("Nadia", '"Nadia'),
        ("Nadia", "Na\0dia"),
        ("Nadia", "N" * 9000),
    ],
)
def test_a_line_that_cannot_be_is_counted_and_passed_over(extract_of, make, good, bad):
    """A postal code for a code of the register, an impossible day, a broken quote, an endless line."""
    source = extract_of(make.nadia.replace(good, bad, 1), make.luis)
    look = source.look()
    assert (look.entries, look.bad) == (1, 1)
    assert source.ask(make.by_number("12345678Z", "Luis Peña Núñez")).answer == "found"


@pytest.mark.parametrize(
    "question", ["X1234567L", "x-1234567-l", "01234567"], ids=["as written", "with hyphens", "digits"]
)
def test_an_unreadable_line_of_the_person_is_no_answer(extract_of, make, question):
    """Their readable line shows them registered; the other one may hold the baja."""
    gone = make.nadia.replace(";;;CL", ";31/13/2025;;CL")
    with pytest.raises(SilentSource, match="puede ser de la persona") as silent:
        extract_of(make.nadia, gone).ask(make.by_number(question))
    assert silent.value.why == "wrong"


def test_a_line_that_changed_under_its_index_is_no_answer(tmp_path, make, monkeypatch):
    """Written over in place, same size and same moment: what stands there now is nobody's line."""
    source = make.source(tmp_path / "padron.csv")
    (tmp_path / "padron.csv").write_text(f"{make.header}\n{make.nadia}\n", encoding="utf-8")
    extract = Extract(source)
    assert extract.ask(make.by_number("X1234567L")).answer == "found"
    monkeypatch.setattr("pipeline.register.extract._looks", lambda _: extract._index.of)
    lost = make.nadia.replace(";", " ")
    (tmp_path / "padron.csv").write_text(f"{make.header}\n{lost}\n", encoding="utf-8")
    with pytest.raises(SilentSource, match="ha cambiado"):
        extract.ask(make.by_number("X1234567L"))


def test_an_unreadable_line_of_one_person_silences_the_source_for_nobody_else(tmp_path, make):
    """The next case asks about another person and has its answer."""
    place = tmp_path / "padron.csv"
    lines = (make.header, make.nadia.replace("10/05/2019", "x"), make.luis)
    place.write_text("\n".join(lines), encoding="utf-8")
    source = make.source(place)
    sources = Sources(Registers(sources=(source,)))
    with pytest.raises(SilentSource):
        sources.ask(source, make.by_number("X1234567L"))
    assert sources.ask(source, make.by_number("12345678Z", "Luis Peña Núñez")).answer == "found"


def test_an_unreadable_line_of_the_name_is_no_answer(extract_of, make):
    """Who is only in a line that cannot be read is not "not found"."""
    with pytest.raises(SilentSource, match="puede ser de la persona"):
        extract_of(make.nadia.replace("10/05/2019", "x")).ask(
            make.by_name("BENALI HADDAD, Nadia", "1985-04-03")
        )


def test_more_unreadable_lines_than_can_be_looked_at_are_no_answer(extract_of, make):
    """An extract that is mostly broken tells of nobody."""
    broken = make.luis.replace("1999-12-31", "x")
    with pytest.raises(SilentSource, match="demasiadas"):
        extract_of(make.nadia, *[broken] * 1001).ask(make.by_number("X1234567L"))
    assert extract_of(make.nadia, *[broken] * 1000).ask(make.by_number("X1234567L")).answer == "found"


@pytest.mark.parametrize("missing", ["fecha_alta", "identificador", "provincia"])
def test_an_extract_without_a_needed_column_is_wrong(extract_of, make, missing):
    """It is "not checked", and the column is named."""
    with pytest.raises(SilentSource, match=missing) as silent:
        extract_of(make.nadia, header=make.header.replace(missing, "nada")).look()
    assert silent.value.why == "wrong"


def test_a_file_that_is_away_is_down(make, tmp_path):
    """A share that is not there answers nothing; that is not "not found"."""
    with pytest.raises(SilentSource) as silent:
        Extract(make.source(tmp_path / "no.csv")).ask(make.by_number("X1234567L"))
    assert silent.value.why == "down"


def test_a_new_file_is_read_anew(extract_of, make):
    """The extract of the next month replaces that of this one."""
    source = extract_of(make.luis)
    assert source.ask(make.by_number("X1234567L")).answer == "not_found"
    extract_of(make.nadia, make.luis)
    assert source.ask(make.by_number("X1234567L")).answer == "found"


def test_a_file_that_is_being_written_is_down(extract_of, make, monkeypatch):
    """Whoever is missing in it may be on the way: that is not "not found"."""
    sizes = iter(range(10))
    monkeypatch.setattr("pipeline.register.extract._looks", lambda _seen: (0, next(sizes), 0))
    with pytest.raises(SilentSource) as silent:
        extract_of(make.luis).ask(make.by_number("X1234567L"))
    assert silent.value.why == "down"


def test_the_newest_day_of_the_column_is_the_day_of_the_data(extract_of, make):
    """Each line tells its day; the newest is that of the extract."""
    source = extract_of(
        f"{make.nadia};2026-02-01",
        f"{make.luis};2026-02-03",
        header=f"{make.header};fecha_datos",
        as_of="column",
    )
    assert source.look().as_of == dt.date(2026, 2, 3)


@pytest.mark.parametrize("people", [20_000, pytest.param(200_000, marks=pytest.mark.nightly)])
def test_one_line_of_a_large_city_is_found_by_its_number(extract_of, make, people):
    """A large city is read once, and the right person answers out of it."""
    crowd = [
        make.luis.replace("12345678Z", f"{n:08}A").replace("19700105", "19700106") for n in range(people)
    ]
    source = extract_of(*crowd, make.nadia)
    assert source.look().entries == people + 1
    answers = [source.ask(make.by_number("X1234567L")).answer for _ in range(100)]
    assert set(answers) == {"found"}


def test_a_date_of_birth_that_too_many_share_is_not_searched(extract_of, make):
    """A column filled with one date would make every question read the whole file."""
    crowd = [make.luis.replace("12345678Z", f"{n:08}A") for n in range(1001)]
    with pytest.raises(SilentSource) as silent:
        extract_of(*crowd).ask(make.by_name("Luis Peña Núñez", "1970-01-05"))
    assert silent.value.why == "wrong"
