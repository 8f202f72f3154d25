"""The dates of a letter: before and after its notice, by the record, by the law of the filing day."""

import datetime as dt

import pytest

from pipeline.errors import UsageError
from pipeline.letters.casefile import case_file
from pipeline.letters.choices import Choices
from pipeline.letters.compose import letter
from pipeline.letters.days import notified
from pipeline.letters.recorded import recorded
from validators.calendar import Calendars
from validators.facts import Application, Filing, Person
from validators.law import version
from validators.life import Event, Kind, life
from validators.policy import Policy
from validators.rules import Law

FILED = dt.date(2026, 3, 16)
CALENDARS = Calendars.shipped()
CEUTA = Application(
    procedure="convenio_especial",
    filing=Filing(filed_on=FILED, source="office", received_on=FILED),
    applicant=Person(),
    office="CEU01",
)
LAW = Law(on=FILED, version=version(FILED), policy=Policy(), calendars=CALENDARS)


def counted(kind, **choices):
    return notified(Choices(**choices), kind, CEUTA, Policy(), CALENDARS)


def lived(today, *events):
    return life(CEUTA, events, today, LAW)


def test_before_notification_the_term_is_said_in_words(told, page, text):
    """There is no last day yet, and none is made up."""
    shown = text(page(told()))

    assert "Tiene diez días hábiles, que se cuentan desde el día siguiente al de la notificación" in shown
    assert "último día" not in shown


def test_once_notified_the_last_day_stands_with_its_count(told, page, text):
    """docs/law.md, worked deadlines: notified on 24 March 2026 in Ceuta, until 9 April."""
    choices = counted("requirement", notified_on=dt.date(2026, 3, 24))
    shown = text(page(told(), choices=choices))

    assert choices.last_day == dt.date(2026, 4, 9)
    assert "El último día es el 9 de abril de 2026." in shown
    assert "10 días hábiles, del 25/03/2026 al 09/04/2026" in shown


def test_an_extended_time_ends_later():
    """Five more working days (art. 68.2): 16 April."""
    assert counted("requirement", notified_on=dt.date(2026, 3, 24), longer_by=5).last_day == dt.date(
        2026, 4, 16
    )


def test_a_hearing_of_fifteen_days_ends_with_the_fifteenth():
    """Its own days, counted by the same calendars as the time to cure and five more."""
    assert counted("hearing", notified_on=dt.date(2026, 3, 24), hearing_days=15).last_day == dt.date(
        2026, 4, 16
    )


def test_a_grant_says_until_when_to_sign(told, page, text):
    """Three months from its notification; 5 August is a holiday in Ceuta."""
    choices = counted("grant", notified_on=dt.date(2026, 5, 5))

    assert choices.last_day == dt.date(2026, 8, 6)
    assert "hasta el 6 de agosto de 2026" in text(page(told(), "grant", choices=choices))


def test_a_year_without_calendar_leaves_the_last_day_open(told, page, text):
    """The letter says from when the days run, and names no day."""
    choices = counted("requirement", notified_on=dt.date(2031, 3, 24))
    shown = text(page(told(), choices=choices))

    assert choices.last_day is None
    assert "se le notificó el 24 de marzo de 2031. Tiene diez días hábiles" in shown


def test_an_application_of_before_october_2016_is_told_its_own_law(told, page, text):
    """Saturdays counted then; the article is that of Ley 30/1992."""
    before = text(page(told(filed_on="2016-10-01")))
    after = text(page(told(filed_on="2016-10-02")))

    assert "(Ley 30/1992, art. 71.1)" in before
    assert "anterior al 2 de octubre de 2016" in before
    assert "sábados" not in before
    assert "(Ley 39/2015, art. 68.1)" in after
    assert "Ley 30/1992" not in after


def test_silence_is_not_certified_before_its_day(told):
    """The last day to decide was 30 April 2026."""
    for written_on in (None, dt.date(2026, 4, 30)):
        with pytest.raises(UsageError, match="no ha pasado"):
            letter(case_file(told()), "silence", choices=Choices(written_on=written_on))


def test_silence_holds_from_the_day_after_the_last(told, page, text):
    """And it can only be confirmed."""
    shown = text(page(told(), "silence", choices=Choices(written_on=dt.date(2026, 5, 1))))

    assert "concedida por silencio administrativo desde el 1 de mayo de 2026" in shown
    assert "solo puede confirmarla" in shown


def test_what_only_the_term_shows_is_to_be_checked_first(told, page, text):
    """By the record of a stored case nothing more has to be."""
    by_term = text(page(told(), "silence", choices=Choices(written_on=dt.date(2026, 5, 1))))
    known = Choices(written_on=dt.date(2026, 6, 1), silent_since=dt.date(2026, 5, 15), silence_told=True)
    by_record = text(page(told(), "silence", choices=known))

    assert "Este borrador solo conoce el plazo" in by_term
    assert "Este borrador solo conoce el plazo" not in by_record
    assert "El plazo para resolver y notificar acabó el 14 de mayo de 2026" in by_record


def test_without_a_term_there_is_no_silence_to_certify(told):
    """A case of no known procedure."""
    report = told()
    report["deadlines"] |= {"resolve_by": None, "silence": None}

    with pytest.raises(UsageError, match="plazo"):
        letter(case_file(report), "silence", choices=Choices(written_on=dt.date(2026, 12, 1)))


def test_a_provisional_term_is_told_as_such(told, page, text):
    """Whoever signs the certificate looks at the calendar first."""
    report = told()
    report["deadlines"]["provisional"] = True
    shown = text(page(report, "silence", choices=Choices(written_on=dt.date(2026, 12, 1))))

    assert "La fecha del plazo es provisional" in shown


def test_the_record_says_when_the_requirement_was_notified_and_extended():
    """Nobody types what is known; the last requirement counts."""
    asked = (
        Event(kind=Kind.REQUIREMENT_NOTIFIED, on=dt.date(2026, 3, 20), id="e1"),
        Event(kind=Kind.REQUIREMENT_NOTIFIED, on=dt.date(2026, 3, 24), id="e2", suspends=True),
        Event(kind=Kind.REQUIREMENT_EXTENDED, on=dt.date(2026, 3, 31), id="e3", days=5),
    )
    found = recorded(Choices(), "desistimiento", lived(dt.date(2026, 4, 20), *asked))

    assert (found.notified_on, found.longer_by) == (dt.date(2026, 3, 24), 5)


def test_what_a_person_says_of_the_notice_wins():
    """The record may lag behind."""
    asked = Event(kind=Kind.REQUIREMENT_NOTIFIED, on=dt.date(2026, 3, 24), id="e1")
    said = Choices(notified_on=dt.date(2026, 3, 25))

    assert recorded(said, "requirement", lived(dt.date(2026, 4, 1), asked)) == said


def test_the_record_says_when_the_person_gave_up():
    """The acceptance names that day."""
    gave_up = Event(kind=Kind.WITHDRAWAL_DECLARED, on=dt.date(2026, 3, 30), id="e1")

    assert recorded(Choices(), "withdrawal", lived(dt.date(2026, 4, 1), gave_up)).asked_on == dt.date(
        2026, 3, 30
    )


def test_silence_is_certified_from_the_day_of_the_record():
    """By every reading of the calendars the last day was 30 April."""
    assert recorded(Choices(), "silence", lived(dt.date(2026, 6, 1))).silent_since == dt.date(2026, 5, 1)


def test_a_silence_that_is_not_on_record_is_certified_with_what_to_check_first(told, page, text):
    """The term passed and nothing is recorded: a case that came late may have been answered elsewhere."""
    silent = Event(kind=Kind.GRANTED_BY_SILENCE, on=dt.date(2026, 5, 1), id="e1")
    today = Choices(written_on=dt.date(2026, 6, 1))
    shown = [
        text(page(told(), "silence", choices=recorded(today, "silence", lived(dt.date(2026, 6, 1), *events))))
        for events in ((), (silent,))
    ]

    assert ["Este borrador solo conoce el plazo" in one for one in shown] == [True, False]


@pytest.mark.parametrize(
    "events",
    [
        (Event(kind=Kind.RESOLUTION_NOTIFIED, on=dt.date(2026, 4, 15), id="e1", outcome="refusal"),),
        (Event(kind=Kind.RESOLUTION_NOTIFIED, on=dt.date(2026, 4, 15), id="e1", outcome="grant"),),
        (Event(kind=Kind.REQUIREMENT_NOTIFIED, on=dt.date(2026, 3, 24), id="e1", suspends=True),),
    ],
)
def test_what_was_answered_or_stopped_in_time_has_no_silence(events):
    """A certificate of a silence that is none would be a false grant."""
    with pytest.raises(UsageError, match="no consta silencio"):
        recorded(Choices(), "silence", lived(dt.date(2026, 5, 2), *events))


@pytest.mark.parametrize(
    ("day", "why"),
    [(dt.date(2026, 3, 15), "anterior a la solicitud"), (dt.date(2026, 12, 2), "no ha ocurrido todavía")],
)
@pytest.mark.parametrize(("kind", "choice"), [("requirement", "notified_on"), ("withdrawal", "asked_on")])
def test_no_day_before_the_filing_or_after_the_letter_is_taken(told, kind, choice, day, why):
    """A slip of the pen would give a last day that binds nobody."""
    with pytest.raises(UsageError, match=why):
        letter(case_file(told()), kind, choices=Choices(written_on=dt.date(2026, 12, 1), **{choice: day}))


@pytest.mark.parametrize("day", [FILED, dt.date(2026, 12, 1)])
def test_the_filing_day_and_that_of_the_letter_are_taken(told, day):
    """A requirement may be handed over at once, or today."""
    choices = Choices(written_on=dt.date(2026, 12, 1), notified_on=day)

    assert letter(case_file(told()), "requirement", choices=choices).kind == "requirement"


def test_nobody_gave_up_while_there_is_time_to_cure(told):
    """On the last day the person may still answer; from the next one it is declared."""
    last = dt.date(2026, 4, 9)
    early = Choices(written_on=last, notified_on=dt.date(2026, 3, 24), last_day=last)
    after = Choices(written_on=dt.date(2026, 4, 10), notified_on=dt.date(2026, 3, 24), last_day=last)

    with pytest.raises(UsageError, match="no ha pasado: acaba el 09/04/2026"):
        letter(case_file(told()), "desistimiento", choices=early)
    assert letter(case_file(told()), "desistimiento", choices=after).kind == "desistimiento"


def test_whoever_answered_did_not_give_up():
    """Neither by the record, which has the day of the answer ..."""
    asked = Event(kind=Kind.REQUIREMENT_NOTIFIED, on=dt.date(2026, 3, 24), id="e1", suspends=True)
    cured = Event(kind=Kind.REQUIREMENT_COMPLIED, on=dt.date(2026, 4, 8), id="e2")
    again = Event(kind=Kind.REQUIREMENT_NOTIFIED, on=dt.date(2026, 4, 9), id="e3", suspends=True)

    with pytest.raises(UsageError, match="contestó el 08/04/2026"):
        recorded(Choices(), "desistimiento", lived(dt.date(2026, 5, 5), asked, cured))
    found = recorded(Choices(), "desistimiento", lived(dt.date(2026, 5, 5), asked, cured, again))
    assert found.notified_on == dt.date(2026, 4, 9)


def test_where_nothing_is_left_to_cure_nobody_gave_up(told, found):
    """... nor by the papers, unless a person says what else was asked for."""
    report = told(findings=[found("CE-DOC-01", "met")])

    with pytest.raises(UsageError, match="no queda nada por subsanar"):
        letter(case_file(report), "desistimiento")
    said = letter(case_file(report), "desistimiento", choices=Choices(added=("Se le pidió otro papel.",)))
    assert said.kind == "desistimiento"


@pytest.mark.parametrize("kind", ["hearing", "refusal", "referral", "desistimiento"])
def test_no_letter_speaks_against_what_silence_granted(kind):
    """Silence answered on 1 May 2026: only a confirmation is left (Ley 39/2015, art. 24.3.a)."""
    assert recorded(Choices(), kind, lived(dt.date(2026, 4, 30))) == Choices()
    with pytest.raises(UsageError, match="silencio desde el 01/05/2026: solo cabe confirmarla"):
        recorded(Choices(), kind, lived(dt.date(2026, 5, 1)))
