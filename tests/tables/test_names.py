"""A column's name leads to one value of a case, and every value has a name."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest

from letters.model.case import Case
from letters.model.secrecy import Path
from letters.tables.names import INDEX, SECTION, known_names, name_of, paths_of, plain, values

PHONE: Path = ("clients", 0, "phones", 0)
ADDRESS: Path = ("clients", 0, "addresses", 0)


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("case", ("case",)),
        ("last session", ("last_session",)),
        ("client name", ("clients", 0, "name")),
        ("client 1 name", ("clients", 0, "name")),
        ("client id", ("clients", 0, "id")),
        ("client 2 name", ("clients", 1, "name")),
        ("born", ("clients", 0, "born")),
        ("address line 1", (*ADDRESS, "lines", 0)),
        ("address line 2", (*ADDRESS, "lines", 1)),
        ("client 2 address 3 line 4", ("clients", 1, "addresses", 2, "lines", 3)),
        ("city", (*ADDRESS, "city")),
        ("address 2 city", ("clients", 0, "addresses", 1, "city")),
        ("client 2 postcode", ("clients", 1, "addresses", 0, "postcode")),
        ("address safe", (*ADDRESS, "safe")),
        ("phone", (*PHONE, "number")),
        ("phone number", (*PHONE, "number")),
        ("phone voicemail", (*PHONE, "voicemail")),
        ("phone 2", ("clients", 0, "phones", 1, "number")),
        ("email", ("clients", 0, "emails", 0, "address")),
        ("email safe", ("clients", 0, "emails", 0, "safe")),
        ("client representative 1 name", ("clients", 0, "representatives", 0, "name")),
        ("representative 2 relation", ("clients", 0, "representatives", 1, "relation")),
        ("ending reason", ("ending", "reason")),
        ("balance", ("money", "balance")),
        ("money balance", ("money", "balance")),
        ("as of", ("money", "as_of")),
        ("referral 1 phone", ("referrals", 0, "phone")),
        ("support 12", ("supports", 11)),
        ("words acknowledgment", ("words", "acknowledgment")),
        ("words last day", ("words", "last-day")),
        ("words acknowledgment:es", ("words", "acknowledgment", "es")),
        ("Words_Acknowledgment: PT_br", ("words", "acknowledgment", "pt-BR")),
        ("handover to", ("handover", "to")),
        ("danger", ("confidential", "danger")),
        ("confidential danger", ("confidential", "danger")),
        ("provider city", ("provider", "address", "city")),
        ("business 2 address line 1", ("business", 1, "address", "lines", 0)),
        ("records part2", ("records", "part2")),
    ],
)
def test_a_name_leads_to_its_value(name: str, path: Path) -> None:
    assert paths_of(name) == [path]


@pytest.mark.parametrize(
    "written", ["Client Name", "CLIENT_NAME", " client-name ", "clientName", "client\u00a0name"]
)
def test_capitals_spaces_underscores_and_hyphens_make_no_difference(written: str) -> None:
    assert paths_of(written) == [("clients", 0, "name")]


@pytest.mark.parametrize(
    "name",
    [
        "",
        "id",
        "words",
        "client 0 name",
        "client 100 name",
        "client 01 name",
        "adress line 1",
        "case:es",
        "client 1 2 id",
        "words a:x",
    ],
)
def test_what_nothing_is_called_leads_nowhere(name: str) -> None:
    assert paths_of(name) == []


def written_paths() -> Iterator[Path]:
    """The path of every value, with up to nine entries in its lists."""
    for path, leaf in values():
        numbers = itertools.product(range(9), repeat=path.count(INDEX))
        for chosen in numbers:
            number = iter(chosen)
            steps = {SECTION: "why-now"}
            filled = tuple(next(number) if step == INDEX else steps.get(step, step) for step in path)
            yield filled
            if leaf.has_languages:
                yield (*filled, "es-MX")


def test_every_value_has_a_name_that_leads_to_it_alone() -> None:
    seen: dict[str, Path] = {}
    for path in written_paths():
        name = name_of(path)
        assert seen.setdefault(plain(name), path) == path
    assert len(seen) > 10_000
    # Each of them read back: the patterns are tried for every one, so these are sampled evenly.
    for path in itertools.islice(seen.values(), 0, None, 11):
        assert paths_of(name_of(path)) == [path]


def test_no_way_to_write_a_name_leads_to_two_values() -> None:
    for path in written_paths():
        if sum(step for step in path if isinstance(step, int)) > 1:
            continue
        for name in ways(path):
            assert len(paths_of(name)) <= 1, name
        assert paths_of(name_of(path)) == [path]


def ways(path: Path) -> Iterator[str]:
    """A name with client before it, with each of its words left out, and with a number more."""
    words = name_of(path).split()
    yield f"client {' '.join(words)}"
    for place in range(1, len(words) + 1):
        yield " ".join([*words[:place], "1", *words[place:]])
        yield " ".join([*words[: place - 1], *words[place:]])


def test_every_field_of_a_case_has_columns() -> None:
    assert {str(path[0]) for path, _ in values()} == set(Case.model_fields)


def test_every_name_that_is_suggested_is_known() -> None:
    assert [name for name in known_names() if len(paths_of(name)) != 1] == []
