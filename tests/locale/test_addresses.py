from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from letters.locale.addresses import address_lines


def test_a_letter_within_a_country_does_not_name_it() -> None:
    assert address_lines(
        ["Jordan Avery"], ["44 Alder Avenue", "Apt. 2"],
        city="Portland", region="OR", postcode="97202", country="US", sender_country="us",
    ) == ["Jordan Avery", "44 Alder Avenue", "Apt. 2", "Portland, OR 97202"]  # fmt: skip


@pytest.mark.parametrize(
    ("country", "locale", "lines"),
    [
        ("GB", "en_US", ["44 Alder", "Leeds", "LS1 1AA", "UNITED KINGDOM"]),
        ("DE", "en_US", ["44 Alder", "LS1 1AA Leeds", "GERMANY"]),
        ("DE", "es_US", ["44 Alder", "LS1 1AA Leeds", "ALEMANIA"]),
        ("HU", "en_US", ["Leeds", "44 Alder", "LS1 1AA", "HUNGARY"]),
        ("LT", "en_US", ["44 Alder", "LT-LS1 1AA Leeds", "LITHUANIA"]),
        ("JP", "en_US", ["44 Alder, Leeds", "LS1 1AA", "JAPAN"]),
        ("QQ", "en_US", ["44 Alder", "Leeds", "LS1 1AA", "QQ"]),
    ],
)
def test_an_address_abroad_has_its_countrys_order_and_names_it(
    country: str, locale: str, lines: list[str]
) -> None:
    place = {"city": "Leeds", "postcode": "LS1 1AA", "country": country}
    got = address_lines([], ["44 Alder"], **place, sender_country="US", locale=locale)
    assert got == lines


def test_a_japanese_address_in_its_own_script_has_its_own_order() -> None:
    assert address_lines(
        ["山田 様"], ["丸の内1-2-3"], city="千代田区", region="東京都", postcode="100-0005", country="JP",
        sender_country="JP",
    ) == ["〒100-0005", "東京都千代田区", "丸の内1-2-3", "山田 様"]  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ({"city": "Portland", "postcode": "97202"}, "Portland 97202"),
        ({"city": "Portland", "region": "OR"}, "Portland, OR"),
        ({"region": "OR", "postcode": "97202"}, "OR 97202"),
        ({"postcode": "97202"}, "97202"),
    ],
)
def test_missing_parts_leave_no_stray_signs(fields: dict[str, str], line: str) -> None:
    assert address_lines([], [], country="US", sender_country="US", **fields) == [line]


def test_a_postcode_with_its_prefix_does_not_get_another() -> None:
    assert address_lines([], [], city="Vilnius", postcode="LT-01100", country="LT", sender_country="LT") == [
        "LT-01100 Vilnius"
    ]


def test_a_region_that_a_country_does_not_write_stands_below_the_city() -> None:
    assert address_lines([], ["1 Lane"], city="Ashford", region="Kent", postcode="TN1 1AA", country="GB") == [
        "1 Lane", "Ashford", "Kent", "TN1 1AA", "UNITED KINGDOM",
    ]  # fmt: skip


def test_a_city_state_names_itself_once() -> None:
    lines = address_lines(
        ["A"], ["1 Road"], city="Singapore", postcode="12345", country="SG", sender_country="SG"
    )
    assert lines == ["A", "1 Road", "SINGAPORE 12345"]


def test_without_a_country_the_senders_order_is_used() -> None:
    assert address_lines([], ["Weg 1"], city="Ulm", postcode="89073", sender_country="DE") == [
        "Weg 1",
        "89073 Ulm",
    ]


COUNTRIES = [
    "US",
    "GB",
    "DE",
    "FR",
    "JP",
    "CN",
    "KR",
    "HU",
    "LT",
    "SG",
    "CI",
    "AE",
    "IE",
    "QQ",
    "",
    "x/../y",
    "zz",
]
PART = st.text("abc XYZ,-é中", max_size=12)


@settings(deadline=None, max_examples=300)
@given(
    names=st.lists(PART, max_size=2),
    lines=st.lists(PART, max_size=4),
    parts=st.fixed_dictionaries({"city": PART, "region": PART, "postcode": PART}),
    country=st.sampled_from(COUNTRIES),
    sender=st.sampled_from(COUNTRIES),
)
def test_no_part_of_an_address_is_ever_lost(
    names: list[str], lines: list[str], parts: dict[str, str], country: str, sender: str
) -> None:
    got = address_lines(names, lines, **parts, country=country, sender_country=sender)
    written = "\n".join(got).casefold()
    for part in [*names, *lines, *parts.values()]:
        assert part.strip().casefold() in written
    assert all(line == line.strip() != "" for line in got)
