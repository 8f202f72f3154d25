"""The page of a case: why it is here, where it stands on the paper, what the law counts, what happened."""

import json
import re

import pytest

from desk.web.words import LANGUAGES, speaker
from extractors.kinds import kinds
from pipeline.corrections.shapes import shapes

QUEUES = ("approve", "cure", "review", "refer", "refuse")


def page(desk, browser, queue="review", query=""):
    """Return the page of the case in a queue as text."""
    got = browser.get(f"/expedientes/{desk.numbers()[queue]}{query}")
    assert got.status_code == 200
    return got.text


def changed(desk, number, change):
    """Change the stored report of a case."""
    with desk.store.write() as connection:
        found = connection.exec_driver_sql(f"SELECT report FROM cases WHERE number = '{number}'").scalar_one()
        report = json.loads(found)
        change(report)
        connection.exec_driver_sql(
            "UPDATE cases SET report = ? WHERE number = ?", (json.dumps(report), number)
        )


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("es", "Hueco de 12 días entre la baja del 30/06/2025 y el alta del 12/07/2025"),
        ("gl", "Oco de 12 días entre a baixa do 30/06/2025 e a alta do 12/07/2025"),
        ("en", "A gap of 12 days between the baja of 30/06/2025 and the alta of 12/07/2025"),
    ],
)
def test_the_page_says_in_one_sentence_why_the_case_is_here(desk, language, words):
    """With its article and its rule, in the reader's language."""
    shown = page(desk, desk.browser("reviewer", language=language))

    why = re.search(r'id="why".*?</section>', shown, re.DOTALL)[0]
    assert words in why
    assert "BOE-A-2020-4784" in why
    assert ">CE-RES-05</a>" in why


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_case_has_its_page_in_every_language(desk, language):
    """And no style or script of its own in it, which the browser would refuse."""
    browser = desk.browser("reviewer", language=language)
    shown = "".join(page(desk, browser, queue) for queue in QUEUES)

    assert shown.count(f'<html lang="{language}"') == len(QUEUES)
    assert not re.search(r"<[^>]+\sstyle\s*=", shown)
    assert "<style" not in shown
    assert not re.search(r"<script(?![^>]*\bsrc=)", shown)
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", shown)


def test_every_flag_leads_to_its_box(still):
    """Each link of the rules shows a page with the box of its field chosen."""
    ana = still.ana
    rules = re.search(r'id="rules".*?</section>', page(still, ana), re.DOTALL)[0]
    addresses = {
        one.replace("&amp;", "&") for one in re.findall(r'class="place" href="([^"#]+#casilla)"', rules)
    }

    shown = [ana.get(one).text.count('id="casilla"') for one in sorted(addresses)]

    assert len(addresses) > 10
    assert set(shown) == {1}


def test_a_field_of_the_address_has_its_box_marked(still):
    """By an id to jump to, a sign beside it and its words, not by colour alone."""
    shown = page(still, still.ana, query="?d=d5&p=1&f=issued_on")

    box = re.search(r'<a [^>]*id="casilla".*?</a>', shown, re.DOTALL)[0]
    assert 'aria-current="true"' in box
    assert "<path" in box
    assert re.search(r"Fecha de expedición: \d\d/\d\d/\d{4} \(\d+ %\)", box)


def test_a_row_of_a_list_has_a_box_of_its_own(still):
    """A period of the padrón is shown where that period stands."""
    shown = page(still, still.ana, query="?d=d5&p=1&f=periods&i=0")

    assert re.search(r'id="casilla"[^>]*data-spot="periods"|data-spot="periods"[^>]*id="casilla"', shown)


@pytest.mark.parametrize(
    "query", ["?d=d99", "?d=d1&p=77", "?d=d1&f=nothing", "?d=d1&p=-1&i=x", "?d=d1&p=" + "9" * 400]
)
def test_an_address_that_leads_nowhere_shows_the_case(still, query):
    """What is written into the address by hand breaks nothing."""
    assert "<image " in page(still, still.ana, query=query)


def test_only_the_page_in_sight_is_loaded(desk):
    """Of forty pages one picture; the neighbours are only named, and the middle of the list is folded."""
    number = desk.numbers()["review"]
    changed(desk, number, lambda report: report["documents"][0].update(pages=list(range(1, 41))))

    shown = page(desk, desk.browser("reviewer"), query="?d=d1&p=2")

    assert re.findall(r'<image href="([^"]+)"', shown) == [f"/expedientes/{number}/paginas/d1/2.jpg"]
    assert re.findall(r'data-fetch="[^"]+/(\d+).jpg"', shown) == ["3", "1"]
    turn = re.search(r'class="turn".*?</nav>', shown, re.DOTALL)[0]
    assert re.findall(r"</span>(\d+)</a>", turn) == ["1", "2", "3", "4", "40"]


HOSTILE = "<img src=x onerror=alert(1)>\"'><script>alert(2)</script>\u202e\u2066fdp.exe{{ 7*7 }}"


def test_what_papers_say_is_text(desk):
    """Names, values, reasons and signers with markup, quotes and right-to-left marks are shown, never run."""
    number = desk.numbers()["review"]

    def spoil(report):
        paper = report["documents"][4]
        paper.update(file=HOSTILE, flags=[HOSTILE], language=HOSTILE)
        paper["fields"]["municipality"].update(value=HOSTILE, text=HOSTILE)
        paper["fields"]["periods"]["value"][0]["municipality"] = HOSTILE
        paper["fields"]["csv"]["value"] = HOSTILE
        paper["signatures"] = [
            {"signer": HOSTILE, "issuer": HOSTILE, "stated_at": None}
            | {"intact": "valid", "whole": "invalid", "chain": "unknown", "revocation": "unknown"}
        ]
        report["residence"]["periods"][0]["municipality"] = HOSTILE
        report["crosscheck"][0]["cells"][0]["value"] = HOSTILE
        for finding in report["findings"]:
            finding["reason"] = dict.fromkeys(("es", "gl", "en"), HOSTILE)

    changed(desk, number, spoil)

    shown = page(desk, desk.browser("reviewer"), query="?d=d5&p=1&f=municipality")

    assert "<img" not in shown
    assert "alert(2)</script>" not in shown
    assert "&lt;script&gt;alert(2)" in shown
    assert "49" not in re.findall(r"fdp\.exe(.{2})", shown)
    parts = "".join(re.findall(r'id="(?:why|timeline|rules|papers|grid)">.*?</section>', shown, re.DOTALL))
    holders = set(re.findall(r"<(\w+)[^<>]*>[^<>]*\u202e", parts))
    assert holders == {"bdi", "option"}


@pytest.mark.parametrize("lost", [{"page": 0}, {"page": 77}, {"page": None}, {"box": [0, 0, 0, 0]}])
def test_a_value_that_stands_nowhere_breaks_nothing(desk, lost):
    """As one that a person added: its link leads to the paper, and no box is drawn for it."""
    number = desk.numbers()["review"]
    changed(desk, number, lambda report: report["documents"][4]["fields"]["issued_on"].update(lost))

    shown = page(desk, desk.browser("reviewer"), query="?d=d5&p=1&f=issued_on")

    assert "<image " in shown
    assert 'id="casilla"' not in shown


def test_huge_texts_are_shown_whole(desk):
    """Nothing that a paper says is cut."""
    number, huge = desk.numbers()["review"], "z" * 200_000
    changed(desk, number, lambda report: report["documents"][4]["fields"]["csv"].update(value=huge))

    assert huge in page(desk, desk.browser("reviewer"))


def test_the_identity_number_is_masked_until_it_is_asked_for(still):
    """It stands in a part that is folded, without any script."""
    head = re.search(r'id="head".*?</section>', page(still, still.ana), re.DOTALL)[0]

    before, folded = head.split('<div class="more">', 1)
    assert "X…V" in before
    assert "X5678901V" not in before
    assert "X5678901V" in folded


def test_the_days_left_are_counted_by_both_calendars(still):
    """The place's and the seat's, each with the holidays that it passes over."""
    head = re.search(r'id="head".*?</section>', page(still, still.ana), re.DOTALL)[0]

    assert "30/04/2026" in head
    assert re.search(r"quedan \d+ días hábiles", head)
    assert "<strong>Melilla</strong>" in head
    assert "<strong>Melilla, Madrid</strong>" in head
    assert "Jueves Santo" in head


WAITS = {
    ("accepted", None): "Espera a que el programa lea los documentos",
    ("waiting", "antivirus-down"): "Espera al antivirus",
    ("hold", "executable-inside"): "Lleva un programa dentro",
    ("hold", None): "El programa ha fallado varias veces",
    ("waiting", "something-new"): "something-new",
}


def test_a_case_that_is_not_judged_says_what_for(desk):
    """It has its page too, though there is no paper to show."""
    number, ana = desk.numbers()["review"], desk.browser("reviewer")

    def shown(stage, waits_for):
        with desk.store.write() as connection:
            connection.exec_driver_sql(
                "UPDATE cases SET stage = ?, waits_for = ?, queue = NULL, report = NULL WHERE number = ?",
                (stage, waits_for, number),
            )
        return ana.get(f"/expedientes/{number}").text

    assert [words for why, words in WAITS.items() if words not in shown(*why)] == []


def test_a_case_that_went_back_says_why_and_what_to_do(still):
    """In the words that were given to whoever handed it in."""
    shown = still.ana.get("/expedientes/CEU01-2026-000004").text

    assert "Devuelto a quien lo entregó: El archivo está protegido con contraseña." in shown
    assert "Ábralo con la contraseña" in shown


def test_the_four_answers_of_a_signature_are_told_apart(desk):
    """What was not checked is not said to be bad, nor good."""
    number = desk.numbers()["review"]
    signed = {"signer": "AC", "issuer": "", "stated_at": None}
    answers = {"intact": "valid", "whole": "invalid", "chain": "unknown", "revocation": "unknown"}
    changed(desk, number, lambda report: report["documents"][4].update(signatures=[signed | answers]))

    shown = page(desk, desk.browser("reviewer"))

    told = re.findall(
        r'<li>([^<:]+): <span class="mark (\w+)">([^<]+)',
        re.search(r'"answers".*?</ul>', shown, re.DOTALL)[0],
    )
    assert told == [
        ("íntegra", "good", "sí"),
        ("cubre todo el documento", "bad", "no"),
        ("emisor de confianza", "none", "no comprobada"),
        ("certificado no revocado", "none", "no comprobada"),
    ]


def test_the_rules_that_are_met_are_folded(still):
    """A person reads first what there is to decide; the same rule of two papers is one line with both."""
    rules = re.search(r'id="rules".*?</section>', page(still, still.ana), re.DOTALL)[0]

    open_part, folded = rules.split("<details><summary>", 1)[0], rules[rules.index("Reglas que se cumplen") :]
    assert "CE-RES-05" in open_part
    assert "CE-PAD-01" not in open_part
    assert folded.count("<strong>CE-PAD-01</strong>") == 1


def test_history_tells_the_program_and_the_people(still):
    """Reception and proposal in words; looks and technical steps folded."""
    ana = still.ana
    page(still, ana)
    history = re.search(r'id="history".*?</section>', page(still, ana), re.DOTALL)[0]

    before, folded = history.split("<details>", 1)
    assert "recibido" in before
    assert "propuesta del programa" in before
    assert "Vio un expediente" not in before
    assert "Vio un expediente" in folded
    assert "routed" not in history


@pytest.mark.parametrize("kind", sorted(shapes()))
def test_every_field_of_every_kind_has_a_name(kind):
    """So have the columns of lists and the words of closed lists: what has none would be shown as a code."""
    say, known = speaker("es"), shapes()[kind]
    names = [f"fields.{name}" for name in known]
    names += [f"fields.{name}.{column}" for name, shape in known.items() for column in shape.columns]
    words = {
        one for shape in known.values() for held in (shape, *shape.columns.values()) for one in held.words
    }

    assert [name for name in (*names, *(f"values.{one}" for one in words)) if not say.has(name)] == []
    assert say.has(f"kinds.{kind}")


def test_every_kind_of_paper_has_a_name():
    """Also those that no reader knows."""
    assert [kind for kind in (*kinds(), "unreadable") if not speaker("es").has(f"kinds.{kind}")] == []
