"""Bytes are UTF-8 or what the user says; anything else is recognized and said."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from letters.sources.decoding import decode, is_encoding

TEXT = "name: José\ncity: Söhne\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_utf8_needs_no_word(encoding: str) -> None:
    decoded = decode(TEXT.encode(encoding))

    assert (decoded.text, decoded.flaws) == (TEXT, ())


@pytest.mark.parametrize(
    ("encoding", "said"),
    [("utf-16", "utf-16"), ("utf-16-le", "utf-16-le"), ("utf-16-be", "utf-16-be"), ("utf-32", "utf-32")],
)
def test_utf16_and_utf32_are_recognized_and_said(encoding: str, said: str) -> None:
    decoded = decode(TEXT.encode(encoding))

    (flaw,) = decoded.flaws
    assert f"--encoding {said}." in flaw.remedy
    assert decoded.text == TEXT
    assert decode(TEXT.encode(encoding), said).flaws == ()


def test_windows_text_is_told_with_the_place_of_its_first_byte() -> None:
    decoded = decode(TEXT.encode("cp1252"))

    (flaw,) = decoded.flaws
    assert "0xE9" in flaw.message
    assert "--encoding cp1252" in flaw.remedy
    assert flaw.start == TEXT.index("é")
    assert "é" not in decoded.text


def test_windows_text_is_read_when_it_is_asked_for() -> None:
    decoded = decode(TEXT.encode("cp1252"), "cp1252")

    assert (decoded.text, decoded.flaws) == (TEXT, ())


def test_bytes_of_no_known_encoding_are_told_without_a_guess() -> None:
    (flaw,) = decode(b"name: \x81\n").flaws

    assert flaw.start == 6
    assert "--encoding" not in flaw.remedy


def test_the_encoding_asked_for_may_be_wrong() -> None:
    (flaw,) = decode("é: José".encode(), "ascii").flaws

    assert "does not occur in ascii" in flaw.message
    assert flaw.start == 0


@pytest.mark.parametrize("name", ["nonsense", "hex", "rot13", "idna", "undefined", "\0", "", "utf-8\n; x"])
def test_what_is_no_text_encoding_is_refused(name: str) -> None:
    assert not is_encoding(name)


def test_an_unknown_encoding_is_said() -> None:
    (flaw,) = decode(b"a: b", "klingon").flaws

    assert "no encoding" in flaw.message


@settings(deadline=None, max_examples=200)
@given(
    content=st.binary(),
    encoding=st.sampled_from([None, "utf-8", "cp1252", "utf-16", "utf-32", "utf-7", "cp037", "big5"]),
)
def test_any_bytes_are_decoded_or_told_and_the_place_is_in_the_text(
    content: bytes, encoding: str | None
) -> None:
    decoded = decode(content, encoding)

    for flaw in decoded.flaws:
        assert 0 <= flaw.start <= len(decoded.text)
