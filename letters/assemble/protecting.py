"""Protected copies of letters: what goes by e-mail or through a portal opens with a password only.

pikepdf and not pypdf: it encrypts by itself, where pypdf needs a second library for that, and its
default is AES-256 where pypdf's is RC4. The archival file is never touched, as PDF/A allows no
encryption and no two encryptions are alike.
"""

from __future__ import annotations

import io
import secrets
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import permutations

from letters.errors import LettersError, UsageError

# The password alone opens the copy, and whoever has the copy may guess as often and as fast as they like:
# NIST SP 800-63B-4, 3.1.1.2, asks for 15 characters where a password is all there is, and for no mixture.
LEAST = 15  # characters
MOST = 127  # bytes; ISO 32000-2, 7.6.4.3.3, leaves out what comes after
_FEWEST = 6  # different characters
_SHORTEST_WORD = 3  # characters; shorter ones are in everything
_WORDS = "Take four words that have nothing to do with the client, and tell them over the phone."


@dataclass(frozen=True)
class Password:
    """A password that may be used. It is in no text of this object, so that no log can show it."""

    text: str = field(repr=False)


def password(text: str, known: Iterable[str] = ()) -> Password:
    """Take a password; `known` is what others know of the client, which counts as nothing.

    Raises UsageError for one that is easily guessed or cannot be typed, without repeating it.
    """
    # Readers of PDF bring what is typed into this form (SASLprep); a text in another one opens nothing.
    text = unicodedata.normalize("NFKC", text)
    if any(unicodedata.category(sign).startswith("C") for sign in text):
        raise UsageError("The password holds a sign that cannot be typed.", "Type it by hand.")
    if text != text.strip():
        raise UsageError("The password begins or ends with a space.", "Leave that out: nobody hears it.")
    if len(text.encode()) > MOST:
        raise UsageError(f"The password is longer than {MOST} bytes.", "Four words are enough.")
    if len(text) < LEAST:
        raise UsageError(f"The password is shorter than {LEAST} characters.", _WORDS)
    if len(set(text.casefold())) < _FEWEST:
        raise UsageError("The password repeats a few characters.", _WORDS)
    if len(_without(text, known)) < LEAST:
        message = f"Without what is known of the client, the password is shorter than {LEAST} characters."
        raise UsageError(message, _WORDS)
    return Password(text)


def _without(text: str, known: Iterable[str]) -> str:
    """What is left of a password without the words and numbers that are known."""
    rest = _plain(text)
    for word in sorted({word for one in known for word in _words(one)}, key=len, reverse=True):
        rest = rest.replace(word, "")
    return rest


def _words(known: str) -> Iterator[str]:
    """A name's words, a number's digits, and the ways to write a day."""
    words = "".join(sign if sign.isalnum() else " " for sign in _plain(known)).split()
    yield from (word for word in words if len(word) >= _SHORTEST_WORD)
    if words and all(word.isdigit() for word in words):
        yield "".join(words)
        # A day such as 1990-04-12 may be written in any order, with its year in two digits.
        if len(words) == 3:
            shortened = [words[0][-2:], *words[1:]]
            yield from ("".join(order) for parts in (words, shortened) for order in permutations(parts))


def _plain(text: str) -> str:
    """A text without capitals and accents."""
    signs = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in signs if not unicodedata.combining(sign))


def protect(pdf: bytes, password: Password) -> bytes:
    """Encrypt a copy of a PDF with AES-256, its metadata as well; whoever has the password may do anything.

    No two copies are alike. Raises LettersError where the copy does not open or is not whole.
    """
    import pikepdf

    # With an empty one for the owner, everybody could open the copy as that; nobody needs to know this one.
    encryption = pikepdf.Encryption(
        owner=secrets.token_urlsafe(48),
        user=password.text,
        R=6,
        allow=pikepdf.Permissions(modify_assembly=True),
        aes=True,
        metadata=True,
    )
    copy = io.BytesIO()
    try:
        with pikepdf.open(io.BytesIO(pdf)) as letter:
            pages = len(letter.pages)
            letter.save(copy, encryption=encryption)
        with pikepdf.open(copy, password=password.text) as opened:
            is_whole = len(opened.pages) == pages
    except pikepdf.PdfError as error:
        raise LettersError("the copy cannot be protected: the letter is no PDF that opens") from error
    if not is_whole:
        raise LettersError("the protected copy has not all pages of the letter")
    return copy.getvalue()
