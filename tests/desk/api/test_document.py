"""The interface keeps what its own OpenAPI document says, whatever is sent to it."""

import hypothesis
import pytest
import schemathesis

from desk.api.keys import Right, make
from desk.api.problems import STATUS

SLOW = list(hypothesis.HealthCheck)


def test_the_document_is_openapi_3_1_with_its_key_and_an_example_of_each_answer(office):
    """A program can be made from it alone."""
    told = office.program().get("/api/v1/openapi.json").json()

    assert told["openapi"].startswith("3.1")
    assert told["servers"] == [{"url": "/api/v1"}]
    assert told["components"]["securitySchemes"]["key"]["scheme"] == "bearer"
    shapes = told["components"]["schemas"]
    assert {"Submitted", "Case", "Findings", "Listed", "Wrong"} <= set(shapes)
    assert all(shapes[one]["examples"] for one in ("Submitted", "Case", "Findings", "Listed", "Wrong"))
    assert set(shapes["Wrong"]["properties"]["code"]["enum"]) == set(STATUS)
    assert all(one["security"] == [{"key": []}] for path in told["paths"].values() for one in path.values())


def test_no_page_of_it_asks_another_site(office):
    """There is no page with scripts from elsewhere: there is none at all."""
    client = office.program()
    assert [client.get(f"/api/v1/{one}").status_code for one in ("docs", "redoc")] == [404, 404]


OPERATIONS = [
    "POST /submissions",
    "GET /cases",
    "GET /cases/{number}",
    "GET /cases/{number}/findings",
    "GET /cases/{number}/receipt",
]


@pytest.mark.parametrize("operation", OPERATIONS)
def test_whatever_is_sent_is_answered_as_the_document_says(office, hand_in, operation):
    """Never a failure of the program; status, type and shape of every answer are those that it names."""
    hand_in(office.program("submit", name="otra"))
    rights = {"offices": ["CEU01"], "rights": [*Right], "per_minute": 100_000}
    key = make(office.store, "prueba", by="ana", at=office.now, **rights)
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", office.app)
    method, path = operation.split(" ")

    @hypothesis.settings(
        max_examples=25, derandomize=True, database=None, deadline=None, suppress_health_check=SLOW
    )
    @hypothesis.given(case=schema[path][method].as_strategy())
    def answered(case):
        case.call_and_validate(headers={"Authorization": f"Bearer {key}"})

    answered()
