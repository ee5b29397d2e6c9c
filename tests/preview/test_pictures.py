"""Pictures stay in memory as long as somebody may look at them."""

from __future__ import annotations

from letters.preview.pictures import Pictures


def test_the_ones_not_shown_for_longest_make_room() -> None:
    pictures = Pictures(most=3)
    pictures.add({"a": b"1", "b": b"2", "c": b"3"}, ("a", "b", "c"))
    pictures.add({"d": b"4"}, ("a", "d"))
    assert pictures.names == {"c", "a", "d"}
    assert (pictures.get("a"), pictures.get("b")) == (b"1", None)


def test_no_more_bytes_are_kept_than_there_is_room_for() -> None:
    pictures = Pictures(most_bytes=10)
    pictures.add({"a": b"12345"})
    pictures.add({"b": b"12345"})
    pictures.add({"b": b"123456"})
    assert pictures.names == {"b"}
    pictures.add({"c": b"1" * 11})
    assert pictures.names == frozenset()
    pictures.add({"d": b"1" * 10})
    assert pictures.names == {"d"}


def test_all_pages_of_a_long_letter_are_kept() -> None:
    pictures = Pictures(most=2)
    pages = {f"p{number}": b"1" for number in range(5)}
    pictures.add(pages, tuple(pages))
    assert pictures.names == set(pages)
