"""What may belong to another body stops a convenio, whoever the papers say it of."""

from importlib.resources import files

import pytest
import yaml

from validators.facts import Evidence, Mention

SUBJECTS = set(
    yaml.safe_load(files("extractors.said").joinpath("mentions.yaml").read_text("utf-8"))["subjects"]
)
OF_NO_OTHER_TITLE = {"family_member_of_eu_citizen", "insurance_required_permit", "appeal", "opposes_queries"}
"""Private insurance and a family's residence are no public cover; the others concern papers, not titles."""
ONLY_IN_UNKNOWN_PAPERS = {"weighty_paper"}
STOPPING = sorted(SUBJECTS - OF_NO_OTHER_TITLE - ONLY_IN_UNKNOWN_PAPERS)


def said(subject, whose):
    return (Mention(subject=subject, evidence=Evidence("d9", subject), whose=whose),)


@pytest.mark.parametrize("subject", STOPPING)
def test_no_sign_of_another_route_is_approved(subject, routed):
    """Whatever the subject, a convenio in order with it is not proposed for approval."""
    assert routed(mentions=said(subject, "applicant")) != "approve"


@pytest.mark.parametrize("whose", ["another", "unsaid"])
@pytest.mark.parametrize("subject", STOPPING)
def test_what_is_not_said_of_the_applicant_is_looked_at(subject, whose, routed):
    """Neither refused nor referred for somebody else's title, nor approved unseen."""
    assert routed(mentions=said(subject, whose)) == "review"


@pytest.mark.parametrize("kind", ["baja", "variacion"])
@pytest.mark.parametrize("subject", ["pensioner", "pregnancy", "foreign_cover", "mutual_insurance"])
def test_who_leaves_or_changes_data_asks_for_no_right(subject, kind, make, routed):
    """A title that ends the convenio is no reason to keep somebody in it."""
    form = make.form(make.person(), request_type=make.fact(kind))
    assert routed(convenio=(form,), mentions=said(subject, "applicant")) == "approve"


@pytest.mark.parametrize(
    ("permit", "queue"),
    [
        ("RESIDENCIA TEMPORAL Y TRABAJO C/A", "approve"),
        ("TRABAJADOR TRANSFRONTERIZO", "review"),
        ("EN TRÁMITE DE RENOVACIÓN", "review"),
        ("VISADO NACIONAL", "review"),
    ],
)
def test_a_card_that_proves_no_residence_is_looked_at(permit, queue, make, routed):
    """Who works on this side of the border lives on the other (LO 4/2000 art. 43)."""
    assert routed(identities=(make.card(make.person(), permit=make.fact(permit)),)) == queue
