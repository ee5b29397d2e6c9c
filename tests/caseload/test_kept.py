"""A case as the register has it, to write letters about."""

from __future__ import annotations

import pytest

from letters.caseload.kept import case_of, kept_case
from letters.errors import UsageError
from letters.letter import write
from letters.model.history import CaseMerged
from letters.order import Order
from letters.register import queries
from letters.register.erasing import erase
from tests.caseload.kept import AT, SAM, Kept
from tests.support.desk import TODAY


def test_it_has_its_number_what_it_says_and_the_digest_of_that(kept: Kept) -> None:
    case = kept_case(kept.office, "C-1001")
    assert (case.number, str(case), case.digest) == ("C-1001", "C-1001", kept.ask(queries.digest, "C-1001"))
    assert case.text == kept.ask(queries.case_file, "C-1001")
    assert kept.ask(case_of, "C-1001").clients[0].name == "Jordan Avery"


def test_a_letter_about_it_is_the_same_as_from_its_file(kept: Kept) -> None:
    file = kept.office.folder / "cases" / "C-1001.yaml"
    one, other = (
        write(Order("closing-lost-contact", case, TODAY, draft=False, practice=kept.office.file))
        for case in (kept_case(kept.office, "C-1001"), file)
    )
    assert one[0]
    assert other[0]
    assert (one[0].html, one[1]) == (other[0].html, other[1])


def test_a_case_that_is_not_there_was_merged_or_erased_is_refused(kept: Kept) -> None:
    with pytest.raises(UsageError, match="no case C-9"):
        kept_case(kept.office, "C-9")
    kept.tell(CaseMerged(other="C-1001", data=kept.ask(queries.data, "C-1103")), "C-1103")
    with pytest.raises(UsageError, match="was merged into C-1103"):
        kept_case(kept.office, "C-1001")
    with kept.register.writing(SAM, AT) as writing:
        erase(writing, "C-1103", "it is time")
    with pytest.raises(UsageError, match="was erased"):
        kept_case(kept.office, "C-1103")


def test_without_a_register_it_is_refused_and_none_is_made(kept_in_file: Kept) -> None:
    file = kept_in_file.office.where.file
    assert file
    file.unlink()
    with pytest.raises(UsageError):
        kept_case(kept_in_file.office, "C-1001")
    assert not file.exists()
