"""Naming: a letter by as much of its name as tells it from the others."""

from __future__ import annotations

import pytest

from letters.caseload.naming import named
from letters.errors import UsageError
from letters.register.erasing import erase
from tests.caseload.kept import AT, SAM, Kept


def test_a_letter_is_named_by_as_much_as_tells_it_from_the_others(kept: Kept) -> None:
    name = kept.issue("one")
    for short in (
        name,
        name[:6],
        name[2:7],
        name.upper(),
        f"issued/{name}.pdf",
        f"issued\\{name}.file-copy.pdf",
    ):
        assert kept.ask(named, short).letter == name
    spoken = name.replace("0", "o").replace("1", "l")
    assert kept.ask(named, spoken).letter == name


def test_a_name_that_fits_none_or_several_is_told(kept: Kept) -> None:
    with pytest.raises(UsageError, match="There is no letter L-zz"):
        kept.ask(named, "zz")
    with pytest.raises(UsageError, match="There is no letter L-"):
        kept.ask(named, "L-")
    texts = [str(number) for number in range(40)]
    names = [kept.issue(text) for text in texts]
    first = next(
        one for one in sorted({name[2] for name in names}) if sum(name[2] == one for name in names) > 1
    )
    with pytest.raises(UsageError, match=f"More than one letter begins with L-{first}"):
        kept.ask(named, first)


def test_a_letter_of_an_erased_case_is_told_as_that(kept: Kept) -> None:
    name = kept.issue("one")
    with kept.register.writing(SAM, AT) as writing:
        erase(writing, "C-1103", "seven years have passed")
    with pytest.raises(UsageError, match="a case that was erased"):
        kept.ask(named, name)
