"""Names that mark what is confidential are known, with a slip in them too, and others are not."""

from __future__ import annotations

import pytest

from letters.model import case, documents, kind, money, outside, people, practice
from letters.model.case import Case, CaseConfidential
from letters.model.kind import KindSpec
from letters.model.practice import PersonConfidential, Practice
from letters.model.secrecy import CONFIDENTIAL, KEPT_BACK, is_confidential
from letters.model.shape import has_group
from letters.model.strict import Model
from letters.sources.secrecy import secret_looking_lines


def test_the_fields_that_are_kept_back_are_those_of_the_confidential_groups() -> None:
    assert {*CaseConfidential.model_fields, *PersonConfidential.model_fields} == set(KEPT_BACK)
    assert has_group(Case, CONFIDENTIAL)
    assert has_group(Practice, CONFIDENTIAL)
    assert not has_group(KindSpec, CONFIDENTIAL)


@pytest.mark.parametrize(
    "name", [CONFIDENTIAL, "Confidentiel", "onfidential", "confidnetial", *KEPT_BACK, "Note"]
)
def test_a_name_that_marks_something_confidential_is_known(name: str) -> None:
    assert is_confidential(("clients", 0, name, "x"))


def test_no_other_field_is_taken_for_a_confidential_one() -> None:
    models = [
        found
        for module in (case, documents, kind, money, outside, people, practice)
        for found in vars(module).values()
    ]
    fields = [
        list(found.model_fields) for found in models if isinstance(found, type) and issubclass(found, Model)
    ]
    names = {name for own in fields for name in own} - {CONFIDENTIAL, *KEPT_BACK}
    assert {"confirmed", "credentials"} <= names
    assert [name for name in names if is_confidential((name,))] == []
    assert secret_looking_lines("\n".join(f"{name}: x" for name in names)) == []
