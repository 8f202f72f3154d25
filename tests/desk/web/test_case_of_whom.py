"""What the head of a case says of other cases: of the same person, or of one that it may answer."""


def head(desk, ana):
    """Return the page of the case that may be approved."""
    got = ana.get(f"/expedientes/{desk.numbers()['approve']}")
    assert got.status_code == 200
    return got.text


def test_another_case_of_the_same_person_is_told(desk):
    """The same application came to two offices: whoever decides one knows of the other."""
    ana, numbers = desk.browser("reviewer"), desk.numbers()
    one, other = numbers["approve"], numbers["refuse"]
    assert "Otro expediente de" not in head(desk, ana)
    both = f"WHERE number IN ('{one}', '{other}')"
    with desk.store.write() as connection:
        connection.exec_driver_sql(f"UPDATE cases SET person = 'X1' {both}")

    told = head(desk, ana)
    assert f'Otro expediente de la misma persona: <a href="/expedientes/{other}"' in told

    with desk.store.write() as connection:
        connection.exec_driver_sql(f"UPDATE cases SET stage = 'closed' WHERE number = '{other}'")
    assert "Otro expediente de" not in head(desk, ana)


def test_papers_filed_as_an_answer_to_nobody_say_so(desk):
    """Under a mistyped number they became a case of their own: whose answer it is would go unseen."""
    ana, number = desk.browser("reviewer"), desk.numbers()["approve"]
    assert "Llegó como respuesta" not in head(desk, ana)
    case = f"(SELECT id FROM cases WHERE number = '{number}')"
    with desk.store.write() as connection:
        connection.exec_driver_sql(
            f"UPDATE submissions SET found_in = '4_SUBSANAR/CEU01-2026-000999' WHERE case_id = {case}"
        )

    told = head(desk, ana)
    assert "que no existe en esta oficina: <bdi>CEU01-2026-000999</bdi>" in told
