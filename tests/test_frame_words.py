"""The words of a frame: in each language, a practice's own before the program's."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

from letters.frame import WORDINGS, wording
from letters.model.kind import Enclosure
from tests.checks.looking import marked, note
from tests.support.desk import Desk
from tests.test_frame import PLAIN, own, written


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "office")


def test_every_wording_has_the_words_for_every_enclosure() -> None:
    languages = [file.stem for file in WORDINGS.glob("*.yaml")]
    enclosures = get_args(Enclosure)

    assert len(languages) >= 2
    assert len(enclosures) >= 2
    for language in languages:
        words = wording(language)
        assert set(words.enclosed) == set(enclosures)
        assert "Ann" in words.greeting.format(name="Ann")
        assert "{page}" in words.page
        assert "7" in words.document["other"].format(title="Notice", count=7)


def test_a_language_falls_back_on_its_base_and_not_on_another() -> None:
    assert wording("en-AU") == wording("en")
    assert wording("en-GB") != wording("en")
    with pytest.raises(KeyError):
        wording("xx")


@pytest.mark.parametrize("language", ["phrases/en", "../templates/en", "/etc/en", "..", "", "en/", "EN"])
def test_a_language_never_leads_to_another_file(language: str, tmp_path: Path) -> None:
    (tmp_path / "en.yaml").write_text((WORDINGS / "en.yaml").read_text())

    with pytest.raises(KeyError):
        wording(language, tmp_path)


def words_of_own(desk: Desk, language: str, **changes: Any) -> None:
    """Give the practice words of its own for a language."""
    words = yaml.safe_load((WORDINGS / "en.yaml").read_text()) | changes
    (desk.folder / "kinds").mkdir(exist_ok=True)
    (desk.folder / "kinds" / f"{language}.yaml").write_text(yaml.safe_dump(words))


def test_a_practice_may_have_words_for_another_language(desk: Desk) -> None:
    desk.case.pop("words")
    kind = note(desk, marked(PLAIN))
    folder = desk.folder / "kinds" / kind
    (folder / "eo.html.j2").write_text((folder / "en.html.j2").read_text())
    assert desk.codes(kind, language="eo") == ["language"]

    words_of_own(desk, "eo", greeting="Kara {name},", closing="Amike,")
    values = written(desk, kind, language="eo").frame.values
    assert (values["greeting"], values["closing"]) == ("Kara Jordan,", "Amike,")


def test_a_practices_own_words_come_before_the_programs(desk: Desk) -> None:
    words_of_own(desk, "en", closing="Warmly,")

    assert own(desk).frame.values["closing"] == "Warmly,"
    assert wording("en").closing == "Sincerely,"


def test_what_changes_in_a_practices_own_words_is_seen(desk: Desk) -> None:
    folder = desk.folder / "kinds"
    assert wording("en", folder).closing == "Sincerely,"
    words_of_own(desk, "en", closing="Warmly,")
    assert wording("en", folder).closing == "Warmly,"
    words_of_own(desk, "en", closing="Kindly yours,")
    assert wording("en", folder).closing == "Kindly yours,"
    (folder / "en.yaml").unlink()
    assert wording("en", folder).closing == "Sincerely,"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"greeting": "Dear {nam},"}, "greeting"),
        ({"greeting": "Dear {name.__class__},"}, "greeting"),
        ({"greeting": "Dear {0},"}, "greeting"),
        ({"greeting": "Dear {name"}, "greeting"),
        ({"logo": "{name!r}"}, "logo"),
        ({"page": "Page"}, "page"),
        ({"page": "{page} {count}"}, "page"),
        ({"closing": ""}, "closing"),
        ({"enclosed": {"copies": "Copies"}}, "enclosed"),
        ({"document": {"one": "{title}"}}, "document"),
        ({"document": {"other": "{title}, {pages}"}}, "document.other"),
        ({"document": {"plenty": "{title}", "other": "{title}"}}, "document.plenty"),
    ],
    ids=str,
)
@pytest.mark.parametrize("language", ["en", "en-GB"])
def test_words_that_cannot_be_used_are_found_with_their_place(
    language: str, changes: dict[str, Any], field: str, desk: Desk
) -> None:
    desk.case.pop("words")
    words_of_own(desk, language, **changes)
    letter, (finding,) = desk.write(note(desk, marked(PLAIN)), language=language)

    assert letter is None
    assert finding.place is not None
    assert Path(finding.place.file).name == f"{language}.yaml"
    assert finding.place.field == field
