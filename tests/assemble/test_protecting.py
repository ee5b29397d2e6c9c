"""Protected copies: they open with the password only, and what is easily guessed is no password."""

from __future__ import annotations

import io
import unicodedata

import pikepdf
import pypdfium2
import pytest
from weasyprint import HTML

from letters.assemble.protecting import LEAST, Password, password, protect
from letters.errors import LettersError, UsageError
from letters.proof import text

WORDS = "lantern orchard tuesday"


@pytest.fixture(scope="module")
def letter() -> bytes:
    page = (
        "<html lang=en><title>Our last session</title><body><p>Until March.<p style='break-before:page'>Two."
    )
    made: bytes = HTML(string=page).write_pdf(pdf_variant="pdf/a-2a")
    return made


@pytest.fixture(scope="module")
def copy(letter: bytes) -> bytes:
    return protect(letter, password(WORDS))


def test_a_copy_opens_with_its_password_only(letter: bytes, copy: bytes) -> None:
    for wrong in ("", "lantern orchard Tuesday"):
        with pytest.raises(pikepdf.PasswordError):
            pikepdf.open(io.BytesIO(copy), password=wrong)
    with pikepdf.open(io.BytesIO(copy), password=WORDS) as opened:
        plain = io.BytesIO()
        opened.save(plain)
    assert text(plain.getvalue()) == text(letter)


def test_another_reader_opens_it_with_the_password_only(copy: bytes) -> None:
    with pytest.raises(pypdfium2.PdfiumError, match="password"):
        pypdfium2.PdfDocument(copy)
    opened = pypdfium2.PdfDocument(copy, password=WORDS)
    assert [page.get_textpage().get_text_bounded() for page in opened] == ["Until March.", "Two."]
    opened.close()


def test_it_is_encrypted_with_aes_256_and_its_metadata_too(copy: bytes) -> None:
    with pikepdf.open(io.BytesIO(copy), password=WORDS) as opened:
        told = opened.encryption
        assert (told.R, told.V, told.bits) == (6, 5, 256)
        methods = {told.stream_method.name, told.string_method.name, told.file_method.name}
        assert methods == {"aesv3"}
        encrypt = opened.trailer.Encrypt
        assert "/EncryptMetadata" not in encrypt or encrypt.EncryptMetadata
    assert b"last session" not in copy
    assert b"xmpmeta" not in copy


def test_whoever_has_the_password_may_print_and_have_it_read_aloud(copy: bytes) -> None:
    with pikepdf.open(io.BytesIO(copy), password=WORDS) as opened:
        assert opened.user_password_matched
        assert not opened.owner_password_matched
        assert all(opened.allow)


def test_the_letter_stays_what_it_was_and_keeps_its_version(letter: bytes, copy: bytes) -> None:
    before = bytes(letter)
    assert protect(letter, password(WORDS)) != copy
    assert letter == before
    assert copy[:8] >= letter[:8]


def test_what_is_no_pdf_is_not_protected() -> None:
    with pytest.raises(LettersError, match="no PDF"):
        protect(b"not a letter", password(WORDS))


@pytest.mark.parametrize(
    "accented",
    ["linterna jardín martes", "linterna jardi\u0301n martes", "灯笼果园星期二河流山脉四月天空大海"],
)
def test_signs_of_any_script_open_it_as_a_reader_types_them(letter: bytes, accented: str) -> None:
    made = protect(letter, password(accented))
    with pikepdf.open(io.BytesIO(made), password=unicodedata.normalize("NFC", accented)) as opened:
        assert len(opened.pages) == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", f"shorter than {LEAST}"),
        ("orchard tuesda", f"shorter than {LEAST}"),
        ("abababababababab", "repeats"),
        ("1111111111111111", "repeats"),
        (" lantern orchard tuesday", "space"),
        ("lantern orchard\ttuesday", "cannot be typed"),
        ("lantern\u200borchard tuesday", "cannot be typed"),
        ("orchard " * 16 + "x", "longer than 127"),
        ("jordan avery orchard", "known of the client"),
        ("JordánAvery1990orchard", "known of the client"),
        ("04121990 C-1001 orchard", "known of the client"),
        ("120490 44 alder avenue", "known of the client"),
    ],
)
def test_what_is_easily_guessed_or_cannot_be_typed_is_refused(text: str, said: str) -> None:
    known = ("Jordan Avery", "1990-04-12", "C-1001", "44 Alder Avenue")
    with pytest.raises(UsageError, match=said) as refused:
        password(text, known)
    assert not text or text not in str(refused.value)
    assert refused.value.remedy


def test_a_password_may_hold_what_is_known_if_there_is_enough_besides() -> None:
    assert password("jordan lantern orchard tuesday", ["Jordan Avery"]).text.endswith("tuesday")


def test_a_password_is_in_no_text_of_its_object() -> None:
    assert WORDS not in f"{Password(WORDS)!r} {Password(WORDS)}"
