"""What is confidential is in no finding, wherever it stands and however its group is spelled."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from letters.findings import Finding
from letters.model.secrecy import CONFIDENTIAL as GROUP
from letters.sources import read_text
from letters.sources.secrecy import secret_looking_lines
from tests.sources.models import Plan

CONFIDENTIAL = [
    "confidential: {danger: Rosebud}\n",
    "confidential:\n  danger: Rosebud\n  Rosebud: 1\n"[:38],
    "confidential:\n  danger: 'Rosebud'\n",
    "confidential: [Rosebud]\n",
    "confidential: Rosebud\n",
    "confidential:\n  notes: Rosebud: said\n",
    "confidential:\n  notes:Rosebud said\n  danger: no\n",
    'confidential:\n  notes: "Rosebud\n',
    "confidential:\n\tnotes: Rosebud\n",
    "confidential:\n  notes: |\n    Rosebud\u202e\n",
    "confidential:\n  notes: Rosebud\n\n  danger: Rosebud\n",
    "confidential: {notes:\n  Rosebud,\ndanger: Rosebud}\n",
    '"confidential": {danger: Rosebud\u200b}\n',
    "confidential: {notes: R\u043esebud Rosebud, danger: 1}\n",
]


def shown(findings: list[Finding]) -> str:
    """All that a person or a program gets to see."""
    places = (finding.place for finding in findings)
    told = [part for finding in findings for part in (finding.message, finding.remedy)]
    return "\n".join([*told, *(f"{place.excerpt}\n{place.field}" for place in places if place)])


@pytest.mark.parametrize("text", CONFIDENTIAL)
def test_nothing_confidential_is_shown(text: str) -> None:
    findings = read_text(f"id: C-1\n{text}", "plan.yaml", Plan).findings

    assert findings
    assert "sebud" not in shown(findings)
    assert any("…" in f.place.excerpt for f in findings if f.place)


def test_nothing_confidential_is_shown_of_json() -> None:
    text = '{"id": "C-1",\n "confidential": {"danger": "Rosebud",\n  "notes": ["Rosebud"]}, "balance": "x"}'

    findings = read_text(text, "plan.json", Plan).findings

    assert [f.place.excerpt for f in findings if f.place] == [
        ' "confidential": …',
        '  "notes": …',
        "",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "id: C-1\nclients:\n  - name: x\n    diagnosis: Rosebud\n",
        "id: C-1\nclients: [{name: x, surprise: Rosebud, born: y}]\n",
        "id: C-1\nsurprise:\n  inner: Rosebud\n  other: [Rosebud]\n",
        "id: C-1\nconfidential:\ndanger: Rosebud\nsurprise: Rosebud\n",
        "id: C-1\nconfidential:\nnotes: he said: Rosebud\n",
        "id: C-1\nconfidential: {he said Rosebud, danger: Rosebud, he said Rosebud}\n",
        "notes: Rosebud\n",
        "Rosebud\n",
        "surprise: Rosebud\nid: C-1\nopened: Rosebud #4\n".replace("opened: Rosebud", "opened: x"),
    ],
)
def test_nothing_is_shown_of_what_may_be_confidential_in_the_wrong_place(text: str) -> None:
    findings = read_text(text, "plan.yaml", Plan).findings

    assert findings
    assert "sebud" not in shown(findings)


def test_a_confidential_field_in_the_wrong_place_is_told_where_it_belongs() -> None:
    (finding,) = read_text("id: C-1\nnotes: x\n", "plan.yaml", Plan).findings

    assert finding.remedy == "notes belongs under confidential."


def test_a_line_of_json_that_holds_everything_is_not_shown_for_another_field() -> None:
    text = '{"confidential": {"danger": "no"}, "id": "C-1", "balance": "x"}'

    (finding,) = read_text(text, "plan.json", Plan).findings

    assert finding.place is not None
    assert (finding.place.column, finding.place.excerpt) == (60, "")


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("a: 1\nconfidential:\n  b: 2\n\n  c: 3\nd: 4\n", [2, 3, 4, 5]),
        ("a:\n  - confidential:\n      b: 2\n    c: 3\n", [2, 3]),
        ("confidential: {a: 1,\nb: [2,\n3]}\nc: 4\n", [1, 2, 3]),
        ('{"confidential":\n {"a": 1\n}, "b": 2,\n "c": 3}', [1, 2, 3]),
        ("credentials: 1\nwhat: confidential\nsaid: please note: x\n", []),
        ("Confidentail:\n  b: 2\nc: 3\n", [1, 2]),
        ("confidential:\n- b\nc: 3\n", [1, 2]),
        ("a:\n  - diagnosis: |\n      b\n    c: 3\n", [2, 3]),
    ],
)
def test_lines_that_look_confidential_are_known_without_parsing(text: str, secret: list[int]) -> None:
    assert secret_looking_lines(text) == secret


SIGNS = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"])
PLACES = st.integers(0, len(GROUP) - 1)
MISSPELLED = st.one_of(
    st.tuples(PLACES, SIGNS).map(lambda slip: GROUP[: slip[0]] + slip[1] + GROUP[slip[0] :]),
    st.tuples(PLACES, SIGNS).map(lambda slip: GROUP[: slip[0]] + slip[1] + GROUP[slip[0] + 1 :]),
    PLACES.map(lambda at: GROUP[:at] + GROUP[at + 1 :]),
    PLACES.map(lambda at: GROUP[:at] + GROUP[at : at + 2][::-1] + GROUP[at + 2 :]),
    st.sampled_from([GROUP.upper(), GROUP.title(), f"{GROUP}s", f"{GROUP} "]),
)
INSIDE = st.sampled_from(
    [
        "\n  danger: Rosebud",
        "\n  surprise: Rosebud\n  other:Rosebud",
        "\n  surprise: he said: Rosebud",
        "\n  - Rosebud\n  - a: b: Rosebud",
        "\n  notes: |\n    it was\n    Rosebud: yes\n\tRosebud",
        " Rosebud",
        " he said: Rosebud",
        " {danger: Rosebud, surprise: [Rosebud]",
        " {danger: Rosebud}",
    ]
)


@settings(deadline=None, max_examples=300)
@given(group=MISSPELLED, inside=INSIDE, behind=st.sampled_from(["", "\nopened: x", "\n bad"]))
def test_a_secret_is_not_shown_however_its_group_is_misspelled(group: str, inside: str, behind: str) -> None:
    text = f"id: C-1\n{group}:{inside}{behind}\n"

    assert "sebud" not in shown(read_text(text, "plan.yaml", Plan).findings)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("plan.yaml", 'id: C-1\nconfidential:\n  notes: "line one\nhe said Rosebud \\q"\n'),
        ("plan.yaml", 'id: C-1\nconfidential:\n  notes: "line one\nRosebud: x \\q"\nsurprise: Rosebud\x07\n'),
        ("plan.yaml", 'id: C-1\n? confidential\n: {surprise: "Rosebud \\q"}\n'),
        ("plan.yaml", "id: C-1\nconfidential\u200b:\n  surprise: Rosebud\u200b\n"),
        ("plan.yaml", "id: C-1\ncon\u200bfid\u200bent\u200bial:\n  surprise: Rosebud\x07\nopened: @\n"),
        ("plan.json", '{\n"confidential": {\n"notes": "see } file",\n"surprise": "Rosebud \\q"\n}\n}'),
        ("plan.json", '{\n"confid\\u0065ntial": {\n"surprise": "Rosebud \\q"\n}\n}'),
    ],
)
def test_nothing_is_shown_of_what_could_not_be_read(name: str, text: str) -> None:
    findings = read_text(text, name, Plan).findings

    assert findings
    assert "sebud" not in shown(findings)


def test_where_reading_stops_the_key_is_shown_and_nothing_of_the_lines_below() -> None:
    findings = read_text("id: C-1\nopened: @x\nid: \x07\n", "plan.yaml", Plan).findings

    assert [f.place.excerpt for f in findings if f.place] == ["opened: …", ""]
