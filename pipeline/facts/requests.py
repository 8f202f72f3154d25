"""The two application forms as the law's types."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pipeline.facts.fields import Paper, address, amount, choice, day, person, signature, text, yes
from validators.facts import (
    AsistenciaRequest,
    Beneficiary,
    ConvenioRequest,
    Evidence,
    Fact,
    Person,
    Signature,
)


def join_parts(papers: Iterable[Paper]) -> list[Paper]:
    """Join forms that came page by page: parts that have no field in common are one form."""
    joined: list[Paper] = []
    for paper in papers:
        for index, part in enumerate(joined):
            if not set(part.fields) & set(paper.fields):
                joined[index] = part._replace(
                    fields={**part.fields, **paper.fields},
                    flags=part.flags + paper.flags,
                    owners={**part.owners, **dict.fromkeys(paper.fields, paper.id)},
                )
                break
        else:
            joined.append(paper)
    return joined


def convenio(paper: Paper) -> ConvenioRequest:
    """Return the request for the convenio especial (annex of Orden SSI/1475/2014)."""
    return ConvenioRequest(
        document=paper.id,
        applicant=person(paper, "applicant."),
        request_type=paper.fact("request_type", choice),
        address=address(paper, "applicant.address."),
        representative=person(paper, "representative."),
        representative_address=address(paper, "representative.address."),
        notification_choice=paper.fact("notification.choice", choice),
        notification_address=address(paper, "notification.address."),
        email=paper.fact("notification.email", text),
        mobile=paper.fact("notification.mobile", text),
        payment_method=paper.fact("payment.method", choice),
        account_holder=person(paper, "account."),
        iban=paper.fact("account.iban", text),
        applicant_signature=signature(paper, "signature.applicant", "signature.applicant_date"),
        representative_signature=signature(
            paper, "signature.representative", "signature.representative_date"
        ),
        territorial_office=paper.fact("territorial_office", text),
    )


def asistencia(paper: Paper) -> AsistenciaRequest:
    """Return the INSS request (model 6-071)."""
    return AsistenciaRequest(
        document=paper.id,
        holder=person(paper, "holder."),
        social_security_number=paper.fact("holder.social_security_number", text),
        for_holder=paper.fact("request.holder", yes),
        for_beneficiary=paper.fact("request.beneficiary", yes),
        change_of_holder=paper.fact("request.change_of_holder", yes),
        filed_by_beneficiary=paper.fact("request.filed_by_beneficiary", yes),
        address=address(paper, "holder.address."),
        beneficiaries=tuple(_beneficiary(paper, row, sure) for row, sure in paper.blocks("beneficiaries")),
        representative=person(paper, "representative."),
        previous_holder=person(paper, "previous_holder."),
        previous_holder_signature=Signature(present=paper.fact("previous_holder.signature", yes)),
        province=paper.fact("province", text),
        opposes_queries=paper.fact("opposes_queries", yes),
        holder_signature=signature(paper, "signature.holder", "signature.holder_date"),
    )


def _beneficiary(paper: Paper, row: Mapping[str, Any], sure: Mapping[str, float]) -> Beneficiary:
    """Return one block of beneficiaries that is not empty; what cannot be taken for a value is not blank."""
    place = (Evidence(paper.id, "beneficiaries"),)

    def part(name: str, parse: Any) -> Fact[Any] | None:
        if name not in row:
            return None
        value = parse(row[name])
        lost = value is None and row[name] not in (None, "")
        return Fact(value=value, confidence=0.0 if lost else sure[name], evidence=place)

    return Beneficiary(
        person=Person(
            first_surname=part("first_surname", text),
            second_surname=part("second_surname", text),
            given_name=part("given_name", text),
            id_number=part("id_number", text),
            birth_date=part("birth_date", day),
            nationality=part("nationality", text),
        ),
        relationship=part("relationship", choice),
        disability=part("disability", yes),
        cohabits=part("cohabits", yes),
        annual_income=part("annual_income", amount),
    )
