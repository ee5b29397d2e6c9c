"""Fields from the data of the jurisdiction, in the letter's language."""

from __future__ import annotations

from letters.facts import Facts
from letters.fields.registry import field
from letters.model.jurisdiction import Access, Complaint, said_in


@field(
    "access.answer",
    "how long an answer to a request for records may take, to complete: within …",
    "practice:jurisdiction",
)
def _answer(facts: Facts) -> str:
    access = _access(facts)
    return said_in(access.answer, facts.language) if access else ""


@field(
    "access.extension",
    "how much longer such an answer may take, to complete: it may take up to … more",
    "practice:jurisdiction",
)
def _extension(facts: Facts) -> str:
    access = _access(facts)
    return said_in(access.extension, facts.language) if access else ""


@field("access.fee", "what a fee for a copy of records may be for, in sentences", "practice:jurisdiction")
def _fee(facts: Facts) -> str:
    access = _access(facts)
    return said_in(access.fee, facts.language) if access else ""


@field("complaint.name", "whom to complain to about records", "practice:jurisdiction")
def _complaint_name(facts: Facts) -> str:
    complaint = _complaint(facts)
    return said_in(complaint.name, facts.language) if complaint else ""


@field("complaint.reach", "how to reach them, to complete a list: call … or go to …", "practice:jurisdiction")
def _complaint_reach(facts: Facts) -> str:
    complaint = _complaint(facts)
    return said_in(complaint.reach, facts.language) if complaint else ""


@field(
    "required_texts", "the texts that the law words for this letter, word for word", "practice:jurisdiction"
)
def _required_texts(facts: Facts) -> list[str]:
    return [one.text for one in facts.jurisdiction.texts_for(facts.spec, facts.case)]


def _access(facts: Facts) -> Access | None:
    access = facts.jurisdiction.access
    return access if access and _holds(facts, access) else None


def _complaint(facts: Facts) -> Complaint | None:
    complaint = facts.jurisdiction.complaint
    return complaint if complaint and _holds(facts, complaint) else None


def _holds(facts: Facts, right: Access | Complaint) -> bool:
    is_late = facts.client.died is not None
    return right.holds_for(facts.practice.profession) and not (is_late and right.living)
