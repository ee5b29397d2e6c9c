"""The personal words of a letter, laid over those of its case; all else in the case stays where it stands."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from letters.findings import Finding, Place, errors
from letters.model.case import Case
from letters.model.texts import NO_LANGUAGE
from letters.model.validation import Fault, validate
from letters.sources import Document, Reading
from letters.sources.characters import examine, examine_directions, without_harm
from letters.sources.document import field_name, steps
from letters.sources.reading import RULE_FOR

WORDS = "words"
Tree = dict[str, Any]
Path = tuple[str | int, ...]


def own(texts: object, language: str, usual: str) -> str:
    """What is said in a language itself, and not in another instead; `texts` is as a case file has it."""
    found = _by_tag(texts)
    tag = _tag(found, language, usual)
    return "" if tag is None else tidy(str(found[tag]))


def laid(words: Tree, section: str, text: str, language: str, usual: str) -> Tree:
    """The words of a case with another text of a section in a language; an empty text takes it out.

    What was written without a language is in the `usual` one, and is told so once there are two.
    """
    texts, new = _by_tag(words.get(section)), tidy(text)
    tag = _tag(texts, language, usual)
    if tag is None and new and _tag(texts, usual, usual) == NO_LANGUAGE:
        texts = {told or usual: known for told, known in texts.items()}
    if new:
        texts[_new_tag(texts, language, usual) if tag is None else tag] = new
    elif tag is not None:
        del texts[tag]
    others = {name: value for name, value in words.items() if name != section}
    if not texts:
        return others
    return {**words, section: texts[NO_LANGUAGE] if [*texts] == [NO_LANGUAGE] else texts}


def tidy(text: str) -> str:
    """A text as a case file has it: a browser sends other ends of lines."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _by_tag(texts: object) -> dict[str, Any]:
    if isinstance(texts, dict):
        return dict(texts)
    return {NO_LANGUAGE: texts} if isinstance(texts, str) and texts.strip() else {}


def _tag(texts: Mapping[str, Any], language: str, usual: str) -> str | None:
    """The tag under which the text in a language stands, as `texts.said` looks for it."""
    base = _base(language)
    alike = (tag for tag in texts if tag and _base(tag) == base)
    untold = [NO_LANGUAGE] if _base(usual) == base else []
    return next((tag for tag in (language, base, *alike, *untold) if tag in texts), None)


def _new_tag(texts: Mapping[str, Any], language: str, usual: str) -> str:
    """None is needed where there is one text, in the usual language."""
    return NO_LANGUAGE if not texts and _base(language) == _base(usual) else language


def _base(language: str) -> str:
    return language.split("-")[0]


@dataclass(frozen=True)
class LaidDocument(Document):
    """A case with other words in some sections; a place in these is a field, and no line of the file."""

    sections: frozenset[str] = frozenset()

    def place(self, path: str | Path) -> Place:
        """The place of a value."""
        wanted = steps(path)
        return self._field(wanted) if _is_in(wanted, self.sections) else super().place(wanted)

    def key_place(self, path: str | Path) -> Place:
        """The place of a key."""
        wanted = steps(path)
        return self._field(wanted) if _is_in(wanted, self.sections) else super().key_place(wanted)

    def _field(self, path: Path) -> Place:
        return Place(self.source.name, field=field_name(path[:2]))


def without(case: Reading[Case], sections: Collection[str]) -> Reading[Case]:
    """A case without its words in some sections, which are written elsewhere, nor what is wrong with them."""
    document = case.document
    if document is None or not isinstance(document.data, dict):
        return case
    words = _words(document)
    others = {name: texts for name, texts in words.items() if name not in sections}
    findings = [one for one in case.findings if not _is_about(one, document, sections)]
    bare = _document(document, others if others or not words else None, sections)
    value = None if errors(findings) else case.value or validate(Case, bare.data)[0]
    if value is not None:
        kept = {name: texts for name, texts in value.words.items() if name not in sections}
        value = value.model_copy(update={WORDS: kept})
    return Reading(value, findings, bare)


def laid_over(case: Reading[Case], words: Mapping[str, str], language: str, usual: str) -> Reading[Case]:
    """A case with other words in a language; the findings are those about these words alone."""
    document, bare = case.document, without(case, words)
    if document is None or bare.value is None:
        return Reading(None, [], document)
    tree = _words(document)
    for section, text in words.items():
        tree = laid(tree, section, text, language, usual)
    whole = _document(document, tree or None, words)
    read, faults = validate(Case, _harmless(whole.data))
    # Two of the same kind cannot be told apart without a line.
    findings = [*dict.fromkeys([*_of_texts(tree, whole), *(_of_fault(fault, whole) for fault in faults)])]
    if read is None or errors(findings):
        return Reading(None, findings, whole)
    # The people stay the very same ones.
    return Reading(bare.value.model_copy(update={WORDS: read.words}), findings, whole)


def _words(document: Document) -> Tree:
    found = document.data.get(WORDS) if isinstance(document.data, dict) else None
    return dict(found) if isinstance(found, dict) else {}


def _document(document: Document, words: Tree | None, sections: Collection[str]) -> LaidDocument:
    """The document with other words, in the place where it had them; the places of the old ones are gone."""
    assert isinstance(document.data, dict)  # noqa: S101 - looked at in `without`
    data = {**document.data, WORDS: words or {}}
    if words is None:
        del data[WORDS]
    values, keys = (
        {path: span for path, span in spans.items() if not _is_in(path, sections)}
        for spans in (document.values, document.keys)
    )
    return LaidDocument(document.source, data, values, keys, frozenset(sections))


def _is_in(path: Path, sections: Collection[str]) -> bool:
    return len(path) > 1 and path[0] == WORDS and path[1] in sections


def _is_about(finding: Finding, document: Document, sections: Collection[str]) -> bool:
    """Whether a finding is about the words of one of these sections, as the file has them."""
    place = finding.place
    if place is None or place.field or place.line is None:
        return place is not None and _is_in(steps(place.field), sections)
    at = document.source.offset(place.line) + (place.column or 1) - 1
    spans = (*document.values.items(), *document.keys.items())
    return any(start <= at < end for path, (start, end) in spans if _is_in(path, sections))


def _harmless(data: Any) -> Any:
    """What the model gets to see; what is wrong with single characters is told already."""
    words = data.get(WORDS, {})
    return {**data, WORDS: {name: _each(texts) for name, texts in words.items()}} if words else data


def _each(texts: Any) -> Any:
    if isinstance(texts, dict):
        return {tag: _each(text) for tag, text in texts.items()}
    return without_harm(texts) if isinstance(texts, str) else texts


def _of_texts(words: Tree, document: LaidDocument) -> Iterator[Finding]:
    for section in sorted(document.sections & words.keys()):
        for text in _by_tag(words[section]).values():
            for flaw in [*examine(text), *examine_directions(text)] if isinstance(text, str) else ():
                yield flaw.rule.finding(flaw.message, flaw.remedy, document.place((WORDS, section)))


def _of_fault(fault: Fault, document: LaidDocument) -> Finding:
    return RULE_FOR[fault.code].finding(fault.message, fault.remedy, document.place(fault.path))
