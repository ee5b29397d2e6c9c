"""Names of letters tell nothing."""

from __future__ import annotations

from pathlib import Path

from letters.preview.ids import Ids
from letters.preview.views import Ref


def test_a_letter_keeps_its_name_and_no_other_has_it() -> None:
    ids = Ids()
    refs = [
        Ref("outreach", "C-1"),
        Ref("outreach", "C-2"),
        Ref("outreach", Path("C-1")),
        Ref("letter", "C-1"),
    ]
    names = [ids.of(ref) for ref in refs]
    assert len(set(names)) == len(refs)
    assert [ids.of(ref) for ref in refs] == names
    assert [ids.ref(name) for name in names] == refs
    assert ids.ref("C-1") is None


def test_a_name_says_nothing_of_the_letter() -> None:
    ref = Ref("outreach", "C-1001", "casey")
    one, other = Ids().of(ref), Ids().of(ref)
    assert one != other
    assert len(one) == 16
