"""Sections that several kinds share are put in whole, and only those."""

from __future__ import annotations

from pathlib import Path

import pytest

from letters.compose import compose
from letters.compose.parts import PARTS, expanded, known
from letters.kinds import BUILT_IN, TEMPLATE
from tests.support.own_kind import template

LANGUAGES = sorted(folder.name for folder in PARTS.iterdir())
TEMPLATES = sorted(BUILT_IN.glob(f"*/*{TEMPLATE}"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_part_is_used_by_several_kinds(language: str) -> None:
    texts = [file.read_text("utf-8") for file in TEMPLATES if file.name.startswith(f"{language}.")]
    used = {name: sum(f'{{% include "{name}" %}}' in text for text in texts) for name in known(language)}
    assert len(used) >= 3
    assert [name for name, times in used.items() if times < 1] == []


def test_every_language_has_the_same_parts() -> None:
    assert len({tuple(known(language)) for language in LANGUAGES}) == 1


def test_a_language_of_a_region_takes_the_parts_of_its_language() -> None:
    assert known("en-GB") == known("en")


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_a_template_with_its_parts_written_out_includes_nothing(file: Path) -> None:
    written = expanded(file.read_text("utf-8"), file.name.removesuffix(TEMPLATE))
    assert "{% include" not in written


def test_a_fault_within_a_part_is_told_at_the_line_that_includes_it(tmp_path: Path) -> None:
    (tmp_path / "en.html.j2").write_text(template('<p>x</p>\n{% include "contact" %}'), "utf-8")
    composed, (found,) = compose(tmp_path, "en", {}, {}, {})
    assert composed is None
    assert (
        found.message == "The template asks for something it is not given: `practice` is none of its fields."
    )
    assert found.place is not None
    assert found.place.excerpt == '{% include "contact" %}'


def test_an_unknown_part_is_refused_and_the_known_ones_are_named(tmp_path: Path) -> None:
    (tmp_path / "en.html.j2").write_text(template('{% include "crises" %}'), "utf-8")
    _, (found,) = compose(tmp_path, "en", {}, {}, {})
    assert found.code == "template-unsafe"
    assert "crisis" in found.message
