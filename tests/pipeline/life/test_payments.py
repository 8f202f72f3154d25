"""A list of payments is taken whole or not at all, and a bad line is named by its number alone."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from pipeline.errors import UsageError
from pipeline.life import listed
from pipeline.life.lived import lived
from pipeline.life.payments import read_in
from pipeline.life.tell import Told, tell

NOW = dt.datetime(2026, 6, 10, 9, 0, tzinfo=ZoneInfo("Europe/Madrid"))
HEAD = "number,month,amount,paid_on"


@pytest.fixture
def signed(office, judged, policy, calendars):
    """Return the number of a convenio signed on 5 May."""
    number = judged()
    for kind, day, said in (
        ("resolution_taken", "2026-04-20", {"outcome": "grant"}),
        ("resolution_notified", "2026-04-22", {}),
        ("signed", "2026-05-05", {}),
    ):
        told = Told(kind, dt.date.fromisoformat(day), said, "ana")
        tell(office.store, number, told, NOW, policy, calendars)
    return number


@pytest.fixture
def read(office, tmp_path, calendars):
    """Return a function that writes a list and reads it in."""

    def write(*lines, encoding="utf-8"):
        file = tmp_path / "pagos.csv"
        file.write_text("\n".join(lines), encoding=encoding)
        return read_in(office.store, file, "ana", NOW, calendars)

    return write


def statuses(office, number, policy, calendars):
    """Return what became of each fee."""
    quotas = lived(office.store, number, NOW.date(), policy, calendars).life.quotas
    return [quota.status for quota in quotas]


def test_a_payment_of_the_list_is_a_payment_of_the_case(office, signed, read, policy, calendars):
    """27 of 31 days of May, paid on 3 June."""
    assert read(HEAD, f"{signed},2026-05,52.26,2026-06-03") == (1, 1)
    assert statuses(office, signed, policy, calendars) == ["paid", "pending"]


@pytest.mark.parametrize(
    "lines",
    [
        ("expediente;mes;importe;pagado_el", "{};2026-05;52,26;03/06/2026"),
        ("\ufeffPaid_on,Amount,Month,Number", "2026-06-03,52.26,2026-05,{}", ""),
        ("Expediente;Mes;Importe;Fecha de pago", "{};may-26;52,26 €;3/6/2026", ";;;"),
        ("expediente\tmes\timporte\tpagado_el", "{}\t05/2026\t52,26\t2026-06-03"),
        ("expediente;mes;importe;pagado_el", "{};01/05/2026;52,26\u00a0€;03/06/2026"),
    ],
)
def test_a_spreadsheet_s_own_ways_are_understood(office, signed, read, policy, calendars, lines):
    """Semicolons, Spanish names, a decimal comma, days as people write them, a mark at the start."""
    assert read(*(line.format(signed) for line in lines)).recorded == 1
    assert statuses(office, signed, policy, calendars)[0] == "paid"


def test_a_list_as_a_windows_spreadsheet_saves_it_is_read(signed, read):
    """An accent in the first line, and the sign of the euro, in its own alphabet."""
    lines = ("Número;Mes;Importe;Fecha de pago", f"{signed};may-26;52,26 €;03/06/2026")

    assert read(*lines, encoding="cp1252") == (1, 1)


def test_a_line_without_a_day_says_that_nothing_was_paid(office, signed, read, policy, calendars):
    """The window of May closed on 5 June: it is unpaid, and read again it is told no second time."""
    assert read(HEAD, f"{signed},2026-05,,") == (1, 1)
    assert read(HEAD, f"{signed},2026-05,,") == (1, 0)
    assert statuses(office, signed, policy, calendars) == ["unpaid"]


def test_the_same_list_again_adds_nothing(signed, read):
    """Somebody presses the key twice."""
    line = f"{signed},2026-05,52.26,2026-06-03"

    assert (read(HEAD, line).recorded, read(HEAD, line).recorded) == (1, 0)


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("CEU01-2026-000099,2026-05,52.26,2026-06-03", "no hay un expediente"),
        ("{},2026-13,52.26,2026-06-03", "un mes"),
        ("{},2026-05,cincuenta,2026-06-03", "un importe"),
        ("{},2026-05,-1,2026-06-03", "un importe"),
        ("{},2026-05,1e9,2026-06-03", "un importe"),
        ("{},2026-05,52.263,2026-06-03", "dos decimales"),
        ("{},2026-05,NaN,2026-06-03", "un importe"),
        ("{},2026-05,52.26,31/02/2026", "una fecha"),
        ("{},2026-05,52.26,2026-06-11", "no ha llegado"),
        ("{}", "un mes"),
        ("{},2026-05,52.26,2026-03-15", "anterior a la presentación"),
        ("{},2026-02,52.26,2026-06-03", "ese mes .* o futuro"),
        ("{},2026-07,52.26,2026-06-03", "ese mes .* o futuro"),
        ("{},2026-06,,", "no ha pasado todavía"),
    ],
)
def test_one_bad_line_is_named_and_nothing_is_recorded(office, signed, read, policy, calendars, line, what):
    """Its number in the file and what is wrong, never what it says."""
    good = f"{signed},2026-05,52.26,2026-06-03"
    with pytest.raises(UsageError, match=rf"línea 3: .*{what}") as refused:
        read(HEAD, good, line.format(signed))

    assert "cincuenta" not in str(refused.value)
    assert "000099" not in str(refused.value)
    assert statuses(office, signed, policy, calendars)[0] == "unrecorded"


@pytest.mark.parametrize(
    ("lines", "what"),
    [((), "vacío"), (("number,month,amount", "x,y,z"), "paid_on"), (("\x00",), "no es texto")],
)
def test_a_file_that_is_no_such_list_is_refused(read, lines, what):
    """With what the first line must be."""
    with pytest.raises(UsageError, match=what):
        read(*lines)


def test_a_file_in_another_alphabet_is_refused(read):
    """It is not guessed at."""
    with pytest.raises(UsageError, match="UTF-8"):
        read("número,mes,importe,pagado_el", encoding="utf-16")


def test_a_file_without_an_end_is_not_read(read, monkeypatch):
    """Neither its bytes nor its lines."""
    monkeypatch.setattr(listed, "MOST_LINES", 2)
    with pytest.raises(UsageError, match="2 líneas"):
        read(HEAD, "a", "b", "c")
    monkeypatch.setattr(listed, "MOST_BYTES", 10)
    with pytest.raises(UsageError, match="MiB"):
        read(HEAD)


def test_many_bad_lines_are_counted(read):
    """Twenty are named."""
    with pytest.raises(UsageError, match=r"(?s)^30 líneas.*línea 21: .*y 10 más"):
        read(HEAD, *["x,y,z,"] * 30)
