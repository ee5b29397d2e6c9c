"""How hard an English text is to read: its sentences, and the school grade it asks for.

The grade is that of Flesch and Kincaid (1975). Syllables are counted by spelling; decision 10
says why not by a library, and how far off the count is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

# Stands for a name while a text is taken apart; it is read at a glance, so it is one short word.
_NAME = "\ue000"
_SIGNS = rf"(?:[^\W_]+|{_NAME})+"
_WORD = re.compile(rf"{_SIGNS}(?:['’.,:@/–-]+{_SIGNS})*")
_AT_A_GLANCE = r"\+?\(?\d[\d\s()./-]{5,}\d|[^\s@]+@[^\s@]+\.\w+|(?:https?://|www\.)\S+\w"  # phones, addresses

_PARTS = re.compile(r"[-–/]+")  # of a word such as follow-up
_VOWELS = re.compile("[aeiouy]+")
# A run of vowels is a syllable. Of these, though, one is silent,
_SILENT = re.compile(
    r"(?:[^aeiouyl]|[aeiouy]l)e(?:'?s)?$(?<![cgsxz]es)(?<![cs]hes)"  # time, dates; but: places
    r"|(?:[^aeiouytdl]|[aeiouy]l)ed$(?<![cdt]red)"  # closed; but: needed, hundred
    r"|(?:[aeiouy][^aeiouyl]|[aeiouy]l(?=ely)|ng)e(?:(?=ful|less|ly|ment|ness|teen)|(?=ty$))(?<!^ele)"
    r"|om?e(?=body|how|thing|times?|what|where)"  # something
    r"|(?<=^ev)e(?=ry|ning)|(?<=^bus)i(?=ness)|(?<=^wedn)e(?=sday)"
)
# and in these, vowels side by side are said one by one.
_APART = re.compile(
    r"(?<![ctsgx])i(?=a(?!ge)|o(?!n|u)|ous)|(?<![qg])u(?=al|ar|at)"  # guardian, previous, usual
    r"|(?<![ctsg])i(?=en[ct])|(?<=^s)c(?=ien)|(?<!q)u(?=en[ct])|i(?=ety?)"  # client, science, quiet
    r"|[aeouy](?=ing)|y(?=one$|ond)|[aeiou]y(?=[aeo](?!d$|$|s$))"  # being, anyone, player
    r"|cr(?=eat(?!u))|[ct](?=iat)|(?:id|ar)(?=ea)|s(?=uic)|c(?=oo[pr])"  # create, idea
    r"|[ds](?=n't)"  # didn't
)

_END = re.compile(r"(?:[.!?]+|…)[\"'”’)\]]*(?=\s+[^\sa-z])")
_ABBREVIATION = re.compile(
    r"(?<!\w)(?:Dr|Mr|Mrs|Ms|Mx|Prof|Rev|Hon|Sr|Jr|St|Mt|Nos?|Ext|ext|Apt|Ave|Blvd|Rd|Inc|Ltd|Co|Corp|Dept"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|vs|etc|approx|Ph\.D"
    r"|[^\W\d_]|[^\W\d_](?:\.[^\W\d_])+)\.$"  # the initials of a name, a.m., U.S.
)
_ITEM_NUMBER = re.compile(r"\s*\d+\.$")
# After an abbreviation, only these begin a new sentence; other capitals are names.
_BEGINNING = re.compile(
    r"\s+(?:A|All|An|And|As|At|Both|But|By|Each|Every|For|From|He|How|However|I|If|In|It|Many|My|No|Nobody|On"
    r"|Once|Or|Our|People|Please|She|So|Some|Thank|That|The|Their|Then|There|These|They|This|To|Until|We|What"
    r"|When|Where|While|Who|With|You|Your)\b"
)


@dataclass(frozen=True)
class Sentence:
    """One sentence as written, with its number of words and of syllables."""

    text: str
    words: int
    syllables: int


def sentences(blocks: Iterable[str], names: Iterable[str] = ()) -> list[Sentence]:
    """Take blocks of text, such as paragraphs and items of lists, apart; no sentence spans two.

    Each of the names counts as one short word, and so does each phone number or address on the web.
    """
    known = sorted(set(names), key=len, reverse=True)
    return [sentence for block in blocks for sentence in _sentences(block, known)]


def grade(read: Iterable[Sentence]) -> float:
    """Tell the school year, in the United States, in which these sentences are understood.

    That is 0.39 × words a sentence + 11.8 × syllables a word − 15.59; 0 for a text without words.
    """
    counted = list(read)
    words = sum(one.words for one in counted)
    if not words:
        return 0.0
    return 0.39 * words / len(counted) + 11.8 * sum(one.syllables for one in counted) / words - 15.59


@lru_cache(maxsize=4096)
def syllables(word: str) -> int:
    """Count the syllables of an English word; a number counts as one."""
    return sum(_of_part(part) for part in _PARTS.split(word.lower().replace("’", "'")) if part)


def _of_part(word: str) -> int:
    runs, silent, apart = (len(found.findall(word)) for found in (_VOWELS, _SILENT, _APART))
    return max(runs - silent + apart, 1)


@lru_cache(maxsize=64)
def _at_a_glance(names: tuple[str, ...]) -> re.Pattern[str]:
    # A full stop that ends a name may end the sentence, too.
    each = [rf"(?<!\w){re.escape(name.rstrip('.'))}(?!\w)" for name in names if name.strip(" .")]
    return re.compile("|".join([*each, _AT_A_GLANCE]))


def _sentences(block: str, known: Sequence[str]) -> Iterator[Sentence]:
    # Only those that are there: the same few in most letters, where a pattern of all is another in each.
    glance = _at_a_glance(tuple(name for name in known if name.rstrip(".") in block))
    found = glance.findall(block)
    names = iter(found)
    for text in _split(glance.sub(_NAME, block) if found else block):
        words = _WORD.findall(text)
        whole = re.sub(_NAME, lambda _: next(names), text) if _NAME in text else text
        if words:
            yield Sentence(whole, len(words), sum(map(syllables, words)))


def _split(text: str) -> Iterator[str]:
    begin = 0
    for end in _END.finditer(text):
        if _is_end(text[begin : end.end()], text[end.end() :]):
            yield text[begin : end.end()].strip()
            begin = end.end()
    yield text[begin:].strip()


def _is_end(before: str, after: str) -> bool:
    if _ITEM_NUMBER.fullmatch(before):
        return False
    last = before.rsplit(None, 1)[-1]  # an abbreviation has no space in it
    return _ABBREVIATION.search(last) is None or _BEGINNING.match(after) is not None
