"""Every address stands on its own label, whole, in order, and on an envelope nobody sees who writes."""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import cache
from itertools import combinations
from typing import Any

import pytest

from letters import proof
from letters.batch.outcome import Outcome
from letters.errors import UsageError
from letters.labels import LABEL_SHEETS, address_field, envelopes, labels, sender_field
from letters.paper import ENVELOPES, INCH, MM, UNPRINTABLE, Box
from letters.proof import Proof

ADDRESSES = (
    ("en", ("Jordan Avery", "44 Alder Avenue", "Portland, OR 97202")),
    ("es", ("José Núñez de la Peña", "Calle de la Princesa 12, 3.º izq.", "28008 Madrid", "SPAIN")),
    ("ar", ("محمد عبد الله الأحمد", "شارع النهضة 12", "12345 الرياض", "SAUDI ARABIA")),
    ("zh", ("王小明", "朝阳区建国路88号院3号楼1205室", "100022 北京市", "CHINA")),
    ("ja", ("高橋 直子", "千代田区丸の内一丁目9番2号", "東京都 100-0005", "JAPAN")),
    ("ko", ("김민준", "서울특별시 종로구 세종대로 175", "03172", "SOUTH KOREA")),
    ("vi", ("Nguyễn Thị Hương Giang", "12 Đường Lê Lợi, Phường Bến Nghé", "Quận 1", "VIETNAM")),
    ("ru", ("Анна Сергеевна Иванова", "ул. Ленина, д. 5", "Москва 101000", "RUSSIA")),
    ("hi", ("प्रिया शर्मा", "12, महात्मा गांधी मार्ग", "नई दिल्ली 110001", "INDIA")),
    ("am", ("አበበ ቢቂላ", "Bole Road 12", "Addis Ababa 1000", "ETHIOPIA")),
    ("pl", ("Zoë Łukasz-Wiśniewska", "O’Brien & Söhne <Ltd>", "ul. Świętokrzyska 31/33a", "00-001 Warszawa")),
)
ENDLESS = tuple(f"{number} Northeast Martin Luther King Junior Boulevard, Building 12" for number in range(7))
SHEETS = sorted(LABEL_SHEETS)


def issued(number: int, route: Sequence[str] = (), **changes: Any) -> Outcome:
    """A letter that was issued, with an address by which it can be told."""
    route = route or (f"Client {number:05}", f"{number} Alder Avenue", "Portland, OR 97202")
    usual: dict[str, Any] = {"status": "issued", "language": "en", "sender": "HFC Office"}
    letter = f"L-{number:016}"
    return Outcome(number=number, source="", letter=letter, route=tuple(route), **(usual | changes))


def many(count: int) -> list[Outcome]:
    return [issued(number) for number in range(count)]


@cache
def in_many_scripts(sheet: str) -> bytes:
    """Labels in eleven languages."""
    made = labels(
        [issued(number, route, language=language) for number, (language, route) in enumerate(ADDRESSES)],
        sheet,
    )
    assert made.findings == []
    return made.pdf


def on_labels(pdf: bytes, sheet: str) -> list[str]:
    """What stands on each label, page by page, without spaces; fails where ink lies outside of all."""
    found = []
    with Proof(pdf) as opened:
        for page in opened.pages:
            texts = [""] * len(LABEL_SHEETS[sheet].places)
            for character in page.characters():
                texts[_place(character.box, sheet)] += character.text
            found += texts
    return found


def _place(box: Box, sheet: str) -> int:
    (place,) = (n for n, place in enumerate(LABEL_SHEETS[sheet].places) if place.holds(box, -1 * MM))
    return place


def plain(route: Sequence[str]) -> str:
    return "".join(route).replace(" ", "")


@pytest.mark.parametrize("sheet", SHEETS)
def test_labels_lie_on_the_sheet_side_by_side(sheet: str) -> None:
    stock = LABEL_SHEETS[sheet]
    assert len(stock.places) == stock.columns * stock.rows
    page = Box(0, 0, stock.width, stock.height)
    assert all(page.holds(place) for place in stock.places)
    inner = [Box(place.left + 0.1, place.top + 0.1, place.right, place.bottom) for place in stock.places]
    assert not any(a.touches(b) for a, b in combinations(inner, 2))
    last = stock.places[-1]
    assert stock.width - last.right == pytest.approx(stock.left, abs=0.5 * MM)
    assert stock.height - last.bottom == pytest.approx(stock.top, abs=0.5 * MM)


@pytest.mark.parametrize("sheet", SHEETS)
def test_every_address_stands_on_its_own_label_in_order(sheet: str) -> None:
    count = len(LABEL_SHEETS[sheet].places)
    letters = many(count + 4)
    made = labels(letters, sheet)
    assert made.findings == []
    expected = [plain(one.route) for one in letters] + [""] * (count - 4)
    assert on_labels(made.pdf, sheet) == expected


@pytest.mark.parametrize(
    ("letters", "skip", "pages"), [(30, 0, 1), (31, 0, 2), (1, 29, 1), (2, 29, 2), (30, 1, 2)]
)
def test_there_are_as_many_sheets_as_it_takes(letters: int, skip: int, pages: int) -> None:
    assert proof.page_count(labels(many(letters), "avery-5160", skip).pdf) == pages


def test_labels_that_are_used_up_stay_empty() -> None:
    said = on_labels(labels(many(3), "avery-l7160", skip=19).pdf, "avery-l7160")
    assert [number for number, text in enumerate(said) if text] == [19, 20, 21]
    assert said[19].startswith("Client00000")


@pytest.mark.parametrize("sheet", SHEETS)
def test_names_of_any_script_stand_on_their_labels(sheet: str) -> None:
    said = on_labels(in_many_scripts(sheet), sheet)
    assert all(said[: len(ADDRESSES)])
    assert not any(said[len(ADDRESSES) :])
    for number in (0, 1, 3, 4, 5, 7, 10):  # the others are drawn in another order than they are read
        assert said[number] == plain(ADDRESSES[number][1])


def test_chinese_and_japanese_are_drawn_as_each_is_used_to() -> None:
    same = ("直子", "1", "JAPAN")
    pictures = [
        proof.pictures(labels([issued(1, same, language=language)], "avery-5160").pdf)[0]
        for language in ("ja", "zh")
    ]
    assert pictures[0] != pictures[1]


def sized(pdf: bytes) -> float:
    """The height of a capital letter of the first label."""
    with Proof(pdf) as opened:
        return next(
            character.box.bottom - character.box.top
            for character in opened.pages[0].characters()
            if character.text == "M"
        )


def test_a_long_address_gets_smaller_type_and_loses_nothing() -> None:
    long = ("Mary Featherstonehaugh", *("1600 Martin Luther King Boulevard" for _ in range(6)))
    usual, made = labels([issued(1, ("Mary",))], "avery-5160"), labels([issued(1, long)], "avery-5160")
    assert made.findings == []
    assert on_labels(made.pdf, "avery-5160")[0] == plain(long)
    assert 0.79 * sized(usual.pdf) <= sized(made.pdf) < sized(usual.pdf)


def test_an_address_that_cannot_fit_is_named_and_left_out() -> None:
    made = labels([issued(1), issued(2, ENDLESS), issued(3)], "avery-5160")
    (finding,) = made.findings
    assert finding.code == "address-room"
    assert "L-0000000000000002 does not fit on a label of avery-5160" in finding.message
    assert [text[:11] for text in on_labels(made.pdf, "avery-5160") if text] == ["Client00001", "Client00003"]
    assert not any(line in finding.message for line in ENDLESS)


def test_where_nothing_fits_there_is_no_sheet() -> None:
    made = labels([issued(1, ENDLESS)], "avery-5160")
    assert (made.pdf, len(made.findings)) == (b"", 1)


@pytest.mark.parametrize("sheet", SHEETS)
def test_an_address_is_on_its_label_whole_or_it_is_named(sheet: str) -> None:
    chance = random.Random(5)  # noqa: S311 - the same addresses each time
    words = ("Apt", "Alder", "Westminster", "WWWWW", "iiiiiii", "Featherstonehaugh-Cholmondeley", "12", "of")

    def route() -> list[str]:
        return [" ".join(chance.choices(words, k=chance.randint(1, 6))) for _ in range(chance.randint(1, 9))]

    letters = [issued(number, route()) for number in range(90)]
    made = labels(letters, sheet)
    named = {finding.message.split()[5] for finding in made.findings}
    expected = [plain(one.route) for one in letters if one.letter not in named]
    said = on_labels(made.pdf, sheet)
    assert 20 < len(expected) < 90
    assert [text for text in said if text] == expected


@pytest.mark.parametrize("status", ["planned", "withheld", "problem", "failed"])
def test_only_letters_that_were_issued_get_a_label(status: Any) -> None:
    assert labels([issued(1, status=status)], "avery-5160").pdf == b""
    assert envelopes([issued(1, status=status)], "us-10").pdf == b""


def test_a_letter_without_an_address_gets_no_label() -> None:
    here = issued(2)
    nowhere = Outcome(number=1, status="issued", source="", letter="L-1")
    assert labels([nowhere, here], "avery-5160").pdf == labels([here], "avery-5160").pdf


def test_labels_say_nothing_of_the_sender_and_name_nobody_in_the_file() -> None:
    pdf = labels([issued(1)], "avery-5160").pdf
    assert "HFC" not in proof.text(pdf)
    with Proof(pdf) as opened:
        assert opened.title == "Labels"


def test_the_same_letters_make_the_same_sheets() -> None:
    assert labels(many(3), "avery-l7160").pdf == labels(many(3), "avery-l7160").pdf


def test_labels_are_set_in_the_typeface_of_the_letters() -> None:
    assert labels(many(1), "avery-5160").pdf != labels(many(1), "avery-5160", typeface="serif").pdf


def test_unknown_labels_are_a_wrong_use() -> None:
    with pytest.raises(UsageError, match="no labels 'avery-9999'") as raised:
        labels(many(1), "avery-9999")
    assert raised.value.remedy == "Choose one of: avery-5160, avery-l7160."


@pytest.mark.parametrize("skip", [-1, 30])
def test_a_sheet_does_not_begin_after_its_end(skip: int) -> None:
    with pytest.raises(UsageError, match=f"cannot begin after {skip}"):
        labels(many(1), "avery-5160", skip)


RETURN = ("12 Pier Street", "Portland, OR 97201")
PRINTED = [name for name, envelope in ENVELOPES.items() if envelope.height]


@pytest.mark.parametrize("name", PRINTED)
def test_an_envelope_has_the_address_in_its_place_and_the_sender_in_the_corner(name: str) -> None:
    envelope = ENVELOPES[name]
    made = envelopes(many(2), name, RETURN)
    assert made.findings == []
    with Proof(made.pdf) as opened:
        assert len(opened.pages) == 2
        for number, page in enumerate(opened.pages):
            assert page.size == pytest.approx((envelope.width, envelope.height), abs=0.1)
            corner, address = sender_field(envelope), address_field(envelope)
            assert page.text_in(corner).split("\n") == ["HFC Office", *RETURN]
            assert page.text_in(address).split("\n")[0] == f"Client {number:05}"
            assert all(corner.holds(box) or address.holds(box) for box in page.runs)


@pytest.mark.parametrize("name", PRINTED)
def test_the_fields_of_an_envelope_keep_clear_of_edges_stamp_and_each_other(name: str) -> None:
    envelope = ENVELOPES[name]
    corner, address = sender_field(envelope), address_field(envelope)
    width, height = envelope.width, envelope.height
    assert Box(UNPRINTABLE, UNPRINTABLE, width - UNPRINTABLE, height - UNPRINTABLE).holds(corner)
    assert Box(15 * MM, 40 * MM, width - 15 * MM, height - 15 * MM).holds(address)
    stamp = Box(width - 74 * MM, 0, width, 40 * MM)
    assert not any(
        field.touches(other) for field, other in ((corner, stamp), (address, stamp), (corner, address))
    )


def test_machines_in_america_find_the_address() -> None:
    envelope = ENVELOPES["us-10"]
    bottom = envelope.height
    area = Box(0.5 * INCH, bottom - 2.75 * INCH, envelope.width - 0.5 * INCH, bottom - 0.625 * INCH)
    assert area.holds(address_field(envelope))


def test_a_letter_whose_envelope_may_show_no_name_shows_none() -> None:
    with Proof(envelopes([issued(1, sender="")], "dl", RETURN).pdf) as opened:
        assert opened.pages[0].text_in(sender_field(ENVELOPES["dl"])).split("\n") == list(RETURN)
    with Proof(envelopes([issued(1, sender="")], "dl").pdf) as opened:
        assert opened.pages[0].text_in(sender_field(ENVELOPES["dl"])) == ""


def test_envelopes_follow_the_letters() -> None:
    letters = [issued(number) for number in (3, 1, 2)]
    pages = proof.text(envelopes(letters, "c5").pdf).split("\f")
    assert [f"Client {number:05}" in page for number, page in zip((3, 1, 2), pages, strict=True)] == [
        True
    ] * 3


def test_without_an_envelope_nothing_is_printed() -> None:
    with pytest.raises(UsageError, match="nothing to print on"):
        envelopes(many(1), "none")


def test_names_of_any_script_stand_on_envelopes() -> None:
    letters = [issued(number, route, language=language) for number, (language, route) in enumerate(ADDRESSES)]
    made = envelopes(letters, "us-10")
    assert made.findings == []
    with Proof(made.pdf) as opened:
        for page in opened.pages:
            assert all(_field_at(box).holds(box, tolerance=1) for box in page.runs)
        assert len(opened.pages) == len(ADDRESSES)


def _field_at(box: Box) -> Box:
    envelope = ENVELOPES["us-10"]
    return sender_field(envelope) if box.bottom < 40 * MM else address_field(envelope)
