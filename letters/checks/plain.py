"""Whether the letter is in plain language: short sentences, short words, none of the trade's own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from letters import phrases
from letters.checks.named import names, outside_names
from letters.checks.text import Text
from letters.checks.written import place_of
from letters.facts import Facts
from letters.findings import Finding, Place, Severity, rule
from letters.readability import Sentence, grade, sentences

READING_LEVEL = rule(
    "reading-level",
    Severity.WARNING,
    "A letter to a client asks for eight years of school at most; a hard one is put aside unread.",
    "CDC Clear Communication Index; plain language guidance for 6th to 8th grade",
)
LONG_SENTENCE = rule(
    "long-sentence",
    Severity.WARNING,
    "A reader in distress has forgotten the beginning of a long sentence at its end.",
)
JARGON = rule(
    "jargon",
    Severity.WARNING,
    "Words of an office or a profession keep out those the letter is for.",
)

HARDEST_GRADE = 8.0
LONGEST_SENTENCE = 30  # words; a name, a phone number and an address on the web are one each
_ENOUGH = 30  # words; the grade of fewer says nothing
_LABEL = 6  # words; fewer without a full stop are a label, such as Name and date, and no sentence
_SHOWN = 120  # characters of a sentence in a message


@dataclass(frozen=True)
class _Said:
    """A sentence of the letter, and the section it stands in."""

    sentence: Sentence
    section: str

    @property
    def is_whole(self) -> bool:
        """Whether it is a sentence, and not a label."""
        return self.sentence.words >= _LABEL or any(sign in self.sentence.text[-2:] for sign in ".!?…")

    @property
    def shown(self) -> str:
        """The sentence for a message, cut where it is long."""
        text = self.sentence.text
        return text if len(text) <= _SHOWN else f"{text[:_SHOWN].rsplit(' ', 1)[0]} …"


def check(facts: Facts, text: Text) -> Iterator[Finding]:
    """Look at the words of a letter to a client; how hard it is to read is measured in English only."""
    if facts.spec.to != "client":
        return
    known = names(facts, text.everything)
    said = list(_sentences(facts, text, known))
    if facts.language.split("-")[0] == "en":
        yield from _level(facts, said)
        yield from _long(facts, said)
    yield from _jargon(facts, said, known)


def _sentences(facts: Facts, text: Text, known: frozenset[str]) -> Iterator[_Said]:
    """The letter's own sentences: no blanks that wait for words, and no texts that the law words."""
    left_out = [gap.text for gap in text.gaps]
    left_out += [" ".join(required.text.split()) for required in facts.jurisdiction.texts]
    for section in text.sections:
        blocks = [_without(block, left_out) for block in section.blocks]
        yield from (_Said(sentence, section.says) for sentence in sentences(blocks, known))


def _without(block: str, left_out: list[str]) -> str:
    for text in left_out:
        block = block.replace(text, "")
    return block


def _level(facts: Facts, said: list[_Said]) -> Iterator[Finding]:
    counted = [one for one in said if one.is_whole]
    level = grade(one.sentence for one in counted)
    if sum(one.sentence.words for one in counted) < _ENOUGH or level <= HARDEST_GRADE:
        return
    hardest = max(counted, key=lambda one: grade([one.sentence]) if one.sentence.words >= _LABEL else 0)
    yield READING_LEVEL.finding(
        f"The letter asks for {level:.1f} years of school, and its hardest sentence is: “{hardest.shown}”",
        "Make two sentences of a long one and use shorter words, beginning with this one.",
        _place(facts, hardest, _holds(hardest.sentence.text)),
    )


def _long(facts: Facts, said: list[_Said]) -> Iterator[Finding]:
    for one in said:
        if one.sentence.words > LONGEST_SENTENCE:
            yield LONG_SENTENCE.finding(
                f"This sentence has {one.sentence.words} words: “{one.shown}”",
                "Make two or three sentences of it, with one thought in each.",
                _place(facts, one, _holds(one.sentence.text)),
            )


def _jargon(facts: Facts, said: list[_Said], known: frozenset[str]) -> Iterator[Finding]:
    words = phrases.plain_words(facts.language)
    told = set()
    for one in said:
        for hit in outside_names(one.sentence.text, known, words):
            if (one.section, hit.phrase) not in told:
                told.add((one.section, hit.phrase))
                yield _hard_word(facts, one, hit, words[hit.phrase])


def _hard_word(facts: Facts, one: _Said, hit: phrases.Hit, plain: str) -> Finding:
    return JARGON.finding(
        f"“{hit.written}” is a hard word, in: “{one.shown}”",
        f"Say it in plain words; often this will do: {plain}.",
        _place(facts, one, lambda text: any(phrases.find(text, [hit.phrase]))),
    )


def _holds(sentence: str) -> Callable[[str], bool]:
    return lambda text: sentence in " ".join(text.split())


def _place(facts: Facts, one: _Said, is_meant: Callable[[str], bool]) -> Place:
    """Where somebody wrote it in the case; else where the kind has its section."""
    known = [spec.id for spec in facts.spec.sections]
    path = f"sections[{known.index(one.section)}]" if one.section in known else "sections"
    return place_of(facts, is_meant) or facts.kind_file.place(path)
